/**
 * A finished run as an observation, in which `measure` looks for missed takeovers.
 */

import { PairHistory } from '../measure/history.ts';
import { missedTakeovers, missedTakeoversAt, type ActionOutcome } from '../measure/missed-takeover.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { pairSettings } from './pair-settings.ts';
import type { RunResult } from './result.ts';

/**
 * What became of every fault and operator action of a run.
 *
 * @param result of a run of this scenario, with its records
 * @param atUs only what was in force at this time, as if the run had ended then
 */
export function outcomesOf(
  scenario: ResolvedScenario,
  result: RunResult,
  atUs?: number,
): readonly ActionOutcome[] {
  const settings = pairSettings(scenario);
  const { records, failovers, endedAtUs: endUs } = result;
  const names = settings.members.map(({ name }) => name);
  const history = new PairHistory(names, {
    converged: scenario.start === 'converged',
    configurationSynchronized: true, // No explanation asks for it.
  });
  for (const record of records) history.observe(record);
  const observation = { settings, states: history.states, records, failovers, endUs };
  return atUs === undefined ? missedTakeovers(observation) : missedTakeoversAt(observation, atUs);
}
