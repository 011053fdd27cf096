/** `--seeds 1..100`: which seeds. Every combination of settings is run with the same ones, so that they differ by nothing else. */

export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

export const MAX_SEEDS = 100_000_000;

/** Reads `1..100`, or `7` for that one alone; null when it is none. */
export function readSeeds(text: string): SeedRange | null {
  const match = /^\s*(\d{1,9})(?:\s*\.\.\s*(\d{1,9}))?\s*$/.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return last < first || last - first >= MAX_SEEDS ? null : { first, count: last - first + 1 };
}

/** As {@link readSeeds} reads it. */
export function writeSeeds({ first, count }: SeedRange): string {
  return count === 1 ? String(first) : `${first}..${first + count - 1}`;
}
