import { describe, expect, test } from 'vitest';
import { parseIp } from '../../../src/network/address.ts';
import { elasticIpOf, manyRoutes, TakeoverBench, UNAUTHORIZED } from '../../helpers/takeover-bench.ts';

const ROUTE = '0.0.0.0/0 of private';
const mode = 'secondary-ip';

describe('secondary-IP: how long it takes', () => {
  test('secondary-IP: medians of section 7.1: calls one after the other, propagation overlaps, one bind', () => {
    const bench = new TakeoverBench({ mode }).takeOver().run();

    expect(bench.calls()).toEqual([
      'DescribeInstances palo-1',
      'DescribeNetworkInterfaces palo-1',
      'DescribeRouteTables palo-1',
      'AssignPrivateIpAddresses outside-2',
      'AssignPrivateIpAddresses inside-2',
      `ReplaceRoute ${ROUTE}`,
    ]);
    expect(bench.returned('AssignPrivateIpAddresses')).toEqual([1.5, 2.1]);
    expect(bench.end).toEqual({
      at: expect.closeTo(0.9 + 1.2 + 0.4 + 1 + 0.5),
      step: 'complete',
      calls: 6,
      moved: 5,
    });
  });

  test('secondary-IP: parallel: all calls at once', () => {
    const bench = new TakeoverBench({ mode, plugin: { concurrency: 'parallel' } }).takeOver().run();

    expect(bench.returned('AssignPrivateIpAddresses')).toEqual([1.5, 1.5]);
    expect(bench.returned('ReplaceRoute')).toEqual([1.3]);
    expect(bench.end.at).toBeCloseTo(0.9 + 0.6 + 1.2 + 0.5);
  });

  test('secondary-IP: parallel and hundreds of routes: as fast as the token bucket lets them', () => {
    const bench = new TakeoverBench({
      mode,
      vpc: (vpc) => manyRoutes(vpc, 100),
      plugin: { concurrency: 'parallel' },
      throttle: { buckets: { ReplaceRoute: { capacity: 50, refill: 5 } }, backgroundUs: {} },
    });

    bench.takeOver().run();

    const first = bench
      .of('api-call')
      .filter(({ data }) => data.action === 'ReplaceRoute' && data.attempt === 1);
    expect(first.filter(({ data }) => data.error === undefined)).toHaveLength(50);
    expect(new Set(first.map(({ timeUs }) => timeUs))).toHaveLength(1);
  });

  test('secondary-IP: called and not propagated: packets go to the old owner still, and the records say so (C-039)', () => {
    const bench = new TakeoverBench({ mode }).takeOver().run(3);

    expect(bench.inventory.networkInterface('outside-2').secondaryIps).toEqual([parseIp('10.0.2.100')]);
    expect(bench.inventory.holderOf(parseIp('10.0.2.100'))?.settings.name).toBe('outside-1');
    const [moving] = bench.of('asset');
    expect(moving?.data).toMatchObject({ asset: '10.0.2.100', state: 'moving', owner: 'palo-1' });
    bench.run();
    expect(bench.inventory.holderOf(parseIp('10.0.2.100'))?.settings.name).toBe('outside-2');
  });

  test('secondary-IP: the cause of every change is its own call', () => {
    const bench = new TakeoverBench({ mode }).takeOver().run();

    const calls = new Map(bench.of('api-call').map((record) => [record.id, record.data.target]));
    const moving = bench.of('asset').filter(({ data }) => data.state === 'moving');
    expect(moving.map(({ cause, data }) => `${calls.get(cause)}: ${data.asset}`)).toEqual([
      'outside-2: 10.0.2.100',
      'outside-2: outside-eip',
      'inside-2: 10.0.1.100',
      'inside-2: 10.0.1.101',
      `${ROUTE}: ${ROUTE}`,
    ]);
  });
});

