/** The matchers of hasim/vitest: each holds, each fails with everything that a reader needs, and none takes what it cannot judge. */

import { describe, expect, test } from 'vitest';
import { scenario } from '../../../src/vitest/index.ts';

const pair = scenario('scenarios/topology/active-passive-pair.yaml').until('40s');
const lost = pair.at('10s', { 'power-off': 'palo-1' });
const run = lost.seed(7).run();

/** What a test that fails prints. */
function failureOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('expected a failure, got none');
}

describe('a matcher', () => {
  test('what is so: holds', () => {
    expect(run).toBeActive('palo-1', { at: '9s' });
    expect(run).toBeActive('palo-2');
    expect(run).toHaveRole('palo-2', 'passive', { at: '9s' });
    expect(run).toFailOver();
    expect(run).toFailOver({
      from: 'palo-1',
      to: 'palo-2',
      kind: 'failover',
      within: '7s',
      promotion: '< 3s',
    });
    expect(run).toStay({ role: { 'palo-1': 'active' } }, { until: '9.9s' });
    expect(run).toReach({ role: { 'palo-2': 'active' } }, { from: '10s', until: '17s' });
    expect(run).toHaveOutage('ping', '1s to 8s');
    expect(run).toLoseSessions(0, { workload: 'ssh' });
    expect(run).toReach({ role: { 'palo-2': 'active' } }, { from: '12s', within: '8s', 'stays-for': '10s' });
    expect(run).toStay({ role: { 'palo-1': 'active' } }, { until: { 'dual-active': false } });
    expect(run).toReach({ role: { 'palo-2': 'active' } }, { from: { timeline: 1 }, within: '8s' });
    expect(run).toBeActive('palo-2', { at: '8s', from: { timeline: 1 } });
    expect(run).toHaveRole('palo-2', 'active', { whenever: { role: { 'palo-2': 'active' } } });
    expect(run).toLog('Active', { device: 'palo-2', times: 1 });
    expect(run).toHaveDigest(run.result.digests.protocol);
    expect(run).toMeet({ failovers: 1 });
  });

  test('what is not so: holds with not', () => {
    expect(run).not.toBeActive('palo-1');
    expect(run).not.toHaveRole('palo-2', 'active', { at: '9s' });
    expect(run).not.toFailOver({ to: 'palo-1' });
    expect(run).not.toFailOver({ within: '10ms' });
    expect(run).not.toStay({ role: { 'palo-1': 'active' } });
    expect(run).not.toReach({ role: { 'palo-1': 'suspended' } });
    expect(run).not.toBeDualActive();
    expect(run).not.toHaveOutage('ping', '= 0s');
    expect(run).not.toLoseSessions('>= 1', { workload: 'ssh' });
    expect(run).not.toLog('no such text');
    expect(run).not.toHaveDigest('0000000000000000');
    expect(run).not.toMeet({ failovers: 0 });
  });

  test('a failure: expected, measured, when, the causes, and the line that replays it', () => {
    const text = failureOf(() => expect(run).toFailOver({ to: 'palo-2', within: '1s' }));
    expect(text).toMatch(/^expect\(…\)\.toFailOver: not as expected, with seed 7\n/);
    expect(text).toContain('✗ a failover to palo-2: total <= 1s');
    expect(text).toContain('expected  total <= 1s');
    expect(text).toMatch(/measured {2}total \d/);
    expect(text).toMatch(/because .*power-off palo-1\n[^]*Peer failed/);
    expect(text).toContain(
      'Again: hasim run scenarios/topology/active-passive-pair.yaml --seed 7 --set name=active-passive-pair --set until=40s',
    );
  });

  test('a failure of not: says that it is so', () => {
    const text = failureOf(() => expect(run).not.toBeActive('palo-2'));
    expect(text).toContain('expect(…).not.toBeActive: it is so');
    expect(text).toContain('expected  not: at 40s palo-2 active');
  });

  test.each([
    [() => expect(run).toLog('no such text'), 'no such text'],
    [() => expect(run).toFailOver({ to: 'palo-1' }), 'failover palo-1 → palo-2 at'],
    [() => expect(run).toHaveDigest('0000000000000000'), `measured  ${run.result.digests.protocol}`],
    [() => expect(pair.run()).toFailOver(), 'measured  no failover'],
  ])('a failure that no expectation tells: what there was instead (%#)', (action, words) => {
    expect(failureOf(action)).toContain(words);
  });

  test('the expectations of a file: the lines where one stands that is not met', () => {
    const file = scenario('scenarios/suite/timer-profiles.yaml');
    expect(file.run()).toMeetExpectations();
    const slow = file.with('heartbeat-interval', '5s').run();
    const text = failureOf(() => expect(slow).toMeetExpectations());
    expect(text).toContain('scenarios/suite/timer-profiles.yaml:');
    expect(text).toMatch(/\d+ \| .*palo-2 takes over within 3 to 4 heartbeats/);
    expect(text).toContain('--set ');
  });
});

describe('several seeds', () => {
  test('with every seed, and with not: with none', () => {
    expect(lost.seeds('1..3')).toFailOver({ to: 'palo-2' });
    expect(lost.seeds('1..3')).not.toBeActive('palo-1');
  });

  test('a failure: tells of the first seed that shows it', () => {
    const some = lost.with('seed', 9).seeds('5..8');
    expect(failureOf(() => expect(some).toBeActive('palo-1'))).toContain('with seed 5');
  });

  test('a sweep: statements over seeds, and one that the sample is too small for', async () => {
    const runs = await lost.sweep('1..12', { workers: 1 });
    expect(runs.outcomes.map(({ seed }) => seed)).toEqual(
      Array.from({ length: 12 }, (_, n) => String(n + 1)),
    );
    expect(runs.outcomes[6]?.digest).toBe(run.result.digests.protocol);
    expect(runs).toHold('maximum failover < 8s');
    expect(runs).not.toHold('median failover < 1s with 95 % confidence');
    const undecided = 'p99 failover < 8s with 95 % confidence';
    expect(failureOf(() => expect(runs).toHold(undecided))).toMatch(/undecided[^]*299 seeds would tell/);
    expect(failureOf(() => expect(runs).not.toHold(undecided))).toContain('undecided');
    expect(failureOf(() => expect(runs).toMeetExpectations())).toContain('which has none');
  });
});

describe('what a matcher does not take', () => {
  test.each([
    [() => expect(lost).toBeActive('palo-1'), 'takes a run such as scenario(…).run()'],
    [() => expect(null).toBeActive('palo-1'), 'got null'],
    [() => expect(run).toHold('p99 failover < 4s'), "await scenario.sweep('1..300'), got Run"],
    [() => expect(run).toMeetExpectations(), 'expected a scenario with expectations'],
    [() => expect(run).toMeet({ 'over-seeds': 'p99 failover < 4s' }), 'toHold(…) takes it'],
    [() => expect(run).toLog('x', { device: 'palo-3' }), 'Did you mean palo-1?'],
    [() => expect(run).toBeActive('palo-3'), 'Did you mean palo-1?'],
    [() => expect(run).not.toBeActive('palo-3'), 'Did you mean palo-1?'],
    [() => expect(run).toBeActive('palo-1', { at: '99s' }), '99s'],
    [() => expect(run).toHaveOutage('pong', '< 1s'), 'Did you mean ping?'],
    [() => expect(run).toHaveOutage('ping', 'soon'), 'soon'],
  ])('is told in the words of a mistake (%#)', (action, words) => {
    expect(failureOf(action)).toContain(words);
  });
});
