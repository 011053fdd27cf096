/** Which network interface is where: index 1 is HA2, the rest has to be what the failover mode expects of each firewall. */

import { INSTANCE_TYPES } from '../../cloud/aws/instance-types.ts';
import { firstHost, formatIp, parseCidr } from '../../network/address.ts';
import { lookUp } from '../../scenario/look-up.ts';
import type { Aws } from '../../scenario/schema/aws.ts';
import { awsRule } from '../aws-rule.ts';
import { dataInterfaces, peerOf, type AwsPair, type Firewall } from '../pair.ts';
import { section5, URLS, type Problem, type Rule } from '../rule.ts';

const V3 = 'https://docs.citrix.com/en-us/citrix-adc/13/deploying-vpx/deploy-aws/how-aws-ha-works.html';
const P15 =
  'https://docs.paloaltonetworks.com/content/techdocs/en_US/vm-series/11-0/vm-series-deployment/set-up-the-vm-series-firewall-on-aws/about-the-vm-series-firewall-on-aws/management-interface-mapping-for-use-with-amazon-elb.html';

function interfacesPath({ name }: Firewall): readonly string[] {
  return ['aws', 'instances', name, 'network-interfaces'];
}

function ha2Address({ ha }: Firewall): string | null {
  return ha.interface.ha2?.['ip-address'] ?? null;
}

function misplacedHa2(firewall: Firewall): string | null {
  const { name, attached, ha } = firewall;
  const { ha2 } = ha.interface;
  if (attached[1] === undefined) return `${name} has no network interface at device index 1`;
  if (ha2 !== undefined && ha2.port !== 'ethernet1/1')
    return `HA2 of ${name} is on ${ha2.port}, not on ethernet1/1`;
  const holder = attached.find((item) => item['private-ip'] === ha2Address(firewall));
  if (holder === undefined || holder.index === 1) return null;
  return `${holder.name}, which has the HA2 address of ${name}, is at device index ${holder.index}`;
}

/** Subnets by device index, of as many as both have. */
function subnets({ firewalls }: AwsPair): readonly [string[], string[]] {
  const [one, other] = firewalls.map(({ attached }) => attached.map(({ subnet }) => subnet));
  const length = Math.min(one?.length ?? 0, other?.length ?? 0);
  return [(one ?? []).slice(0, length), (other ?? []).slice(0, length)];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.every((name, index) => name === b[index]);
}

function isReordered(pair: AwsPair): boolean {
  const [one, other] = subnets(pair);
  return !isSame(one, other) && isSame(one.toSorted(), other.toSorted());
}

/** How many network interfaces a firewall has once it has taken over. */
function neededBy(pair: AwsPair, firewall: Firewall): number {
  const own = firewall.attached.length;
  if (pair.aws['failover-mode'] === 'secondary-ip') return own;
  return Math.max(own, peerOf(pair, firewall).attached.length);
}

/** The first type of the same family that has room. */
function roomier(type: string, needed: number): string | null {
  const family = type.split('.')[0] ?? '';
  const fits = Object.entries(INSTANCE_TYPES).filter(
    ([name, { networkInterfaces }]) => name.startsWith(`${family}.`) && networkInterfaces >= needed,
  );
  return fits[0]?.[0] ?? null;
}

function isDpdkOn({ instance }: Firewall): boolean {
  return instance?.['vm-series']['dpdk-pkt-io'] === true;
}

