/**
 * The laws of the protocol (architecture, section 4) over random configurations and random lives of one firewall.
 *
 * An engine sends `start` once, a timer only while it runs (or, stale, in the instant in which it was cancelled), and
 * everything else at any time. Edges, which may be repeated without effect, are peer-heard, peer-lost, monitor, dataplane,
 * sessions-synchronized and suspend. `start`, a timer and `functional` are none: they say that something happens once more
 * (a firewall that its operator made functional may be suspended again at once, because it does not match its peer).
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HaMode } from '../../src/ha/config.ts';
import { HA_EVENT_TYPES, type HaEvent } from '../../src/ha/event.ts';
import { REASON } from '../../src/ha/reason.ts';
import { PAIR_ROLES, type Role } from '../../src/ha/role.ts';
import { helloOf, unstarted, type HaState } from '../../src/ha/state.ts';
import { TIMER_NAMES, type TimerName } from '../../src/ha/timers.ts';
import { reactionTo } from '../../src/ha/table.ts';
import { MODES, transition } from '../../src/ha/transition.ts';
import { Driver, lifeOf, ROLES_OF, same, type Life, type Taken } from '../helpers/protocol-life.ts';

const NO_EDGES = new Set<HaEvent['type']>(['start', 'timer', 'functional']);

const RUNS = { numRuns: 1000 };

/** Takes a whole life, and shows each step to the law. */
function everyStep(law: (step: Taken, driver: Driver) => void): (life: Life) => void {
  return (life) => {
    const driver = new Driver(life);
    for (const event of driver.events()) law(driver.take(event), driver);
  };
}

type EnterRole = Extract<Taken['effects'][number], { type: 'enter-role' }>;

function roleChanges(step: Taken): EnterRole[] {
  return step.effects.filter((effect) => effect.type === 'enter-role');
}

/**
 * The reference's table (section 1.3) as far as it is of each mode; T1 is the engine's. The second half of each list: where the
 * table names one role and the same thing happens in another, by the nearest row's number.
 */
const TABLE: Readonly<Record<HaMode, readonly string[]>> = {
  'active-passive': [
    'initial passive T2',
    'initial active T3',
    'initial active T4',
    'initial suspended T6',
    'initial non-functional T7',
    'passive non-functional T7', // "initial/any"; one that serves goes on serving.
    'active non-functional T8',
    'active non-functional T9',
    'active suspended T10',
    'active suspended T11',
    'active passive T12',
    'active passive T13',
    'active initial T13', // Section 5.4: the loser's path is a parameter.
    'passive active T14',
    'passive active T15',
    'passive active T16',
    'passive non-functional T17',
    'passive suspended T18',
    'non-functional passive T19',
    'non-functional initial T20',
    'non-functional suspended T21',
    'suspended initial T22',

    'initial non-functional T9', // The dataplane is down while the node joins.
    'passive suspended T6', // A mismatch that is found only now, at a reconnection.
    'initial suspended T18', // An operator suspends a node that is no passive yet,
    'non-functional suspended T18', // or no passive any more.
    'non-functional initial T22', // A mismatch is gone: the node joins anew, as after `functional`.
  ],
  'active-active': [
    'initial tentative T5',
    'initial suspended T6',
    'initial non-functional T7',
    'tentative non-functional T7',
    'suspended tentative T22',
    'active-primary tentative T23',
    'active-secondary tentative T23',
    'active-primary non-functional T24',
    'active-secondary non-functional T24',
    'active-secondary active-primary T25',
    'active-secondary active-primary T26',
    'tentative active-secondary T27',
    'tentative active-primary T27', // "if no primary" (T5).
    'tentative suspended T28',
    'active-secondary active-primary T29',

    // Rows of active/passive, with active-primary for active and active-secondary or tentative for passive.
    'initial active-primary T3',
    'initial active-primary T4',
    'active-secondary suspended T6',
    'tentative suspended T6',
    'active-primary suspended T10',
    'active-secondary suspended T10',
    'active-primary suspended T11',
    'active-primary active-secondary T12',
    'active-primary active-secondary T13',
    'active-primary initial T13',
    'initial suspended T18',
    'tentative suspended T18',
    'non-functional suspended T18',
    'non-functional tentative T20',
    'non-functional suspended T21',
    'non-functional initial T22',
    // The dataplane is down while the node joins, or waits.
    'initial non-functional T24',
    'tentative non-functional T24',
  ],
};

