/** Where packets go in AWS while network interfaces, addresses and routes move, and what keeps them from moving (section 8). */

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/run/result.ts';
import { awsMistakes, buildAws, runAws, type AwsPart } from '../helpers/aws-pair.ts';
import { lay, us, type PairRun, type Part } from '../helpers/pair.ts';

const CRASH = [{ at: '20s', 'power-off': 'palo-1' }];
const PING = { ping: { type: 'ping', from: 'private', to: 'server', interval: '200ms', timeout: '1s' } };
/** Every step of the latency model takes as long as its median. */
const EXACT = { 'aws-mood': 0 };

/** The instance profile of both firewalls allows these calls and no others. */
const allowing = (...actions: string[]): Part => ({ 'iam-instance-profiles': { 'palo-ha': { actions } } });
const READS = ['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeRouteTables'];

function states(pair: PairRun, asset: string): readonly string[] {
  return pair
    .records('asset')
    .filter(({ atUs, data }) => atUs > 0 && data.asset === asset)
    .map(({ data }) => data.state);
}

function atUs(pair: PairRun, asset: string, state: string): number {
  const found = pair.records('asset').find((record) => {
    const { asset: of, state: is } = record.data;
    return record.atUs > 0 && of === asset && is === state;
  });
  if (found === undefined) throw new Error(`${asset} is never ${state}`);
  return found.atUs;
}

