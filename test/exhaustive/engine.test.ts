/**
 * The model and the engine agree: the shortest way to every transition of the table, written as a scenario, makes the engine
 * make that transition. So the worlds that the search visits are not worlds of its own.
 */

import { describe, expect, test } from 'vitest';
import type { HaMode } from '../../src/ha/config.ts';
import { transition as sound } from '../../src/ha/transition.ts';
import { run } from '../../src/run/run.ts';
import { counterexampleOf } from './counterexample.ts';
import { loadCounterexample } from './load.ts';
import { Model } from './model.ts';
import { lively } from './models.ts';
import { search } from './search.ts';
import type { Protocol } from './side.ts';
import { nameOf } from './timing.ts';

/** The sound protocol, which takes it for the end of the world when this transition is made. */
function upTo(transition: string): Protocol {
  return (config, state, event) => {
    const answer = sound(config, state, event);
    const made = answer.effects.some(
      (effect) => effect.type === 'enter-role' && effect.transition === transition,
    );
    if (made) throw new Error(transition);
    return answer;
  };
}

/** What the lively models of models.ts make: all but a mismatch with the peer (T6, T7). */
const MADE: Readonly<Record<HaMode, readonly number[]>> = {
  'active-passive': [2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22],
  'active-active': [3, 4, 5, 10, 11, 12, 13, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29],
};

describe.each(Object.keys(MADE) as HaMode[])('engine: %s', (mode) => {
  test.each(MADE[mode])('engine: the shortest way to T%i: the engine makes the transition', (number) => {
    const transition = `T${number}`;
    const bounds = { ...lively(mode), faults: 3, prompt: true };
    const protocol = upTo(transition);
    const counterexample = counterexampleOf(bounds, protocol, search(new Model(bounds, protocol)));
    if (counterexample === null) throw new Error(`no way to ${transition}`);

    const { records } = run(loadCounterexample(counterexample.scenario, mode));

    const made = records.filter(({ kind, data }) => kind === 'role' && data['rule'] === transition);
    const side = counterexample.violation.path.at(-1)?.move.side ?? 0;
    expect(
      made.map(({ subject }) => subject),
      counterexample.scenario,
    ).toContain(nameOf(side));
  });
});