const MODE_NAMES = ['active-passive', 'active-active'] as const satisfies readonly HaMode[];

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

describe.each(MODE_NAMES)('protocol: any life of an %s firewall', (mode) => {
  const life = lifeOf(mode);
  const { primary, standby } = PAIR_ROLES[mode];

  test('protocol: the same edge in the same state: the same answer', () => {
    const law = everyStep((step, driver) => {
      const { state, effects, reason } = transition(driver.config, step.before, step.event);
      same(
        { state, effects, reason },
        { state: step.state, effects: step.effects, reason: step.reason },
        'answer',
      );
    });
    fc.assert(fc.property(life, law), RUNS);
  });

  test('protocol: any edge: the state before is left untouched', () => {
    // The driver freezes configuration, state and event in depth; a write throws. A copy shows what freezing could hide.
    const untouched = (life: Life): void => {
      const driver = new Driver(life);
      for (const event of driver.events()) {
        const copy = structuredClone(driver.state);
        same(driver.take(event).before, copy, 'state before');
      }
    };
    fc.assert(fc.property(life, untouched), RUNS);
  });

  test('protocol: any edge: at most one change of role, and the state and the reason tell of it', () => {
    const law = everyStep((step) => {
      const changes = roleChanges(step);
      expect(changes.length).toBeLessThanOrEqual(1);
      const change = changes[0];
      // The state may know better by the end of the step: `initial` waits for its session sync.
      same(step.reason, change === undefined ? null : step.state.reason, 'reason');
      same(step.state.role, change?.to ?? step.before.role, 'role');
      if (change !== undefined) same(change.from, step.before.role, 'role that is left');
    });
    fc.assert(fc.property(life, law), RUNS);
  });

  test('protocol: any change of role: a row of the table, named in the cell that made it', () => {
    const law = everyStep((step) => {
      for (const { from, to, transition } of roleChanges(step)) {
        const row = `${from} ${to} ${transition}`;
        if (!TABLE[mode].includes(row)) throw new Error(`no row of the table: ${row}`);
        const cell = reactionTo(MODES[mode].table, from, step.event);
        if (cell?.follows.includes(transition) !== true) {
          throw new Error(
            `${from} × ${step.event.type} does not name ${transition}, only ${cell?.follows.join(', ')}`,
          );
        }
      }
    });
    fc.assert(fc.property(life, law), { numRuns: 2000 });
  });

  test('protocol: many lives: every row of the table comes up', () => {
    const seen = new Set<string>();
    const law = everyStep((step) => {
      for (const { from, to, transition } of roleChanges(step)) seen.add(`${from} ${to} ${transition}`);
    });
    for (const one of fc.sample(life, { numRuns: 12000, seed: 1 })) law(one);
    expect([...seen].toSorted(byText)).toEqual(TABLE[mode].toSorted(byText));
  });

  test('protocol: suspended or non-functional: announces itself as such and does not become active', () => {
    const law = everyStep((step, driver) => {
      if (step.before.role === 'suspended' || step.before.role === 'non-functional') {
        expect(step.state.role).not.toBe(primary);
      }
      if (!step.effects.some(({ type }) => type === 'announce')) return;
      same(helloOf(driver.config, step.state).role, step.state.role, 'announced role');
    });
    fc.assert(fc.property(life, law), RUNS);
  });

  test('protocol: a firewall that asks for the role: is the one that follows', () => {
    const law = everyStep(({ state }) => {
      if (state.preempting) same(state.role, standby, 'role of a firewall that preempts');
    });
    fc.assert(fc.property(life, law), RUNS);
  });

  test('protocol: timers: what runs is what the effects have set and nothing has ended', () => {
    const law = everyStep((step, driver) => {
      same(
        Object.keys(step.state.running).toSorted(),
        [...driver.timers.keys()].toSorted(),
        'running timers',
      );
    });
    fc.assert(fc.property(life, law), RUNS);
  });

  test('protocol: a timer that runs: its role has an answer to it', () => {
    const law = everyStep(({ state }) => {
      for (const timer of Object.keys(state.running) as TimerName[]) {
        if (timer === 'flap-window') continue; // It is the protocol's own, in every role.
        const cell = reactionTo(MODES[mode].table, state.role, { type: 'timer', timer });
        if (cell === undefined) throw new Error(`${timer} runs in ${state.role}, which has no answer to it`);
      }
    });
    fc.assert(fc.property(life, law), RUNS);
  });

  test('protocol: a change of role: of the timers only the flap window outlives it', () => {
    const law = everyStep((step) => {
      const running = new Set(Object.keys(step.before.running));
      if (step.event.type === 'timer') running.delete(step.event.timer);
      for (const effect of step.effects) {
        if (effect.type === 'set-timer') running.add(effect.timer);
        else if (effect.type === 'cancel-timer') running.delete(effect.timer);
        else if (effect.type === 'enter-role')
          same(
            [...running].filter((timer) => timer !== 'flap-window'),
            [],
            'left',
          );
      }
    });
    fc.assert(fc.property(life, law), RUNS);
  });

  test('protocol: timers of zero length: come to rest, however they set each other', () => {
    const law = everyStep((_step, driver) => void driver.settle());
    fc.assert(fc.property(life, law), RUNS);
  });

  test('protocol: an edge repeated: nothing changes', () => {
    const law = everyStep((step, driver) => {
      driver.settle(); // The same instant: a repetition comes later.
      if (NO_EDGES.has(step.event.type)) return;
      const { state } = driver;
      const again = driver.take(step.event);
      driver.settle();
      same(again.state.role, state.role, `role after ${step.event.type} again`);
      same(driver.state, state, `state after ${step.event.type} again`);
    });
    fc.assert(fc.property(life, law), { numRuns: 2000 });
  });

  test('protocol: a stale timer: nothing changes and nothing is done', () => {
    const law = everyStep((step) => {
      if (step.event.type !== 'timer' || step.before.running[step.event.timer] === true) return;
      same(step.effects, [], 'effects');
      same(step.state, step.before, 'state');
    });
    fc.assert(fc.property(life, law), RUNS);
  });
});

