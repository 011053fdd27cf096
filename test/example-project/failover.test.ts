/** What a user of hasim writes: the behaviour of one's own pair, pinned in prose. */

import { scenario } from 'hasim/vitest';
import { describe, expect, test } from 'vitest';

const pair = scenario(new URL('scenarios/our-pair.yaml', import.meta.url));

describe('palo-1 loses power', () => {
  const run = pair.at('10s', { 'power-off': 'palo-1' }).seed(7).run();

  test('palo-2 takes over within 7 seconds, and keeps the role', () => {
    expect(run).toBeActive('palo-1', { at: '9s' });
    expect(run).toFailOver({ from: 'palo-1', to: 'palo-2', within: '7s' });
    expect(run).toStay({ role: { 'palo-2': 'active' } }, { from: '20s' });
    expect(run).toMeetExpectations();
  });

  test('users wait for at most 8 seconds, and keep their sessions', () => {
    expect(run).toHaveOutage('ping', '< 8s');
    expect(run).toLoseSessions('= 0', { workload: 'ssh' });
  });

  test('shorter heartbeats: quicker', () => {
    const quicker = pair.with('heartbeat-interval', '1s').with('promotion-hold-time', '500ms');
    expect(quicker.at('10s', { 'power-off': 'palo-1' }).run()).toFailOver({ to: 'palo-2', within: '5s' });
  });
});

describe('the uplink of palo-1 fails', () => {
  const failing = pair.at('10s', { 'interface-down': 'palo-1:ethernet1/1' });

  test('with any seed of twenty: palo-2 takes over within a second', () => {
    expect(failing.seeds('1..20')).toFailOver({ from: 'palo-1', to: 'palo-2', within: '1s' });
  });

  test('with 95 % confidence: half of the takeovers take less than a second', async () => {
    const runs = await failing.sweep('1..40');
    expect(runs).toMeetExpectations();
    expect(runs).toHold('median failover < 1s with 95 % confidence');
  });

  test('HA1 fails beside it, and nobody notices: no second active', () => {
    const run = failing.at('10s', { 'link-down': 'palo-1-management' }).run();
    expect(run).not.toBeDualActive({ until: '10s' });
  });
});

test('an operator suspends palo-1 and says so in the system log', () => {
  const run = pair.at('10s', { suspend: 'palo-1' }).run();
  expect(run).toHaveRole('palo-1', 'suspended');
  expect(run).toLog('Suspended', { device: 'palo-1' });
});
