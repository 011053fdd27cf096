/**
 * Every name that is used is the name of something. Runs on the tree, so that a misspelt name is told together with
 * mistakes of any other kind, in the same run.
 */

import { oneOf } from '../issues.ts';
import { entriesAt, nodeAt, type Located, type Path } from '../located.ts';
import { quoted } from '../safe-text.ts';
import { CONDITION_KEYS } from '../schema/expectation.ts';
import { parseEnd } from './cabling.ts';
import { textAt } from './aws/attachments.ts';
import { listed, suggest, type Kind, type Reporter } from './report.ts';

type Use = readonly [place: readonly string[], kind: Kind, orAddress?: boolean];

/** Where a value names something; `*` stands for every key or item. */
const VALUES: readonly Use[] = [
  [['probes', '*', 'from'], 'host'],
  [['probes', '*', 'to'], 'host', true],
  [['workloads', '*', 'from'], 'host'],
  [['workloads', '*', 'to'], 'host', true],
  [['timeline', '*', 'link-down'], 'link'],
  [['timeline', '*', 'link-up'], 'link'],
  [['timeline', '*', 'blackhole', 'link'], 'link'],
  [['timeline', '*', 'blackhole-end', 'link'], 'link'],
  [['timeline', '*', 'impair', 'link'], 'link'],
  [['timeline', '*', 'impair-end', 'link'], 'link'],
  [['timeline', '*', 'flap', 'link'], 'link'],
  [['timeline', '*', 'power-off'], 'device'],
  [['timeline', '*', 'power-on'], 'device'],
  [['timeline', '*', 'reboot'], 'device'],
  [['timeline', '*', 'ha-agent-hang'], 'device'],
  [['timeline', '*', 'ha-agent-restart'], 'device'],
  [['timeline', '*', 'management-plane-stall'], 'device'],
  [['timeline', '*', 'management-plane-resume'], 'device'],
  [['timeline', '*', 'dataplane-crash'], 'device'],
  [['timeline', '*', 'policy-push-failure'], 'device'],
  [['timeline', '*', 'policy-push'], 'device'],
  [['timeline', '*', 'suspend'], 'device'],
  [['timeline', '*', 'functional'], 'device'],
  [['timeline', '*', 'candidate', 'device'], 'device'],
  [['timeline', '*', 'commit', 'device'], 'device'],
  [['timeline', '*', 'upgrade', 'device'], 'device'],
  [['timeline', '*', 'sync-to-remote'], 'device'],
  [['timeline', '*', 'clear-session-all'], 'device'],
  [['timeline', '*', 'terminate-instance'], 'device'],
  [['expect', '*', 'probe'], 'probe'],
  [['expect', '*', 'device'], 'device'],
  ...CONDITION_KEYS.flatMap((mode): Use[] => [
    [['expect', '*', mode, 'logged', 'device'], 'device'],
    [['expect', '*', mode, 'sessions', 'workload'], 'workload'],
  ]),
  [['expect', '*', 'sessions', 'workload'], 'workload'],
  [['expect', '*', 'ha3'], 'device'],
  [['expect', '*', 'ha2'], 'device'],
];

/** Where the keys of a mapping are names. */
const KEYS: readonly Use[] = CONDITION_KEYS.flatMap((mode) => [
  ...['role', 'reason', 'peer-connection'].map((state): Use => [['expect', '*', mode, state], 'device']),
  [['expect', '*', mode, 'probe'], 'probe'],
]);

/** Reports every use of a name that nothing has. */
export function checkNamesUsed(reporter: Reporter): void {
  for (const [place, kind, orAddress] of VALUES) {
    for (const path of expandPlace(reporter.tree, place)) checkName(reporter, path, kind, orAddress === true);
  }
  for (const [place, kind] of KEYS) {
    for (const path of expandPlace(reporter.tree, place)) {
      for (const name of entriesAt(reporter.tree, path).keys())
        checkKey(reporter, [...path, name], name, kind);
    }
  }
  checkInterfaces(reporter);
  checkDirections(reporter);
  checkTraffic(reporter);
}

function checkName(reporter: Reporter, path: Path, kind: Kind, orAddress: boolean): void {
  const name = textAt(reporter.tree, path);
  if (name === null || reporter.names(kind).includes(name)) return;
  if (orAddress && /^\d+\.\d+\.\d+\.\d+$/.test(name)) return;
  reportName(reporter, path, name, [kind], orAddress ? ['an address'] : []);
}

/**
 * Reports that a name is none of some kinds of things.
 *
 * @param words what might stand there instead
 */
