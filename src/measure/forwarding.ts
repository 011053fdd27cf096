/**
 * One firewall of the pair over time, as far as the trace tells: whether it works, which of its data ports forward, and which
 * interface is in which zone.
 *
 * A port forwards from the record that says so until the firewall stops to receive transit packets, or, with LACP, until the
 * bundle loses its carrier.
 */

import { forwardsTraffic, type Role } from '../ha/role.ts';
import type { TraceRecord } from '../kernel/trace.ts';

/** A data port: the zone of its interface (a port of a virtual wire or VLAN is a zone of its own), null without an interface. */
export interface DataPortPlan {
  readonly zone: string | null;
  readonly lacp: boolean;
}

export interface DevicePlan {
  readonly name: string;
  /** Its data ports that are cabled, by name. */
  readonly ports: Readonly<Record<string, DataPortPlan>>;
}

export class Forwarding {
  readonly name: string;
  readonly #ports = new Map<string, DataPortPlan>();
  readonly #ready = new Set<string>();
  #role: Role | null = null;
  #works = true;

  constructor({ name, ports }: DevicePlan) {
    this.name = name;
    for (const [port, plan] of Object.entries(ports)) this.#ports.set(port, plan);
  }

  /** Takes a record about this firewall. */
  observe({ kind, data }: TraceRecord): void {
    if (kind === 'role') this.#become(data['to'] as Role, data['rule'] === 'converged');
    else if (kind === 'power') this.#become(null, false);
    else if (kind === 'dataplane') {
      this.#works = data['state'] === 'restarted';
      this.#ready.clear();
    } else if (kind === 'port') this.#ready.add(String(data['interface']));
    // A boot begins with a dataplane that works.
    if (kind === 'power') this.#works = true;
  }

  #become(role: Role | null, ready: boolean): void {
    this.#role = role;
    if (ready && forwardsTraffic(role)) for (const port of this.#ports.keys()) this.#ready.add(port);
    // A tentative firewall keeps its ports as they are, for its peer.
    else if (!forwardsTraffic(role) && role !== 'tentative') this.#ready.clear();
  }

  /** The port, the one member of a bundle, lost its carrier: it forwards when LACP has agreed anew. */
  carrierLost(port: string): void {
    if (this.#ports.get(port)?.lacp === true) this.#ready.delete(port);
  }

  /** Its interfaces from now on; those of no known zone pass nothing. */
  configure(interfaces: readonly string[], zoneOf: (port: string) => string | null): void {
    for (const [port, plan] of this.#ports) {
      const zone = interfaces.includes(port) ? zoneOf(port) : bridged(plan, port);
      this.#ports.set(port, { ...plan, zone });
    }
  }

  zoneOf(port: string): string | null {
    return this.#ports.get(port)?.zone ?? null;
  }

  get role(): Role | null {
    return this.#role;
  }

  /** The dataplane works. */
  get works(): boolean {
    return this.#works;
  }

  get serves(): boolean {
    return this.#works && forwardsTraffic(this.#role);
  }

  ready(port: string): boolean {
    return this.#ready.has(port);
  }

  /** Ports with an interface, in the order of the plan. */
  get ports(): readonly string[] {
    return [...this.#ports].filter(([, { zone }]) => zone !== null).map(([port]) => port);
  }

  portsIn(zone: string): readonly string[] {
    return [...this.#ports].filter(([, plan]) => plan.zone === zone).map(([port]) => port);
  }
}

/** Virtual wires and VLANs are no interfaces with zones, and no commit of a scenario changes them. */
function bridged({ zone }: DataPortPlan, port: string): string | null {
  return zone === port ? port : null;
}
