/** The table of a sweep in the terminal: what it says, and that it stays within the terminal whatever it is about. */

import { expect, test } from 'vitest';
import { renderSweep } from '../../../../src/report/sweep/text.ts';
import { about, HEARTBEATS, LOSSES, sweepResult } from '../../../helpers/sweep-result.ts';

const widest = (text: string): number => {
  const prose = text.split('\n').filter((line) => !line.includes('hasim run'));
  return Math.max(...prose.map((line) => Array.from(line).length));
};

const EFFECT = {
  axis: 0,
  metric: 'failover',
  from: '1s',
  to: '2s',
  basis: 'pairs',
  leftOut: 0,
  explained: null,
} as const;

test('sweep text: one axis: a row for each value with its intervals, its effects and what was never seen', () => {
  const lines = renderSweep(sweepResult()).split('\n');

  expect(lines.slice(0, 5)).toEqual([
    'Power loss of the active',
    'pair.yaml · 5 settings · seeds 1..1000 · 5,000 runs · hasim 0.1.0',
    '',
    'failover  What failover is',
    '  heartbeat-',
  ]);
  expect(lines).toContain(
    '  1s          1,000  1.477s (1.452–1.502)  2.39s (2.28–2.50)  3.00s (2.78–3.23)  90.0% (88.0–92.0)',
  );
  expect(lines).toContain('  heartbeat-interval  1s → 2s  +0.900s (0.884–0.916)  matters');
  expect(lines).toContain('  false failovers: none in 5,000 runs: below 0.06%');
});

test('sweep text: an effect whose interval holds zero: no difference shown', () => {
  const base = sweepResult();
  const effect = { ...EFFECT, difference: about(10_000, 20_000, 100) };

  expect(renderSweep({ ...base, effects: [effect] })).toMatch(/\+10ms \(−10 to 30\) {2}no difference shown/);
});

test('sweep text: pairs that have no difference are told', () => {
  const base = sweepResult();
  const difference = about(-10_000, 2_000, 100);
  const effect = { ...EFFECT, difference, leftOut: 11 };
  const text = renderSweep({ ...base, effects: [effect] });
  expect(text).toContain('matters; 11 pairs left out');
  expect(text.replace(/\s+/g, ' ')).toContain('Left out: pairs in which one of the two had no value');
});

test('sweep text: effects along lines: told as what they are, with how well the lines fit', () => {
  const line = {
    ...EFFECT,
    basis: 'line',
    explained: 0.934,
    difference: about(-10_000, 2_000, 50),
    leftOut: 1,
  } as const;
  const text = renderSweep({ ...sweepResult(), effects: [line] }).replace(/\s+/g, ' ');

  expect(text).toContain('matters; 1 point left out');
  expect(text).toContain('Rise of a straight line through the points, from the lowest value to the highest');
  expect(text).toContain('Lines explain 93 % of what the points differ by');
  expect(text).toContain('Left out: points without a value');
});

test('sweep text: an effect without an interval: too few runs', () => {
  const difference = { value: 5, low: null, high: null, confidence: 0.95, count: 1 };
  const effect = { ...EFFECT, difference };

  expect(renderSweep({ ...sweepResult(), effects: [effect] })).toContain('too few runs to say');
});

test('sweep text: a count of which nothing was seen: a bound, and no zero', () => {
  const text = renderSweep(sweepResult({ runsPerSetting: 1_000 }), { metric: 'false failovers' });

  expect(text).toMatch(/1s +1,000 {2}none \(< 0\.3%\)/);
});

test('sweep text: every run without end: never, and how many', () => {
  const text = renderSweep(sweepResult({ axes: [], runsPerSetting: 10, endless: () => 1 }));

  expect(text).toMatch(/10 {2}never {3}never {2}never {2}10/);
  expect(text).toContain('never: runs in which it had no end; they count as the longest.');
});

test('sweep text: no runs: said, without a figure', () => {
  const text = renderSweep(sweepResult({ axes: [], runsPerSetting: 0 }));

  expect(text).toContain('none of 0 runs had one');
  expect(text).not.toMatch(/NaN|null|undefined|Infinity/);
});

test('sweep text: a thousand settings: the ends, and how many lie between', () => {
  const values = Array.from({ length: 1_000 }, (_, index) => `${index + 1}ms`);
  const text = renderSweep(sweepResult({ axes: [['delay', values]], runsPerSetting: 10 }));

  expect(text).toContain('… 980 settings between the least and the most p99');
  expect(text).toMatch(/\n {2}1ms /);
  expect(text).toMatch(/\n {2}1000ms /);
  expect(text).not.toMatch(/\n {2}500ms /);
  expect(text.split('\n').length).toBeLessThan(60);
});

test.each([110, 80, 72, 10])('sweep text: five axes in %i columns: no line is wider', (width) => {
  const axes = [HEARTBEATS, LOSSES, ['timers', ['recommended', 'aggressive']], ['a-very-long-name-of-a-setting', ['x']], ['b', ['0']]] as const; // prettier-ignore
  const text = renderSweep(sweepResult({ axes, runsPerSetting: 50, endless: () => 0.1 }), { width });

  expect(widest(text)).toBeLessThanOrEqual(Math.max(72, width));
});

test('sweep text: interrupted: says of how many runs it speaks', () => {
  const text = renderSweep(sweepResult({ result: { end: 'interrupted', runs: 1_200, planned: 5_000 } }));

  expect(text).toContain('INTERRUPTED after 1,200 of 5,000 planned runs');
});

test('sweep text: failures: each with the line that replays it, and how many more there are', () => {
  const failures = Array.from({ length: 20 }, (_, seed) => ({
    kind: 'killed' as const,
    message: `died of seed ${seed}`,
    replay: `hasim run pair.yaml --seed ${seed}`,
  }));
  const text = renderSweep(sweepResult({ result: { failures, failed: 300 } }));

  expect(text).toContain('300 of 5,000 runs could not be carried out');
  expect(text).toContain('  killed: died of seed 0\n    hasim run pair.yaml --seed 0\n');
  expect(text).toContain('… and 295 more failures');
});

test('sweep text: names that move the cursor: shown as what they are not', () => {
  const evil = 'a\u001b[2Jb\nc\u202e';
  const text = renderSweep(
    sweepResult({
      axes: [[evil, [evil, 'x']]],
      metrics: [[evil, 'us']],
      result: { scenario: { name: evil, file: evil } },
    }),
  );

  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});

test('sweep text: a metric that the sweep does not have: refused with those that it has', () => {
  expect(() => renderSweep(sweepResult(), { metric: 'failoverr' })).toThrow(
    /one of the metrics failover, detection/,
  );
});

test('sweep text: failover has no value: the first metric that has', () => {
  const base = sweepResult();
  const settings = base.settings.map((setting) => ({
    ...setting,
    metrics: setting.metrics.map((one) => (one.metric === 'failover' ? { ...one, count: 0 } : one)),
  }));

  expect(renderSweep({ ...base, settings })).toContain('detection  What detection is');
});
