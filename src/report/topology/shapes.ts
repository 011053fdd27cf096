/** The drawing of a topology at a time, as shapes with their words. */

import type { Tone } from '../lanes/model.ts';
import type { Point } from './lines.ts';
import type { DrawnAsset, DrawnLink, DrawnNode, TopologyModel } from './model.ts';
import { outline } from './outline.ts';
import { stateAt } from './states.ts';
import { standing, wordsAt } from './words.ts';

/** A line between two nodes. */
export interface LinkShape {
  readonly name: string;
  readonly path: string;
  /** `solid`, `broken` without carrier, `harmed` where it swallows or harms packets. */
  readonly look: 'solid' | 'broken' | 'harmed';
  readonly labelAt: Point;
  readonly crossAt: Point;
  /** What it is for, empty for data. */
  readonly label: string;
  /** In a sentence, for who does not see it. */
  readonly title: string;
  readonly record: number;
}

/** A node with its outline and words. */
export interface NodeShape {
  readonly name: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly tone: Tone | 'plain';
  /** Beneath its name. */
  readonly words: readonly string[];
  readonly title: string;
  readonly record: number;
}

export interface Shapes {
  readonly links: readonly LinkShape[];
  readonly nodes: readonly NodeShape[];
  /** Who has what, beside the drawing. */
  readonly assets: readonly { readonly name: string; readonly owner: string; readonly record: number }[];
}

/** What is drawn for a time, in microseconds. */
export function shapesAt({ nodes, links, assets }: TopologyModel, us: number): Shapes {
  return {
    links: links.map((link) => linkShape(link, us)),
    nodes: nodes.map((node) => nodeShape(node, assets, us)),
    assets: assets.map(({ name, states }) => {
      const state = stateAt(states, us);
      return { name, owner: state?.text ?? 'nobody', record: state?.record ?? 0 };
    }),
  };
}

function linkShape({ name, path, labelAt, crossAt, ends, duty, states }: DrawnLink, us: number): LinkShape {
  const state = stateAt(states, us);
  const look =
    state === undefined || state.tone === 'good' ? 'solid' : state.tone === 'off' ? 'broken' : 'harmed';
  const title = `${name}${duty === '' ? '' : ` (${duty})`} from ${ends.join(' to ')}: ${state?.text ?? 'up'}`;
  return { name, path, look, labelAt, crossAt, label: duty, title, record: state?.record ?? 0 };
}

function nodeShape(node: DrawnNode, assets: readonly DrawnAsset[], us: number): NodeShape {
  const { name, kind, x, y } = node;
  const [first, ...others] = standing(node, us);
  // What is the matter with it shows before its role.
  const worst = others.at(-1) ?? first;
  const words = wordsAt(node, assets, us);
  return {
    name,
    path: outline(node),
    x,
    y,
    tone: worst?.tone ?? 'plain',
    words,
    title: `${kind} ${name}${words.length === 0 ? '' : `: ${words.join(', ')}`}`,
    record: worst?.record ?? 0,
  };
}
