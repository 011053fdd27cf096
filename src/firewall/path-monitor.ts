/**
 * Path monitoring: pings to destinations; so many in a row without a reply make one unreachable (D06; ).
 *
 * Three levels of any or all: the addresses of a destination group, the destination groups of a path group, the path
 * groups of all three types (virtual routers, virtual wires, VLANs) together. From a virtual router the active pings with the interface's virtual MAC. A passive with its ports lit pings too (D01), with the port's
 * own MAC address, so that the replies come to it and no switch is misled.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { formatIp } from '../network/address.ts';
import { FRAME, makeFrame, type Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import { conditionMet, type MonitorOwner } from './link-monitor.ts';
import type { ProbeExit } from './probe-exit.ts';
import type { FlowNumbers } from '../traffic/flow-numbers.ts';
import type { FirewallRoutes } from './routes.ts';
import type { Monitoring, PathGroup } from './settings.ts';

export interface PathMonitorOwner extends MonitorOwner {
  /** The way out for a ping of this group; null while there is none (no address, ports dark or coming up). */
  probeExit(group: PathGroup, destination: number): ProbeExit | 'flapping' | null;
}

/** One destination that is pinged. */
export class PathProbe {
  readonly destination: number;
  readonly #monitor: PathMonitor;
  readonly #network: Network;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  /** What its packets are known by. */
  readonly flow: number;
  readonly #track: number;
  readonly #intervalUs: number;
  readonly #count: number;
  readonly #group: PathGroup;
  #sequence = 0;
  #outstanding = -1;
  #misses = 0;
  #missedBy = 0;
  #next: Handle = NO_HANDLE;
  reachable = true;

  constructor(
    monitor: PathMonitor,
    network: Network,
    routes: FirewallRoutes,
    numbers: FlowNumbers,
    destination: number,
    group: PathGroup,
  ) {
    this.#monitor = monitor;
    this.#network = network;
    this.#routes = routes;
    this.#number = routes.pathPing.add(this);
    this.flow = numbers.take(); // The ping may pass through the other firewall, which makes it a session.
    this.#track = network.track();
    this.destination = destination;
    this.#intervalUs = group.pingIntervalUs;
    this.#count = group.pingCount;
    this.#group = group;
  }

  start(phaseUs: number): void {
    this.#next = this.#routes.pathPing.schedule(phaseUs, this.#number);
  }

  stop(): void {
    this.#network.simulation.cancel(this.#next);
    this.#outstanding = -1;
    this.#misses = 0;
    this.reachable = true;
  }

  /** One interval has passed: was the last ping answered? Then the next. */
  tick(): void {
    this.#network.simulation.cause = 0;
    this.#next = this.#routes.pathPing.schedule(this.#intervalUs, this.#number);
    if (this.#outstanding >= 0 && this.#exit() !== null) this.#missed();
    const exit = this.#exit(); // The miss may have cost the role just now, and with it the virtual MAC address.
    if (exit !== null) this.#ping(exit);
  }

  #exit(): ProbeExit | null {
    const exit = this.#monitor.exitTo(this.#group, this.destination);
    if (exit === 'flapping') {
      this.#outstanding = -1; // Neither counted nor forgiven.
      return null;
    }
    if (exit === null) this.#pause();
    return exit;
  }

  #ping(exit: ProbeExit): void {
    this.#sequence += 1;
    this.#outstanding = this.#sequence;
    const options = { flow: this.flow, sequence: this.#sequence, track: this.#track };
    exit.send(makeFrame(FRAME.echoRequest, 0, 0, exit.sourceIp, this.destination, options));
  }

  /** Nothing can be said: what cannot be tested counts as reachable (R-046, R-053 "undetectable"). */
  #pause(): void {
    this.#outstanding = -1;
    this.#misses = 0;
    this.#setReachable(true, this.#network.simulation.cause);
  }

  #missed(): void {
    this.#misses += 1;
    const lostTo = this.#network.lossCause(this.#track);
    if (lostTo !== 0) this.#missedBy = lostTo;
    if (this.#misses >= this.#count) this.#setReachable(false, this.#missedBy);
  }

  answered(sequence: number): void {
    if (sequence !== this.#outstanding) return;
    this.#outstanding = -1;
    this.#misses = 0;
    this.#missedBy = 0;
    this.#setReachable(true, this.#network.simulation.cause);
  }

  #setReachable(reachable: boolean, cause: number): void {
    if (this.reachable === reachable) return;
    this.reachable = reachable;
    this.#monitor.changed(this, cause);
  }
}

export class PathMonitor {
  readonly #owner: PathMonitorOwner;
  readonly #simulation: Simulation;
  readonly #monitoring: Monitoring<PathGroup>;
  readonly #groups: readonly {
    readonly group: PathGroup;
    readonly probes: readonly (readonly PathProbe[])[];
  }[];
  readonly #byFlow = new Map<number, PathProbe>();
  #failed = false;

  constructor(
    owner: PathMonitorOwner,
    network: Network,
    routes: FirewallRoutes,
    numbers: FlowNumbers,
    monitoring: Monitoring<PathGroup>,
  ) {
    this.#owner = owner;
    this.#simulation = network.simulation;
    this.#monitoring = monitoring;
    this.#groups = monitoring.groups.map((group) => ({
      group,
      probes: group.destinationGroups.map((destinations) =>
        destinations.destinations.map((ip) => new PathProbe(this, network, routes, numbers, ip, group)),
      ),
    }));
    for (const probe of this.#all()) this.#byFlow.set(probe.flow, probe);
  }

  /** Starts the pings; `phaseUs` gives each its place within its interval. */
  start(phaseUs: (intervalUs: number) => number): void {
    if (!this.#monitoring.enabled) return;
    for (const { group, probes } of this.#groups) {
      for (const probe of probes.flat()) probe.start(phaseUs(group.pingIntervalUs));
    }
  }

  stop(): void {
    for (const probe of this.#all()) probe.stop();
    this.#failed = false;
  }

  #all(): readonly PathProbe[] {
    return this.#groups.flatMap(({ probes }) => probes.flat());
  }

  exitTo(group: PathGroup, destination: number): ProbeExit | 'flapping' | null {
    return this.#owner.probeExit(group, destination);
  }

  /** A reply to one of this firewall's own pings. */
  receive(frame: Frame): void {
    this.#byFlow.get(frame.flow)?.answered(frame.sequence);
  }

  changed(probe: PathProbe, cause: number): void {
    const { name } = this.#owner;
    const destination = formatIp(probe.destination);
    const record = this.#simulation.note('path', name, { destination, reachable: probe.reachable }, cause);
    this.#judge(record);
  }

  restate(): void {
    if (this.#failed) this.#owner.monitorVerdict('path', true, this.#simulation.cause);
  }

  #judge(cause: number): void {
    const failed = conditionMet(
      this.#monitoring.failureCondition,
      this.#groups.map(({ group, probes }) =>
        conditionMet(
          group.failureCondition,
          probes.map((list, index) =>
            conditionMet(
              group.destinationGroups[index]?.failureCondition ?? 'any',
              list.map((probe) => !probe.reachable),
            ),
          ),
        ),
      ),
    );
    if (failed === this.#failed) return;
    this.#failed = failed;
    const record = this.#simulation.note('monitor', this.#owner.name, { monitor: 'path', failed }, cause);
    this.#owner.monitorVerdict('path', failed, record);
  }
}
