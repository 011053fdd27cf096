/**
 * The search finds defects: protocols that are broken on purpose, the shortest way to the broken law, and a scenario file
 * that shows it on the engine. There the broken protocol is put in the place of the sound one.
 */

import { describe, expect, test, vi } from 'vitest';
import { InvariantError } from '../../src/check/invariants.ts';
import type { HaMode } from '../../src/ha/config.ts';
import type * as transitions from '../../src/ha/transition.ts';
import { run } from '../../src/run/run.ts';
import { counterexampleOf, explain, type Counterexample } from './counterexample.ts';
import { chatty, impatient, without } from './defects.ts';
import { loadCounterexample } from './load.ts';
import { brokenByMove, brokenInWorld } from './laws.ts';
import { Model } from './model.ts';
import { lively } from './models.ts';
import { describeMove } from './move.ts';
import { search } from './search.ts';
import type { Protocol } from './side.ts';
import type { World } from './world.ts';

const engine = vi.hoisted(() => ({ protocol: null as Protocol | null }));

vi.mock('../../src/ha/transition.ts', async (original) => {
  const { transition } = await original<typeof transitions>();
  const replaceable: Protocol = (...edge) => (engine.protocol ?? transition)(...edge);
  return { transition: replaceable };
});

const { transition: sound } = await vi.importActual<typeof transitions>('../../src/ha/transition.ts');

function find(protocol: Protocol, mode: HaMode = 'active-passive'): Counterexample {
  const bounds = lively(mode);
  const counterexample = counterexampleOf(bounds, protocol, search(new Model(bounds, protocol)));
  if (counterexample === null) throw new Error('the search found nothing');
  return counterexample;
}

function moves({ violation }: Counterexample): string[] {
  return violation.path.map(({ move }) => describeMove(move));
}

type Outcome = 'met' | 'not met' | 'stopped by an invariant';

/** Loads the scenario as a file of the library, and runs it on an engine with this protocol. */
function expectation({ scenario }: Counterexample, mode: HaMode, protocol: Protocol): Outcome {
  const loaded = loadCounterexample(scenario, mode);
  engine.protocol = protocol;
  try {
    return run(loaded).passed ? 'met' : 'not met';
  } catch (error) {
    if (error instanceof InvariantError) return 'stopped by an invariant';
    throw error;
  } finally {
    engine.protocol = null;
  }
}

/** Whether any way of at most so many moves breaks a law, by trying them all and remembering nothing. */
function canBreakWithin(model: Model, world: World, most: number): boolean {
  if (most === 0) return false;
  return model.successors(world).some((successor) => {
    const law = successor.broken ?? brokenByMove(model, successor) ?? brokenInWorld(model, successor.world);
    return law !== null || canBreakWithin(model, successor.world, most - 1);
  });
}

describe('search: a protocol with a defect', () => {
  test('search: a standby takes over while its peer still serves: two moves break the law', () => {
    const found = find(impatient(sound));

    expect(found.violation.law).toBe('palo-2 became active although it knows that its peer is active');
    expect(moves(found)).toEqual(['palo-1 monitor-fails', 'palo-2 hears active, monitor failed']);
  });

  test('search: nobody yields when two actives meet: found by a way than which none is shorter', () => {
    const protocol = without(sound, 'T13');
    const found = find(protocol);
    const model = new Model(lively('active-passive'), protocol);
    const within = (most: number): boolean =>
      model.initial().some((world) => canBreakWithin(model, world, most));

    expect(found.violation.law).toBe(
      'both firewalls have the role, and have nothing more to tell each other',
    );
    expect(found.violation.path).toHaveLength(6);
    expect(within(5)).toBe(false);
    expect(within(6)).toBe(true);
  });

  test('search: a failed firewall never recovers: the pair comes to rest, and is not whole', () => {
    const found = find(without(sound, 'T19'));

    expect(found.violation.found).toBe('at rest');
    expect(found.violation.law).toContain('non-functional');
  });

  test('search: two firewalls answer each other for ever: the circle is found, and is all that repeats', () => {
    const { violation } = find(chatty(sound));

    expect(violation.found).toBe('in a circle');
    expect(violation.circle).toBe(4);
  });

  test('search: the protocol throws: the law that it never does is broken', () => {
    const throwing: Protocol = (config, state, event) => {
      if (event.type === 'suspend') throw new Error('no such cell');
      return sound(config, state, event);
    };

    expect(find(throwing).violation.law).toBe('the protocol threw Error: no such cell');
  });
});

const SHOWN: readonly (readonly [name: string, mode: HaMode, protocol: Protocol, broken: Outcome])[] = [
  ['a standby that is impatient', 'active-passive', impatient(sound), 'stopped by an invariant'],
  ['two actives and nobody yields', 'active-passive', without(sound, 'T13'), 'stopped by an invariant'],
  ['nobody follows an announced failure', 'active-passive', without(sound, 'T14'), 'not met'],
  ['nobody recovers', 'active-passive', without(sound, 'T19'), 'not met'],
  ['the active does not yield to preemption', 'active-passive', without(sound, 'T12'), 'not met'],
  [
    'two active-primaries and nobody yields',
    'active-active',
    without(sound, 'T13'),
    'stopped by an invariant',
  ],
  ['nobody follows an announced failure', 'active-active', without(sound, 'T26'), 'not met'],
  ['tentative never ends', 'active-active', without(sound, 'T27'), 'not met'],
];

describe('search: the scenario of a counterexample', () => {
  test.each(SHOWN)(
    'search: %s (%s): the scenario shows the defect, and holds without it',
    (_, mode, protocol, broken) => {
      const found = find(protocol, mode);

      expect(expectation(found, mode, protocol), found.scenario).toBe(broken);
      expect(expectation(found, mode, sound), found.scenario).toBe('met');
    },
  );

  test('search: the message of a failing search: the law, the shortest way, and the scenario', () => {
    const found = find(impatient(sound));
    const message = explain(found);

    expect(message).toMatch(
      /^palo-2 became active .* \(in a move\), after 2 moves:\n {2}palo-1 monitor-fails\n/,
    );
    expect(message).toContain(found.scenario);
    expect(explain(null)).toBe('');
  });
});
