/**
 * Gives the moves of a path their times, as a timeline that makes the engine take them in the same order.
 *
 * Faults and orders happen 20 ms apart, timers when they run out, hellos 1 ms after they are said. A hello that has to wait
 * is held by a blackhole and sent again when that ends; a peer is lost when the management port of the one who loses it has been
 * dark for the monitor hold time. Heartbeats are a minute apart, so that no blackhole loses a peer by itself, and HA1 is
 * mended just before one. What real durations do not allow is said in `notes`, and the timeline is as near as it can be.
 */

import { formatDuration } from '../../src/kernel/time.ts';
import type { Model } from './model.ts';
import { describeMove, type Move } from './move.ts';
import type { Violation } from './search.ts';
import type { Successor } from './successor.ts';
import { ABSENT, otherSide, SIDES, type SideIndex, type World } from './world.ts';

const MS = 1000;
const GAP_US = 20 * MS;
/** A hello that was held is sent again at most 64 ms after its blackhole ends. */
const RETRANSMISSION_US = 100 * MS;
const SECOND_US = 1000 * MS;
/** Lengths that the scenario sets; see `as-scenario.ts`. */
export const HEARTBEAT_US = 60 * SECOND_US;
const BULK_SYNC_US = 50 * MS;

/** An entry of the timeline: its time, and its action as it is written there. */
export interface Entry {
  readonly atUs: number;
  readonly action: string;
}

export interface Timeline {
  readonly entries: readonly Entry[];
  readonly lastMoveUs: number;
  /** In what the order of the timeline differs from that of the path. */
  readonly notes: readonly string[];
}

/** Moves that happen by themselves at the same time as others, and need no place in the order of a timeline. */
const INSTANT = new Set<Move['kind']>(['hello-heard', 'hello-said', 'heartbeat-answered', 'ha3-noticed']);

export function timePath(violation: Violation): Timeline {
  return new Clock(violation).timeline();
}

class Clock {
  readonly #model: Model;
  readonly #path: readonly Successor[];
  readonly #entries: Entry[] = [];
  readonly #notes: string[] = [];
  readonly #dueUs = new Map<string, number>();
  /** Directions that are held, by the side that does not hear. */
  readonly #held = new Set<SideIndex>();
  /** When heartbeats to this side began to be missed, or its agent stopped, or its dataplane crashed. */
  readonly #sinceUs = new Map<string, number>();
  readonly #booted = new Set<SideIndex>();
  #nowUs = SECOND_US;
  #healedUs: number | null = null;

  constructor({ model, from, path }: Violation) {
    this.#model = model;
    this.#path = path;
    for (const side of SIDES) {
      if (from.states[side] !== ABSENT) this.#booted.add(side);
      else this.#at(0, `power-off: ${nameOf(side)}`);
    }
  }

