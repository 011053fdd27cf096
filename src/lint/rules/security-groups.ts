/** What security groups have to let through: HA1 and HA2 between the firewalls, transit traffic at the data interfaces. */

import { HA_PORTS, PROTOCOL } from '../../cloud/aws/traffic-of.ts';
import { addRule, groupPath, isOpen, refusalOf, rulesOf, type Wanted } from '../admission.ts';
import { awsRule } from '../aws-rule.ts';
import { dataInterfaces, peerOf, type Attached, type AwsPair, type Firewall } from '../pair.ts';
import { section5, URLS, type Edit, type Problem, type Rule } from '../rule.ts';

const R1_MAIN =
  'https://github.com/mzalewski87/aws_ha_project/blob/08fad0581f95e2a70ca84594514d78be5fc51481/modules/region_stack/main.tf';

function nameOf({ protocol, port }: Wanted): string {
  const name = typeof protocol === 'number' ? `IP protocol ${protocol}` : protocol.toUpperCase();
  return port === undefined ? name : `${name} ${port}`;
}

/** What does not pass between the interfaces of one device index, told once for each group that stops it. */
function stoppedBetween(pair: AwsPair, index: number, wanted: readonly Wanted[]): Problem[] {
  const { aws } = pair;
  const stops = new Map<
    string,
    { way: 'ingress' | 'egress'; group: string; what: Set<string>; repair: Edit[] }
  >();
  for (const firewall of pair.firewalls) {
    const peer = peerOf(pair, firewall);
    const [from, to] = [peer.attached[index], firewall.attached[index]];
    if (from === undefined || to === undefined) continue;
    for (const one of wanted) {
      const refusal = refusalOf(aws, from, to, one);
      const [group] = refusal?.groups ?? [];
      if (refusal === null || group === undefined) continue;
      const key = `${refusal.way} ${group}`;
      const stop = stops.get(key) ?? { way: refusal.way, group, what: new Set<string>(), repair: [] };
      stops.set(key, stop);
      const [inside, other] = refusal.way === 'ingress' ? [to, from] : [from, to];
      stop.what.add(`${nameOf(one)} ${refusal.way === 'ingress' ? 'from' : 'to'} ${other['private-ip']}`);
      const rule = ruleFor(one, inside, other, group);
      const known = stop.repair.some((edit) => JSON.stringify(edit).includes(JSON.stringify(rule)));
      if (!known) stop.repair.push(addTo(pair, stop.repair, group, refusal.way, rule));
    }
  }
  return [...stops.values()].map(({ way, group, what, repair }) => {
    const admits = way === 'ingress' ? 'admits' : 'lets out';
    const path = pair.aws['security-groups'][group]?.[way]?.length
      ? groupPath(group, way)
      : groupPath(group, way).slice(0, -1);
    return { path, part: 'key', message: `${group} ${admits} no ${[...what].join(', and no ')}`, repair };
  });
}

/** The first rule of an empty list sets it; those after it are added. */
function addTo(
  { aws }: AwsPair,
  before: readonly Edit[],
  group: string,
  way: 'ingress' | 'egress',
  rule: object,
): Edit {
  return before.length === 0 ? addRule(aws, group, way, rule) : { path: groupPath(group, way), add: rule };
}

function ruleFor({ protocol, port }: Wanted, inside: Attached, other: Attached, group: string): object {
  const peer = other['security-groups'].includes(group) && inside['security-groups'].includes(group);
  return {
    protocol,
    ...(port === undefined ? {} : { ports: port }),
    ...(peer ? { 'security-group': 'self' } : { cidr: `${other['private-ip']}/32` }),
  };
}

function isEncrypted({ ha }: Firewall): boolean {
  return ha.interface.ha1.encryption.enabled;
}

/** The TCP ports of HA1 (K3). */
function ha1Ports({ firewalls }: AwsPair): Wanted[] {
  const ports = firewalls.some(isEncrypted) ? HA_PORTS.ha1Encrypted : HA_PORTS.ha1;
  return ports.map((port) => ({ protocol: 'tcp', port }));
}

/** How HA2 looks to a security group (K6); nothing where nothing is synchronized. */
function ha2Traffic({ firewalls: [one] }: AwsPair): Wanted[] {
  const { enabled, transport } = one.ha['state-synchronization'];
  if (!enabled || transport === 'ethernet') return [];
  if (transport === 'ip') return [{ protocol: PROTOCOL.ha2 }];
  return HA_PORTS.ha2.map((port) => ({ protocol: 'udp', port }));
}

