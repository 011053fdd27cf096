/**
 * The drawing of a topology at a time, as shapes: who renders them, a page as text or the viewer as elements, only writes them down.
 */

import type { Tone } from '../lanes/model.ts';
import type { DrawnLink, DrawnNode, TopologyModel } from './model.ts';
import { stateAt } from './states.ts';

/** A line between two nodes. */
export interface LinkShape {
  readonly kind: 'link';
  readonly name: string;
  readonly path: string;
  /** `solid`, `broken` without carrier, `harmed` where it swallows or harms packets. */
  readonly look: 'solid' | 'broken' | 'harmed';
  /** Where a cross stands on a broken one, and the label of an HA link. */
  readonly middle: readonly [x: number, y: number];
  readonly label: string;
  readonly ha: boolean;
  /** In a sentence, for who does not see it. */
  readonly title: string;
  readonly record: number;
}

/** A node with its outline and words. */
export interface NodeShape {
  readonly kind: 'node';
  readonly name: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly tone: Tone | null;
  /** Beneath its name: the role, or addresses. */
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

/** HA links between the same two nodes stand so far apart. */
const STACKED = 30;

/** What is drawn for a time, in microseconds. */
export function shapesAt({ nodes, links, assets }: TopologyModel, us: number): Shapes {
  const parallel = new Map<string, number>();
  return {
    links: links.map((link) => {
      const key = [link.from, link.to].toSorted((a, b) => a - b).join();
      const before = parallel.get(key) ?? 0;
      parallel.set(key, before + 1);
      return linkShape(link, nodes, us, before);
    }),
    nodes: nodes.map((node) => nodeShape(node, us)),
    assets: assets.map(({ name, states }) => {
      const state = stateAt(states, us);
      return { name, owner: state?.text ?? 'nobody', record: state?.record ?? 0 };
    }),
  };
}

function linkShape(link: DrawnLink, nodes: readonly DrawnNode[], us: number, before: number): LinkShape {
  const { name, ports, duty, states } = link;
  const [a, b] = [nodes[link.from], nodes[link.to]];
  const state = stateAt(states, us);
  const look =
    state === undefined || state.tone === 'good' ? 'solid' : state.tone === 'off' ? 'broken' : 'harmed';
  const [x1, y1, x2, y2] = [a?.x ?? 0, a?.y ?? 0, b?.x ?? 0, b?.y ?? 0];
  // The second of two between the same nodes is bent downwards, the third more.
  const bend = before * STACKED;
  const middle = [(x1 + x2) / 2, (y1 + y2) / 2 + bend] as const;
  const path =
    bend === 0
      ? `M${x1} ${y1}L${x2} ${y2}`
      : `M${x1} ${y1}Q${(x1 + x2) / 2} ${(y1 + y2) / 2 + 2 * bend} ${x2} ${y2}`;
  const ends = [a, b].map((node, at) => `${node?.name ?? ''}${ports[at] === '' ? '' : ` ${ports[at]}`}`);
  const title = `${name}${duty === '' ? '' : ` (${duty})`} from ${ends.join(' to ')}: ${state?.text ?? 'up'}`;
  return {
    kind: 'link',
    name,
    path,
    look,
    middle,
    label: duty,
    ha: duty !== '',
    title,
    record: state?.record ?? 0,
  };
}

function nodeShape(node: DrawnNode, us: number): NodeShape {
  const { name, kind, x, y, notes, states } = node;
  const state = stateAt(states, us);
  const words = [...(state === undefined ? [] : [state.text]), ...notes];
  return {
    kind: 'node',
    name,
    path: outline(node),
    x,
    y,
    tone: state?.tone ?? null,
    words,
    title: `${kind} ${name}${words.length === 0 ? '' : `: ${words.join(', ')}`}`,
    record: state?.record ?? 0,
  };
}

/** Of half a letter in a name, and around the name. */
const HALF_LETTER = 4.8;
const PADDING = 11;

/** Each kind of node has an outline of its own, with room for its name. */
function outline({ kind, name, x, y }: DrawnNode): string {
  const room = Math.round(name.length * HALF_LETTER + PADDING);
  switch (kind) {
    case 'firewall':
      return box(x, y, 84, 29);
    case 'switch':
      return slanted(x, y, Math.max(75, room));
    case 'router':
      return oval(x, y, Math.max(60, room));
    case 'host':
      return box(x, y, Math.max(70, room), 17);
    case 'vpc':
      return `M${x - 60} ${y + 18}h120a20 20 0 0 0 4 -36a28 28 0 0 0 -48 -8a34 34 0 0 0 -58 8a22 22 0 0 0 -18 36z`;
  }
}

function slanted(x: number, y: number, half: number): string {
  return `M${x - half + 5} ${y - 14}h${2 * half}l-10 28h${-2 * half}z`;
}

function oval(x: number, y: number, half: number): string {
  return `M${x - half} ${y}a${half} 20 0 1 0 ${2 * half} 0a${half} 20 0 1 0 ${-2 * half} 0z`;
}

function box(x: number, y: number, halfWidth: number, halfHeight: number): string {
  return `M${x - halfWidth} ${y - halfHeight}h${2 * halfWidth}v${2 * halfHeight}h${-2 * halfWidth}z`;
}
