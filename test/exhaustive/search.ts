/**
 * Visits every world that a model can reach, breadth first: the first broken law is reached by a shortest path.
 *
 * Afterwards the whole graph is known. It must have no circle, so that every run comes to rest, whatever the order. (Circles in
 * which a flap window runs out are let go: a round takes more than 15 minutes, and loops that slow are what flap-max allows.)
 * A world is at rest when nothing happens in it but for another fault or order; then everything is mended, and the pair must be
 * whole. Together: from every world, whatever comes first, the pair is whole after a bounded number of moves. That is liveness
 * without a scheduler.
 */

import { isForgetting, leavesAtRest } from './move.ts';
import { brokenAtRest, brokenByMove, brokenInWorld } from './laws.ts';
import type { Model } from './model.ts';
import type { Successor } from './successor.ts';
import { Visited } from './visited.ts';
import type { World } from './world.ts';

/** A law that does not hold, and the shortest way there. */
export interface Violation {
  readonly model: Model;
  readonly law: string;
  readonly found: 'in a move' | 'in a world' | 'at rest' | 'in a circle';
  readonly from: World;
  readonly path: readonly Successor[];
  /** The last so many moves of the path lead back to where they began, over and over. */
  readonly circle?: number;
}

export interface Findings {
  readonly worlds: number;
  /** Moves from one world to another. */
  readonly moves: number;
  /** Worlds in which nothing happens by itself any more, faults and orders aside. */
  readonly atRest: number;
  /** Most moves in a row, flap windows that run out not among them. */
  readonly longestRun: number;
  /** How many moves change a role, by the number of the reference's table. */
  readonly transitions: Readonly<Record<string, number>>;
  readonly violation: Violation | null;
}

/** Stands for the world behind a flap window that has run out, which is not followed in looking for circles. */
const FORGOTTEN = -1;

export function search(model: Model): Findings {
  return new Search(model).run();
}

class Search {
  readonly #model: Model;
  readonly #visited = new Visited();
  /** Where a world was first reached from, and by which of the moves there. */
  readonly #parents: number[] = [];
  readonly #ordinals: number[] = [];
  /** The moves of world n lead to #targets from #offsets[n] to #offsets[n + 1]. */
  readonly #offsets: number[] = [];
  readonly #targets: number[] = [];
  readonly #transitions = new Map<string, number>();
  #atRest = 0;
  #violation: Violation | null = null;

  constructor(model: Model) {
    this.#model = model;
  }

