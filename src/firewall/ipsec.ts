/**
 * IPsec tunnels that end at a firewall. The SAs of phase 2 are sessions of its table, and HA2 carries them; IKE phase 1 is not
 * carried, so a firewall that takes over decrypts at once and negotiates phase 1 anew (R-110; K25, C21).
 *
 * A tunnel is known by the number of its flow. Without its SA, its packets are dropped until phases 1 and 2 are negotiated. The
 * negotiation is a time (`unpublished.ike-negotiation-time`), not packets; it begins when a packet of the tunnel comes in.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Frame } from '../network/frame.ts';
import type { SessionSync } from '../traffic/session-sync.ts';
import type { SessionTable } from '../traffic/session-table.ts';

export const IPSEC_EVENTS = ['ike.negotiated'] as const;

/** The events that all tunnels of a run share. */
export class IpsecRoutes {
  readonly negotiated: Route<Tunnels>;

  constructor(simulation: Simulation) {
    this.negotiated = new Route(simulation, 'ike.negotiated', (item, flow, _, tunnel) => {
      item.negotiated(flow, tunnel as string);
    });
  }
}

export class Tunnels {
  readonly #name: string;
  readonly #simulation: Simulation;
  readonly #routes: IpsecRoutes;
  readonly #number: number;
  readonly #negotiationUs: number;
  readonly #table: SessionTable;
  readonly #sync: SessionSync;
  /** Negotiations of phase 1 by flow; done when the handle is not pending any more. */
  readonly #phase1 = new Map<number, Handle>();
  #takenBy = 0;

  /** @param name of the firewall */
  constructor(
    name: string,
    simulation: Simulation,
    routes: IpsecRoutes,
    negotiationUs: number,
    sessions: { readonly table: SessionTable; readonly sync: SessionSync },
  ) {
    this.#name = name;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.negotiated.add(this);
    this.#negotiationUs = negotiationUs;
    this.#table = sessions.table;
    this.#sync = sessions.sync;
  }

  /** The service has come or gone because of the record in force: no phase 1 is known. */
  forget(): void {
    for (const handle of this.#phase1.values()) this.#simulation.cancel(handle);
    this.#phase1.clear();
    this.#takenBy = this.#simulation.cause;
  }

  /**
   * A packet of a tunnel has come in.
   *
   * @returns whether its SA is known, so that it is decrypted
   */
  receive({ flow, body }: Frame): boolean {
    const sa = this.#table.get(flow);
    if (sa !== undefined) sa.lastUs = this.#simulation.nowUs;
    const phase1 = this.#phase1.get(flow);
    const negotiating = this.#simulation.isPending(phase1 ?? NO_HANDLE);
    if (!negotiating && (phase1 === undefined || sa === undefined)) {
      if (sa === undefined) this.#note(body as string, 'no SA');
      this.#simulation.assume('ike-negotiation-time');
      this.#phase1.set(
        flow,
        this.#routes.negotiated.schedule(this.#negotiationUs, this.#number, flow, 0, body),
      );
    }
    return sa !== undefined;
  }

  negotiated(flow: number, tunnel: string): void {
    if (this.#table.isOver(flow)) return;
    if (this.#table.get(flow) !== undefined) return this.#note(tunnel, 'phase-1 renegotiated');
    this.#sync.added(this.#table.create(flow, 'esp', this.#simulation.nowUs));
    this.#note(tunnel, 'phase-1 and phase-2 negotiated');
  }

  #note(tunnel: string, step: string): void {
    this.#simulation.note('ike', this.#name, { tunnel, step }, this.#takenBy);
  }
}
