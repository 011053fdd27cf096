/**
 * What a failing search prints: the law, the shortest way to break it, and a scenario file that shows it.
 *
 * The shortest way may need a delay that no timeline can bring about, such as a hello that is under way for a minute. So the
 * scenario follows the shortest way on which hellos are heard promptly, if the law is broken on one.
 */

import { asScenario } from './as-scenario.ts';
import { Model, type Bounds } from './model.ts';
import { describeMove } from './move.ts';
import { search, type Findings, type Violation } from './search.ts';
import type { Protocol } from './side.ts';

export interface Counterexample {
  readonly violation: Violation;
  readonly scenario: string;
}

/** The counterexample of a search that has found one, or null. */
export function counterexampleOf(
  bounds: Bounds,
  protocol: Protocol,
  { violation }: Findings,
): Counterexample | null {
  if (violation === null) return null;
  const prompt = search(new Model({ ...bounds, prompt: true }, protocol)).violation;
  const scenario = asScenario(prompt ?? violation);
  return { violation, scenario };
}

/** The message of the failing test; empty when there is nothing to tell. */
export function explain(counterexample: Counterexample | null): string {
  if (counterexample === null) return '';
  const { violation, scenario } = counterexample;
  const { law, found, path } = violation;
  const moves = path.map(({ move }) => `  ${describeMove(move)}`);
  return [
    `${law} (${found}), after ${path.length} moves:`,
    ...moves,
    'A scenario that shows it:',
    '',
    scenario,
  ].join('\n');
}
