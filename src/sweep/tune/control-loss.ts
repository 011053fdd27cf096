/**
 * What the control paths of a pair lose of their own: the links that carry heartbeats and hellos between the two firewalls, and
 * what each does to packets. The closed form of false failovers is computed from this, and where it would not be exact this says why.
 *
 * A path is what count: HA1, HA1-backup, heartbeat-backup on MGT. Its packets go over one link, or over several
 * through switches.
 */

import { controlPaths } from '../../run/ha-links.ts';
import type { LinkSettings } from '../../scenario/schema/network.ts';
import type { ResolvedScenario } from '../../scenario/schema/scenario.ts';

/** What one direction of a control path does to packets; the other direction does the same with luck of its own. */
export interface PathLoss {
  /** `ha1`, `ha1-backup`, `heartbeat-backup`. */
  readonly name: string;
  /** Links in their order. */
  readonly links: readonly string[];
  /** Share of packets that are lost, each by itself, 0..1. */
  readonly loss: number;
  /** Bursts, counted in packets, of one of its links; null = none. */
  readonly burst: { readonly meanGap: number; readonly meanLength: number } | null;
  /** There and back, without jitter, microseconds. */
  readonly roundTripUs: number;
  /** There and back at its worst: with all of the jitter and the delay of reordering. */
  readonly longestRoundTripUs: number;
}

/** A sentence that says what the closed form does not cover. */
export interface NotCovered {
  readonly why: string;
}

/** Narrower links make heartbeats wait for other packets; wider ones do not matter for 98 bytes. */
const NARROW_BPS = 1e6;

/** The control paths of a pair, or why what they lose cannot be computed. */
export function controlLosses(scenario: ResolvedScenario): readonly PathLoss[] | NotCovered {
  const found: PathLoss[] = [];
  if (scenario.aws !== undefined) return []; // The network of the model's VPC loses no packet of its own.
  const [first = '', second = ''] = Object.keys(scenario.devices);
  const peers = controlPaths(scenario, 1);
  for (const { name, port } of controlPaths(scenario, 0)) {
    const peerPort = peers.find((peer) => peer.name === name)?.port;
    const links = linksBetween(scenario, `${first}:${port}`, `${second}:${peerPort}`);
    if (links === null) return { why: `${name} has no single way between the firewalls` };
    const loss = lossOf(scenario, name, links);
    if ('why' in loss) return loss;
    found.push(loss);
  }
  const shared = found.flatMap(({ links }) => links);
  if (new Set(shared).size < shared.length) return { why: 'two control paths share a link' };
  return found;
}

function lossOf(scenario: ResolvedScenario, name: string, links: readonly string[]): PathLoss | NotCovered {
  const settings = links.map((link) => scenario.network.links[link] as LinkSettings);
  const bursts = settings.flatMap((link) => link['burst-loss'] ?? []);
  const [burst] = bursts;
  if (bursts.length > 1) return { why: `two links of ${name} lose packets in bursts` };
  if (settings.some(({ duplicate }) => (duplicate ?? 0) > 0)) return { why: `${name} duplicates packets` };
  if (settings.some(({ bandwidth = Infinity }) => bandwidth < NARROW_BPS))
    return { why: `${name} has a link below 1 Mbps, where heartbeats wait for other packets` };
  const oneWayUs = sum(settings.map(({ latency = 0 }) => latency));
  const worstUs = sum(settings.map(({ jitter = 0, reorder }) => jitter + (reorder?.delay ?? 0)));
  return {
    name,
    links,
    loss: 1 - settings.reduce((passes, { loss = 0 }) => passes * (1 - loss), 1),
    burst: burst === undefined ? null : { meanGap: burst['mean-gap'], meanLength: burst['mean-length'] },
    roundTripUs: 2 * oneWayUs,
    longestRoundTripUs: 2 * (oneWayUs + worstUs),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * The links on the only shortest way between two ends, through switches alone.
 *
 * @param from `palo-1:management`, or the name of a switch, a host or a router
 * @param through whether packets pass through this node; switches do unless told
 * @returns null when there is none, or more than one
 */
export function linksBetween(
  scenario: Pick<ResolvedScenario, 'network'>,
  from: string,
  to: string,
  through: (node: string) => boolean = (node) => Object.hasOwn(scenario.network.switches, node),
): readonly string[] | null {
  const links = Object.entries(scenario.network.links);
  let ways: { readonly end: string; readonly links: readonly string[] }[] = [{ end: from, links: [] }];
  const visited = new Set([from]);
  while (ways.length > 0) {
    const next = ways.flatMap((way) =>
      links.flatMap(([name, { between }]) => {
        const other = otherEnd(between, way.end);
        return other === null || visited.has(other) ? [] : [{ end: other, links: [...way.links, name] }];
      }),
    );
    const there = next.filter(({ end }) => end === to);
    if (there.length > 0) return there.length === 1 ? (there[0]?.links ?? null) : null;
    for (const { end } of next) visited.add(end);
    ways = next.filter(({ end }) => through(end));
  }
  return null;
}

function otherEnd(between: readonly [string, string], end: string): string | null {
  if (between[0] === end) return between[1];
  return between[1] === end ? between[0] : null;
}
