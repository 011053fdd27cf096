/** Shapes as SVG elements in plain data: the page writes them as text, the viewer as elements that can be clicked. */

import type { TopologyModel } from './model.ts';
import { LINE } from './sizes.ts';
import type { LinkShape, NodeShape, Shapes } from './shapes.ts';

/** `path` or `text`. */
export interface Piece {
  readonly tag: 'path' | 'text';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text: string;
}

/** What belongs to a node or a link. */
export interface Group {
  readonly name: string;
  readonly class: string;
  readonly title: string;
  /** Why it stands so, 0 for nothing. */
  readonly record: number;
  readonly pieces: readonly Piece[];
}

/** Half the height of a letter, from the middle of a line to where it is written. */
const BASELINE = 5;
const CROSS = 6;

/** The `viewBox` of a drawing. */
export function viewBoxOf({ left, top, width, height }: TopologyModel): string {
  return [left, top, width, height].join(' ');
}

/** Links first, so that nodes lie on them. */
export function groupsOf({ links, nodes }: Shapes): readonly Group[] {
  return [...links.map(linkGroup), ...nodes.map(nodeGroup)];
}

function linkGroup({ name, path, look, label, labelAt, crossAt, title, record }: LinkShape): Group {
  const [x, y] = crossAt;
  const cross = `M${x - CROSS} ${y - CROSS}l${2 * CROSS} ${2 * CROSS}m0 ${-2 * CROSS}l${-2 * CROSS} ${2 * CROSS}`;
  return {
    name,
    class: `link ${look}${label === '' ? '' : ' ha'}`,
    title,
    record,
    pieces: [
      { tag: 'path', attributes: { class: 'reach', d: path }, text: '' },
      { tag: 'path', attributes: { d: path }, text: '' },
      ...(look === 'broken'
        ? [{ tag: 'path', attributes: { class: 'cross', d: cross }, text: '' } as const]
        : []),
      ...(label === '' ? [] : [words('label', labelAt[0], labelAt[1], label)]),
    ],
  };
}

function nodeGroup({ name, path, x, y, tone, words: lines, title, record }: NodeShape): Group {
  const first = y - (lines.length * LINE) / 2;
  return {
    name,
    class: `node ${tone}`,
    title,
    record,
    pieces: [
      { tag: 'path', attributes: { d: path }, text: '' },
      words('name', x, first, name),
      ...lines.map((line, index) => words('note', x, first + (index + 1) * LINE, line)),
    ],
  };
}

function words(kind: string, x: number, y: number, text: string): Piece {
  return { tag: 'text', attributes: { class: kind, x, y: y + BASELINE }, text };
}
