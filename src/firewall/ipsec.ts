/**
 * IPsec tunnels that end at a firewall. The SAs of phase 2 are sessions of its table, and HA2 carries them; IKE phase 1 is not
 * carried, so a firewall that takes over decrypts at once and negotiates phase 1 anew (R-110; K25, C21).
 *
 * A tunnel is known by the number of its flow. Without its SA, its packets are dropped until phases 1 and 2 are negotiated. The
 * negotiation is a time (`unpublished.ike-negotiation-time`), not packets; it begins when a packet of the tunnel comes in.
 */

import { sampler } from '../kernel/distribution.ts';
import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { RandomStream } from '../kernel/random.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Frame } from '../network/frame.ts';
import type { SessionSync } from '../traffic/session-sync.ts';
import type { SessionTable } from '../traffic/session-table.ts';
import type { FirewallSettings } from './settings.ts';

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
  /** How long the service takes to come back after a takeover; null = it is there at once. */
  readonly #warmUpUs: (() => number) | null;
  readonly #table: SessionTable;
  readonly #sync: SessionSync;
  /** Negotiations of phase 1 by flow; done when the handle is not pending any more. */
  readonly #phase1 = new Map<number, Handle>();
  #takenBy = 0;
  /** It has taken over and answers nobody before this time; null = not known before the first packet. Undefined = it answers. */
  #coldUntilUs: number | null | undefined = undefined;

  constructor(
    { name, assumptions }: FirewallSettings,
    simulation: Simulation,
    routes: IpsecRoutes,
    sessions: { readonly table: SessionTable; readonly sync: SessionSync },
  ) {
    this.#name = name;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.negotiated.add(this);
    this.#negotiationUs = assumptions.ikeNegotiationUs;
    this.#warmUpUs = assumptions.serviceWarmUp
      ? warmUp(simulation.random.stream(`${name}/service-warm-up`))
      : null;
    this.#table = sessions.table;
    this.#sync = sessions.sync;
  }

  /** The service has come or gone because of the record in force: no phase 1 is known. */
  forget(): void {
    for (const handle of this.#phase1.values()) this.#simulation.cancel(handle);
    this.#phase1.clear();
    this.#takenBy = this.#simulation.cause;
    if (this.#warmUpUs !== null) this.#coldUntilUs = null;
  }

  /**
   * A packet of a tunnel has come in.
   *
   * @returns whether its SA is known, so that it is decrypted
   */
  receive({ flow, body }: Frame): boolean {
    if (this.#warmUpUs !== null && this.#isCold(this.#warmUpUs)) return false;
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

  /** Reported of one portal on AWS, and not explained (reference aws-ha.md, sections 7.1 and 9). */
  #isCold(warmUpUs: () => number): boolean {
    if (this.#coldUntilUs === undefined) return false;
    this.#simulation.assume('aws-service-warm-up');
    const { nowUs } = this.#simulation;
    this.#coldUntilUs ??= nowUs + warmUpUs();
    if (nowUs < this.#coldUntilUs) return true;
    this.#coldUntilUs = undefined;
    return false;
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

function warmUp(stream: RandomStream): () => number {
  return sampler({ kind: 'uniform', minUs: 120_000_000, maxUs: 180_000_000 }, stream);
}
