/**
 * Typed arrays that grow: what a million sessions are kept in, a number in each of a few columns instead of an object for each.
 */

/** What a column can be made of. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** Growing by a sixteenth keeps the unused part small, for at a million sessions it is what counts. */
const GROWTH = 1.0625;

/** Room to make for this many entries, given the present room. */
export function roomFor(needed: number, room: number): number {
  return Math.max(needed, Math.ceil(room * GROWTH), 64);
}

/** A copy of a column with more room; what is new is 0. */
export function widen<T extends Column>(column: T, room: number): T {
  const wider = new (column.constructor as new (length: number) => T)(room);
  wider.set(column);
  return wider;
}
