/**
 * Gives objects numbers and brings one kind of event to them: events carry integers only, so somebody has to turn a target
 * number back into the thing it means. The numbers follow the order of `add`, which is fixed by the scenario.
 */

import type { Handle } from './queue.ts';
import type { Simulation } from './simulation.ts';

export class Route<T> {
  readonly #simulation: Simulation;
  readonly kind: number;
  readonly #items: T[] = [];

  /** @param name a declared event kind; this route becomes its only handler */
  constructor(
    simulation: Simulation,
    name: string,
    handle: (item: T, a: number, b: number, payload: unknown) => void,
  ) {
    this.#simulation = simulation;
    this.kind = simulation.kindNumber(name);
    simulation.on(this.kind, (target, a, b, payload) => handle(this.#items[target] as T, a, b, payload));
  }

  /** @returns the number under which events reach the item */
  add(item: T): number {
    return this.#items.push(item) - 1;
  }

  /** Schedules an event for the item with this number; times in microseconds. */
  schedule(delayUs: number, target: number, a = 0, b = 0, payload: unknown = null): Handle {
    return this.#simulation.schedule(delayUs, this.kind, target, a, b, payload);
  }
}