  run(): Findings {
    for (const world of this.#model.initial()) this.#visit(world, -1, 0);
    for (let id = 0; id < this.#visited.size && this.#violation === null; id += 1) this.#expand(id);
    this.#offsets.push(this.#targets.length);
    return {
      longestRun: this.#violation === null ? this.#longestRun() : 0,
      worlds: this.#visited.size,
      moves: this.#targets.length,
      atRest: this.#atRest,
      transitions: Object.fromEntries([...this.#transitions].toSorted(byNumber)),
      violation: this.#violation,
    };
  }

  #visit(world: World, parent: number, ordinal: number): number {
    const known = this.#visited.size;
    const id = this.#visited.numberOf(world);
    if (id < known) return id;
    this.#parents.push(parent);
    this.#ordinals.push(ordinal);
    return id;
  }

  #expand(id: number): void {
    const world = this.#visited.world(id);
    this.#offsets.push(this.#targets.length);
    const successors = this.#model.successors(world);
    for (const [ordinal, successor] of successors.entries()) {
      const byMove = successor.broken ?? brokenByMove(this.#model, successor);
      const law = byMove ?? brokenInWorld(this.#model, successor.world);
      if (law !== null) {
        const found = byMove === null ? 'in a world' : 'in a move';
        this.#violation = { model: this.#model, law, found, ...this.#pathTo(id, successor) };
        return;
      }
      const target = this.#visit(successor.world, id, ordinal);
      this.#targets.push(isForgetting(successor.move) ? FORGOTTEN : target);
      for (const { transition } of successor.changes) {
        this.#transitions.set(transition, (this.#transitions.get(transition) ?? 0) + 1);
      }
    }
    if (!successors.every(({ move }) => leavesAtRest(move))) return;
    this.#atRest += 1;
    const law = brokenAtRest(this.#model, world);
    if (law !== null)
      this.#violation = { model: this.#model, law, found: 'at rest', ...this.#pathTo(id, null) };
  }

  /** The way on which a world was first reached, and one more move. */
  #pathTo(id: number, last: Successor | null): Pick<Violation, 'from' | 'path'> {
    const path = last === null ? [] : [last];
    let at = id;
    for (let parent = this.#parents[at] as number; parent >= 0; parent = this.#parents[at] as number) {
      const successors = this.#model.successors(this.#visited.world(parent));
      path.push(successors[this.#ordinals[at] as number] as Successor);
      at = parent;
    }
    return { from: this.#visited.world(at), path: path.toReversed() };
  }

  #outcome(id: number): readonly number[] {
    return this.#targets.slice(this.#offsets[id], this.#offsets[id + 1]);
  }

  /** The longest way to rest, in Kahn's order. A world that is left over lies on a circle, or behind one. */
  #longestRun(): number {
    const incoming = new Int32Array(this.#visited.size);
    for (const target of this.#targets) {
      if (target !== FORGOTTEN) incoming[target] = (incoming[target] as number) + 1;
    }
    const ready = [...incoming.keys()].filter((id) => incoming[id] === 0);
    const distance = new Int32Array(this.#visited.size);
    for (let i = 0; i < ready.length; i += 1) {
      const id = ready[i] as number;
      for (const target of this.#outcome(id)) {
        if (target === FORGOTTEN) continue;
        distance[target] = Math.max(distance[target] as number, (distance[id] as number) + 1);
        incoming[target] = (incoming[target] as number) - 1;
        if (incoming[target] === 0) ready.push(target);
      }
    }
    if (ready.length < this.#visited.size) this.#reportCircle((id) => (incoming[id] as number) > 0);
    return distance.reduce((most, length) => Math.max(most, length), 0);
  }

  /** Every world left over has a predecessor left over, so going backwards ends on a circle. */
  #reportCircle(isLeft: (id: number) => boolean): void {
    const predecessor = new Map<number, number>();
    let at = -1;
    for (let id = this.#visited.size - 1; id >= 0; id -= 1) {
      if (!isLeft(id)) continue;
      for (const target of this.#outcome(id)) if (target !== FORGOTTEN) predecessor.set(target, id);
      at = id;
    }
    const seen = new Set<number>();
    for (; !seen.has(at); at = predecessor.get(at) as number) seen.add(at);
    const circle = this.#shortestCircle(at, isLeft);
    const way = this.#pathTo(at, null);
    this.#violation = {
      model: this.#model,
      law: 'a run need not come to rest',
      found: 'in a circle',
      from: way.from,
      path: [...way.path, ...circle],
      circle: circle.length,
    };
  }

  #shortestCircle(start: number, isLeft: (id: number) => boolean): readonly Successor[] {
    const cameBy = new Map<number, readonly [from: number, ordinal: number]>();
    const queue = [start];
    for (let i = 0; i < queue.length && !cameBy.has(start); i += 1) {
      const id = queue[i] as number;
      for (const [ordinal, target] of this.#outcome(id).entries()) {
        if (target === FORGOTTEN || !isLeft(target) || cameBy.has(target)) continue;
        cameBy.set(target, [id, ordinal]);
        queue.push(target);
      }
    }
    const circle: Successor[] = [];
    let at = start;
    do {
      const [from, ordinal] = cameBy.get(at) as readonly [number, number];
      circle.unshift(this.#model.successors(this.#visited.world(from))[ordinal] as Successor);
      at = from;
    } while (at !== start);
    return circle;
  }
}

function byNumber([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}
