/**
 * Thousands of runs live on it that a run dies young: what it has set up goes with the next minor garbage collection.
 *
 * V8 puts a closure that is assigned to a property (`a.hook = () => …`), and a getter of an object literal, into the old generation at
 * once. There it keeps all that it refers to, the whole run, until a major collection. A hook is therefore made first and assigned by
 * its name (`const hook = () => …; a.hook = hook`), here and in whatever a run sets up.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { run } from '../../../src/run/run.ts';
import type { ResolvedScenario } from '../../../src/scenario/schema/scenario.ts';
import { libraryScenario } from '../../helpers/library.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;

const RUNS = 10;
const BATCHES = 9;
/** A run with such a hook keeps 150 000 and more, one without about 50 000 (the random numbers of a library have some). */
const MOST_BYTES = 90_000;

/** Bytes that are still there, for each run, when runs are over and the young have been collected. */
function keptByRuns(scenario: ResolvedScenario): number {
  collect({ type: 'major' });
  const before = process.memoryUsage().heapUsed;
  for (let seed = 0; seed < RUNS; seed += 1) run(scenario, { seed: String(seed), untilUs: 1_000_000 });
  // The first collection only ages what lives, the second would make it old.
  collect({ type: 'minor' });
  collect({ type: 'minor' });
  return (process.memoryUsage().heapUsed - before) / RUNS;
}

it.each(['active-passive/walkthrough.yaml', 'active-active/walkthrough.yaml', 'aws/interface-move.yaml'])(
  'leaves little behind: %s',
  (name) => {
    const scenario = libraryScenario(name);
    // Of several, for code that is compiled meanwhile is kept as well.
    const kept = Array.from({ length: BATCHES }, () => keptByRuns(scenario)).toSorted((a, b) => a - b);
    expect(kept[(BATCHES - 1) / 2]).toBeLessThan(MOST_BYTES);
  },
);
