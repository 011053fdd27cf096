import { beforeAll, describe, expect, test } from 'vitest';
import { rateOf, renderTune } from '../../../src/report/tune.ts';
import { ready } from '../../../src/statistics/special.ts';
import { computedRate } from '../../../src/sweep/tune/false-failovers.ts';
import { tune } from '../../../src/sweep/tune/tune.ts';
import { madeUp, tuneRequest } from '../../helpers/tune.ts';

beforeAll(ready);

const runs = madeUp((timer, seed) => ({
  failover: 3_000_000 + (timer('promotion-hold-time') ?? 2_000_000) + seed * 100_000,
}));

describe('the report of a search', () => {
  test('a recommendation: what was searched, the front with its marks, the evidence, and the commands', async () => {
    const text = renderTune(await tune(tuneRequest({ runs, names: ['promotion-hold-time'] })));

    expect(text).toContain('objective   p99 failover, the less the better\n');
    expect(text).toContain('  promotion-hold-time  0s to 1min  now 2s  R-029\n');
    expect(text).toMatch(/^ {2}2500ms {2,}6\.7s \(6\.6s to …\) {2,}1 in \d+ years +◀ recommended/m);
    expect(text).toContain('false failovers (closed form)');
    expect(text).toMatch(/^ {2}2s {2,}6\.2s .*present, PAN-OS recommended · ✗$/m);
    expect(text).toContain('run by run 500ms more than now (500ms to 500ms, 95 % confidence)');
    expect(text).toContain('Try it: hasim run … --set promotion-hold-time=2500ms\n');
    expect(text.split('\n').every((line) => line.length <= 110 || line.startsWith('set '))).toBe(true);
  });

  test('nothing to change: no commands', async () => {
    const flat = madeUp((_, seed) => ({ failover: seed }));
    const text = renderTune(await tune(tuneRequest({ runs: flat, constraints: [], names: ['flap-max'] })));
    expect(text).toContain('change nothing: the present settings are the best that was found');
    expect(text).not.toContain('set deviceconfig');
  });

  test.each([
    [2 / 3600, '2 per hour'],
    [3 / 86_400, '3 per day'],
    [5 / 31_536_000, '5 per year'],
    [1 / 31_536_000 / 250, '1 in 250 years'],
    [1e-30, 'under 1 in a million years'],
    [0, 'none (nothing is lost)'],
  ])('a rate of %d per second: %s', (perSecond, words) => {
    expect(rateOf(computedRate(perSecond))).toBe(words);
  });

  test('nothing seen: at most', () => {
    expect(rateOf({ ...computedRate(0), method: 'bound', perYear: null, high: 273 })).toBe(
      'at most 273 per year',
    );
  });
});
