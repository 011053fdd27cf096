/** Whether the management plane reaches the EC2 API when it has to: with the active gone, from the passive's own interface (K15). */

import { isOpen, rulesOf } from '../admission.ts';
import { awsRule } from '../aws-rule.ts';
import { contains, parseCidr, parseIp } from '../../network/address.ts';
import type { Path } from '../../scenario/located.ts';
import { INTERNET_GATEWAY } from '../../scenario/schema/aws.ts';
import { dataInterfaces, type Attached, type AwsPair, type Firewall } from '../pair.ts';
import { section5, URLS, type Edit, type Problem, type Rule } from '../rule.ts';

const V4_ISSUE = 'https://github.com/fortinet/aws-cloudformation-templates/issues/12';

/** Somewhere in the internet: the endpoint has no address of its own in a scenario. */
const ELSEWHERE = '8.8.8.8';

interface Way {
  readonly target: string;
  readonly path: Path;
}

/** The route that a subnet takes to an address; null when it has none. */
function wayFrom({ aws }: AwsPair, subnet: string, ip: string): Way | null {
  const table = aws.subnets[subnet]?.['route-table'] ?? '';
  let best: (Way & { prefix: number }) | null = null;
  for (const [index, { destination, target }] of (aws['route-tables'][table]?.routes ?? []).entries()) {
    const block = parseCidr(destination);
    if (!contains(block, parseIp(ip)) || (best !== null && best.prefix >= block.prefix)) continue;
    best = { target, prefix: block.prefix, path: ['aws', 'route-tables', table, 'routes', index, 'target'] };
  }
  return best;
}

function isOfThePair({ firewalls }: AwsPair, target: string): boolean {
  return firewalls.some(
    (one) => one.name === target || dataInterfaces(one).some(({ name }) => name === target),
  );
}

/** A private endpoint whose name resolves to it: no way to the internet is needed. */
function hasEndpoint({ aws }: AwsPair): boolean {
  return Object.values(aws['vpc-endpoints']).some((endpoint) => endpoint['private-dns']);
}

function hasElasticIp({ aws }: AwsPair, item: Attached): boolean {
  return Object.values(aws['elastic-ips']).some(
    (ip) =>
      ip['network-interface'] === item.name &&
      (ip['private-ip'] ?? item['private-ip']) === item['private-ip'],
  );
}

/** Why the internet is not reached from a management interface; null when it is, or leads through the pair (X12). */
function whyNot(pair: AwsPair, item: Attached, ip: string): string | null {
  const way = wayFrom(pair, item.subnet, ip);
  if (way === null) return `the subnet ${item.subnet} has no route to the internet`;
  if (way.target === INTERNET_GATEWAY) {
    return hasElasticIp(pair, item)
      ? null
      : `${item.name} has no elastic IP, and its default route leads to the internet gateway`;
  }
  const nat = pair.aws['nat-gateways'][way.target];
  if (nat === undefined || wayFrom(pair, nat.subnet, ip)?.target === INTERNET_GATEWAY) return null;
  return `the NAT gateway ${way.target} has no route to the internet gateway`;
}

function lets({ aws }: AwsPair, item: Attached, protocol: number, port: number): boolean {
  const rules = rulesOf(aws, item, 'egress');
  if (isOpen(rules) || rules === 'anything') return true;
  return rules.some((rule) => {
    const isPort = rule.ports === null || (rule.ports.from <= port && port <= rule.ports.to);
    return (rule.protocol === null || rule.protocol === protocol) && isPort;
  });
}

/** An interface endpoint mends any way to the API that is no way. */
function withEndpoint(subnets: readonly string[]): Edit[] {
  return [{ path: ['aws', 'vpc-endpoints', 'hasim-lint'], set: { subnets } }];
}

function management({ attached }: Firewall): Attached | undefined {
  return attached[0];
}

/** Problems of each management interface. */
function each(pair: AwsPair, find: (item: Attached, firewall: Firewall) => Problem | null): Problem[] {
  return pair.firewalls.flatMap((firewall) => {
    const item = management(firewall);
    const problem = item === undefined ? null : find(item, firewall);
    return problem === null ? [] : [problem];
  });
}

function dnsProblem(pair: AwsPair, item: Attached, { name, instance }: Firewall): Problem | null {
  const server = instance?.['vm-series']['dns-server'];
  if (server === undefined) return null;
  const path = ['aws', 'instances', name, 'vm-series', 'dns-server'];
  const problem = (why: string): Problem => ({
    path,
    message: `${name} asks ${server} for names, and ${why}`,
    repair: [{ path, remove: true }],
  });
  if (!lets(pair, item, 17, 53)) return problem('its security groups let no UDP 53 out');
  if (contains(parseCidr(pair.aws.vpc.cidr), parseIp(server))) return null;
  const way = wayFrom(pair, item.subnet, server);
  if (way !== null && isOfThePair(pair, way.target))
    return problem(`its way there leads through ${way.target}, which is of the pair itself`);
  const why = whyNot(pair, item, server);
  return why === null ? null : problem(why);
}

export const REACHABILITY: readonly Rule[] = [
  awsRule({
    id: 'X11',
    severity: 'error',
    title: 'Management has no way to the EC2 API',
    source: section5('X11', URLS.V4),
    consequence: 'the EC2 API is not reached: the firewall becomes active, and the data path does not move',
    check: (pair) =>
      each(pair, (item) => {
        const place = { path: ['aws', 'network-interfaces', item.name], part: 'key' } as const;
        if (!lets(pair, item, 6, 443)) {
          return { ...place, message: `the security groups of ${item.name} let no TCP 443 out` };
        }
        const why = hasEndpoint(pair) ? null : whyNot(pair, item, ELSEWHERE);
        return why === null ? null : { ...place, message: why, repair: withEndpoint([item.subnet]) };
      }),
  }),
  awsRule({
    id: 'X12',
    severity: 'error',
    title: 'The way to the EC2 API leads through the pair itself',
    source: section5('X12', URLS.P2),
    consequence: 'the way to the API dies with the active, just when its peer has to call',
    check: (pair) => {
      if (hasEndpoint(pair)) return [];
      return each(pair, (item) => {
        const way = wayFrom(pair, item.subnet, ELSEWHERE);
        if (way === null || !isOfThePair(pair, way.target)) return null;
        const message = `the default route of ${item.subnet} leads to ${way.target}, which is of the pair itself`;
        return { path: way.path, message, repair: withEndpoint([item.subnet]) };
      });
    },
  }),
  awsRule({
    id: 'X13',
    severity: 'error',
    title: 'DNS is not reachable from management at failover',
    source: section5('X13', V4_ISSUE),
    consequence: 'the name of the endpoint is not resolved, and nothing moves',
    check: (pair) => each(pair, (item, firewall) => dnsProblem(pair, item, firewall)),
  }),
  awsRule({
    id: 'X14',
    severity: 'warning',
    title: 'The interface endpoint of EC2 has no private DNS',
    source: section5('X14', URLS.V4),
    consequence:
      'the public name of the API still resolves to public addresses, and the endpoint is not used',
    check: (pair) =>
      Object.entries(pair.aws['vpc-endpoints']).flatMap(([name, endpoint]) => {
        if (endpoint['private-dns']) return [];
        const path = ['aws', 'vpc-endpoints', name, 'private-dns'];
        return [{ path, message: `${name} has no private DNS`, repair: [{ path, set: true }] }];
      }),
  }),
];
