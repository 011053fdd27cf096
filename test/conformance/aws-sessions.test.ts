/** What becomes of sessions at a takeover in AWS, and what their users feel (sections 4 and 8). */

import { describe, expect, test } from 'vitest';
import { LINUX_TCP, mostRepetitions, rtoUs } from '../../src/traffic/tcp.ts';
import { runAws, type AwsPart } from '../helpers/aws-pair.ts';
import { us, type PairRun, type Part } from '../helpers/pair.ts';

const CRASH = [{ at: '60050ms', 'power-off': 'palo-1' }];
const FOREVER = {
  from: 'private',
  to: 'server',
  protocol: 'tcp',
  port: 443,
  arrivals: { concurrent: 20 },
  'holding-time': 'forever',
  'packet-interval': '1s',
};
const users = (more: Part = {}): Part => ({ steady: { ...FOREVER, ...more } });

/** Long after the takeover, so that whoever retries has done it. */
function after(part: AwsPart): PairRun {
  return runAws({ workloads: users(), timeline: CRASH, until: '30min', ...part });
}

const books = (pair: PairRun) => pair.workload('steady');

/** When TCP sends again, in microseconds after its first transmission without an answer. */
function retransmissionAfter(phase: 'opening' | 'open', outageUs: number): number | null {
  let sinceUs = 0;
  for (let sent = 0; sent <= mostRepetitions(LINUX_TCP, phase); sent += 1) {
    if (sinceUs >= outageUs) return sinceUs;
    sinceUs += rtoUs(LINUX_TCP, phase, sent);
  }
  return null;
}

describe('sessions at a takeover', () => {
  test('C-072: synchronized, secondary-IP, NAT to the floating address, allow-all: it survives an outage below 924.6 s', () => {
    const { lost, open } = books(after({ mode: 'secondary-ip' }));

    expect([lost, open]).toEqual([{}, 20]);
  });

  test('C-073: NAT to the primary address of the interface in secondary-IP: every translated session is lost', () => {
    const nat = [{ name: 'outbound', source: '10.0.4.0/24', 'translated-address': 'ethernet1/2' }];
    const devices = { 'palo-1': { nat }, 'palo-2': { nat } };
    const primary = { 'elastic-ips': { 'outside-ip': { 'private-ip': '10.0.2.10' } } };
    const { lost, open } = books(after({ mode: 'secondary-ip', devices, aws: primary }));

    expect(open).toBe(0);
    expect(Object.values(lost).reduce((sum, count) => sum + count, 0)).toBe(20);
  });

  test('C-074: interface-move: translated sessions that were synchronized keep their addresses', () => {
    const { lost, open } = books(after({}));

    expect([lost, open]).toEqual([{}, 20]);
  });

  test('C-075: HA2 blocked: every session is lost, in both modes', () => {
    const blocked = { 'security-groups': { 'palo-ha-sg': { ingress: [] } } };
    for (const mode of ['interface-move', 'secondary-ip'] as const) {
      expect(books(after({ mode, aws: blocked })).open).toBe(0);
    }
  });

  test('C-076: SSL forward proxy: every session is lost', () => {
    const { lost } = books(after({ workloads: users({ decryption: 'ssl-forward-proxy' }) }));

    expect(lost).toEqual({ decrypted: 20 });
  });

  test('C-077: inbound inspection: it survives undecrypted without PFS, and with PFS it is lost', () => {
    const without = books(after({ workloads: users({ decryption: 'ssl-inbound-inspection' }) }));
    const withPfs = books(after({ workloads: users({ decryption: 'ssl-inbound-inspection-pfs' }) }));

    expect([without.open, without.undecrypted]).toEqual([20, 20]);
    expect(withPfs.lost).toEqual({ decrypted: 20 });
  });

  test('C-078: ICMP: none of its flows is in the synchronized table', () => {
    const icmp = {
      steady: {
        from: 'private',
        to: 'server',
        protocol: 'icmp',
        arrivals: { concurrent: 20 },
        'holding-time': 'forever',
      },
    };
    const pair = after({ workloads: icmp, timeline: [{ at: '60050ms', suspend: 'palo-1' }], until: '2min' });

    expect(pair.sessionsTakenOver('palo-2')).toMatchObject({ carried: 0, recreated: 20 });
  });

  test('C-079: data groups that do not allow all: what the server sends is dropped at the new owner until the client has sent', () => {
    const rules = { ingress: [{ protocol: 'all', cidr: '10.0.0.0/21' }] };
    const aws = { 'security-groups': { 'palo-outside-sg': rules, 'palo-inside-sg': rules } };
    const stream = (direction: string): Part => ({
      probes: { stream: { type: 'udp-stream', from: 'private', to: 'server', rate: '10/s', direction } },
    });
    const gap = (part: Part): number => {
      const pair = runAws({
        mode: 'secondary-ip',
        timeline: [{ at: '20s', suspend: 'palo-1' }],
        unpublished: { 'aws-latency': 'none' },
        until: '60s',
        ...stream('reverse'),
        ...part,
      });
      return pair.probe('stream').longestGapUs;
    };

    // A client that only listens asks again when it has heard nothing for a while.
    expect(gap({ aws })).toBeGreaterThan(gap({}) + us('400ms'));
  });
});

describe('what users feel', () => {
  test('C-080: a path outage of 14.2 s: an open connection resumes at 25.4 s, a SYN sent at its start connects at 15 s', () => {
    expect(retransmissionAfter('open', us('14.2s'))).toBe(us('25.4s'));
    expect(retransmissionAfter('opening', us('14.2s'))).toBe(us('15s'));
  });

  test('C-081: a path outage of 31.7 s: 51.0 s and 63 s', () => {
    expect(retransmissionAfter('open', us('31.7s'))).toBe(us('51s'));
    expect(retransmissionAfter('opening', us('31.7s'))).toBe(us('63s'));
  });

  test('C-082: a path outage above 127 s: connections begun at its start fail', () => {
    const knock = {
      steady: { ...FOREVER, arrivals: { constant: '1/s' }, 'holding-time': { constant: '2s' } },
    };
    const down = [
      { at: '20s', 'power-off': 'palo-1' },
      { at: '20s', 'api-unavailable': 'all' },
    ];
    const { failed, completed } = books(runAws({ workloads: knock, timeline: down, until: '200s' }));

    expect(retransmissionAfter('opening', us('127s'))).toBeNull();
    expect(failed).toBeGreaterThan(40);
    expect(completed).toBeGreaterThan(10);
  });
});
