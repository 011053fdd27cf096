/**
 * The routes that a firewall learns from its routing neighbours, and those that it holds for the day on which it takes over.
 *
 * The passive has the forwarding table that HA2 carries (D12): with graceful restart it forwards at once when it becomes active
 * . In an active/active pair each device has adjacencies and routes of its own.
 */

import type { Frame } from '../network/frame.ts';
import type { IpInterface } from '../network/ip-interface.ts';
import type { NeighborSettings } from '../network/neighbor.ts';
import type { RoutingEvents } from '../network/routing-events.ts';
import { RoutingProcess, type RoutingNode } from '../network/routing-process.ts';
import type { RoutingTable } from '../network/routing.ts';
import type { SyncItem } from '../traffic/session-sync.ts';
import type { DataPort } from './data-port.ts';

/** What the routes belong to. */
export interface DynamicRoutesOwner {
  readonly name: string;
  interfaces(): readonly IpInterface[];
  /** Routes through a neighbour have become usable, or are not any more. */
  learned(item: SyncItem): void;
}

export class DynamicRoutes implements RoutingNode {
  readonly #owner: DynamicRoutesOwner;
  readonly #process: RoutingProcess;
  /** Neighbours whose routes the peer's forwarding table has. */
  readonly #held = new Set<string>();
  #table: RoutingTable | null = null;

  constructor(owner: DynamicRoutesOwner, events: RoutingEvents) {
    this.#owner = owner;
    this.#process = new RoutingProcess(this, events);
  }

  get name(): string {
    return this.#owner.name;
  }

  interfaces(): readonly IpInterface[] {
    return this.#owner.interfaces();
  }

  /** Has these neighbours from now on, and puts what it learns into this table. */
  configure(neighbors: readonly NeighborSettings[], table: RoutingTable): void {
    this.#table = table;
    this.#process.configure(neighbors);
    this.#fill();
  }

  // --- the process starts and stops ----------------------------------------------------------------------------------

  /** Begins with adjacencies that have long been up. */
  begin(randomPhase: boolean): void {
    this.#process.begin(randomPhase);
    this.#fill();
  }

  /** Begins with the table of a peer whose adjacencies have long been up. */
  beginHolding(): void {
    for (const neighbor of this.#process.neighbors()) this.#held.add(neighbor);
  }

  /** The firewall has packets to send and receive from now on. @param forwarding with the table that is held */
  start(forwarding: boolean): void {
    this.#process.start(forwarding ? this.#held : new Set());
  }

  /** @param hold the forwarding table stays as it is, for another time */
  stop(hold: boolean): void {
    this.#held.clear();
    if (hold) for (const neighbor of this.#process.usable()) this.#held.add(neighbor);
    this.#process.stop();
    this.#fill();
  }

  forget(): void {
    this.#held.clear();
  }

  // --- what happens --------------------------------------------------------------------------------------------------

  receive(frame: Frame): void {
    this.#process.receive(frame);
  }

  /** Carrier has come or gone at a port, or it has begun to pass frames. */
  linkChanged({ port }: DataPort): void {
    this.#process.linkChanged(port, port.carrier);
  }

  routesChanged(neighbor: string, usable: boolean): void {
    this.#fill();
    this.#owner.learned({ op: 'route', neighbor, usable });
  }

  #fill(): void {
    this.#table?.setLearned(this.#process.routes());
  }

  // --- as HA2 carries them -------------------------------------------------------------------------------------------

  items(): readonly SyncItem[] {
    return this.#process.usable().map((neighbor) => ({ op: 'route', neighbor, usable: true }) as const);
  }

  /** Takes over what the peer tells. */
  learn(items: readonly SyncItem[]): void {
    for (const item of items) {
      if (item.op !== 'route') continue;
      if (item.usable) this.#held.add(item.neighbor);
      else this.#held.delete(item.neighbor);
    }
  }
}
