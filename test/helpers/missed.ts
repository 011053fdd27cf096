/**
 * Asks a small run why no takeover followed, as `hasim explain --why-not` does.
 */

import type { ActionOutcome } from '../../src/measure/missed-takeover.ts';
import { run } from '../../src/run/run.ts';
import { outcomesOf } from '../../src/run/why.ts';
import { resolvePair, type PairPart, type Part } from './pair.ts';

/** What became of each action of the timeline; at a time, of those in force then. */
export function outcomes(part: PairPart, atUs?: number): readonly ActionOutcome[] {
  const scenario = resolvePair(part);
  return outcomesOf(scenario, run(scenario), atUs);
}

/** What is said of the last action of a timeline: reason, rule, setting. */
export function last(part: PairPart): {
  readonly reason: string;
  readonly rule: string | null;
  readonly setting: string | null;
} {
  const outcome = outcomes(part).at(-1);
  const found = outcome?.finding;
  if (found === undefined || found === null)
    throw new Error(`a takeover followed: ${JSON.stringify(outcome)}`);
  const { reason, rule, setting } = found;
  return { reason, rule, setting: setting === null ? null : `${setting.name}: ${setting.value}` };
}

/** The active loses a monitored link; everybody loses the monitored destination. */
export const LOST: readonly Part[] = [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1' }];
export const SILENT: readonly Part[] = [{ at: '20s', 'target-unreachable': '203.0.113.1' }];
