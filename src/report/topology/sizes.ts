/** How much room words take in a drawing, and nodes with their words: generous, since a reader's fonts are not ours. */

import type { NodeKind } from '../../run/topology.ts';

/** Half the extent of a box around a node's centre. */
export interface Size {
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** Of a letter in a node's name, and in all other words. */
const NAME_LETTER = 9.8;
const LETTER = 8.2;
/** From one line of words to the next, and from the first name to the edge. */
export const LINE = 17;
const PADDING = { x: 11, y: 8 };
/** What the slanted side of a switch, and the round one of a router, takes from its words. */
const SHAPE_ROOM: Readonly<Partial<Record<NodeKind, number>>> = { switch: 8, router: 8 };

/** The width of words that are no name. */
export function widthOf(text: string): number {
  return text.length * LETTER;
}

/** The room of a node: its name, and so many lines of which the longest is given. */
export function sizeOf(kind: NodeKind, name: string, words: readonly string[]): Size {
  const width = Math.max(name.length * NAME_LETTER, ...words.map(widthOf));
  return {
    halfWidth: Math.ceil(width / 2) + PADDING.x + (SHAPE_ROOM[kind] ?? 0),
    halfHeight: Math.ceil((LINE * (1 + words.length)) / 2) + PADDING.y,
  };
}
