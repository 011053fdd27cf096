/**
 * LACP on a data port: the port passes frames only when it has negotiated with the switch (D20; ).
 *
 * A firewall that serves always negotiates; with pre-negotiation one that does not serve does so too, as long as its ports are
 * lit (passive-link-state auto), so that a takeover need not wait. The bundle (ae1) has this one member.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Port } from '../network/link.ts';

export interface LacpSettings {
  /** PAN-OS `lacp high-availability passive-pre-negotiation`. */
  readonly preNegotiation: boolean;
}

/** The negotiation of one port. `schedule` sets the event that ends it. */
export class Lacp {
  readonly settings: LacpSettings;
  readonly #simulation: Simulation;
  readonly #port: Port;
  readonly #schedule: () => Handle;
  #speaks = false;
  #negotiated = false;
  #pending: Handle = NO_HANDLE;

  constructor(simulation: Simulation, port: Port, settings: LacpSettings, schedule: () => Handle) {
    this.#simulation = simulation;
    this.#port = port;
    this.settings = settings;
    this.#schedule = schedule;
  }

  get negotiated(): boolean {
    return this.#negotiated;
  }

  /** Has long spoken to the switch, or not. */
  begin(speaks: boolean): void {
    this.#speaks = speaks;
    this.#settle(speaks);
  }

  /**
   * The port may speak LACP from now on, or must not; also to be called when carrier has come or gone.
   *
   * @param speaks lit and, without pre-negotiation, enabled to forward
   */
  follow(speaks: boolean): void {
    this.#speaks = speaks;
    if (!speaks || !this.#port.carrier) {
      this.#simulation.cancel(this.#pending);
      this.#settle(false);
    } else if (!this.#negotiated && !this.#simulation.isPending(this.#pending)) {
      this.#pending = this.#schedule();
    }
  }

  /** Carrier has come or gone. */
  carrierChanged(): void {
    this.follow(this.#speaks);
  }

  /** The switch has agreed. */
  agreed(): void {
    this.#settle(true);
  }

  /** The bundle is no more: the port passes frames as any other. */
  dissolve(): void {
    this.#simulation.cancel(this.#pending);
    this.#port.open();
  }

  #settle(negotiated: boolean): void {
    this.#negotiated = negotiated;
    if (negotiated) this.#port.open();
    else this.#port.close(Number.POSITIVE_INFINITY, this.#simulation.cause);
  }
}
