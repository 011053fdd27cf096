/**
 * What a takeover asks of EC2 and what EC2 makes of it, call by call, on the provider without firewalls: interface-move (section 1.3),
 * secondary-IP (section 1.4), errors (section 1.5), and an apply of Terraform afterwards. Latencies are the medians of section 7.1.
 */

import { describe, expect, test } from 'vitest';
import { parseCidr, parseIp } from '../../src/network/address.ts';
import { elasticIpOf, manyRoutes, TakeoverBench, UNAUTHORIZED } from '../helpers/takeover-bench.ts';

const ROUTE = '0.0.0.0/0 of private';
const refuses = (wanted: string) => (_node: string, action: string) =>
  action === wanted ? UNAUTHORIZED : null;

describe('interface-move', () => {
  test('C-019: each network interface is detached, waited for until it is available, then attached', () => {
    const bench = new TakeoverBench().takeOver().run();

    for (const name of ['outside-1', 'inside-1']) {
      const states = bench.life(name).map((step) => step.split(' ')[1]);
      expect(states).toEqual(['detaching', 'available', 'attaching', 'attached', 'usable']);
      const sent = bench.returned('AttachNetworkInterface', name).map((at) => at - 0.7);
      expect(sent).toHaveLength(1);
      expect(sent[0]).toBeGreaterThanOrEqual(bench.when(name, 'available'));
    }
  });

  test('C-020: k data network interfaces, nothing in the way: k detached, k attached, and no other change', () => {
    for (const count of [1, 2]) {
      const bench = new TakeoverBench({
        vpc: ({ instances: [first, second], routeTables }) => ({
          instances: [
            { ...first!, networkInterfaces: first!.networkInterfaces.slice(0, 2 + count) },
            second!,
          ],
          routeTables: count === 1 ? [] : routeTables,
        }),
      });

      bench.takeOver().run();

      const names = ['outside-1', 'inside-1'].slice(0, count);
      expect(bench.changes()).toEqual(
        names.flatMap((name) => [`DetachNetworkInterface ${name}`, `AttachNetworkInterface ${name}`]),
      );
      expect(bench.end.step).toBe('complete');
    }
  });

  test('C-021: the network interfaces with device index 0 and 1 stay where they are', () => {
    const bench = new TakeoverBench().takeOver().run();

    const at = (name: string) => bench.inventory.networkInterface(name).attachment;
    expect(at('mgmt-1')).toEqual({ instance: 'palo-1', index: 0, state: 'attached' });
    expect(at('ha-1')).toEqual({ instance: 'palo-1', index: 1, state: 'attached' });
    expect(at('outside-1')).toEqual({ instance: 'palo-2', index: 2, state: 'attached' });
    expect(bench.calls().filter((call) => /mgmt|ha-/.test(call))).toEqual([]);
    expect(bench.inventory.detach('mgmt-1')?.code).toBe('OperationNotPermitted');
  });

  test('C-022: attached while it is not available: InvalidNetworkInterface.InUse, and again one poll later', () => {
    const bench = new TakeoverBench({ plugin: { pollUs: 3_000_000 } }).takeOver();
    bench.run(7.5); // Available since 4.6 s, seen at 7.1 s; the call to attach it is under way until 7.8 s.
    bench.inventory.attach('outside-1', 'palo-1', 2);
    bench.run(9);
    bench.inventory.attached('outside-1');
    bench.inventory.detach('outside-1');
    bench.run(11);
    bench.inventory.detached('outside-1');

    bench.run();

    const attaching = 'AttachNetworkInterface outside-1';
    const inUse = `${attaching} InvalidNetworkInterface.InUse`;
    expect(bench.changes().slice(1, 4)).toEqual([inUse, attaching, 'DetachNetworkInterface inside-1']);
    const [first = 0, second = 0] = bench.returned('AttachNetworkInterface', 'outside-1');
    expect(second - first).toBeCloseTo(3 + 0.7);
    expect(bench.end.step).toBe('complete');
  });

  test('C-024: its elastic IP, private addresses, security groups and source/destination check come with it', () => {
    const bench = new TakeoverBench({
      vpc: ({ networkInterfaces }) => ({
        networkInterfaces: networkInterfaces.map((item) => ({
          ...item,
          secondaryIps: item.name === 'outside-1' ? [parseIp('10.0.2.50')] : [],
          sourceDestCheck: item.name === 'inside-1',
        })),
      }),
    });
    const seen = () => ({
      settings: [...bench.inventory.networkInterfaces.values()].map(({ settings }) => settings),
      secondaryIps: bench.inventory.networkInterface('outside-1').secondaryIps,
      holders: ['10.0.2.11', '10.0.2.50'].map((ip) => bench.inventory.holderOf(parseIp(ip))?.settings.name),
      elasticIps: bench.inventory.elasticIps.map(({ association }) => association),
      routes: bench.inventory.routes.map(({ effective }) => effective),
    });
    const before = seen();

    bench.takeOver().run();

    expect(seen()).toEqual(before);
    expect(bench.owners()).toEqual(['outside-1 palo-2', 'inside-1 palo-2']);
  });

  test('C-051: the policy has Detach and not Attach: the network interface is available, and nobody has it', () => {
    const bench = new TakeoverBench({ refused: refuses('AttachNetworkInterface') }).takeOver().run();

    expect(bench.changes()).toEqual([
      'DetachNetworkInterface outside-1',
      'AttachNetworkInterface outside-1 UnauthorizedOperation',
    ]);
    expect(bench.inventory.networkInterface('outside-1').attachment).toBeNull();
    expect(bench.owners()).toEqual(['outside-1 nobody', 'inside-1 palo-1']);
    expect(bench.end).toMatchObject({
      step: 'failed',
      reason: 'AttachNetworkInterface of outside-1: UnauthorizedOperation',
    });
  });

  test('C-057: a detach that hangs for s, serial: the takeover takes s longer, up to the next poll', () => {
    const total = (forUs: number): number =>
      new TakeoverBench({
        settings: {
          stalls: [{ action: 'DetachNetworkInterface', networkInterface: 'outside-1', forUs }],
        },
      })
        .takeOver()
        .run().end.at;
    const usual = new TakeoverBench().takeOver().run().end.at;

    expect(total(45_000_000)).toBeCloseTo(usual + 45);
    // Detached after 3.5 s, seen after 4 s: there is half a second to spare.
    expect(total(500_000)).toBeCloseTo(usual);
    expect(total(700_000)).toBeCloseTo(usual + 1);
  });

  test('C-058: detached with Force: quick, and the index takes no other until the instance is stopped and started', () => {
    const forced = (started: boolean) => {
      const bench = new TakeoverBench({ plugin: { force: true } }).takeOver().run(100);
      const first = bench.end;
      bench.provider.abandon('palo-2');
      if (started) bench.provider.start('palo-1');
      bench.takeOver('palo-1').run();
      return { bench, first };
    };

    const { bench, first } = forced(false);

    // No 3.5 s each, nor their polls.
    expect(first).toMatchObject({ step: 'complete', at: expect.closeTo(20.9 - 2 * 4) });
    expect(bench.end.step).toBe('failed');
    expect(bench.end.reason).toContain('until the instance is stopped and started');
    expect(bench.life('outside-1').at(-1)).toMatch(/ unusable$/);
    expect(forced(true).bench.end.step).toBe('complete');
  });

  test('C-060: the instance of the peer is terminated, and its attachments gone: Detach finds none, Attach follows', () => {
    const bench = new TakeoverBench().takeOver().run(1);
    bench.provider.terminate('palo-1'); // Read already; the first Detach is under way.

    bench.run();

    expect(bench.changes()).toEqual([
      'DetachNetworkInterface outside-1 InvalidAttachmentID.NotFound',
      'AttachNetworkInterface outside-1',
      'AttachNetworkInterface inside-1',
    ]);
    expect(bench.end.step).toBe('complete');
    expect(bench.owners()).toEqual(['outside-1 palo-2', 'inside-1 palo-2']);
  });
});

