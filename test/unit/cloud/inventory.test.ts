import { describe, expect, test } from 'vitest';
import { Inventory } from '../../../src/cloud/aws/inventory.ts';
import type { VpcSettings } from '../../../src/cloud/aws/settings.ts';
import { parseCidr, parseIp } from '../../../src/network/address.ts';
import { vpcOf } from '../../helpers/takeover-bench.ts';

const inventoryOf = (over: (vpc: VpcSettings) => Partial<VpcSettings> = () => ({})): Inventory => {
  const vpc = vpcOf('secondary-ip');
  return new Inventory({ ...vpc, ...over(vpc) });
};
const [FLOATING, INSIDE] = [parseIp('10.0.2.100'), parseIp('10.0.1.100')];

describe('inventory: network interfaces', () => {
  test('inventory: detached and attached: it goes through every state, and has an instance in none of those between', () => {
    const inventory = inventoryOf();
    const { attachment } = inventory.networkInterface('outside-2');
    const states = [inventory.instanceOf('outside-2')];

    inventory.detach('outside-2');
    states.push(attachment?.state ?? null, inventory.instanceOf('outside-2'));
    inventory.detached('outside-2');
    states.push(inventory.instanceOf('outside-2'));
    inventory.attach('outside-2', 'palo-1', 4);
    states.push(inventory.instanceOf('outside-2'));
    inventory.attached('outside-2');
    states.push(inventory.instanceOf('outside-2'));

    expect(states).toEqual(['palo-2', 'detaching', null, null, null, 'palo-1']);
  });

  test('inventory: what EC2 refuses to attach: by its code', () => {
    const inventory = inventoryOf(({ networkInterfaces, subnets, instances }) => ({
      subnets: [...subnets, { ...subnets[1]!, name: 'trust-b', zone: 'b' }],
      networkInterfaces: [
        ...networkInterfaces,
        { ...networkInterfaces[7]!, name: 'free', privateIp: parseIp('10.0.1.20') },
        { ...networkInterfaces[7]!, name: 'far', subnet: 'trust-b', privateIp: parseIp('10.0.1.21') },
      ],
      instances: [instances[0]!, { ...instances[1]!, type: 'm5.xlarge' }],
    }));
    const code = (name: string, instance: string, index: number): string | undefined =>
      inventory.attach(name, instance, index)?.code;

    expect(code('inside-1', 'palo-2', 4)).toBe('InvalidNetworkInterface.InUse');
    expect(code('free', 'palo-1', 3)).toBe('InvalidParameterValue');
    expect(code('free', 'palo-2', 4)).toBe('AttachmentLimitExceeded');
    expect(code('far', 'palo-1', 4)).toBe('InvalidParameterCombination');
    inventory.terminate('palo-1');
    expect(code('free', 'palo-1', 4)).toBe('IncorrectInstanceState');
  });

  test('inventory: what cannot be detached: nothing that is attached nowhere, and no primary one', () => {
    const inventory = inventoryOf();
    inventory.detach('outside-1');
    inventory.detached('outside-1');

    expect(inventory.detach('outside-1')).toEqual({
      code: 'InvalidAttachmentID.NotFound',
      errorClass: 'benign',
    });
    expect(inventory.detach('mgmt-1')).toEqual({ code: 'OperationNotPermitted', errorClass: 'permanent' });
  });

  test('inventory: an instance is terminated: its network interfaces are available, but for the primary one', () => {
    const inventory = inventoryOf();

    inventory.terminate('palo-1');

    const names = inventory.attachedTo('palo-1').map(({ settings }) => settings.name);
    expect(names).toEqual(['mgmt-1']);
  });
});

describe('inventory: addresses', () => {
  test('inventory: assigned with reassignment: EC2 has it here at once, packets and its elastic IP when it is remapped', () => {
    const inventory = inventoryOf();
    const where = (): readonly unknown[] => [
      inventory.networkInterface('outside-2').secondaryIps.includes(FLOATING),
      inventory.holderOf(FLOATING)?.settings.name,
      inventory.elasticIps[0]?.association?.networkInterface,
    ];

    expect(inventory.assign('outside-2', [FLOATING], true)).toBeNull();
    expect(where()).toEqual([true, 'outside-1', 'outside-1']);
    inventory.remapped('outside-2', [FLOATING]);
    expect(where()).toEqual([true, 'outside-2', 'outside-2']);
  });

  test('inventory: pulled away again before it was remapped: it stays where it was pulled to', () => {
    const inventory = inventoryOf();
    inventory.assign('outside-2', [FLOATING], true);
    inventory.assign('outside-1', [FLOATING], true);

    inventory.remapped('outside-2', [FLOATING]);

    expect(inventory.holderOf(FLOATING)?.settings.name).toBe('outside-1');
  });

  test('inventory: what EC2 refuses to assign: by its code', () => {
    const inventory = inventoryOf(({ instances }) => ({
      instances: [instances[0]!, { ...instances[1]!, type: 't3.micro' }],
    }));
    const code = (name: string, ips: readonly number[], reassign: boolean): string | undefined =>
      inventory.assign(name, ips, reassign)?.code;

    expect(code('outside-2', [INSIDE], true)).toBe('InvalidParameterValue');
    expect(code('outside-2', [FLOATING], false)).toBe('PrivateIpAddressInUse');
    expect(code('inside-2', [INSIDE, parseIp('10.0.1.101')], true)).toBe('PrivateIpAddressLimitExceeded');
    expect(inventory.networkInterface('outside-1').secondaryIps).toEqual([FLOATING]);
  });

  test('inventory: unassigned: nobody has it, and its elastic IP stands for nothing; others are as they were', () => {
    const inventory = inventoryOf();

    inventory.unassign('outside-1', [FLOATING]);

    expect(inventory.holderOf(FLOATING)).toBeNull();
    expect(inventory.holderOf(INSIDE)?.settings.name).toBe('inside-1');
    expect(inventory.elasticIps.map(({ association }) => association?.networkInterface)).toEqual([
      undefined,
      'mgmt-1',
    ]);
  });
});

describe('inventory: routes', () => {
  test('inventory: replaced: the table says so at once, packets follow when it has propagated', () => {
    const inventory = inventoryOf();
    const [route] = inventory.routes;

    inventory.replaceRoute(route!, 'inside-2');
    expect([route!.target, route!.effective]).toMatchObject([{ name: 'inside-2' }, { name: 'inside-1' }]);
    inventory.rerouted(route!);
    expect(route!.effective).toEqual({ kind: 'network-interface', name: 'inside-2' });
  });

  test('inventory: a route to an instance: leads to its primary network interface (X25)', () => {
    const inventory = inventoryOf(({ routeTables }) => ({
      routeTables: [
        {
          ...routeTables[0]!,
          routes: [{ destination: parseCidr('0.0.0.0/0'), target: { kind: 'instance', name: 'palo-1' } }],
        },
      ],
    }));

    expect(inventory.routes[0]?.effective).toEqual({ kind: 'network-interface', name: 'mgmt-1' });
    expect(inventory.nameOf(inventory.routes[0]!)).toBe('0.0.0.0/0 of private');
  });
});