describe('secondary-IP: what goes wrong', () => {
  test('secondary-IP: one call is refused: the others are made, and what could move has moved (C-052)', () => {
    const bench = new TakeoverBench({
      mode,
      refused: (_node, action, target) =>
        action === 'AssignPrivateIpAddresses' && target === 'outside-2' ? UNAUTHORIZED : null,
    });

    bench.takeOver().run();

    expect(bench.owners()).toEqual([
      '10.0.2.100 palo-1',
      '10.0.1.100 palo-2',
      '10.0.1.101 palo-2',
      'outside-eip palo-1',
      `${ROUTE} palo-2`,
    ]);
    expect(bench.end).toMatchObject({
      step: 'failed',
      moved: 3,
      reason: 'AssignPrivateIpAddresses of outside-2: UnauthorizedOperation',
    });
  });

  test('secondary-IP: unassigned and then not assigned: its elastic IP is not associated, the rest moves', () => {
    const bench = new TakeoverBench({
      mode,
      plugin: { addressMove: 'unassign' },
      refused: (_node, action, target) =>
        action === 'AssignPrivateIpAddresses' && target === 'outside-2' ? UNAUTHORIZED : null,
    });

    bench.takeOver().run();

    expect(bench.returned('AssociateAddress')).toEqual([]);
    expect(bench.owners()).toEqual([
      '10.0.2.100 nobody',
      '10.0.1.100 palo-2',
      '10.0.1.101 palo-2',
      'outside-eip nobody',
      `${ROUTE} palo-2`,
    ]);
  });

  test.each(['serial', 'parallel'] as const)(
    'secondary-IP: unassigned first, %s: what builds on a call waits for it',
    (concurrency) => {
      const plugin = { addressMove: 'unassign', concurrency } as const;
      const latencies = { 'assign-call': 2, 'associate-call': 0.1 };
      const bench = new TakeoverBench({ mode, plugin, latencies }).takeOver().run();

      const [assigned = 0] = bench.returned('AssignPrivateIpAddresses', 'outside-2');
      expect(assigned).toBeCloseTo(0.9 + 2 + 2);
      expect(bench.returned('AssociateAddress')[0]).toBeCloseTo(assigned + 0.1);
      expect(new Set(bench.owners().map((line) => line.split(' ').at(-1)))).toEqual(new Set(['palo-2']));
    },
  );

  test('secondary-IP: nothing at that device index here: the takeover fails and says so, the rest moves (X17)', () => {
    const bench = new TakeoverBench({
      mode,
      vpc: ({ instances: [first, second] }) => ({
        instances: [first!, { ...second!, networkInterfaces: ['mgmt-2', 'ha-2', 'outside-2'] }],
      }),
    });

    bench.takeOver().run();

    expect(bench.end).toMatchObject({
      step: 'failed',
      reason: 'palo-2 has no network interface at device index 3',
    });
    expect(bench.owners()).toContain('10.0.2.100 palo-2');
    expect(bench.owners()).toContain(`${ROUTE} palo-1`);
  });

  test('secondary-IP: another zone: elastic IPs and routes move, addresses are no assets and do not (C-062)', () => {
    const bench = new TakeoverBench({
      mode,
      vpc: ({ networkInterfaces, elasticIps, subnets }) => ({
        subnets: [
          ...subnets,
          { ...subnets[1]!, name: 'trust-b', zone: 'b' },
          { ...subnets[2]!, name: 'untrust-b', zone: 'b' },
        ],
        elasticIps: [...elasticIps, elasticIpOf('primary-eip', networkInterfaces[2]!)],
        networkInterfaces: networkInterfaces.map((item) => {
          const other = item.name === 'outside-2' || item.name === 'inside-2';
          return other ? { ...item, subnet: `${item.subnet}-b` } : item;
        }),
      }),
    });

    bench.takeOver().run();

    expect(bench.changes()).toEqual([
      'AssociateAddress outside-eip',
      'AssociateAddress primary-eip',
      `ReplaceRoute ${ROUTE}`,
    ]);
    expect(bench.owners()).toEqual(['outside-eip palo-2', 'primary-eip palo-2', `${ROUTE} palo-2`]);
    expect(bench.end.step).toBe('complete');
  });

  test('secondary-IP: the peer pulls an address back before it has propagated: it never was here', () => {
    const bench = new TakeoverBench({ mode, latencies: { assign: 20 } }).takeOver().run(4);

    bench.takeOver('palo-1').run();

    const moved = bench
      .of('asset')
      .filter(({ data }) => data.state === 'moved' && data.kind === 'private-ip');
    expect(new Set(moved.map(({ data }) => data.owner))).toEqual(new Set(['palo-1']));
    expect(bench.owners()).toContain('10.0.2.100 palo-1');
  });

  test('secondary-IP: begun anew while something propagates: complete when that has arrived', () => {
    const bench = new TakeoverBench({ mode, latencies: { assign: 20 } }).takeOver().run(4);
    const before = bench.changes().length;

    bench.takeOver().run();

    expect(bench.changes().slice(before)).toEqual([]);
    expect(bench.end.step).toBe('complete');
    expect(bench.end.at).toBeGreaterThan(bench.when('10.0.1.101', 'moved'));
  });
});

test('secondary-IP: one more elastic IP moves no draw of anything else (C-084)', () => {
  const times = (more: boolean): ReadonlyMap<string, number> => {
    const bench = new TakeoverBench({
      mode,
      latencies: 'as drawn',
      vpc: ({ elasticIps, networkInterfaces }) => ({
        elasticIps: more ? [...elasticIps, elasticIpOf('another', networkInterfaces[2]!)] : elasticIps,
      }),
    });
    bench.takeOver().run();
    const calls = bench
      .of('api-call')
      .map(({ data }) => [`${data.action} ${data.target}`, data.latencyUs] as const);
    return new Map(calls.filter(([name]) => !name.endsWith('another')));
  };

  expect(times(true)).toEqual(times(false));
  expect(times(false).size).toBe(6);
});