describe('secondary-IP', () => {
  test('C-034: AssignPrivateIpAddresses once for each network interface that has floating addresses, however many', () => {
    const bench = new TakeoverBench({
      mode: 'secondary-ip',
      vpc: ({ networkInterfaces }) => ({
        elasticIps: [],
        networkInterfaces: networkInterfaces.map((item) => {
          const inside = Array.from({ length: 12 }, (_, index) => parseIp(`10.0.1.${100 + index}`));
          return { ...item, secondaryIps: item.name === 'inside-1' ? inside : [] };
        }),
      }),
    });

    bench.takeOver().run();

    expect(bench.changes()).toEqual(['AssignPrivateIpAddresses inside-2', `ReplaceRoute ${ROUTE}`]);
    expect(new Set(bench.owners().map((line) => line.split(' ').at(-1)))).toEqual(new Set(['palo-2']));
    expect(bench.owners()).toHaveLength(13);
  });

  test('C-035: an elastic IP of a floating address comes with it, and there is no AssociateAddress', () => {
    const bench = new TakeoverBench({ mode: 'secondary-ip' }).takeOver().run();

    expect(bench.inventory.elasticIps[0]?.association).toEqual({
      networkInterface: 'outside-2',
      privateIp: parseIp('10.0.2.100'),
    });
    expect(bench.when('outside-eip', 'moved')).toBe(bench.when('10.0.2.100', 'moved'));
    expect(bench.returned('AssociateAddress')).toEqual([]);
  });

  test('C-036: elastic IPs of primary data addresses: one AssociateAddress for each', () => {
    const bench = new TakeoverBench({
      mode: 'secondary-ip',
      vpc: ({ networkInterfaces, elasticIps }) => ({
        elasticIps: [
          ...elasticIps,
          elasticIpOf('primary-eip', networkInterfaces[2]!),
          elasticIpOf('inside-eip', networkInterfaces[3]!),
        ],
      }),
    });

    bench.takeOver().run();

    expect(bench.changes().filter((call) => call.startsWith('AssociateAddress'))).toEqual([
      'AssociateAddress primary-eip',
      'AssociateAddress inside-eip',
    ]);
    expect(bench.inventory.elasticIps.map(({ association }) => association?.networkInterface)).toEqual([
      'outside-2',
      'mgmt-1',
      'outside-2',
      'inside-2',
    ]);
    expect(bench.inventory.elasticIps[2]?.association?.privateIp).toBe(parseIp('10.0.2.12'));
  });

  test('C-037: unassigned first: the elastic IP stands for nothing from then until it is associated again', () => {
    const bench = new TakeoverBench({ mode: 'secondary-ip', plugin: { addressMove: 'unassign' } }).takeOver();
    const unassigned = 0.9 + 0.6;

    bench.run(unassigned + 0.001);
    expect(bench.inventory.elasticIps[0]?.association).toBeNull();
    expect(bench.inventory.holderOf(parseIp('10.0.2.100'))).toBeNull();
    bench.run(bench.simulation.nowUs / 1e6 + 2); // Assigned at 2.1 s, associated at 2.7 s, to propagate until 4.7 s.
    expect(bench.inventory.elasticIps[0]?.association).toBeNull();
    bench.run();

    expect(bench.changes().slice(0, 3)).toEqual([
      'UnassignPrivateIpAddresses outside-1',
      'AssignPrivateIpAddresses outside-2',
      'AssociateAddress outside-eip',
    ]);
    expect(bench.when('outside-eip', 'disassociated')).toBeCloseTo(unassigned);
    expect(bench.when('outside-eip', 'moved')).toBeCloseTo(2.7 + 1.5 + 0.5);
    expect(bench.inventory.elasticIps[0]?.association?.networkInterface).toBe('outside-2');
  });

  test('C-038: every route that leads to a data network interface of the peer, whatever its prefix: one ReplaceRoute', () => {
    const bench = new TakeoverBench({
      mode: 'secondary-ip',
      vpc: (vpc) => {
        const { routeTables = [] } = manyRoutes(vpc, 5);
        const other = { destination: parseCidr('0.0.0.0/0'), target: { kind: 'internet-gateway' as const } };
        return { routeTables: [...routeTables, { name: 'untrust', edge: false, routes: [other] }] };
      },
    });

    bench.takeOver().run();

    const replaced = bench.changes().filter((call) => call.startsWith('ReplaceRoute'));
    expect(replaced).toEqual([
      `ReplaceRoute ${ROUTE}`,
      ...[0, 1, 2, 3, 4].map((index) => `ReplaceRoute 172.16.${index}.0/24 of private`),
    ]);
    for (const { table, effective } of bench.inventory.routes) {
      const target = { kind: 'network-interface', name: 'inside-2' };
      expect(effective).toEqual(table === 'private' ? target : { kind: 'internet-gateway' });
    }
  });

  test('C-063: corresponding network interfaces in two subnets: AssignPrivateIpAddresses fails for good', () => {
    const bench = new TakeoverBench({
      mode: 'secondary-ip',
      vpc: ({ networkInterfaces, subnets }) => ({
        subnets: [...subnets, { ...subnets[2]!, name: 'untrust-2', cidr: parseCidr('10.0.4.0/24') }],
        networkInterfaces: networkInterfaces.map((item) =>
          item.name === 'outside-2'
            ? { ...item, subnet: 'untrust-2', privateIp: parseIp('10.0.4.12') }
            : item,
        ),
      }),
    });

    bench.takeOver().run();

    const assigning = 'AssignPrivateIpAddresses outside-2';
    expect(bench.changes().filter((call) => call.startsWith(assigning))).toEqual([
      `${assigning} InvalidParameterValue`,
    ]);
    expect(bench.owners()).toContain('10.0.2.100 palo-1');
    expect(bench.end).toMatchObject({
      step: 'failed',
      reason: 'AssignPrivateIpAddresses of outside-2: InvalidParameterValue',
    });
  });
});

test('C-085: an apply of Terraform after a failover: route, elastic IP and network interface go back to node 1', () => {
  const manages = new Set(['routes', 'elastic-ips', 'network-interfaces', 'secondary-private-ips']);
  const settings = { terraform: { manages } };
  const owners = (
    mode: 'interface-move' | 'secondary-ip',
    only: typeof settings = settings,
  ): Set<unknown> => {
    const bench = new TakeoverBench({ mode, settings: only }).takeOver().run(100);
    expect(bench.end.step).toBe('complete');
    bench.provider.apply();
    bench.run();
    return new Set(bench.owners().map((line) => line.split(' ').at(-1)));
  };

  expect(owners('interface-move')).toEqual(new Set(['palo-1']));
  expect(owners('secondary-ip')).toEqual(new Set(['palo-1']));
  expect(owners('secondary-ip', { terraform: { manages: new Set<string>() } })).toEqual(new Set(['palo-2']));
});
