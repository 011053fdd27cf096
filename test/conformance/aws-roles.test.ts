/** Who is active and who has the data path in AWS: HA1 and HA2 through security groups, preemption, split brains (section 8). */

import { describe, expect, test } from 'vitest';
import { resolveAws, runAws, type AwsPart } from '../helpers/aws-pair.ts';
import { PairRun, us, type Device, type Part } from '../helpers/pair.ts';
import { run } from '../../src/run/run.ts';

/** No waiting for AWS: times are those of PAN-OS. */
const AT_ONCE = { 'aws-latency': 'none' };
const CRASH = [{ at: '20s', 'power-off': 'palo-1' }];

/** The management group of the pair, with these rules only. */
const managementRules = (...ingress: Part[]): AwsPart => ({
  aws: { 'security-groups': { 'palo-mgmt-sg': { ingress } } },
});

const within = (protocol: string | number, ports?: number): Part => ({
  protocol,
  'security-group': 'self',
  ...(ports === undefined ? {} : { ports }),
});

const ICMP = within('icmp');

/** Whether the two firewalls, switched on together, have heard each other after five minutes. */
function pairsUp(part: AwsPart): boolean {
  const pair = runAws({ ...part, start: 'cold-boot', until: '8min' });
  return pair.records('peer', 'palo-1').some(({ data }) => data.connection === 'up');
}

/** Who has the network interfaces (or addresses and routes) at a time. */
function ownersAt(pair: PairRun, time: string): readonly (string | null)[] {
  const owners = new Map<string, string | null>();
  for (const { atUs, data } of pair.records('asset'))
    if (atUs <= us(time)) owners.set(data.asset, data.owner);
  return [...owners.values()];
}

const both = (device: Device): readonly string[] => [device, device];

describe('roles and ownership', () => {
  test('C-009: suspended by an operator with HA1 up: promotion at once, but for a round trip of HA1', () => {
    const pair = runAws({ timeline: [{ at: '20s', suspend: 'palo-1' }], until: '30s' });

    expect(pair.enters('palo-2', 'active') - us('20s')).toBeLessThan(us('1ms'));
  });

  test('C-010: path monitoring fails, monitor fail hold up 0: no hold beside the additional master hold-up', () => {
    const monitored: AwsPart = {
      ha: {
        monitoring: {
          'path-monitoring': {
            'virtual-router': {
              default: {
                'ping-interval': '200ms',
                'ping-count': 10,
                'destination-group': { internet: { 'destination-ip': ['198.51.100.10'] } },
              },
            },
          },
        },
      },
      timeline: [{ at: '20s', 'target-unreachable': '198.51.100.10' }],
      until: '40s',
    };
    const pair = runAws(monitored);
    const failedUs = pair.monitorFails('palo-1', 'path');

    // Nothing but the 500 ms that every active waits before it leaves for its monitors.
    expect(pair.enters('palo-2', 'active') - failedUs).toBeLessThan(us('510ms'));
  });

  test('C-011: a promotion: the new active, and nobody else, calls EC2', () => {
    for (const mode of ['interface-move', 'secondary-ip'] as const) {
      const calls = runAws({ mode, timeline: CRASH, until: '3min' }).records('api-call');

      expect(calls.length).toBeGreaterThan(3);
      expect(calls.every(({ subject }) => subject === 'palo-2')).toBe(true);
    }
  });

  test('C-012: the role has changed, and the calls have not completed: the data path is with the old node or nobody', () => {
    const pair = runAws({ timeline: CRASH, until: '3min' });
    const activeUs = pair.enters('palo-2', 'active');
    const doneUs = pair.firstRecord('takeover', 'palo-2', { step: 'complete' }).atUs;

    expect(doneUs - activeUs).toBeGreaterThan(us('10s'));
    expect(pair.roleAt('palo-2', '31s')).toBe('active');
    expect(ownersAt(pair, '29s')).toEqual(both('palo-1'));
    expect(ownersAt(pair, `${doneUs}us`)).toEqual(both('palo-2'));
  });
});

describe('HA1 through security groups', () => {
  test('C-013: no ICMP from the peer: HA1 stays down although its TCP ports are open', () => {
    expect(pairsUp(managementRules(within('tcp', 28_769), within('tcp', 28_260)))).toBe(false);
    expect(pairsUp({})).toBe(true);
  });

  test('C-014: ICMP open, and one of the two TCP ports closed: HA1 stays down', () => {
    expect(pairsUp(managementRules(ICMP, within('tcp', 28_769)))).toBe(false);
    expect(pairsUp(managementRules(ICMP, within('tcp', 28_260)))).toBe(false);
  });

  test('C-015: encrypted HA1: TCP 28 instead of the two clear ports', () => {
    const encrypted = { ha: { interface: { ha1: { encryption: { enabled: true } } } } };

    expect(pairsUp({ ...managementRules(ICMP, within('tcp', 28)), ...encrypted })).toBe(true);
    expect(
      pairsUp({ ...managementRules(ICMP, within('tcp', 28_769), within('tcp', 28_260)), ...encrypted }),
    ).toBe(false);
  });
});