const ANYTHING = { protocol: 'all', cidr: '0.0.0.0/0' };

/** Data interfaces by the first of their groups, so that a group is told of once. */
function byGroup(pair: AwsPair, fits: (item: Attached) => boolean): Map<string, Attached[]> {
  const groups = new Map<string, Attached[]>();
  for (const item of pair.firewalls.flatMap(dataInterfaces)) {
    const [group] = item['security-groups'];
    if (group !== undefined && fits(item)) groups.set(group, [...(groups.get(group) ?? []), item]);
  }
  return groups;
}

function isOpenBothWays({ aws }: AwsPair, item: Attached): boolean {
  return isOpen(rulesOf(aws, item, 'ingress')) && isOpen(rulesOf(aws, item, 'egress'));
}

function openUp({ aws }: AwsPair, group: string): Edit[] {
  const egress = aws['security-groups'][group]?.egress;
  return [
    addRule(aws, group, 'ingress', ANYTHING),
    ...(egress === undefined ? [] : [addRule(aws, group, 'egress', ANYTHING)]),
  ];
}

/** Traffic enters the pair here: a route leads to it, or its groups expect somebody. */
function isEntry({ aws }: AwsPair, item: Attached): boolean {
  const routes = Object.values(aws['route-tables']).flatMap((table) => table.routes);
  return routes.some(({ target }) => target === item.name) || rulesOf(aws, item, 'ingress').length > 0;
}

function admitsNoTcp({ aws }: AwsPair, item: Attached): boolean {
  const rules = rulesOf(aws, item, 'ingress');
  return rules !== 'anything' && !rules.some(({ protocol }) => protocol === null || protocol === 6);
}

function names(items: readonly Attached[]): string {
  return items.map(({ name }) => name).join(' and ');
}

export const SECURITY_GROUPS: readonly Rule[] = [
  awsRule({
    id: 'X01',
    severity: 'error',
    title: 'The management security group admits no ICMP from the peer',
    source: section5('X01', `${R1_MAIN}#L73-L85`),
    consequence:
      'HA1 never comes up: each firewall finds its peer was never reachable, and both may go active',
    check: (pair) => stoppedBetween(pair, 0, [{ protocol: 'icmp' }]),
  }),
  awsRule({
    id: 'X02',
    severity: 'error',
    title: 'The management security group lacks a TCP port of HA1',
    source: section5('X02', R1_MAIN),
    consequence:
      'the control connection of HA1 never opens: the firewalls do not find each other, and both may go active',
    check: (pair) => stoppedBetween(pair, 0, ha1Ports(pair)),
  }),
  awsRule({
    id: 'X03',
    severity: 'warning',
    title: 'The HA security group drops HA2',
    source: section5('X03', URLS.P8),
    consequence: 'HA2 is dropped: no session is synchronized, and a failover loses all of them',
    check: (pair) => stoppedBetween(pair, 1, ha2Traffic(pair)),
  }),
  awsRule({
    id: 'X22',
    severity: 'warning',
    title: 'A data security group does not allow everything both ways',
    source: section5('X22', URLS.P2),
    consequence:
      'after a failover, packets in the middle of surviving sessions are dropped at the new host, where nothing is tracked of them',
    check: (pair) =>
      Array.from(
        byGroup(pair, (item) => !isOpenBothWays(pair, item)),
        ([group, items]) => ({
          path: ['aws', 'security-groups', group],
          part: 'key',
          message: `${group}, the security group of ${names(items)}, does not allow all traffic in and out`,
          repair: openUp(pair, group),
        }),
      ),
  }),
  awsRule({
    id: 'X23',
    severity: 'error',
    title: 'The trust security group admits ICMP only',
    source: section5('X23', `${URLS.B2}, step 2`),
    consequence: 'no TCP passes through the pair at all, before a failover or after it',
    check: (pair) =>
      Array.from(
        byGroup(pair, (item) => isEntry(pair, item) && admitsNoTcp(pair, item)),
        ([group, items]) => ({
          path: ['aws', 'security-groups', group],
          part: 'key',
          message: `${group}, the security group of ${names(items)}, admits no TCP from anybody`,
          repair: [addRule(pair.aws, group, 'ingress', ANYTHING)],
        }),
      ),
  }),
];