  timeline(): Timeline {
    for (const [index, { move, world, timers }] of this.#path.entries()) {
      const before = this.#nowUs;
      this.#make(move);
      for (const { timer, durationUs } of timers) {
        this.#dueUs.set(`${move.side} ${timer}`, this.#nowUs + durationUs);
      }
      for (const side of SIDES) if (this.#mustHold(index, world, side)) this.#hold(side, before);
    }
    const shiftUs = this.#healedUs === null ? 0 : HEARTBEAT_US - 10 * MS - (this.#healedUs % HEARTBEAT_US);
    const entries = this.#entries.map(({ atUs, action }) => ({
      atUs: atUs === 0 ? 0 : atUs + shiftUs,
      action,
    }));
    return {
      entries: entries.toSorted((a, b) => a.atUs - b.atUs),
      lastMoveUs: this.#nowUs + shiftUs,
      notes: this.#notes,
    };
  }

  #at(atUs: number, action: string): void {
    this.#entries.push({ atUs: Math.max(0, atUs), action });
  }

  /** Advances the clock to the move, and writes what makes it happen. */
  #make(move: Move): void {
    const { side } = move;
    const name = nameOf(side);
    switch (move.kind) {
      case 'timer':
        return this.#runOut(move);
      case 'hello-heard':
        if (this.#held.has(side)) this.#release(side);
        else this.#nowUs += MS;
        return;
      case 'hello-said':
      case 'heartbeat-answered':
      case 'ha3-noticed':
        return;
      case 'sessions-synchronized':
        this.#nowUs += BULK_SYNC_US + GAP_US;
        return;
      case 'peer-lost':
        return this.#lose(side);
      case 'agent-starts':
        return this.#start(side);
      case 'dataplane-restarts':
        this.#nowUs = Math.max(this.#nowUs, this.#since(`dataplane ${side}`) + SECOND_US);
        return;
      case 'ha1-heals':
        this.#now('blackhole-end: { link: palo-1-management }');
        this.#healedUs ??= this.#nowUs;
        this.#nowUs += RETRANSMISSION_US;
        return;
      case 'ha1-cut':
        for (const held of this.#held) this.#endHold(held, this.#nowUs);
        this.#now('blackhole: { link: palo-1-management }');
        for (const each of SIDES) this.#sinceUs.set(`peer ${each}`, this.#nowUs);
        return;
      case 'agent-stops':
        this.#now(`ha-agent-hang: ${name}`);
        this.#sinceUs.set(`peer ${otherSide(side)}`, this.#nowUs);
        this.#sinceUs.set(`agent ${side}`, this.#nowUs);
        return;
      case 'dataplane-crashes':
        this.#now(`dataplane-crash: ${name}`);
        this.#sinceUs.set(`dataplane ${side}`, this.#nowUs);
        return;
      case 'monitor-fails':
      case 'monitor-clears':
        this.#now(`interface-${move.kind === 'monitor-fails' ? 'down' : 'up'}: '${name}:ethernet1/1'`);
        this.#nowUs += MS; // The detection.
        return;
      case 'ha3-cut':
      case 'ha3-heals':
        this.#now(`link-${move.kind === 'ha3-cut' ? 'down' : 'up'}: ha3`);
        return;
      case 'suspend':
      case 'functional':
        return this.#now(`${move.kind}: ${name}`);
    }
  }

  #now(action: string): void {
    this.#nowUs += GAP_US;
    this.#at(this.#nowUs, action);
  }

  #since(what: string): number {
    return this.#sinceUs.get(what) ?? this.#nowUs;
  }

  #runOut(move: Extract<Move, { kind: 'timer' }>): void {
    const dueUs = this.#dueUs.get(`${move.side} ${move.timer}`) ?? this.#nowUs;
    if (dueUs < this.#nowUs) {
      this.#notes.push(
        `${describeMove(move)}: runs out ${formatDuration(this.#nowUs - dueUs)} before its turn`,
      );
    }
    for (const [timer, otherUs] of this.#dueUs) {
      const early = otherUs > this.#nowUs && otherUs < dueUs && this.#runs(timer, move);
      if (early)
        this.#notes.push(
          `palo-${Number(timer[0]) + 1} ${timer.slice(2)} may run out before ${describeMove(move)}`,
        );
    }
    this.#dueUs.delete(`${move.side} ${move.timer}`);
    this.#nowUs = Math.max(this.#nowUs, dueUs);
  }

  /** Whether a timer that was set still runs when this move is made. */
  #runs(timer: string, move: Move): boolean {
    const index = this.#path.findIndex((successor) => successor.move === move);
    const world = this.#path[index - 1]?.world;
    if (world === undefined) return false;
    const facts = this.#model.facts(world, Number(timer[0]) as SideIndex);
    return facts?.timers.some((name) => name === timer.slice(2)) ?? false;
  }

  #lose(side: SideIndex): void {
    const darkUs = Math.max(this.#since(`peer ${side}`) + MS, this.#nowUs + GAP_US - SECOND_US);
    this.#at(darkUs, `link-down: ${nameOf(side)}-management`);
    this.#nowUs = darkUs + SECOND_US;
    this.#at(this.#nowUs + MS, `link-up: ${nameOf(side)}-management`);
  }

  #start(side: SideIndex): void {
    this.#nowUs = Math.max(this.#nowUs + GAP_US, this.#since(`agent ${side}`) + SECOND_US + GAP_US);
    const action = this.#booted.has(side) ? 'ha-agent-restart' : 'power-on';
    this.#booted.add(side);
    this.#at(this.#nowUs - SECOND_US, `${action}: ${nameOf(side)}`);
    this.#nowUs += 3 * MS; // The first heartbeat is answered.
  }

  // --- hellos that have to wait ----------------------------------------------------------------------------------------

  /** A hello on its way to this side is heard only after something else has happened, or never. */
  #mustHold(index: number, world: World, side: SideIndex): boolean {
    if (this.#model.inbox(world, side).length === 0 || this.#held.has(side)) return false;
    for (const { move } of this.#path.slice(index + 1)) {
      if (move.kind === 'hello-heard' && move.side === side) return move.skipped > 0;
      if (!INSTANT.has(move.kind)) return true;
    }
    return false;
  }

  #hold(side: SideIndex, beforeUs: number): void {
    this.#held.add(side);
    this.#at(Math.min(this.#nowUs - MS, beforeUs + MS), `blackhole: ${wayTo(side)}`);
  }

  #release(side: SideIndex): void {
    this.#endHold(side, this.#nowUs + GAP_US);
    this.#nowUs += GAP_US + RETRANSMISSION_US;
  }

  #endHold(side: SideIndex, atUs: number): void {
    this.#held.delete(side);
    this.#at(atUs, `blackhole-end: ${wayTo(side)}`);
  }
}

export function nameOf(side: SideIndex): string {
  return `palo-${side + 1}`;
}

/** HA1 in the direction of a side. */
function wayTo(side: SideIndex): string {
  return `{ link: palo-2-management, direction: { from: ${side === 1 ? 'management-switch' : 'palo-2'} } }`;
}
