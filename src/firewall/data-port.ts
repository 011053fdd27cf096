/**
 * A data port of a firewall: dark, coming up, or lit; and whether it forwards yet.
 *
 * With passive-link-state shutdown the passive's ports are dark and take seconds to come up at a takeover; with auto they
 * are lit all along and only need a moment to be enabled (section 9, K12, C01). Which of the two delays applies follows from
 * the port's state, not from the setting, so a node that goes active straight from `initial` pays the long one.
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Frame } from '../network/frame.ts';
import type { Port } from '../network/link.ts';
import type { FirewallRoutes } from './routes.ts';

export interface DataPortOwner {
  receiveData(port: DataPort, frame: Frame): void;
  /** Carrier came or went, or the port was lit or made dark by the firewall itself. */
  portChanged(port: DataPort): void;
  portReady(port: DataPort): void;
}

export class DataPort {
  readonly port: Port;
  readonly mac: number;
  readonly #owner: DataPortOwner;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #bringUp: { readonly darkUs: number; readonly litUs: number };
  #state: 'dark' | 'coming' | 'lit' = 'dark';
  #serving = false;
  #ready = false;
  #pending: Handle = NO_HANDLE;

  constructor(
    owner: DataPortOwner,
    simulation: Simulation,
    routes: FirewallRoutes,
    port: Port,
    mac: number,
    bringUp: { darkUs: number; litUs: number },
  ) {
    this.#owner = owner;
    this.#simulation = simulation;
    this.#routes = routes;
    this.port = port;
    this.mac = mac;
    this.#bringUp = bringUp;
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

  /** Transit packets pass. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Lights the port and lets it forward at once: a pair that has long been up. */
  begin(lit: boolean, serving: boolean): void {
    this.#state = lit ? 'lit' : 'dark';
    this.#serving = serving;
    this.#ready = lit && serving;
    this.port.setLit(lit);
  }

  /** Follows the role. */
  follow(lit: boolean, serving: boolean): void {
    this.#serving = serving;
    if (!lit) return this.#darken();
    if (this.#state === 'dark') {
      this.#state = 'coming';
      this.#pending = this.#routes.portLight.schedule(this.#bringUp.darkUs, this.#number);
    } else if (this.#state === 'lit') this.#enable();
  }

  #darken(): void {
    this.#simulation.cancel(this.#pending);
    this.#ready = false;
    if (this.#state === 'dark') return;
    this.#state = 'dark';
    this.port.setLit(false);
    this.#owner.portChanged(this);
  }

  #enable(): void {
    this.#simulation.cancel(this.#pending);
    if (!this.#serving) this.#ready = false;
    else if (!this.#ready) this.#pending = this.#routes.portReady.schedule(this.#bringUp.litUs, this.#number);
  }

  light(): void {
    this.#state = 'lit';
    this.port.setLit(true);
    this.#owner.portChanged(this);
    if (this.#serving) this.becomeReady();
  }

  becomeReady(): void {
    this.#ready = true;
    this.#owner.portReady(this);
  }

  receive(frame: Frame): void {
    this.#owner.receiveData(this, frame);
  }

  carrierChanged(): void {
    this.#owner.portChanged(this);
  }
}
