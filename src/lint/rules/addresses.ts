/** What moves when the data path does: floating addresses, the NAT that uses them, and the routes that lead to the pair. */

import { awsRule } from '../aws-rule.ts';
import { dataInterfaces, type Attached, type AwsPair } from '../pair.ts';
import { section5, URLS, type Edit, type Problem, type Rule } from '../rule.ts';

const R4_NAT = `${URLS.R4}/tree/2e1a3a9/vmseries-ha-standard`;
const V1 =
  'https://github.com/F5Networks/f5-cloud-failover-extension/blob/49740a0f7d81f55997563e3e7a09eae8b3617cd9/docs/userguide/performance-sizing.rst';
const TERRAFORM = 'https://github.com/hashicorp/terraform/issues/2881';

/** Routes from which on throttling was measured (V1). */
const MANY_ROUTES = 200;

/** What of Terraform's undoes a failover, by failover mode. */
const MOVED = {
  'interface-move': ['network-interfaces'],
  'secondary-ip': ['routes', 'elastic-ips', 'secondary-private-ips'],
} as const;

/** The network interface whose primary address a NAT rule translates to; null for a floating address. */
function primaryOf({ firewalls }: AwsPair, translated: string): Attached | null {
  const data = firewalls.flatMap(dataInterfaces);
  return (
    data.find((item) => translated === `ethernet1/${item.index}` || translated === item['private-ip']) ?? null
  );
}

interface PairRoute {
  readonly path: readonly (string | number)[];
  readonly table: string;
  readonly target: string;
  readonly count: number;
}

/** Routes to firewalls and to their data interfaces. */
function routesToPair({ aws, firewalls }: AwsPair): PairRoute[] {
  const targets = new Set(
    firewalls.flatMap((one) => [one.name, ...dataInterfaces(one).map(({ name }) => name)]),
  );
  return Object.entries(aws['route-tables']).flatMap(([table, { routes }]) =>
    routes.flatMap(({ target, count }, index) => {
      const path = ['aws', 'route-tables', table, 'routes', index];
      return targets.has(target) ? [{ path, table, target, count }] : [];
    }),
  );
}

export const ADDRESSES: readonly Rule[] = [
  awsRule({
    id: 'X18',
    severity: 'warning',
    mode: 'secondary-ip',
    title: 'A data interface of the active has no floating address',
    source: section5('X18', URLS.P2),
    consequence: 'there is no address to move: only routes and elastic IPs can',
    check: (pair) => {
      if (pair.crossZone) return [];
      return dataInterfaces(pair.active).flatMap((item): Problem[] => {
        if (item['secondary-private-ips'].length > 0) return [];
        const path = ['aws', 'network-interfaces', item.name];
        return [{ path, part: 'key', message: `${item.name} has no secondary-private-ips` }];
      });
    },
  }),
  awsRule({
    id: 'X24',
    severity: 'warning',
    mode: 'secondary-ip',
    title: "Source NAT translates to an interface's own address",
    source: section5('X24', R4_NAT),
    consequence:
      'translated sessions break at a failover, for the new active has another address, and their public address changes',
    check: (pair) =>
      pair.firewalls.flatMap(({ name, device }) =>
        device.nat.flatMap((rule, index): Problem[] => {
          const item = primaryOf(pair, rule['translated-address']);
          if (item === null) return [];
          const path = ['devices', name, 'nat', index, 'translated-address'];
          const message = `${rule.name} translates to ${rule['translated-address']}, the primary address of ${item.name}`;
          const floating = pair.active.attached[item.index]?.['secondary-private-ips'][0];
          const repair: Edit[] | undefined = floating === undefined ? undefined : [{ path, set: floating }];
          return [{ path, message, ...(repair && { repair }) }];
        }),
      ),
  }),
  awsRule({
    id: 'X25',
    severity: 'warning',
    mode: 'secondary-ip',
    title: 'A route leads to an instance instead of a network interface',
    source: section5('X25', URLS.P2),
    consequence:
      "the route follows the instance's primary network interface, which is management, not the data interface",
    check: (pair) =>
      routesToPair(pair).flatMap(({ path, target }): Problem[] => {
        if (!pair.firewalls.some(({ name }) => name === target)) return [];
        return [{ path: [...path, 'target'], message: `the target is the instance ${target}` }];
      }),
  }),
  awsRule({
    id: 'X33',
    severity: 'warning',
    title: 'Terraform manages what a failover moves',
    source: section5('X33', TERRAFORM),
    consequence: 'the next apply after a failover drags traffic back to the dead or passive firewall',
    check: ({ aws }) => {
      const { terraform } = aws;
      if (terraform === undefined || terraform['ignore-changes']) return [];
      const moved = MOVED[aws['failover-mode']] as readonly string[];
      const managed = terraform.manages.filter((what) => moved.includes(what));
      if (managed.length === 0) return [];
      const message = `Terraform manages ${managed.join(', ')}, without ignore-changes`;
      return [
        {
          path: ['aws', 'terraform', 'manages'],
          message,
          repair: [{ path: ['aws', 'terraform', 'ignore-changes'], set: true }],
        },
      ];
    },
  }),
  awsRule({
    id: 'X38',
    severity: 'warning',
    title: 'Hundreds of routes move at a failover',
    source: section5('X38', V1),
    consequence: 'the EC2 API throttles: measured were 15 s for 200 routes and 90 s for 500',
    check: (pair) => {
      // With interface-move the network interface takes its routes along.
      if (pair.aws['failover-mode'] !== 'secondary-ip') return [];
      const routes = routesToPair(pair);
      const total = routes.reduce((sum, { count }) => sum + count, 0);
      const [largest] = routes.toSorted((a, b) => b.count - a.count);
      if (largest === undefined || total < MANY_ROUTES) return [];
      return [{ path: largest.path, message: `${total} routes lead to the pair` }];
    },
  }),
];