export const INTERFACES: readonly Rule[] = [
  awsRule({
    id: 'X04',
    severity: 'error',
    title: 'The network interface at device index 1 is not the one of HA2',
    source: section5('X04', URLS.P1),
    consequence: 'HA2 cannot be ethernet1/1: Palo Alto Networks does not support this deployment',
    check: ({ firewalls }) =>
      firewalls.flatMap((firewall): Problem[] => {
        const message = misplacedHa2(firewall);
        return message === null ? [] : [{ path: interfacesPath(firewall), message }];
      }),
  }),
  awsRule({
    id: 'X05',
    severity: 'error',
    title: 'The peers have their network interfaces in different orders',
    source: section5('X05', V3),
    consequence:
      'interfaces of the same name lie in different subnets, and PAN-OS may see fewer of them than there are',
    check: (pair) => {
      if (!isReordered(pair)) return [];
      const [one, other] = subnets(pair);
      const [first, second] = pair.firewalls;
      const message = `${second.name} has the subnets ${other.join(', ')} where ${first.name} has ${one.join(', ')}`;
      return [{ path: interfacesPath(second), message }];
    },
  }),
  awsRule({
    id: 'X06',
    severity: 'error',
    title: 'The source/destination check of a data interface is on',
    source: section5('X06', URLS.A5),
    consequence: 'AWS drops every transit packet at this network interface',
    check: ({ firewalls }) =>
      firewalls.flatMap(dataInterfaces).flatMap((item) => {
        if (!item['source-dest-check']) return [];
        const path = ['aws', 'network-interfaces', item.name, 'source-dest-check'];
        return [{ path, message: `source-dest-check of ${item.name} is on`, repair: [{ path, set: false }] }];
      }),
  }),
  awsRule({
    id: 'X15',
    severity: 'error',
    mode: 'interface-move',
    title: 'DPDK is on',
    source: section5('X15', `${URLS.B2}, step 6`),
    consequence: 'the dataplane cannot use a network interface that moves to this firewall',
    check: ({ firewalls }) =>
      firewalls.filter(isDpdkOn).map(({ name }) => {
        const path = ['aws', 'instances', name, 'vm-series', 'dpdk-pkt-io'];
        const both = firewalls.every(isDpdkOn);
        const problem: Problem = { path, message: `DPDK is on at ${name}`, repair: [{ path, set: false }] };
        if (both) return problem;
        // Guides turn it off on the active; the one that gets the interfaces is the other. Not settled: aws-ha.md, section 9, 2.
        return {
          ...problem,
          severity: 'warning',
          message: `DPDK is off at one peer only, and on at ${name}`,
        };
      }),
  }),
  awsRule({
    id: 'X16',
    severity: 'error',
    mode: 'interface-move',
    title: 'The passive has data interfaces',
    source: section5('X16', URLS.B1),
    consequence: 'the device index is taken, and a network interface that should move there is refused',
    check: ({ passive }) => {
      const data = dataInterfaces(passive);
      if (data.length === 0) return [];
      const repair = {
        path: interfacesPath(passive),
        set: passive.attached.slice(0, 2).map(({ name }) => name),
      };
      const message = `${passive.name} has ${data.map(({ name }) => name).join(' and ')} of its own`;
      return [{ path: interfacesPath(passive), message, repair: [repair] }];
    },
  }),
  awsRule({
    id: 'X17',
    severity: 'error',
    mode: 'secondary-ip',
    title: 'A firewall has too few network interfaces for secondary-ip',
    source: section5('X17', URLS.P2),
    consequence: 'a floating address has no network interface to go to',
    check: ({ firewalls, active, passive }) =>
      firewalls.flatMap((firewall): Problem[] => {
        const own = firewall.attached.length;
        const fewer = firewall === passive && own < active.attached.length;
        if (own >= 4 && !fewer) return [];
        const expected =
          fewer && own >= 4 ? `fewer than the ${active.attached.length} of ${active.name}` : 'fewer than 4';
        const message = `${firewall.name} has ${own} network interface${own === 1 ? '' : 's'}, ${expected}`;
        return [{ path: interfacesPath(firewall), message }];
      }),
  }),
  awsRule({
    id: 'X19',
    severity: 'error',
    mode: 'secondary-ip',
    title: 'Corresponding network interfaces are in different subnets',
    source: section5('X19', URLS.A4),
    consequence:
      'a secondary address belongs to a subnet: it cannot be assigned to the network interface of the peer',
    check: (pair) => {
      if (pair.crossZone || isReordered(pair)) return [];
      const peers = dataInterfaces(pair.passive);
      return dataInterfaces(pair.active).flatMap((item): Problem[] => {
        const peer = peers.find(({ index }) => index === item.index);
        if (peer === undefined || peer.subnet === item.subnet) return [];
        const message = `${peer.name} is in ${peer.subnet}, and ${item.name}, whose addresses it should take, in ${item.subnet}`;
        return [{ path: ['aws', 'network-interfaces', peer.name, 'subnet'], message }];
      });
    },
  }),
  awsRule({
    id: 'X21',
    severity: 'error',
    title: 'The instance type allows too few network interfaces',
    source: section5('X21', URLS.A5),
    consequence: 'AttachmentLimitExceeded: what does not fit cannot be attached',
    check: (pair) =>
      pair.firewalls.flatMap((firewall): Problem[] => {
        const type = firewall.instance?.['instance-type'] ?? '';
        const most = INSTANCE_TYPES[type]?.networkInterfaces ?? Infinity;
        const needed = neededBy(pair, firewall);
        if (needed <= most) return [];
        const path = ['aws', 'instances', firewall.name, 'instance-type'];
        const other = roomier(type, needed);
        const message = `${type} allows ${most} network interfaces, and ${firewall.name} needs ${needed} when it has taken over`;
        return [{ path, message, ...(other === null ? {} : { repair: [{ path, set: other }] }) }];
      }),
  }),
  awsRule({
    id: 'X29',
    severity: 'warning',
    title: 'HA2 has another address than its network interface, or no gateway',
    source: section5('X29', URLS.P2),
    consequence: 'HA2 is down: no session is synchronized',
    check: ({ aws, firewalls }) => [
      ...firewalls.flatMap((firewall): Problem[] => {
        const [ip, item] = [ha2Address(firewall), firewall.attached[1]];
        if (ip === null || item === undefined || firewall.attached.some((one) => one['private-ip'] === ip))
          return [];
        const path = ['devices', firewall.name, 'high-availability', 'interface', 'ha2', 'ip-address'];
        const message = `HA2 of ${firewall.name} has ${ip}, and ${item.name} behind it ${item['private-ip']}`;
        return [{ path, message, repair: [{ path, set: item['private-ip'] }] }];
      }),
      ...apart(aws, firewalls),
    ],
  }),
  awsRule({
    id: 'X31',
    severity: 'error',
    title: 'mgmt-interface-swap is on at one peer only',
    source: section5('X31', P15),
    consequence:
      'eth0 is ethernet1/1 there and eth1 management: HA1 and HA2 are on the wrong network interfaces',
    check: ({ firewalls }) => {
      const swapped = firewalls.filter(
        ({ instance }) => instance?.['vm-series']['mgmt-interface-swap'] === true,
      );
      if (swapped.length !== 1) return [];
      return swapped.map(({ name }) => {
        const path = ['aws', 'instances', name, 'vm-series', 'mgmt-interface-swap'];
        return { path, message: `mgmt-interface-swap is on at ${name} only`, repair: [{ path, set: false }] };
      });
    },
  }),
];

/** HA interfaces of different subnets need a gateway each: the router of the subnet, its first address. */
function apart(aws: Aws, firewalls: readonly Firewall[]): Problem[] {
  const subnets = new Set(firewalls.flatMap(({ attached }) => attached[1]?.subnet ?? []));
  if (subnets.size < 2) return [];
  return firewalls.flatMap(({ name, ha, attached }): Problem[] => {
    const cidr = lookUp(aws.subnets, attached[1]?.subnet ?? '')?.cidr;
    if (cidr === undefined || ha.interface.ha2 === undefined) return [];
    const { gateway } = ha.interface.ha2;
    const router = formatIp(firstHost(parseCidr(cidr)));
    if (gateway === router) return [];
    const path = ['devices', name, 'high-availability', 'interface', 'ha2', 'gateway'];
    const has = gateway === undefined ? 'has no gateway' : `has ${gateway} for a gateway, not ${router}`;
    const message = `the HA interfaces are in different subnets (${[...subnets].join(', ')}), and HA2 of ${name} ${has}`;
    return [{ path, message, repair: [{ path, set: router }] }];
  });
}
