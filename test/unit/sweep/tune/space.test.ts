import { describe, expect, test } from 'vitest';
import {
  coarseValues,
  ladder,
  pickTimers,
  profileValues,
  settingsFor,
  timersIn,
  UNIT,
  type Timer,
} from '../../../../src/sweep/tune/space.ts';
import { scenarioWith } from '../../../helpers/tune.ts';

const { scenario } = scenarioWith('active-passive/power-loss.yaml');
const timers = timersIn(scenario);

function named(name: string): Timer {
  const timer = timers.find((candidate) => candidate.name === name);
  if (timer === undefined) throw new Error(name);
  return timer;
}

describe('timers of a pair', () => {
  test('ranges: are those of PAN-OS', () => {
    const ranges = Object.fromEntries(timers.map(({ name, range }) => [name, range.words]));
    expect(ranges).toMatchObject({
      'heartbeat-interval': '1s to 1min',
      'hello-interval': '8s to 1min',
      'promotion-hold-time': '0s to 1min',
      'monitor-fail-hold-up-time': '0s to 1min',
      'additional-master-hold-up-time': '0s to 1min',
      'preemption-hold-time': '1min to 1h',
      'monitor-hold-time': '1s to 1min',
      'ping-interval': '200ms to 1min',
      'ping-count': '3 to 10',
    });
  });

  test('values to try: every one is accepted by PAN-OS, whole in its unit, and the present one is among them', () => {
    for (const timer of timers) {
      for (const values of [ladder(timer), coarseValues(timer)]) {
        expect(values).toContain(timer.present);
        expect(values.every((value) => timer.range.accepts(value))).toBe(true);
        expect(values.every((value) => Number.isInteger(value / UNIT[timer.unit]))).toBe(true);
        expect(values).toEqual(values.toSorted((a, b) => a - b));
      }
    }
    expect(ladder(named('heartbeat-interval'))[0]).toBe(1_000_000);
    expect(ladder(named('hello-interval'))[0]).toBe(8_000_000);
  });

  test('an election timer: brings all others along, at their present values', () => {
    const heartbeat = named('heartbeat-interval');
    const settings = settingsFor(scenario, [heartbeat], [3_000_000]);
    const plain = Object.fromEntries(settings.map(({ path, value }) => [path.at(-1), value]));
    expect(plain).toEqual({
      'heartbeat-interval': '3s',
      'hello-interval': '8s',
      'promotion-hold-time': '2s',
      'preemption-hold-time': '1min',
      'monitor-fail-hold-up-time': '0s',
      'additional-master-hold-up-time': '500ms',
      'flap-max': 3,
    });
  });

  test('path monitoring: an interval and a count for all groups', () => {
    const settings = settingsFor(scenario, [named('ping-count')], [4]);
    expect(settings).toEqual([
      {
        path: [
          'high-availability',
          'monitoring',
          'path-monitoring',
          'virtual-router',
          'default',
          'ping-count',
        ],
        value: 4,
      },
    ]);
  });

  test('profiles: change their own timers and leave the others', () => {
    const some = [named('promotion-hold-time'), named('ping-count')];
    expect(profileValues(scenario, some, 'aggressive')).toEqual([500_000, 10]);
  });

  test('unless named: what keeps a pair calm afterwards is not searched', () => {
    const picked = pickTimers(timers, null) as readonly Timer[];
    expect(picked.map(({ name }) => name)).not.toContain('preemption-hold-time');
    expect(picked.map(({ name }) => name)).toContain('heartbeat-interval');
  });

  test('an unknown timer: the nearest is named', () => {
    expect(pickTimers(timers, ['heartbeat-intervall'])).toEqual({
      message: 'expected a timer of this scenario, got heartbeat-intervall',
      hint: 'Did you mean heartbeat-interval?',
    });
  });

  test('AWS: no link monitoring, no path monitoring, no carrier on HA1', () => {
    const names = timersIn(scenarioWith('aws/aggressive-timers.yaml').scenario).map(({ name }) => name);
    expect(names).not.toContain('ping-count');
    expect(names).not.toContain('monitor-hold-time');
  });
});
