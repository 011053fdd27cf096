import { beforeAll, describe, expect, test } from 'vitest';
import { poissonInterval } from '../../../../src/statistics/poisson.ts';
import { ready } from '../../../../src/statistics/special.ts';
import { outcomesTask, scenarioOf } from '../../../../src/sweep/tasks.ts';
import {
  closedForm,
  computedRate,
  countedRate,
  faultFree,
  together,
} from '../../../../src/sweep/tune/false-failovers.ts';
import { settingsFor, timersIn } from '../../../../src/sweep/tune/space.ts';
import { outcome, scenarioWith } from '../../../helpers/tune.ts';

beforeAll(ready);

const HOUR_US = 3_600_000_000;
const PAIR = 'active-passive/power-loss.yaml';
const QUIET_PATHS = 'high-availability.monitoring.path-monitoring.enabled=false';

/** Counts by simulation, and what the closed form expects in the same time. */
function both(set: readonly string[], hours: number) {
  const { source, fixed, scenario } = scenarioWith(PAIR, set);
  const election = timersIn(scenario).filter((timer) => timer.election !== null);
  const present = election.map((timer) => timer.present);
  const settings = [...fixed, ...faultFree(settingsFor(scenario, election, present))];
  const seeds = ['1', '2', '3', '4'];
  const outcomes = outcomesTask({ source, settings, seeds, untilUs: hours * HOUR_US });
  const quiet = scenarioOf(source, settings);
  if (typeof quiet === 'string') throw new Error(quiet);
  const closed = closedForm(quiet);
  if (typeof closed !== 'number') throw new Error(closed.why);
  const { counted } = countedRate(outcomes, hours * HOUR_US, 0.95, '');
  return { events: counted?.events ?? 0, expected: closed * seeds.length * hours * 3600 };
}

describe('closed form and simulation', () => {
  // 99.9 %: with eight cases, one test in a hundred would fail of luck; the seeds are fixed, so it is one in a hundred versions.
  const AGREEMENT = 0.999;
  const link = 'palo-1-management';
  const loss = (share: string) => `network.links.${link}.loss=${share}`;
  const bursts = (gap: number, length: number) =>
    `network.links.${link}.burst-loss={ mean-gap: ${gap}, mean-length: ${length} }`;
  const timers = (heartbeat: string, hold: string) => [
    `high-availability.election-option.timers={ advanced: { heartbeat-interval: ${heartbeat}, promotion-hold-time: ${hold} } }`,
    QUIET_PATHS,
  ];

  test.each([
    ['independent losses, no hold', [loss('15%'), ...timers('1s', '0s')], 1],
    ['independent losses, a hold of 500 ms', [loss('15%'), ...timers('1s', '500ms')], 2],
    ['independent losses, the recommended timers', [loss('15%'), ...timers('1s', '2s')], 6],
    ['independent losses, heartbeats of 2 s', [loss('20%'), ...timers('2s', '2s')], 3],
    ['bursts, the recommended timers', [bursts(200, 10), ...timers('1s', '2s')], 4],
    ['bursts, a hold of 500 ms', [bursts(500, 20), ...timers('1s', '500ms')], 2],
    ['bursts, heartbeats rarer than hellos', [bursts(200, 10), ...timers('10s', '2s')], 30],
    ['pings of path monitoring', ['network.links.isp.loss=15%', 'ping-count=3'], 1.5],
  ])('%s: agree', (_, set, hours) => {
    const { events, expected } = both(set, hours);
    const { low, high } = poissonInterval(events, AGREEMENT);
    expect(events).toBeGreaterThan(20);
    expect(expected).toBeGreaterThan(low);
    expect(expected).toBeLessThan(high);
  });
});

describe('closed form', () => {
  const rateOf = (set: readonly string[], file = PAIR) => closedForm(scenarioWith(file, set).scenario);

  test('no loss anywhere: nothing can be lost', () => {
    expect(rateOf([])).toBe(0);
    expect(computedRate(0).note).toMatch(/no link .* loses packets/);
  });

  test('heartbeat-backup on a link of its own: rarer by powers of ten', () => {
    const file = 'active-passive/ha1-cut-heartbeat-backup.yaml';
    const lossy = ['network.links.palo-1-management.loss=5%', 'network.links.ha1.loss=5%'];
    const alone = rateOf(['network.links.palo-1-management.loss=5%']) as number;
    const backed = rateOf(lossy, file) as number;
    expect(backed).toBeGreaterThan(0);
    expect(backed).toBeLessThan(alone / 1e5);
  });

  test('heartbeat-backup that loses nothing: no takeover by silence', () => {
    expect(rateOf(['network.links.ha1.loss=5%'], 'active-passive/ha1-cut-heartbeat-backup.yaml')).toBe(0);
  });

  test.each([
    ['duplicated packets', 'network.links.palo-1-management.duplicate=1%', /duplicates/],
    ['a narrow link', 'network.links.palo-1-management.bandwidth=64kbps', /1 Mbps/],
    [
      'a round trip longer than the reply timeout',
      'network.links.palo-1-management.latency=900ms',
      /outlast/,
    ],
  ])('%s: not covered, and says so', (_, setting, why) => {
    const rate = rateOf([setting, 'network.links.palo-2-management.loss=1%']);
    expect(rate).toMatchObject({ why: expect.stringMatching(why) as unknown });
  });

  test('several paths: silent at the same time: the product of rate and share of time', () => {
    const falling = (perSecond: number) => (holdUs: number) => perSecond * Math.exp(-holdUs / 1e6);
    // The rate of one, times the time for which the other is silent: 1 s, so often; and the other way round.
    const rate = together([falling(1e-3), falling(1e-3)], 0, 100_000);
    expect(rate / (2 * 1e-3 * 1e-3)).toBeCloseTo(1, 2);
  });
});

describe('a rate that was counted', () => {
  const column = 9; // false failovers, of the metrics of a pair without users
  const row = (events: number) =>
    outcome(
      '1',
      Array.from({ length: column + 1 }, (_, at) => (at === column ? events : 0)),
    );

  test('nothing seen: a bound of three in the time, never 0', () => {
    const rate = countedRate([row(0)], 24 * HOUR_US, 0.95, 'why');
    expect(rate).toMatchObject({ method: 'bound', perYear: null, low: 0, note: 'why' });
    expect(rate.high).toBeCloseTo(2.996 * 365, 0);
  });

  test('events seen: with their exact interval', () => {
    const rate = countedRate([row(30), row(20)], 24 * HOUR_US, 0.95, '');
    expect(rate).toMatchObject({ method: 'simulation', counted: { events: 50 } });
    expect(rate.perYear).toBeCloseTo((50 * 365) / 2, 6);
    expect(rate.low).toBeCloseTo((37.11 * 365) / 2, -1); // Garwood's interval of 50.
    expect(rate.high).toBeCloseTo((65.92 * 365) / 2, -1);
  });

  test('runs that broke off: neither their events nor their time', () => {
    const broken = { ...row(7), failure: { kind: 'limit' as const, message: '' } };
    expect(countedRate([row(2), broken], HOUR_US, 0.95, '').counted).toEqual({ events: 2, years: 1 / 8760 });
  });
});