interface Outage {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The times in which pings got no answer. */
function outages(pair: PairRun): readonly Outage[] {
  return (pair.probe('ping') as Extract<RunResult['probes'][number], { outages: unknown }>).outages;
}

/** The latest outage is over before the run is. */
function comesBack(pair: PairRun): boolean {
  return (outages(pair).at(-1)?.toUs ?? 0) < pair.result.untilUs - us('2s');
}

const ends = (pair: PairRun): string[] => pair.records('takeover').map(({ data }) => data.step);
const reasonOf = (pair: PairRun): string | undefined => pair.records('takeover').at(-1)?.data.reason;

/** Whether pings are answered from the beginning. */
const passes = (part: AwsPart): boolean =>
  outages(runAws({ ...part, probes: PING, until: '20s' })).length === 0;

describe('interface-move', () => {
  test('C-023: between available and attached: every route to the network interface is a black hole', () => {
    const pair = runAws({ probes: PING, timeline: [{ at: '20s', suspend: 'palo-1' }], until: '2min' });
    const [outage] = outages(pair);

    expect(states(pair, 'palo-inside-eni')).toEqual([
      'detaching',
      'available',
      'attaching',
      'attached',
      'usable',
    ]);
    expect(outage?.fromUs).toBeLessThanOrEqual(atUs(pair, 'palo-outside-eni', 'available'));
    expect(outage?.toUs).toBeGreaterThanOrEqual(atUs(pair, 'palo-inside-eni', 'attached'));
  });

  test('C-025: only one of two network interfaces has arrived: nothing passes through yet', () => {
    const pair = runAws({ probes: PING, timeline: CRASH, until: '3min' });
    const [first, last] = [atUs(pair, 'palo-outside-eni', 'usable'), atUs(pair, 'palo-inside-eni', 'usable')];

    expect(last - first).toBeGreaterThan(us('5s'));
    expect(outages(pair)[0]?.toUs).toBeGreaterThanOrEqual(last);
  });

  test('C-032: DPDK on at the node that takes over: what it gets is never usable, unless overridden', () => {
    const withDpdk = { aws: { instances: { 'palo-2': { 'vm-series': { 'dpdk-pkt-io': true } } } } };
    const pair = runAws({ ...withDpdk, probes: PING, timeline: CRASH, until: '5min' });

    expect(states(pair, 'palo-outside-eni').at(-1)).toBe('unusable');
    expect([ends(pair).at(-1), reasonOf(pair)]).toEqual(['failed', expect.stringContaining('DPDK')]);
    expect(comesBack(pair)).toBe(false);
    expect(ends(runAws({ timeline: CRASH, until: '5min' })).at(-1)).toBe('complete');
  });

  test('C-033: a data network interface at the same index of the passive: the attachment fails for good', () => {
    const taken = {
      'network-interfaces': {
        'in-the-way': {
          subnet: 'untrust',
          'private-ip': '10.0.2.99',
          'security-groups': ['palo-outside-sg'],
        },
      },
      instances: {
        'palo-2': {
          'network-interfaces': ['palo-mgmt-secondary-eni', 'palo-ha-secondary-eni', 'in-the-way'],
        },
      },
    };
    const pair = runAws({ aws: taken, timeline: CRASH, until: '5min' });
    const attempts = pair.records('api-call').filter(({ data }) => data.action === 'AttachNetworkInterface');

    expect(attempts).toHaveLength(1);
    expect(ends(pair).at(-1)).toBe('failed');
    expect(states(pair, 'palo-outside-eni').at(-1)).toBe('available');
  });

  test('C-049: others keep the bucket of AttachNetworkInterface empty: it stalls after Detach, and nobody has it', () => {
    const busy = {
      api: {
        throttle: { AttachNetworkInterface: { capacity: 1, refill: 1 } },
        'background-load': { AttachNetworkInterface: '5/s' },
      },
    };
    const pair = runAws({ aws: busy, timeline: CRASH, until: '5min' });
    const errors = pair.records('api-call').flatMap(({ data }) => data.error ?? []);

    expect(errors).toEqual(errors.map(() => 'RequestLimitExceeded'));
    expect(errors.length).toBe(5);
    expect(states(pair, 'palo-outside-eni')).toEqual(['detaching', 'available']);
  });

  test('C-059: attached, and the guest lags: traffic starts that much later', () => {
    const lag = (guest: string): PairRun =>
      runAws({
        aws: { api: { latency: { guest: { median: guest }, 'bind-interface-move': { median: '0s' } } } },
        unpublished: EXACT,
        timeline: CRASH,
        until: '5min',
      });
    const gap = (pair: PairRun): number =>
      atUs(pair, 'palo-inside-eni', 'usable') - atUs(pair, 'palo-inside-eni', 'attached');

    expect(gap(lag('42s')) - gap(lag('2s'))).toBe(us('40s'));
  });
});

describe('secondary-IP', () => {
  test('C-039: the call has returned, and its change has not propagated: packets still go to the old owner', () => {
    const slow: AwsPart = {
      mode: 'secondary-ip',
      aws: { api: { latency: { 'replace-route': { median: '30s' } } } },
      unpublished: EXACT,
      timeline: [{ at: '20s', suspend: 'palo-1' }],
    };
    const pair = runAws({ ...slow, until: '2min' });
    const returnedUs = pair.records('api-call').find(({ data }) => data.action === 'ReplaceRoute')?.atUs ?? 0;
    const movedUs = atUs(pair, '0.0.0.0/0 of private', 'moved');
    const at = `${returnedUs + us('10s')}us`;

    expect(movedUs - returnedUs).toBeGreaterThanOrEqual(us('30s'));
    expect(routeOf(slow, at)).toBe('palo-inside-eni');
    expect(routeOf(slow, `${movedUs}us`)).toBe('palo-inside-secondary-eni');
  });

  test('C-052: no ReplaceRoute permission: addresses move, outbound stays black-holed', () => {
    const pair = runAws({
      mode: 'secondary-ip',
      aws: allowing(...READS, 'AssignPrivateIpAddresses', 'AssociateAddress'),
      probes: PING,
      timeline: CRASH,
      until: '5min',
    });

    expect(states(pair, '10.0.2.100')).toEqual(['moving', 'moved']);
    expect(states(pair, 'outside-ip')).toEqual(['moving', 'moved']);
    expect(states(pair, '0.0.0.0/0 of private')).toEqual([]);
    expect([ends(pair).at(-1), reasonOf(pair)]).toEqual([
      'failed',
      expect.stringContaining('UnauthorizedOperation'),
    ]);
    expect(comesBack(pair)).toBe(false);
  });

  test('C-053: no AssociateAddress permission, elastic IPs on secondary addresses only: the failover is complete', () => {
    const pair = runAws({
      mode: 'secondary-ip',
      aws: allowing(...READS, 'AssignPrivateIpAddresses', 'ReplaceRoute'),
      probes: PING,
      timeline: CRASH,
      until: '5min',
    });

    expect(ends(pair)).toEqual(['begun', 'complete']);
    expect(comesBack(pair)).toBe(true);
  });
});

/** Where the default route of the private instance leads at a time. */
function routeOf(part: AwsPart, time: string): string {
  const { runTo, cloud } = buildAws({ ...part, until: '10min' });
  runTo(time);
  const owner = cloud?.provider.assets().find(({ name }) => name === '0.0.0.0/0 of private')?.owner;
  return owner === 'palo-2' ? 'palo-inside-secondary-eni' : 'palo-inside-eni';
}

describe('what keeps the data path from moving', () => {
  test('C-050: no instance profile: no call succeeds, and the outage has no end', () => {
    const instances = { 'palo-2': { 'iam-instance-profile': null } };
    for (const mode of ['interface-move', 'secondary-ip'] as const) {
      const pair = runAws({ mode, aws: { instances }, probes: PING, timeline: CRASH, until: '20min' });
      const calls = pair.records('api-call');

      expect(calls.map(({ data }) => data.error)).toEqual(calls.map(() => 'NoCredentials'));
      expect(calls.length).toBeGreaterThan(0);
      expect(comesBack(pair)).toBe(false);
    }
  });

  test('C-054: management does not reach the API: the role flips in its time, and the data path never moves', () => {
    const pair = runAws({
      aws: { 'elastic-ips': { 'mgmt-secondary-ip': null } },
      probes: PING,
      timeline: CRASH,
      until: '20min',
    });
    const flipUs = pair.enters('palo-2', 'active') - us('20s');

    expect(flipUs).toBeGreaterThanOrEqual(us('8s'));
    expect(flipUs).toBeLessThanOrEqual(us('10s'));
    expect(pair.firstRecord('takeover', 'palo-2').atUs - pair.enters('palo-2', 'active')).toBe(us('500ms'));
    expect(ends(pair)).toEqual(['begun', 'failed']);
    expect(comesBack(pair)).toBe(false);
  });

  test('C-055: the API out of reach of one node: failover to it fails, and the way back works', () => {
    const pair = runAws({
      aws: { 'elastic-ips': { 'mgmt-secondary-ip': null } },
      probes: PING,
      timeline: [
        { at: '20s', suspend: 'palo-1' },
        { at: '5min', functional: 'palo-1' },
        { at: '10min', suspend: 'palo-2' },
      ],
      until: '15min',
    });
    const steps = pair.records('takeover').map(({ subject, data }) => `${subject} ${data.step}`);

    expect(steps).toEqual(['palo-2 begun', 'palo-2 failed', 'palo-1 begun', 'palo-1 complete']);
    expect(outages(pair).at(-1)?.toUs).toBeGreaterThan(us('10min'));
  });

  test('C-066: source/destination check on at a data network interface: transit packets are dropped, in both modes', () => {
    const on = { 'source-dest-check': true };
    for (const mode of ['interface-move', 'secondary-ip'] as const) {
      expect(passes({ mode, aws: { 'network-interfaces': { 'palo-inside-eni': on } } })).toBe(false);
      // What NAT has given the address of the network interface itself is no transit any more.
      expect(passes({ mode, aws: { 'network-interfaces': { 'palo-outside-eni': on } } })).toBe(true);
      expect(passes({ mode })).toBe(true);
    }
  });

  test('C-090: the EC2 control plane is down for so long: the calls are not over before', () => {
    const down = { at: '20s', 'api-unavailable': 'all', for: '40s' };
    const pair = runAws({ timeline: [...CRASH, down], until: '5min' });
    const { atUs: completeUs } = pair.firstRecord('takeover', 'palo-2', { step: 'complete' });

    expect(completeUs).toBeGreaterThan(us('60s'));
    expect(awsMistakes({ timeline: [down] })).toEqual([]);
  });
});

describe('services and determinism', () => {
  test('C-083: a tunnel with warm-up: the service returns 120 to 180 s after the AWS objects have moved', () => {
    const tunnel = {
      vpn: {
        from: 'server',
        to: '203.0.113.20',
        protocol: 'ipsec',
        arrivals: { concurrent: 1 },
        'holding-time': 'forever',
        'packet-interval': '1s',
      },
    };
    const returns = (warmUp: string): number => {
      const pair = runAws({
        workloads: tunnel,
        unpublished: { 'aws-service-warm-up': warmUp },
        timeline: CRASH,
        until: '10min',
      });
      const arrivedUs = atUs(pair, 'palo-outside-eni', 'usable');
      const stall = pair.workload('vpn').stalls?.longestUs ?? 0;
      return us('20s') + stall - arrivedUs;
    };

    expect(returns('ike-and-globalprotect')).toBeGreaterThan(us('119s'));
    expect(returns('ike-and-globalprotect')).toBeLessThan(us('182s'));
    expect(returns('none')).toBeLessThan(us('5s'));
  });

  test('C-084: one seed: every event at the same time; one more elastic IP moves no draw of a network interface', () => {
    const more = {
      aws: {
        'elastic-ips': { another: { 'public-ip': '203.0.113.99', 'network-interface': 'palo-inside-eni' } },
      },
    };
    for (const mode of ['interface-move', 'secondary-ip'] as const) {
      const story = (part: AwsPart): readonly unknown[] =>
        runAws({ mode, timeline: CRASH, until: '3min', ...part })
          .records('asset')
          .filter(({ data }) => data.kind !== 'elastic-ip')
          .map(({ atUs: time, data }) => [data.asset, data.state, mode === 'interface-move' ? time : 0]);

      expect(story({})).toEqual(story({}));
      expect(story(more)).toEqual(story({}));
    }
    const lengths = (part: AwsPart): readonly unknown[] =>
      runAws(lay({ mode: 'secondary-ip', timeline: CRASH, until: '3min' }, part as Part) as AwsPart)
        .records('api-call')
        .filter(({ data }) => data.action !== 'AssociateAddress')
        .map(({ data }) => [data.action, data.target, data.latencyUs]);

    expect(lengths(more)).toEqual(lengths({}));
  });
});
