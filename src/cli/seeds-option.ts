/** `--seed` and `--seeds` of commands that run a scenario once or several times. */

import { readSeeds, type SeedRange } from '../sweep/seeds.ts';
import type { Given } from './command.ts';
import { UsageError } from './exit.ts';

/** The seeds that were asked for; null = the scenario's own. @throws UsageError */
export function seedsOf({ texts }: Given): readonly string[] | null {
  const { seed, seeds } = texts;
  if (seeds === undefined) return seed === undefined ? null : [seed];
  if (seed !== undefined) throw new UsageError('--seeds', 'expected --seed or --seeds, got both');
  return Array.from(seedsIn(seeds));
}

/** More runs than that, one after the other, are a sweep. */
const MAX_SEEDS = 100_000;

function* seedsIn(text: string): Generator<string> {
  const range: SeedRange | null = readSeeds(text);
  if (range === null) throw new UsageError('--seeds', `expected a range such as 1..100, got ${text}`);
  if (range.count > MAX_SEEDS) {
    throw new UsageError('--seeds', `expected at most ${MAX_SEEDS} seeds, got ${range.count}`);
  }
  for (let seed = range.first; seed < range.first + range.count; seed++) yield String(seed);
}
