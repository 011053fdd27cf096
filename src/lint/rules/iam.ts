/** What the instance profiles let the plugin do: it signs every call with the role of its instance (aws-ha.md, sections 1.3, 1.4). */

import { awsRule } from '../aws-rule.ts';
import { dataInterfaces, peerOf, type AwsPair, type Firewall } from '../pair.ts';
import { section5, URLS, type Edit, type Problem, type Rule } from '../rule.ts';

const INTERFACE_MOVE = [
  'DescribeInstances',
  'DescribeNetworkInterfaces',
  'DetachNetworkInterface',
  'AttachNetworkInterface',
] as const;
const SECONDARY_IP = [
  'DescribeInstances',
  'DescribeNetworkInterfaces',
  'DescribeRouteTables',
  'AssignPrivateIpAddresses',
  'ReplaceRoute',
] as const;

interface Profile {
  readonly name: string;
  readonly actions: readonly string[];
  readonly routeTables: readonly string[] | null;
  readonly firewalls: readonly Firewall[];
}

/** The profiles that the firewalls have, each once. */
function profilesOf({ aws, firewalls }: AwsPair): Profile[] {
  const names = new Set(firewalls.flatMap(({ instance }) => instance?.['iam-instance-profile'] ?? []));
  return [...names].flatMap((name) => {
    const profile = aws['iam-instance-profiles'][name];
    if (profile === undefined) return [];
    const users = firewalls.filter(({ instance }) => instance?.['iam-instance-profile'] === name);
    const routeTables = profile['route-tables'] ?? null;
    return [{ name, actions: profile.actions, routeTables, firewalls: users }];
  });
}

function lacking({ actions }: Profile, needed: readonly string[]): string[] {
  return actions.includes('*') ? [] : needed.filter((action) => !actions.includes(action));
}

function actionsPath({ name }: Profile): readonly string[] {
  return ['aws', 'iam-instance-profiles', name, 'actions'];
}

function allow(profile: Profile, actions: readonly string[]): Edit[] {
  return actions.map((action) => ({ path: actionsPath(profile), add: action }));
}

function lacksAny(
  pair: AwsPair,
  needed: readonly string[],
  consequence: (lacks: readonly string[]) => string,
): Problem[] {
  return profilesOf(pair).flatMap((profile) => {
    const lacks = lacking(profile, needed);
    if (lacks.length === 0) return [];
    return [
      {
        path: actionsPath(profile),
        message: `${profile.name} does not allow ${lacks.map((action) => `ec2:${action}`).join(', ')}`,
        consequence: consequence(lacks),
        repair: allow(profile, lacks),
      },
    ];
  });
}

/** Elastic IPs of primary addresses of data interfaces, with the firewall that has them to begin with. */
function elasticIpsOnPrimaries({ aws, firewalls }: AwsPair) {
  return firewalls.flatMap((firewall) =>
    dataInterfaces(firewall).flatMap((item) => {
      const own = Object.entries(aws['elastic-ips']).filter(
        ([, ip]) => ip['network-interface'] === item.name,
      );
      const isPrimary = (ip: string | undefined): boolean => ip === undefined || ip === item['private-ip'];
      const onSecondary = own.some(([, ip]) => !isPrimary(ip['private-ip']));
      return own
        .filter(([, ip]) => isPrimary(ip['private-ip']))
        .map(([name]) => ({ name, item, firewall, onSecondary }));
    }),
  );
}

/** Tables with a route to a data interface of a firewall. */
function movedTables({ aws }: AwsPair, firewall: Firewall): string[] {
  const targets = new Set(dataInterfaces(firewall).map(({ name }) => name));
  return Object.entries(aws['route-tables']).flatMap(([name, { routes }]) =>
    routes.some(({ target }) => targets.has(target)) ? [name] : [],
  );
}

