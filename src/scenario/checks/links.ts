/**
 * The ends of every link: a port of a firewall, an interface of a router, or a switch or host by its bare name; and
 * nothing but a switch in more than one link. Runs on the tree, like the names.
 */

import { entriesAt, nodeAt, type Path } from '../located.ts';
import { INTERNET_GATEWAY, VPC } from '../aws-cabling.ts';
import { quoted } from '../safe-text.ts';
import { PORT } from '../schema/units.ts';
import { parseEnd } from './cabling.ts';
import { listed, suggest, type Kind, type Reporter } from './report.ts';

/** Instances that are firewalls are devices already. */
const NODE_KINDS = ['device', 'switch', 'host', 'router', 'instance'] as const satisfies readonly Kind[];

type NodeKind = Kind | typeof INTERNET_GATEWAY;

/** Reports links that join what cannot be joined. */
export function checkLinks(reporter: Reporter): void {
  const kinds = nodeKinds(reporter);
  const taken = new Map<string, string>();
  for (const link of reporter.given('link')) {
    if (reporter.attachments.has(link)) {
      const message = `expected a name of its own for the link, got ${link}, which a network interface has`;
      reporter.atKey(reporter.placeOf('link', link), message);
    }
    const between = nodeAt(reporter.tree, ['network', 'links', link, 'between']);
    if (between?.kind !== 'list') continue;
    for (const [index, item] of between.items.slice(0, 2).entries()) {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') continue;
      const path = ['network', 'links', link, 'between', index];
      if (checkEnd(reporter, kinds, path, item.value)) checkTaken(reporter, kinds, taken, path, item.value);
    }
  }
}

/** The kind of every node; a name that two nodes have is reported, since a link could not tell them apart. */
function nodeKinds(reporter: Reporter): ReadonlyMap<string, NodeKind> {
  const kinds = new Map<string, NodeKind>();
  const holders = new Map<string, string>();
  if (nodeAt(reporter.tree, ['aws']) !== undefined) {
    kinds.set(INTERNET_GATEWAY, INTERNET_GATEWAY);
    holders.set(INTERNET_GATEWAY, 'the internet gateway').set(VPC, 'the VPC');
  }
  for (const kind of NODE_KINDS) {
    for (const name of reporter.given(kind)) {
      if (kind === 'instance' && kinds.get(name) === 'device') continue;
      const holder = holders.get(name);
      if (holder === undefined) {
        kinds.set(name, kind);
        holders.set(name, `a ${kind}`);
        continue;
      }
      const message = `expected a name of its own for the ${kind}, got ${quoted(name)}, which ${holder} has`;
      reporter.atKey(reporter.placeOf(kind, name), message);
    }
  }
  return kinds;
}

/** In AWS, the ports of firewalls and instances are network interfaces. */
function isInVpc(reporter: Reporter, kind: NodeKind): boolean {
  return kind === 'instance' || (kind === 'device' && nodeAt(reporter.tree, ['aws']) !== undefined);
}

function checkEnd(
  reporter: Reporter,
  kinds: ReadonlyMap<string, NodeKind>,
  path: Path,
  text: string,
): boolean {
  const { node, port } = parseEnd(text);
  const kind = kinds.get(node);
  const before = reporter.diagnostics.length;
  if (kind === undefined) {
    const near = suggest(node, kinds.keys());
    reporter.at(path, `expected a device, switch, host or router of the scenario, got ${quoted(node)}`, near);
  } else if (isInVpc(reporter, kind)) {
    const expected = `expected no link at ${node}, whose ports are network interfaces of aws.instances`;
    reporter.at(
      path,
      `${expected}, got ${quoted(text)}`,
      `What is outside of AWS is behind ${INTERNET_GATEWAY}.`,
    );
  } else if (kind === INTERNET_GATEWAY) {
    checkGatewayEnd(reporter, path, text);
  } else if (kind === 'switch' || kind === 'host') {
    if (port !== null) {
      reporter.at(path, `expected ${node} without a port, since it is a ${kind}, got ${quoted(text)}`);
    }
  } else if (kind === 'device') {
    if (port === null || !PORT.test(port)) {
      const expected = `expected a port of ${node} such as ${node}:ethernet1/3 or ${node}:management`;
      reporter.at(path, `${expected}, got ${quoted(text)}`);
    }
  } else {
    checkRouterEnd(reporter, path, text);
  }
  return reporter.diagnostics.length === before;
}

function checkGatewayEnd(reporter: Reporter, path: Path, text: string): void {
  if (nodeAt(reporter.tree, ['aws', INTERNET_GATEWAY]) === undefined) {
    reporter.at(path, `expected the key ${INTERNET_GATEWAY} in aws: for a link to it, got none`);
  } else if (text !== INTERNET_GATEWAY) {
    reporter.at(path, `expected ${INTERNET_GATEWAY} without a port, got ${quoted(text)}`);
  }
}

function checkRouterEnd(reporter: Reporter, path: Path, text: string): void {
  const { node, port } = parseEnd(text);
  const interfaces = [...entriesAt(reporter.tree, ['network', 'routers', node, 'interfaces']).keys()];
  if (port !== null && interfaces.includes(port)) return;
  const ends = interfaces.map((name) => `${node}:${name}`);
  reporter.at(
    path,
    `expected an interface of ${node}${listed(ends)}, got ${quoted(text)}`,
    suggest(text, ends),
  );
}

/** Everything but a switch has one socket for one cable. */
function checkTaken(
  reporter: Reporter,
  kinds: ReadonlyMap<string, NodeKind>,
  taken: Map<string, string>,
  path: Path,
  text: string,
): void {
  if (kinds.get(parseEnd(text).node) === 'switch') return;
  const link = String(path[2]);
  const other = taken.get(text);
  if (other === undefined) taken.set(text, link);
  else if (other === link) reporter.at(path, `expected two different ends, got ${text} twice`);
  else reporter.at(path, `expected ${text} in one link only, got it in ${other} and ${link}`);
}
