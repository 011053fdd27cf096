/**
 * The worlds that have been seen, and their numbers. A world is found by two small integers, which costs a third of a text.
 */

import type { World } from './world.ts';

/** Upper bounds of the parts of a world; more than one model has needed so far, and checked. */
const STATES = 1 << 15;
const INBOXES = 1 << 9;
const FLAGS = 1 << 8;
const BUDGET = 1 << 2;

export class Visited {
  readonly #byStates = new Map<number, Map<number, number>>();
  readonly #worlds: World[] = [];

  get size(): number {
    return this.#worlds.length;
  }

  world(number: number): World {
    return this.#worlds[number] as World;
  }

  /** The number of a world. A new one has the number that `size` was before. */
  numberOf(world: World): number {
    const { states, inboxes, broken, faults, orders } = world;
    // A state is -1 where no agent runs.
    const first = digit(digit(0, states[0] + 1, STATES), states[1] + 1, STATES);
    const underWay = digit(digit(0, inboxes[0], INBOXES), inboxes[1], INBOXES);
    const second = digit(digit(digit(underWay, broken, FLAGS), faults, BUDGET), orders, BUDGET);
    let numbers = this.#byStates.get(first);
    if (numbers === undefined) this.#byStates.set(first, (numbers = new Map()));
    const known = numbers.get(second);
    if (known !== undefined) return known;
    numbers.set(second, this.#worlds.length);
    return this.#worlds.push(world) - 1;
  }
}

/** Appends a part, which has to be below its bound. */
function digit(number: number, part: number, bound: number): number {
  if (part >= bound) throw new Error(`the model is too large: ${part} is not below ${bound}`);
  return number * bound + part;
}
