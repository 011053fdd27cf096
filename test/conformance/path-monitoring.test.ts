/** path monitoring, its three levels of any and all, and its limits. */

import { describe, expect, test } from 'vitest';
import { mistakesIn, runPair, sweepSeeds, us, type PairPart, type Part } from '../helpers/pair.ts';

type Condition = 'any' | 'all';

const ROUTER = '203.0.113.1';
const SERVER = '198.51.100.10';

interface Ping {
  readonly interval?: string;
  readonly count?: number;
}

/** Path groups, each with its destination groups, each with its addresses; link monitoring is out of the way. */
function paths(
  condition: Condition,
  groups: Record<string, { is?: Condition; of: Record<string, { is?: Condition; of: string[] }> }>,
  { interval = '200ms', count = 10 }: Ping = {},
): Part {
  const routers = Object.entries(groups).map(([router, { is = 'any', of }]) => {
    const destinations = Object.entries(of).map(([name, group]) => [
      name,
      { 'failure-condition': group.is ?? 'any', 'destination-ip': group.of },
    ]);
    const group = { 'failure-condition': is, 'ping-interval': interval, 'ping-count': count };
    return [router, { ...group, 'destination-group': Object.fromEntries(destinations) }];
  });
  return {
    monitoring: {
      'link-monitoring': { enabled: false },
      'path-monitoring': {
        'failure-condition': condition,
        'virtual-router': { default: null, ...Object.fromEntries(routers) },
      },
    },
  };
}

const upstream = (ping: Ping = {}) => paths('any', { vr: { of: { upstream: { of: [ROUTER] } } } }, ping);
const PRINTER = '192.0.2.20';
const DISK = '192.0.2.140';

/** The pair with a virtual wire and a VLAN, and one path group of each type; no link monitoring. */
function bridged(condition: Condition, wired = PRINTER): Pick<PairPart, 'ha' | 'devices' | 'network'> {
  const watch = (ip: string) => ({ 'destination-group': { only: { 'destination-ip': [ip] } } });
  const device = {
    'virtual-wire': { office: { interface1: 'ethernet1/5', interface2: 'ethernet1/6' } },
    vlan: { storage: { interface: ['ethernet1/7', 'ethernet1/8'] } },
  };
  const links = ['ethernet1/5', 'ethernet1/6', 'ethernet1/7', 'ethernet1/8'].flatMap((port, index) =>
    ['palo-1', 'palo-2'].map((name) => [
      `${name}-${index}`,
      { between: [`${name}:${port}`, `segment-${index}`] },
    ]),
  );
  return {
    devices: { 'palo-1': device, 'palo-2': device },
    network: {
      switches: { 'segment-0': {}, 'segment-1': {}, 'segment-2': {}, 'segment-3': {} },
      hosts: { printer: { ip: `${PRINTER}/24` }, disk: { ip: `${DISK}/24` } },
      links: {
        ...Object.fromEntries(links),
        printer: { between: ['printer', 'segment-1'] },
        disk: { between: ['disk', 'segment-3'] },
      },
    },
    ha: {
      monitoring: {
        'link-monitoring': { enabled: false },
        'path-monitoring': {
          'failure-condition': condition,
          'virtual-router': { default: watch(ROUTER) },
          'virtual-wire': { office: { 'source-ip': '192.0.2.250', ...watch(wired) } },
          vlan: { storage: { 'source-ip': '192.0.2.251', ...watch(DISK) } },
        },
      },
    },
  };
}

const gone = (address: string, at: string, length?: string) => ({
  at,
  'target-unreachable': address,
  ...(length === undefined ? {} : { for: length }),
});

describe('losses in a row', () => {
  test('R-037: interval 200 ms and count 10: unreachable with the tenth loss in a row, 2.0 s', () => {
    const pair = runPair({ ha: upstream(), timeline: [gone(ROUTER, '20s')] });

    // The ping of 20.0 s is the first to be lost, that of 21.8 s the tenth; it has until the next interval to be answered.
    expect(pair.firstRecord('path', 'palo-1', { reachable: false }).atUs).toBe(us('22s'));
    expect(pair.monitorFails('palo-1', 'path')).toBe(us('22s'));
  });

  test('R-038: a reply before the tenth loss: the count starts again', () => {
    const nine = runPair({ ha: upstream(), timeline: [gone(ROUTER, '20s', '1.7s')] });
    const ten = runPair({ ha: upstream(), timeline: [gone(ROUTER, '20s', '1.9s')] });
    const nineTwice = runPair({
      ha: upstream(),
      timeline: [gone(ROUTER, '20s', '1.7s'), gone(ROUTER, '21.9s', '1.7s')],
    });

    expect(nine.records('path')).toEqual([]);
    expect(nineTwice.records('path')).toEqual([]);
    expect(ten.monitorFails('palo-1', 'path')).toBe(us('22s'));
  });

  test('R-039: ping-interval 200 ms to 60 s and ping-count 3 to 10: others are refused', () => {
    for (const interval of ['200ms', '60s']) expect(mistakesIn({ ha: upstream({ interval }) })).toEqual([]);
    for (const count of [3, 10]) expect(mistakesIn({ ha: upstream({ count }) })).toEqual([]);
    for (const interval of ['199ms', '60001ms']) {
      expect(mistakesIn({ ha: upstream({ interval }) })).toContain(
        `expected a ping-interval from 200ms to 1min, got "${interval}" (R-039, D06)`,
      );
    }
    for (const count of [2, 11]) {
      expect(mistakesIn({ ha: upstream({ count }) })).toContain(
        `expected a ping-count from 3 to 10, got ${count} (R-039, D06)`,
      );
    }
  });

  test('R-040: the fastest legal setting, 200 ms × 3: unreachable after 600 ms', () => {
    const pair = runPair({ ha: upstream({ interval: '200ms', count: 3 }), timeline: [gone(ROUTER, '20s')] });

    expect(pair.monitorFails('palo-1', 'path')).toBe(us('20.6s'));
  });
});