export const IAM: readonly Rule[] = [
  awsRule({
    id: 'X07',
    severity: 'error',
    title: 'A firewall has no instance profile',
    source: section5('X07', URLS.P5),
    consequence:
      'its calls of the EC2 API are not signed: it becomes active, and the data path stays where it was',
    check: (pair) =>
      pair.firewalls.flatMap((firewall): Problem[] => {
        const { name, instance } = firewall;
        if (instance === null || instance['iam-instance-profile'] !== undefined) return [];
        const peers = peerOf(pair, firewall).instance?.['iam-instance-profile'];
        const profile = peers ?? 'hasim-lint';
        const path = ['aws', 'instances', name];
        const repair: Edit[] = [{ path: [...path, 'iam-instance-profile'], set: profile }];
        if (peers === undefined)
          repair.push({ path: ['aws', 'iam-instance-profiles', profile], set: { actions: ['*'] } });
        return [{ path, part: 'key', message: `${name} has no iam-instance-profile`, repair }];
      }),
  }),
  awsRule({
    id: 'X08',
    severity: 'error',
    mode: 'interface-move',
    title: 'The policy lacks an action of interface-move',
    source: section5('X08', URLS.P5),
    consequence: 'the move stops at that call',
    check: (pair) =>
      lacksAny(pair, INTERFACE_MOVE, (lacks) =>
        lacks.length === 1 && lacks[0] === 'AttachNetworkInterface'
          ? 'network interfaces are detached from the peer and attached to nobody: they are lost until an operator acts'
          : 'the move stops at that call: the firewall becomes active, and the data path does not follow',
      ),
  }),
  awsRule({
    id: 'X09',
    severity: 'error',
    mode: 'secondary-ip',
    title: 'The policy lacks an action of secondary-ip',
    source: section5('X09', URLS.P6),
    consequence: 'addresses or routes stay on the dead firewall',
    check: (pair) =>
      lacksAny(
        pair,
        pair.crossZone ? SECONDARY_IP.filter((one) => one !== 'AssignPrivateIpAddresses') : SECONDARY_IP,
        (lacks) =>
          lacks.length === 1 && lacks[0] === 'ReplaceRoute'
            ? 'addresses move and routes stay: what leaves the VPC is lost at the dead firewall'
            : 'addresses or routes stay on the dead firewall',
      ),
  }),
  awsRule({
    id: 'X10',
    severity: 'error',
    mode: 'secondary-ip',
    title: 'An elastic IP is on a primary data address, and the policy lacks AssociateAddress',
    source: section5('X10', URLS.P6),
    consequence: 'the elastic IP stays on the dead firewall: what comes in from the internet is lost',
    check: (pair) =>
      elasticIpsOnPrimaries(pair).flatMap(({ name, item, firewall, onSecondary }): Problem[] => {
        const peer = peerOf(pair, firewall);
        const profile = profilesOf(pair).find(({ firewalls }) => firewalls.includes(peer));
        if (profile === undefined || lacking(profile, ['AssociateAddress']).length === 0) return [];
        const message = `${name} is on the primary address of ${item.name}, and ${profile.name} does not allow ec2:AssociateAddress`;
        return [
          {
            path: ['aws', 'elastic-ips', name],
            part: 'key',
            message,
            severity: onSecondary ? 'warning' : 'error',
            repair: allow(profile, ['AssociateAddress']),
          },
        ];
      }),
  }),
  awsRule({
    id: 'X37',
    severity: 'error',
    mode: 'secondary-ip',
    title: 'ReplaceRoute is allowed on the wrong route tables',
    source: section5('X37', URLS.R1),
    consequence: 'the call is not authorized for that table: half a failover',
    check: (pair) =>
      pair.firewalls.flatMap((firewall) => {
        const profile = profilesOf(pair).find(({ firewalls }) => firewalls.includes(firewall));
        const { routeTables } = profile ?? { routeTables: null };
        if (profile === undefined || routeTables === null) return [];
        const missing = movedTables(pair, peerOf(pair, firewall)).filter(
          (name) => !routeTables.includes(name),
        );
        const path = ['aws', 'iam-instance-profiles', profile.name, 'route-tables'];
        return missing.map((name) => ({
          path,
          message: `${profile.name} does not allow ec2:ReplaceRoute on ${name}, which has a route to ${peerOf(pair, firewall).name}`,
          repair: [{ path, add: name }],
        }));
      }),
  }),
];