/** A part of an event in a title; a hello by the role it carries. */
function word(part: unknown): string {
  return part !== null && typeof part === 'object' && 'role' in part ? String(part.role) : String(part);
}

describe.each(MODE_NAMES)('protocol: every role with every event of %s', (mode) => {
  const roles: readonly Role[] = ROLES_OF[mode];
  const [someLife] = fc.sample(lifeOf(mode), { numRuns: 1, seed: 1 }) as [Life];
  const peerHello = (role: Role) => ({ ...helloOf(someLife.config, unstarted()), role });
  const events: readonly HaEvent[] = HA_EVENT_TYPES.flatMap((type): HaEvent[] => {
    switch (type) {
      case 'timer':
        return TIMER_NAMES.map((timer) => ({ type, timer }));
      case 'peer-heard':
        return roles.map((role) => ({ type, hello: peerHello(role) }));
      case 'peer-lost':
        return [{ type, reason: REASON.ha1LinkDown }];
      case 'monitor':
        return [true, false].map((failed) => ({ type, monitor: 'link', failed }));
      case 'ha3':
        return [true, false].map((up) => ({ type, up }));
      case 'interfaces':
        return [{ type, down: ['ethernet1/1'] }];
      case 'dataplane':
        return [REASON.dataplaneExit, null].map((failure) => ({ type, failure }));
      default:
        return [{ type }];
    }
  });
  const cells = roles.flatMap((role) =>
    events.map((event) => [role, Object.values(event).map(word).join(' '), event] as const),
  );

  test.each(cells)('protocol: %s × %s: an answer', (role, _title, event) => {
    const running = event.type === 'timer' ? { [event.timer]: true as const } : {};
    const state: HaState = { ...unstarted(), role, running };
    const { state: after } = transition(someLife.config, state, event);
    expect(roles).toContain(after.role);
  });
});
