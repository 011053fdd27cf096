/**
 * A data port of a firewall: dark, coming up, or lit; and whether it forwards yet.
 *
 * With passive-link-state shutdown the passive's ports are dark and take seconds to come up at a takeover; with auto they
 * are lit all along and only need a moment to be enabled (section 9, K12, C01). Which of the two delays applies follows from
 * the port's state, not from the setting, so a node that goes active straight from `initial` pays the long one.
 *
 * A port that stops serving goes dark for a moment and comes back (R-143; K15 and D08 disagree on which media do): that is
 * what makes the switch forget the virtual MAC address behind it. With LACP pre-negotiation it does not (R-144, K15).
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Frame } from '../network/frame.ts';
import type { Port } from '../network/link.ts';
import { Lacp, type LacpSettings } from './lacp.ts';
import type { FirewallRoutes } from './routes.ts';

export interface DataPortOwner {
  receiveData(port: DataPort, frame: Frame): void;
  /** Carrier came or went, or the port was lit or made dark by the firewall itself. */
  portChanged(port: DataPort): void;
  portReady(port: DataPort): void;
  /** LACP has come to an agreement with the switch; the port may or may not be ready now. */
  portNegotiated(port: DataPort): void;
}

/** How long things take at a port, in microseconds. */
export interface PortTimes {
  /** From dark to carrier. */
  readonly bringUpUs: number;
  /** From lit to forwarding. */
  readonly enableUs: number;
  /** Darkness after serving; 0 = the port does not flap. */
  readonly flapUs: number;
  /** From speaking LACP to the switch agreeing. */
  readonly negotiationUs: number;
}

/** What a `port.ready` event says: the port is enabled, or LACP has negotiated. */
const READY = { enabled: 0, negotiated: 1 } as const;

export class DataPort {
  readonly port: Port;
  readonly mac: number;
  readonly #owner: DataPortOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #times: PortTimes;
  #state: 'dark' | 'coming' | 'flapping' | 'lit' = 'dark';
  #serving = false;
  #ready = false;
  #pending: Handle = NO_HANDLE;
  #lacp: Lacp | null = null;

  constructor(
    owner: DataPortOwner,
    simulation: Simulation,
    routes: FirewallRoutes,
    port: Port,
    mac: number,
    times: PortTimes,
  ) {
    this.#owner = owner;
    this.#simulation = simulation;
    this.#routes = routes;
    this.port = port;
    this.mac = mac;
    this.#times = times;
    this.#number = routes.portLight.add(this);
    routes.portReady.add(this);
    port.setLit(false);
  }

  get name(): string {
    return this.port.name;
  }

  /** The firewall has the port enabled and its bring-up is over: a missing carrier is a failure. */
  get lit(): boolean {
    return this.#state === 'lit';
  }

  /** Dark for a moment by its own doing: nothing can be said of the cable, and what was known stays known. */
  get flapping(): boolean {
    return this.#state === 'flapping';
  }

  /** Transit packets pass. */
  get ready(): boolean {
    return this.#ready && this.negotiated;
  }

  /** LACP has nothing against frames on this port. */
  get negotiated(): boolean {
    return this.#lacp === null || this.#lacp.negotiated;
  }

  /** The port is the one member of a bundle with LACP, or (null) of none. */
  bundle(settings: LacpSettings | null): void {
    if (settings?.preNegotiation === this.#lacp?.settings.preNegotiation) return;
    this.#lacp?.dissolve();
    const agree = (): Handle => {
      this.#simulation.assume('lacp-negotiation');
      return this.#routes.portReady.schedule(this.#times.negotiationUs, this.#number, READY.negotiated);
    };
    this.#lacp = settings === null ? null : new Lacp(this.#simulation, this.port, settings, agree);
    this.#lacp?.begin(false);
    this.#speak();
  }

  /** Lights the port and lets it forward at once: a pair that has long been up. */
  begin(lit: boolean, serving: boolean): void {
    this.#state = lit ? 'lit' : 'dark';
    this.#serving = serving;
    this.#ready = lit && serving;
    this.port.setLit(lit);
    this.#lacp?.begin(this.#mayNegotiate());
  }

  /** Follows the role. */
  follow(lit: boolean, serving: boolean): void {
    const served = this.#serving;
    this.#serving = serving;
    if (!lit) return this.#darken();
    if (this.#state === 'dark') {
      this.#state = 'coming';
      this.#pending = this.#routes.portLight.schedule(this.#times.bringUpUs, this.#number);
    } else if (this.#state === 'lit') {
      const resets = this.#lacp?.settings.preNegotiation !== true;
      if (served && !serving && resets) {
        this.#simulation.assume('port-flap');
        this.#simulation.assume('port-flap-media');
      }
      if (served && !serving && resets && this.#times.flapUs > 0) this.#flap();
      else this.#enable();
    }
  }

  #mayNegotiate(): boolean {
    return this.#lacp?.settings.preNegotiation === true ? this.lit : this.#ready;
  }

  #speak(): void {
    this.#lacp?.follow(this.#mayNegotiate());
  }

  #flap(): void {
    this.#simulation.cancel(this.#pending);
    this.#ready = false;
    this.#state = 'flapping';
    this.#speak();
    this.port.setLit(false);
    this.#pending = this.#routes.portLight.schedule(this.#times.flapUs, this.#number);
  }

  #darken(): void {
    this.#simulation.cancel(this.#pending);
    this.#ready = false;
    if (this.#state === 'dark') return;
    this.#state = 'dark';
    this.#speak();
    this.port.setLit(false);
    this.#owner.portChanged(this);
  }

  #enable(): void {
    this.#simulation.cancel(this.#pending);
    if (!this.#serving) {
      this.#ready = false;
      this.#speak();
    } else if (!this.#ready) {
      this.#simulation.assume('port-bring-up-auto');
      this.#pending = this.#routes.portReady.schedule(this.#times.enableUs, this.#number);
    }
  }

  light(): void {
    if (this.#state === 'coming') this.#simulation.assume('port-bring-up-shutdown');
    this.#state = 'lit';
    this.port.setLit(true);
    this.#owner.portChanged(this);
    if (this.#serving) this.becomeReady();
    else this.#speak();
  }

  /** A `port.ready` event: one of two conditions holds, and the port is ready when both do. */
  meets(condition: number): void {
    if (condition === READY.enabled) return this.becomeReady();
    this.#lacp?.agreed();
    this.#owner.portNegotiated(this);
    if (this.ready) this.#owner.portReady(this);
  }

  becomeReady(): void {
    this.#ready = true;
    this.#speak();
    if (this.negotiated) this.#owner.portReady(this);
  }

  receive(frame: Frame): void {
    this.#owner.receiveData(this, frame);
  }

  carrierChanged(): void {
    this.#lacp?.carrierChanged();
    this.#owner.portChanged(this);
  }
}
