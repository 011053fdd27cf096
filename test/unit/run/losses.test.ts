import { describe, expect, test } from 'vitest';
import { LOSS_CAUSES } from '../../../src/traffic/loss.ts';
import type { WorkloadBooks } from '../../../src/traffic/workload-books.ts';
import { both, mistakesIn, NO_PATH_MONITORING, resolvePair, type Part } from '../../helpers/pair.ts';
import { run } from '../../../src/run/run.ts';

const MANY = {
  from: 'client',
  to: 'server',
  protocol: 'tcp',
  port: 443,
  arrivals: { concurrent: 20 },
  'holding-time': 'forever',
};

/** The books of one workload on the pair, with the same result in both forms. */
function booksOf(workload: Part, timeline: readonly Part[], more: Part = {}): WorkloadBooks {
  const network = { links: { server: { jitter: null } } };
  const [packets, intervals] = (['packets', 'intervals'] as const).map((flows) => {
    const workloads = { many: { ...MANY, ...workload } };
    return run(resolvePair({ workloads, network, timeline, flows, ...more })).workloads[0];
  });
  expect(intervals).toEqual(packets);
  return packets as WorkloadBooks;
}

describe('losses: every cause that a run can book', () => {
  test('losses: the operator clears all sessions: TCP is lost as flushed, UDP goes on', () => {
    const clear = [{ at: '30s', 'clear-session-all': 'palo-1' }];
    expect(booksOf({}, clear).lost).toEqual({ flushed: 20 });
    expect(booksOf({ protocol: 'udp' }, clear)).toMatchObject({ lost: {}, open: 20 });
  });

  test('losses: the operator clears the copies of the passive: nothing until it takes over', () => {
    const clear = { at: '30s', 'clear-session-all': 'palo-2' };
    expect(booksOf({}, [clear]).lost).toEqual({});
    const lost = booksOf({}, [clear, { at: '40s', suspend: 'palo-1' }]).lost;
    expect(lost).toEqual({ 'not-synced': 20 });
  });

  test('losses: the only firewall reboots: what it knew is flushed', () => {
    const timeline = [
      { at: '20s', 'power-off': 'palo-2' },
      { at: '30s', reboot: 'palo-1' },
    ];
    expect(booksOf({}, timeline, { until: '10min' }).lost).toEqual({ flushed: 20 });
  });

  test('losses: a session that is idle for longer than PAN-OS keeps it: aged-out at its next packet', () => {
    // Its user is patient, and cut off for longer than an hour.
    const patient = { tcp: { retries: 100 }, arrivals: { concurrent: 3 } };
    const timeline = [{ at: '30s', 'link-down': 'client', for: '90min' }];
    expect(booksOf(patient, timeline, { until: '3h' }).lost).toEqual({ 'aged-out': 3 });
  });

  test('losses: an outage longer than the patience of TCP: timed-out, and the fault is to blame', () => {
    const timeline = [{ at: '30s', 'target-unreachable': '198.51.100.10' }];
    const { lost, losses } = booksOf({ tcp: { retries: 5 } }, timeline);
    expect(lost).toEqual({ 'timed-out': 20 });
    expect(losses.map(({ record }) => record)).not.toContain(0);
  });

  test('losses: a commit takes away the address to which NAT translated: address-moved, not a long outage', () => {
    const nat = [{ name: 'out', source: '10.0.0.0/24', 'translated-address': '203.0.113.2' }];
    const interfaces = {
      'ethernet1/1': { zone: 'untrust', ip: '192.0.2.2/24' },
      'ethernet1/2': { zone: 'trust', ip: '10.0.0.1/24' },
    };
    const timeline = [{ at: '30s', commit: { device: 'palo-1', interfaces } }];
    const more = { devices: both({ nat }), ha: NO_PATH_MONITORING };
    expect(booksOf({ tcp: { retries: 5 } }, timeline, more).lost).toEqual({ 'address-moved': 20 });
  });

  test('losses: the list of causes: the one that expectations take', () => {
    const expected = Object.fromEntries(LOSS_CAUSES.map((cause) => [cause, '>= 0']));
    const asked = { workloads: { many: MANY }, expect: [{ sessions: { workload: 'many', ...expected } }] };
    expect(run(resolvePair(asked)).verdicts.map(({ passed }) => passed)).toEqual([true]);
  });

  test('losses: expected of a workload that there is none of: a mistake', () => {
    const expectation = { sessions: { workload: 'mny', lost: 0 } };
    const [mistake] = mistakesIn({ workloads: { many: MANY }, expect: [expectation] });
    expect(mistake).toContain('expected the name of a workload');
  });
});
