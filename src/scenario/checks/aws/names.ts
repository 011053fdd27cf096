/**
 * Every name that `aws:` uses is the name of something in it. Runs on the tree, like the names of all else, so that a misspelt name is
 * told together with mistakes of any other kind.
 */

import { nodeAt } from '../../located.ts';
import { INTERNET_GATEWAY } from '../../schema/aws.ts';
import { CONDITION_KEYS } from '../../schema/expectation.ts';
import { expandPlace, reportName } from '../names.ts';
import type { Kind, Reporter } from '../report.ts';
import { textAt } from './attachments.ts';

interface Use {
  readonly place: readonly string[];
  readonly kinds: readonly Kind[];
  /** Words of the language that may stand there, too. */
  readonly words?: readonly string[];
}

const use = (place: string, kinds: readonly Kind[], words: readonly string[] = []): Use => {
  return { place: place.split('.'), kinds, words };
};

/** What a route may lead to. */
export const TARGET_KINDS = [
  'network interface',
  'instance',
  'NAT gateway',
  'transit gateway',
] as const satisfies readonly Kind[];

const USES: readonly Use[] = [
  use('aws.subnets.*.route-table', ['route table']),
  use('aws.route-tables.*.routes.*.target', TARGET_KINDS, [INTERNET_GATEWAY]),
  use('aws.security-groups.*.ingress.*.security-group', ['security group'], ['self']),
  use('aws.security-groups.*.egress.*.security-group', ['security group'], ['self']),
  use('aws.network-interfaces.*.subnet', ['subnet']),
  use('aws.network-interfaces.*.security-groups.*', ['security group']),
  use('aws.elastic-ips.*.network-interface', ['network interface']),
  use('aws.instances.*.network-interfaces.*', ['network interface']),
  use('aws.instances.*.iam-instance-profile', ['instance profile']),
  use('aws.iam-instance-profiles.*.route-tables.*', ['route table']),
  use('aws.nat-gateways.*.subnet', ['subnet']),
  use('aws.nat-gateways.*.elastic-ip', ['elastic IP']),
  use('aws.vpc-endpoints.*.subnets.*', ['subnet']),
  use('aws.transit-gateways.*.subnets.*', ['subnet']),
  use('aws.load-balancers.*.targets.*', ['network interface', 'instance']),
  use('aws.api.stalls.*.network-interface', ['network interface']),
  use('timeline.*.revoke-security-group-ingress.security-group', ['security group']),
  use('timeline.*.authorize-security-group-ingress.security-group', ['security group']),
  use('timeline.*.api-unavailable', ['device'], ['all']),
  use('timeline.*.api-available', ['device'], ['all']),
  ...CONDITION_KEYS.map((mode) => use(`expect.*.${mode}.owner.*`, ['device'], ['none'])),
];

/** Actions that need something of AWS to act on. */
const AWS_ACTIONS = [
  'terminate-instance',
  'revoke-security-group-ingress',
  'authorize-security-group-ingress',
  'api-unavailable',
  'api-available',
  'terraform-apply',
];

/** Expectations of what only a cloud has. */
const AWS_EXPECTATIONS = ['api-calls', 'cloud', ...CONDITION_KEYS.map((mode) => `${mode}.owner`)];

/** Elsewhere HA2 is a cable or a switch, and nothing routes it. */
const AWS_SETTINGS = [
  ['high-availability', 'interface', 'ha2', 'gateway'],
  ['devices', '*', 'high-availability', 'interface', 'ha2', 'gateway'],
];

/** Reports every use of a name that nothing has, names that could mean two things, and what needs more of AWS than there is. */
export function checkAwsNames(reporter: Reporter): void {
  if (nodeAt(reporter.tree, ['aws']) === undefined) {
    checkWithoutAws(reporter);
    return;
  }
  for (const { place, kinds, words = [] } of USES) {
    for (const path of expandPlace(reporter.tree, place)) {
      const name = textAt(reporter.tree, path);
      if (name === null || words.includes(name)) continue;
      if (!kinds.some((kind) => reporter.names(kind).includes(name)))
        reportName(reporter, path, name, kinds, words);
    }
  }
  checkUnique(reporter);
  checkInternetGateway(reporter);
}

function checkWithoutAws(reporter: Reporter): void {
  for (const action of AWS_ACTIONS) {
    for (const path of expandPlace(reporter.tree, ['timeline', '*', action])) {
      reporter.atKey(path, `expected aws: in a scenario with ${action}, got none`);
    }
  }
  const expectations = AWS_EXPECTATIONS.map((expectation) => ['expect', '*', ...expectation.split('.')]);
  for (const place of [...expectations, ...AWS_SETTINGS]) {
    for (const path of expandPlace(reporter.tree, place)) {
      reporter.atKey(path, `expected aws: in a scenario with ${path.at(-1)}, got none`);
    }
  }
}

/** A route could not tell two targets of one name apart; internet-gateway is a name already. */
function checkUnique(reporter: Reporter): void {
  const taken = new Map<string, Kind | null>([[INTERNET_GATEWAY, null]]);
  for (const kind of TARGET_KINDS) {
    for (const name of reporter.given(kind)) {
      const other = taken.get(name);
      if (other === undefined) {
        taken.set(name, kind);
        continue;
      }
      const holder = other === null ? 'is the internet gateway' : `a ${other} has`;
      const message = `expected a name of its own for the ${kind}, got ${name}, which ${holder}`;
      reporter.atKey(reporter.placeOf(kind, name), message);
    }
  }
}

/** Routes and edge associations that speak of the internet gateway need it. */
function checkInternetGateway(reporter: Reporter): void {
  if (nodeAt(reporter.tree, ['aws', INTERNET_GATEWAY]) !== undefined) return;
  const places = ['aws.route-tables.*.routes.*.target', 'aws.route-tables.*.edge-association'];
  for (const path of places.flatMap((place) => expandPlace(reporter.tree, place.split('.')))) {
    if (textAt(reporter.tree, path) !== INTERNET_GATEWAY) continue;
    reporter.at(path, `expected the key ${INTERNET_GATEWAY} in aws: for a route to it, got none`);
  }
}