describe('any and all', () => {
  /** The router goes at 20 s, the server behind it keeps answering until 30 s. */
  const timeline = [gone(ROUTER, '20s'), gone(SERVER, '30s')];
  const [withTheFirst, withTheLast] = [us('22s'), us('32s')];
  const fails = (ha: Part): number => runPair({ ha, timeline }).monitorFails('palo-1', 'path');
  const holdsOut = (ha: Part): boolean =>
    runPair({ ha, timeline: timeline.slice(0, 1) }).records('monitor').length === 0;

  test('R-041: a destination group: any fails with its first address, all with its last', () => {
    const group = (is: Condition) => paths('any', { vr: { of: { both: { is, of: [ROUTER, SERVER] } } } });

    expect(fails(group('any'))).toBe(withTheFirst);
    expect(fails(group('all'))).toBe(withTheLast);
    expect(holdsOut(group('all'))).toBe(true);
  });

  test('R-042: a path group: any fails with its first destination group, all with its last', () => {
    const group = (is: Condition) =>
      paths('any', { vr: { is, of: { near: { of: [ROUTER] }, far: { of: [SERVER] } } } });

    expect(fails(group('any'))).toBe(withTheFirst);
    expect(fails(group('all'))).toBe(withTheLast);
    expect(holdsOut(group('all'))).toBe(true);
  });

  test('R-043: overall: any fails with one virtual wire, VLAN or router group, all with every type', () => {
    const overall = (is: Condition, silent: readonly string[]) => {
      const timeline = silent.map((address) => gone(address, '20s'));
      const pair = runPair({ ...bridged(is), timeline, until: '30s' });
      return pair.records('monitor', 'palo-1').some(({ data }) => data.failed);
    };

    for (const address of [ROUTER, PRINTER, DISK]) expect(overall('any', [address])).toBe(true);
    expect(overall('all', [ROUTER, PRINTER])).toBe(false);
    expect(overall('all', [PRINTER, DISK])).toBe(false);
    expect(overall('all', [ROUTER, PRINTER, DISK])).toBe(true);
  });
});

describe('effect', () => {
  test('R-044: defaults, one monitored address unreachable: the active leaves 2.5 to 2.7 s later with `Path down`', () => {
    const nominal = runPair({ timeline: [gone(ROUTER, '20s')] });
    const anyPhase = sweepSeeds(40, (seed) => {
      const unpublished = { 'heartbeat-phase': 'random' };
      return runPair({ seed, unpublished, timeline: [gone(ROUTER, '20s')], until: '30s' });
    });
    const delays = anyPhase.map((pair) => pair.enters('palo-1', 'non-functional') - us('20s'));

    // 2000 ms to the tenth loss, hold-up 0, master hold-up 500 ms; the phase of the ping adds up to one interval.
    expect(nominal.enters('palo-1', 'non-functional')).toBe(us('22.5s'));
    expect(nominal.entering('palo-1', 'non-functional').reason).toBe('Path down');
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(us('2.5s') - us('1ms')); // A ping under way is answered.
    expect(Math.max(...delays)).toBeLessThanOrEqual(us('2.7s'));
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(us('150ms'));
  });

  test("R-045: virtual-wire path group, destination on no neighbour's subnet: fails permanently", () => {
    const near = runPair({ ...bridged('any'), until: '30s' });
    const far = runPair({ ...bridged('any', '198.51.100.10'), until: '30s' });

    expect(near.records('monitor', 'palo-1')).toEqual([]);
    // Nobody answers ARP for it, from the first ping on, and for good.
    expect(far.monitorFails('palo-1', 'path')).toBe(us('2s'));
    expect(far.records('path', 'palo-1').filter(({ data }) => data.reachable)).toEqual([]);
  });

  test('R-048: link and path monitoring: each alone is enough', () => {
    const linkOnly = runPair({ timeline: [{ at: '20s', 'link-down': 'palo-1-downlink' }] });
    const pathOnly = runPair({ timeline: [{ at: '20s', blackhole: { link: 'palo-1-uplink' } }] });

    expect(linkOnly.records('path', 'palo-1')).toEqual([]);
    expect(linkOnly.entering('palo-1', 'non-functional').reason).toBe('Link down');
    expect(pathOnly.records('link', 'palo-1')).toEqual([]);
    expect(pathOnly.entering('palo-1', 'non-functional').reason).toBe('Path down');
  });

  test('R-049: VM-Series on AWS and ESXi is refused link monitoring (partly: path monitoring on AWS is let through, since the reference for AWS has it work as in PAN-OS, C-010)', () => {
    const refusedOn = (hypervisor: string): string[] => {
      const device = { platform: 'VM-Series', hypervisor };
      const mistakes = mistakesIn({ devices: { 'palo-1': device, 'palo-2': device } });
      return mistakes.filter((message) => message.endsWith(' (R-049, D06)'));
    };

    expect(refusedOn('aws')).toEqual([
      'expected no link-monitoring on AWS, got uplink-and-downlink (R-049, D06)',
    ]);
    expect(refusedOn('esxi')).toEqual([
      'expected path-monitoring instead of link-monitoring on ESXi, got uplink-and-downlink (R-049, D06)',
    ]);
    expect(refusedOn('kvm')).toEqual([]);
  });
});
