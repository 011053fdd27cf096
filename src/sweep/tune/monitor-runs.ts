/**
 * How often path monitoring gives up a healthy way, because so many pings in a row happen to be lost: the closed form of false failovers
 * that begin at a monitor.
 *
 * Unreachable after `ping-count` losses; the active then stays for the hold-up times, and one answered ping within them
 * ends it. So the run has to be as long as both together.
 */

import { groupsOf, type PathGroupPlace } from './path-groups.ts';
import { timersOf } from '../../run/ha-settings.ts';
import type { Device } from '../../scenario/schema/device.ts';
import type { LinkSettings } from '../../scenario/schema/network.ts';
import type { ResolvedScenario } from '../../scenario/schema/scenario.ts';
import { linksBetween, type NotCovered } from './control-loss.ts';

/** A run of lost pings, as it is counted. */
export interface PingRun {
  readonly intervalUs: number;
  readonly count: number;
  /** From the verdict until the active leaves. */
  readonly holdUs: number;
  readonly roundTripUs: number;
  /** Share of pings without a reply, 0..1. */
  readonly lost: number;
}

/** Pings in a row that have to be lost. */
export function pingsToLose({ intervalUs, count, holdUs, roundTripUs }: PingRun): number {
  const answerable = Math.ceil((holdUs - roundTripUs) / intervalUs);
  return count + Math.max(0, answerable);
}

/** Such runs per second: one begins behind every ping that is answered. */
export function failuresByPings(run: PingRun): number {
  return ((1 - run.lost) * run.lost ** pingsToLose(run) * 1e6) / run.intervalUs;
}

/** What the monitored ways of one firewall lose, or why it cannot be computed. */
export function pingRuns(scenario: ResolvedScenario, index: number): readonly PingRun[] | NotCovered {
  const [name, device] = Object.entries(scenario.devices)[index] as [string, Device];
  const monitoring = device['high-availability'].monitoring['path-monitoring'];
  const groups = groupsOf(device);
  const lossy = dataLinks(scenario).filter(isLossy);
  if (groups.length === 0 || lossy.length === 0) return [];
  const timers = timersOf(device);
  const runs: PingRun[] = [];
  for (const { type, group } of groups) {
    const destinations = Object.values(group['destination-group']).flatMap((part) => part['destination-ip']);
    for (const destination of destinations) {
      const links = type === 'virtual-router' ? wayTo(scenario, name, destination) : null;
      if (links === null) return { why: `the way of ${name} to ${destination} is not on one segment` };
      const way = links.map((link) => scenario.network.links[link] as LinkSettings);
      if (way.some((link) => link['burst-loss'] !== undefined))
        return { why: `users share the link whose bursts lose pings of ${name}` };
      const oneWay = way.reduce((passes, { loss = 0 }) => passes * (1 - loss), 1);
      runs.push({
        intervalUs: group['ping-interval'],
        count: group['ping-count'],
        holdUs: timers.monitorFailHoldUpUs + timers.additionalMasterHoldUpUs,
        roundTripUs: 2 * way.reduce((sum, { latency = 0 }) => sum + latency, 0),
        lost: 1 - oneWay ** 2,
      });
    }
  }
  const losing = runs.filter(({ lost }) => lost > 0);
  if (losing.length > 1 && !anyIsEnough(monitoring['failure-condition'], groups))
    return { why: `${name} fails only when several monitored ways fail together` };
  return losing;
}

function anyIsEnough(overall: 'any' | 'all', groups: readonly PathGroupPlace[]): boolean {
  const conditions = groups.flatMap(({ group }) => [
    group['failure-condition'],
    ...Object.values(group['destination-group']).map((part) => part['failure-condition']),
  ]);
  return overall === 'any' && conditions.every((condition) => condition === 'any');
}

function dataLinks(scenario: ResolvedScenario): LinkSettings[] {
  const names = Object.keys(scenario.devices);
  return Object.values(scenario.network.links).filter(
    ({ between }) =>
      !between.every((end) => names.some((name) => end === name || end.startsWith(`${name}:`))),
  );
}

function isLossy(link: LinkSettings): boolean {
  return (link.loss ?? 0) > 0 || link['burst-loss'] !== undefined;
}

/** The links from a firewall to an address on one of its own segments. */
function wayTo(scenario: ResolvedScenario, device: string, address: string): readonly string[] | null {
  const end = endOf(scenario, address);
  if (end === null) return null;
  const ports = Object.values(scenario.network.links)
    .flatMap(({ between }) => between)
    .filter((port) => port.startsWith(`${device}:ethernet`));
  const ways = ports.flatMap((port) => {
    const links = linksBetween(scenario, port, end);
    return links === null ? [] : [links];
  });
  return ways.length === 1 ? (ways[0] ?? null) : null;
}

function endOf({ network }: ResolvedScenario, address: string): string | null {
  const has = (cidr: string): boolean => cidr.startsWith(`${address}/`);
  for (const [name, { interfaces }] of Object.entries(network.routers)) {
    const found = Object.entries(interfaces).find(([, { ip }]) => has(ip));
    if (found !== undefined) return `${name}:${found[0]}`;
  }
  return Object.entries(network.hosts).find(([, { ip }]) => has(ip))?.[0] ?? null;
}