describe('HA2 through security groups', () => {
  const USERS = {
    steady: {
      from: 'private',
      to: 'server',
      protocol: 'tcp',
      port: 443,
      arrivals: { constant: '10/s' },
      'holding-time': 'forever',
    },
  };
  const haRules = (...ingress: Part[]): Part => ({ 'security-groups': { 'palo-ha-sg': { ingress } } });
  const carried = (part: AwsPart): number =>
    runAws({
      workloads: USERS,
      timeline: [{ at: '20s', suspend: 'palo-1' }],
      until: '22s',
      ...part,
    }).sessionsTakenOver('palo-2').carried;

  test('C-016: only TCP in the HA group: nothing is synchronized, and roles work', () => {
    expect(carried({ aws: haRules(within('tcp')) })).toBe(0);
    expect(carried({})).toBeGreaterThan(190);
  });

  test('C-017: transport ip needs protocol 99, udp needs UDP 29281', () => {
    const ip = { ha: { 'state-synchronization': { transport: 'ip' } } };

    expect(carried({ ...ip, aws: haRules(within(99)) })).toBeGreaterThan(190);
    expect(carried({ ...ip, aws: haRules(within('udp', 29_281)) })).toBe(0);
    expect(carried({ aws: haRules(within(99)) })).toBe(0);
  });

  test('C-018: no HA2 keep-alive for 10 s: one critical log, the action, and no failover', () => {
    const pair = runAws({
      ha: {
        'state-synchronization': {
          'ha2-keep-alive': { enabled: true, threshold: '10s', action: 'log-only' },
        },
      },
      timeline: [{ at: '20s', blackhole: { link: 'palo-1-eth1' } }],
      until: '2min',
    });
    const failures = pair.records('log', 'palo-1').filter(({ data }) => data.severity === 'critical');

    expect(failures).toHaveLength(1);
    expect((failures[0]?.atUs ?? 0) - us('20s')).toBeGreaterThanOrEqual(us('9s'));
    expect((failures[0]?.atUs ?? 0) - us('20s')).toBeLessThanOrEqual(us('11s'));
    expect(pair.roleChanges('palo-2')).toEqual([]);
  });
});

describe('preemption and ties', () => {
  const back = [{ at: '20s', 'power-off': 'palo-1', for: '3min' }];

  test('C-067: preemption off, the old active returns: it becomes passive, and nothing moves again', () => {
    const pair = runAws({ timeline: back, until: '15min' });

    expect(pair.rolesAt('15min')).toEqual(['passive', 'active']);
    expect(pair.records('takeover')).toHaveLength(2); // Begun and complete.
    expect(ownersAt(pair, '15min')).toEqual(both('palo-2'));
  });

  test('C-068: preemption with a hold of 60 s: a second takeover, 60 s after the better node is ready', () => {
    const preemptive = { ha: { 'election-option': { preemptive: true } } };
    const pair = runAws({ ...preemptive, timeline: back, until: '20min' });
    const readyUs = pair.enters('palo-1', 'passive');
    const activeUs = pair.enters('palo-1', 'active');

    expect(activeUs - readyUs).toBeGreaterThanOrEqual(us('60s'));
    expect(activeUs - readyUs).toBeLessThan(us('61s'));
    expect(pair.records('takeover', 'palo-1').map(({ data }) => data.step)).toEqual(['begun', 'complete']);
    expect(ownersAt(pair, '20min')).toEqual(both('palo-1'));
  });

  test('C-069: equal priorities: the lower HA1 MAC address is active', () => {
    const with_ = (first: string, second: string): PairRun =>
      runAws({
        devices: {
          'palo-1': {
            'ha1-mac': first,
            'high-availability': { 'election-option': { 'device-priority': 100 } },
          },
          'palo-2': {
            'ha1-mac': second,
            'high-availability': { 'election-option': { 'device-priority': 100 } },
          },
        },
        start: 'cold-boot',
        until: '8min',
      });

    expect(with_('06:00:00:00:00:01', '06:00:00:00:00:02').rolesAt('8min')).toEqual(['active', 'passive']);
    expect(with_('06:00:00:00:00:02', '06:00:00:00:00:01').rolesAt('8min')).toEqual(['passive', 'active']);
  });
});

describe('split brain', () => {
  const cut = {
    at: '20s',
    'revoke-security-group-ingress': { 'security-group': 'palo-mgmt-sg', protocol: 'icmp' },
  };

  test('C-070: HA1 cut while both live: the passive promotes and pulls everything, and one node has each of it', () => {
    for (const mode of ['interface-move', 'secondary-ip'] as const) {
      const pair = runAws({ mode, timeline: [cut], until: '4min' });

      expect(pair.rolesAt('4min')).toEqual(['active', 'active']);
      expect(new Set(ownersAt(pair, '4min'))).toEqual(new Set(['palo-2']));
    }
  });

  test('C-071: the same, and both look after their ownership: it goes back and forth, the last success wins', () => {
    const unpublished = { ...AT_ONCE, 'aws-ownership-check': '30s' };
    const scenario = resolveAws({ mode: 'secondary-ip', timeline: [cut], until: '6min', unpublished });
    const pair = new PairRun(run(scenario));
    const moved = pair.records('asset').filter(({ atUs, data }) => atUs > 0 && data.state === 'moved');
    const winners = moved.map(({ data }) => data.owner);
    const changes = winners.filter((owner, index) => index > 0 && owner !== winners[index - 1]);

    expect(changes.length).toBeGreaterThan(2);
    expect(new Set(ownersAt(pair, '6min')).size).toBe(1);
    expect(ownersAt(pair, '6min')[0]).toBe(winners.at(-1));
  });
});
