/** Scenario files of the library, run with their packets. */

import type { RunResult } from '../../src/run/result.ts';
import { run } from '../../src/run/run.ts';
import { libraryScenario } from './library.ts';

const kept = new Map<string, RunResult>();

/** The result of a scenario, such as `active-passive/walkthrough.yaml`, with its packets; each is run once. */
export function captured(name: string): RunResult {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const result = run(libraryScenario(name), { file: `scenarios/${name}`, packets: 200_000 });
  kept.set(name, result);
  return result;
}
