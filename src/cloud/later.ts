/**
 * Something that is to happen later, without a class for each: what EC2 goes on with after a call has returned, what a plugin waits for.
 * The event carries a number only; what it stands for is kept here until then.
 */

import type { CloudRoutes, Fired } from './cloud-routes.ts';

export class Later implements Fired {
  readonly #route: CloudRoutes['operation'];
  readonly #number: number;
  readonly #acts = new Map<number, () => void>();
  #count = 0;

  /** @param route of the event by which it comes back */
  constructor(route: CloudRoutes['operation']) {
    this.#route = route;
    this.#number = route.add(this);
  }

  /** Does this after so many microseconds. */
  after(delayUs: number, act: () => void): void {
    this.#count += 1;
    this.#acts.set(this.#count, act);
    this.#route.schedule(delayUs, this.#number, this.#count);
  }

  fire(number: number): void {
    const act = this.#acts.get(number);
    this.#acts.delete(number);
    act?.();
  }
}