export function reportName(
  reporter: Reporter,
  path: Path,
  name: string,
  kinds: readonly Kind[],
  words: readonly string[] = [],
): void {
  const known = kinds.flatMap((kind) => reporter.names(kind));
  const listedKinds = kinds.map((kind) => {
    return `${/^[aei]/.test(kind) ? 'an' : 'a'} ${kind}${listed(reporter.names(kind))}`;
  });
  const expected = `expected the name of ${oneOf([...listedKinds, ...words])}`;
  reporter.at(path, `${expected}, got ${quoted(name)}`, suggest(name, [...known, ...words]));
}

function checkKey(reporter: Reporter, path: Path, name: string, kind: Kind): void {
  if (reporter.names(kind).includes(name)) return;
  const message = `expected the name of a ${kind}${listed(reporter.names(kind))}, got ${quoted(name)}`;
  reporter.atKey(path, message, suggest(name, reporter.names(kind)));
}

/** A port of a firewall goes down or up: it has to be the end of a link, or nothing would come of it. */
function checkInterfaces(reporter: Reporter): void {
  const devices = reporter.names('device');
  const ports = linkEnds(reporter).filter((end) => end.includes(':') && devices.includes(parseEnd(end).node));
  for (const action of ['interface-down', 'interface-up']) {
    for (const path of expandPlace(reporter.tree, ['timeline', '*', action])) {
      const text = textAt(reporter.tree, path);
      if (text === null || !text.includes(':') || ports.includes(text)) continue;
      const { node } = parseEnd(text);
      const same = ports.filter((port) => parseEnd(port).node === node);
      const candidates = same.length > 0 ? same : ports;
      const message = `expected a port of a firewall that is in a link${listed(candidates)}, got ${quoted(text)}`;
      reporter.at(path, message, suggest(text, candidates));
    }
  }
}

/** `direction: { from: END }` names one of the two ends of the link beside it. */
function checkDirections(reporter: Reporter): void {
  for (const action of ['blackhole', 'blackhole-end', 'impair', 'impair-end']) {
    for (const path of expandPlace(reporter.tree, ['timeline', '*', action])) {
      const from = [...path, 'direction', 'from'];
      const end = textAt(reporter.tree, from);
      const link = textAt(reporter.tree, [...path, 'link']);
      if (end === null || link === null) continue;
      const ends = endsOf(reporter, link);
      if (ends.length === 0 || ends.includes(end)) continue;
      const message = `expected an end of ${link}${listed(ends)}, got ${quoted(end)}`;
      reporter.at(from, message, suggest(end, ends));
    }
  }
}

/** `zones: trust → untrust` of an expectation names two zones between which packets pass. */
function checkTraffic(reporter: Reporter): void {
  const { tree } = reporter;
  const under = (...place: string[]): string[] =>
    expandPlace(tree, ['devices', '*', ...place]).flatMap((path) => textAt(tree, path) ?? []);
  const zones = [
    ...under('interfaces', '*', 'zone'),
    ...under('virtual-wire', '*', 'interface1'),
    ...under('virtual-wire', '*', 'interface2'),
    ...under('vlan', '*', 'interface', '*'),
  ];
  const known = [...new Set(zones)];
  for (const path of expandPlace(tree, ['expect', '*', 'zones'])) {
    const pair =
      textAt(tree, path)
        ?.split(/→|->/)
        .map((zone) => zone.trim()) ?? [];
    if (pair.length !== 2) continue; // The schema says what it should be.
    for (const zone of pair) {
      if (zone === '' || known.includes(zone)) continue;
      const message = `expected the name of a zone${listed(known)}, got ${quoted(zone)}`;
      reporter.at(path, message, suggest(zone, known));
    }
    const [from, to] = pair;
    if (from !== undefined && from !== '' && from === to)
      reporter.at(path, `expected two different zones, got ${quoted(from)} twice`);
  }
}

function linkEnds(reporter: Reporter): string[] {
  return reporter.names('link').flatMap((link) => endsOf(reporter, link));
}

function endsOf({ tree, attachments }: Reporter, link: string): readonly string[] {
  const ends = [0, 1].flatMap((index) => textAt(tree, ['network', 'links', link, 'between', index]) ?? []);
  return ends.length > 0 ? ends : (attachments.get(link) ?? []);
}

/** The paths that a place with `*` stands for. */
export function expandPlace(tree: Located, place: readonly string[]): Path[] {
  let paths: (string | number)[][] = [[]];
  for (const step of place) {
    paths =
      step === '*' ? paths.flatMap((path) => childPaths(tree, path)) : paths.map((path) => [...path, step]);
  }
  return paths.filter((path) => nodeAt(tree, path) !== undefined);
}

function childPaths(tree: Located, path: (string | number)[]): (string | number)[][] {
  const node = nodeAt(tree, path);
  if (node?.kind === 'map') return [...node.entries.keys()].map((key) => [...path, key]);
  return node?.kind === 'list' ? node.items.map((_, index) => [...path, index]) : [];
}
