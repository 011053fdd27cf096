/**
 * Every session of every workload, as its client sees it: a row in a few columns of numbers, and a place on the agenda.
 *
 * There are two forms of one model. In `packets` every packet is a step. In `intervals` a flow sleeps while its packets pass and change
 * nothing but idle times and counts: as long as the network and its own session stay as they are, the fate of the next packet is
 * that of the last. Whatever may change that wakes it, and what its packets did meanwhile is made up for; so both forms
 * give every session the same fate (a property test compares them).
 */

import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import { Agenda } from './agenda.ts';
import { Blames } from './blame.ts';
import { roomFor, widen } from './columns.ts';
import { HOLDER, slotOf, type FlowNumbers } from './flow-numbers.ts';
import type { Removal, RemovalListener, SessionTable } from './session-table.ts';
import { Way, Ways } from './ways.ts';

export const FLOW_EVENTS = ['flow.step'] as const;

/** Whether every packet is simulated, or only those that can change something. */
export type FlowForm = 'packets' | 'intervals';

/** Where a flow is in its life; 0 is nowhere. */
export const FLOW = { opening: 1, open: 2, closing: 3 } as const;

/** Facts about a flow, beside its state. */
const STATE_MASK = 3;
const HEARD = 4;
const DECRYPTED = 8;
const ASLEEP = 16;

/** Ends of flows that last for ever. */
export const FOREVER_US = Number.POSITIVE_INFINITY;

/** The workload to which a flow belongs. */
export interface FlowOwner {
  /** The flow's next packet is due. */
  step(slot: number): void;
  /** An answer to one of its flows has come. */
  answered(flow: number, frame: Frame): void;
}

/** Told of every session that begins and of its fate; for tests that compare. */
export type FateListener = (flow: number, fate: string, timeUs: number) => void;

export class Flows {
  readonly form: FlowForm;
  readonly numbers: FlowNumbers;
  readonly blames = new Blames();
  readonly #simulation: Simulation;
  readonly #agenda = new Agenda();
  readonly #ways: Ways | null;
  readonly #route: Route<Flows>;
  readonly #owners: FlowOwner[] = [];
  #armed: Handle = NO_HANDLE;
  /** Slot of the flow that acts now; those before it have had their turn at this time. 0 between two events. */
  #acting = 0;
  #sleepers = 0;
  #over = false;
  onFate: FateListener | null = null;

  // The columns. A flow's base is the time of its latest packet that was due by the interval, or of those that it slept through.
  #facts = new Uint8Array(64);
  #ownerOf = new Uint16Array(64);
  #tries = new Uint16Array(64);
  #missing = new Uint16Array(64);
  #way = new Uint16Array(64);
  #intervalUs = new Uint32Array(64);
  #baseUs = new Float64Array(64);
  #endUs = new Float64Array(64);

  /** @param tables the session tables of both firewalls */
  constructor(
    simulation: Simulation,
    network: Network,
    numbers: FlowNumbers,
    tables: readonly SessionTable[],
    form: FlowForm,
  ) {
    this.form = form;
    this.numbers = numbers;
    this.#simulation = simulation;
    this.#route = new Route(simulation, 'flow.step', (flows) => flows.#act());
    this.#route.add(this);
    this.#ways = form === 'intervals' ? new Ways(network, tables) : null;
    const changing = (): void => this.#changing();
    const settle = (): void => this.settle();
    const sessionGone: RemovalListener = (slot, why) => this.#sessionGone(slot, why);
    if (this.#ways !== null) network.beforeChange = changing;
    for (const table of tables) {
      table.beforeAging = settle;
      table.onRemoval = sessionGone;
    }
  }

  /** @returns the number under which its flows are owned */
  addOwner(owner: FlowOwner): number {
    return this.#owners.push(owner) - 1;
  }

  /** An answer has come for one of the flows; false when it is for somebody else. */
  answered(frame: Frame): boolean {
    const { flow } = frame;
    if (!this.has(flow)) return false;
    this.#owners[this.#ownerOf[slotOf(flow)]!]!.answered(flow, frame);
    return true;
  }

  // --- a flow's life -------------------------------------------------------------------------------------------------

  /** A new flow of a workload. */
  open(owner: number, state: number, intervalUs: number): number {
    const flow = this.numbers.take();
    const slot = slotOf(flow);
    this.#reach(slot);
    this.#facts[slot] = state;
    this.#ownerOf[slot] = owner;
    this.#tries[slot] = 0;
    this.#missing[slot] = 0;
    this.#intervalUs[slot] = intervalUs;
    this.#baseUs[slot] = this.#simulation.nowUs;
    this.#endUs[slot] = FOREVER_US;
    return slot;
  }

  /** The flow is over, whichever way. */
  close(slot: number, fate: string): void {
    this.onFate?.(this.numbers.numberOf(slot), fate, this.#simulation.nowUs);
    this.#awaken(slot);
    this.#agenda.cancel(slot);
    this.#facts[slot] = 0;
    this.numbers.release(slot, HOLDER.conversation);
  }

  #reach(slot: number): void {
    const before = this.#facts.length;
    if (slot < before) return;
    const room = roomFor(slot + 1, before);
    this.#facts = widen(this.#facts, room);
    this.#ownerOf = widen(this.#ownerOf, room);
    this.#tries = widen(this.#tries, room);
    this.#missing = widen(this.#missing, room);
    this.#way = widen(this.#way, room);
    this.#intervalUs = widen(this.#intervalUs, room);
    this.#baseUs = widen(this.#baseUs, room);
    this.#endUs = widen(this.#endUs, room);
  }

  /** Whether this flow is open, and not another in its slot. */
  has(flow: number): boolean {
    return (this.#facts[slotOf(flow)] ?? 0) !== 0 && this.numbers.isCurrent(flow);
  }

  /** Calls for every open flow, by slot. */
  each(visit: (slot: number) => void): void {
    for (let slot = 1; slot < this.#facts.length; slot += 1) if (this.#facts[slot] !== 0) visit(slot);
  }

  ownerOf(slot: number): number {
    return this.#ownerOf[slot]!;
  }

  state(slot: number): number {
    return this.#facts[slot]! & STATE_MASK;
  }

  setState(slot: number, state: number): void {
    this.#facts[slot] = (this.#facts[slot]! & ~STATE_MASK) | state;
  }

  /** It has had an answer. */
  heard(slot: number): boolean {
    return (this.#facts[slot]! & HEARD) !== 0;
  }

  hear(slot: number): void {
    this.#facts[slot]! |= HEARD;
  }

  /** The firewall decrypts it. */
  decrypted(slot: number): boolean {
    return (this.#facts[slot]! & DECRYPTED) !== 0;
  }

  setDecrypted(slot: number, decrypted: boolean): void {
    if (decrypted) this.#facts[slot]! |= DECRYPTED;
    else this.#facts[slot]! &= ~DECRYPTED;
  }

  /** Transmissions in a row without an answer. */
  tries(slot: number): number {
    return this.#tries[slot]!;
  }

  setTries(slot: number, tries: number): void {
    this.#tries[slot] = Math.min(tries, 0xffff);
  }

  /** Why the firewall that serves does not know its session, as an index of `blames`; 0 = it does. */
  missing(slot: number): number {
    return this.#missing[slot]!;
  }

  setMissing(slot: number, blame: number): void {
    this.#missing[slot] = blame;
  }

  intervalUs(slot: number): number {
    return this.#intervalUs[slot]!;
  }

  baseUs(slot: number): number {
    return this.#baseUs[slot]!;
  }

  endUs(slot: number): number {
    return this.#endUs[slot]!;
  }

  /** Its first packet is due at this time and it ends at that. */
  begin(slot: number, baseUs: number, endUs: number): void {
    this.#baseUs[slot] = baseUs;
    this.#endUs[slot] = endUs;
  }

  // --- the agenda ----------------------------------------------------------------------------------------------------

  /** The flow's next step. */
  schedule(slot: number, dueUs: number): void {
    this.#agenda.set(slot, dueUs);
    if (this.#acting === 0) this.#arm();
  }

  /** The next packet that is due by the interval, or the end if that is earlier. Moves the base up to the present. */
  scheduleNext(slot: number): void {
    this.#advanceBase(slot, this.#simulation.nowUs);
    this.schedule(slot, this.#nextUs(slot));
  }

  #nextUs(slot: number): number {
    const nowUs = this.#simulation.nowUs;
    return Math.max(nowUs, Math.min(this.#baseUs[slot]! + this.#intervalUs[slot]!, this.#endUs[slot]!));
  }

  /** @returns how many packets were due after the base, up to and including this time */
  #advanceBase(slot: number, untilUs: number): number {
    const baseUs = this.#baseUs[slot]!;
    const lastUs = Math.min(untilUs, this.#endUs[slot]! - 1);
    if (lastUs < baseUs) return 0;
    const intervals = Math.floor((lastUs - baseUs) / this.#intervalUs[slot]!);
    this.#baseUs[slot] = baseUs + intervals * this.#intervalUs[slot]!;
    return intervals;
  }

  #arm(): void {
    let nextUs = this.#agenda.nextUs();
    if (this.#sleepers > 0) nextUs = Math.min(nextUs, this.#ways?.untilUs ?? nextUs);
    if (nextUs === Number.POSITIVE_INFINITY) return;
    const delayUs = nextUs - this.#simulation.nowUs;
    if (!this.#simulation.rearm(this.#armed, delayUs)) this.#armed = this.#route.schedule(delayUs, 0);
  }

  /** Every flow whose time has come, after everything else of this instant. */
  #act(): void {
    const { nowUs } = this.#simulation;
    this.#simulation.cause = 0; // Users act of their own accord.
    if (this.#simulation.nextUs === nowUs) {
      this.#armed = this.#route.schedule(0, 0);
      return;
    }
    if (this.#ways !== null && nowUs >= this.#ways.untilUs) this.#changing();
    while (this.#agenda.nextUs() <= nowUs) {
      const slot = this.#agenda.pop();
      this.#acting = slot;
      this.#awaken(slot);
      this.#owners[this.#ownerOf[slot]!]!.step(slot);
    }
    this.#acting = 0;
    this.#arm();
  }

  // --- ways, and sleep -----------------------------------------------------------------------------------------------

  /**
   * Sends a packet, or lets it go the way of one that fared alike.
   *
   * @param kind of the packet, 0 to 3: packets of one kind and workload differ in their flow only
   * @param send sends it, and says what became of it
   * @returns what became of it
   */
  pass(slot: number, kind: number, send: (slot: number, way: Way) => void): Way {
    const flow = this.numbers.numberOf(slot);
    const ways = this.#ways;
    const key = ways === null ? null : ways.keyOf(kind, flow);
    const owner = this.#ownerOf[slot]!;
    const known = ways === null || key === null ? undefined : ways.known(owner, key);
    if (known !== undefined) {
      this.#way[slot] = known.index;
      known.take(flow, this.#simulation.nowUs);
      return known;
    }
    const way = ways === null || key === null ? new Way() : ways.follow();
    send(slot, way);
    const kept = ways !== null && key !== null && ways.keep(owner, key, way);
    this.#way[slot] = kept ? way.index : 0;
    return way;
  }

  /** The flow's packet was answered, and so will be the next ones: it need not act before its end. */
  sleepOrSchedule(slot: number): void {
    if (this.#ways === null || this.#way[slot] === 0) return this.scheduleNext(slot);
    this.#advanceBase(slot, this.#simulation.nowUs);
    this.#facts[slot]! |= ASLEEP;
    this.#sleepers += 1;
    const endUs = this.#endUs[slot]!;
    if (endUs !== FOREVER_US) this.schedule(slot, Math.max(endUs, this.#simulation.nowUs));
    else if (this.#acting === 0) this.#arm();
  }

  /** Makes up for what a flow slept through, and lets it act by itself again. */
  #awaken(slot: number): void {
    if ((this.#facts[slot]! & ASLEEP) === 0) return;
    this.#makeUp(slot);
    this.#facts[slot]! &= ~ASLEEP;
    this.#sleepers -= 1;
  }

  /** The packets of a sleeping flow before now, or up to now for those that have had their turn. */
  #makeUp(slot: number): void {
    const { nowUs } = this.#simulation;
    const untilUs = slot < this.#acting || this.#over ? nowUs : nowUs - 1;
    const times = this.#advanceBase(slot, untilUs);
    if (times > 0)
      this.#ways?.at(this.#way[slot]!).tookAlready(this.numbers.numberOf(slot), times, this.#baseUs[slot]!);
  }

  /** The run is over, and everything that was due at this instant has happened. */
  finish(): void {
    this.#over = true;
    this.settle();
  }

  /** Brings idle times and counts up to date with what sleeping flows have sent. */
  settle(): void {
    if (this.#ways === null) return;
    if (this.#sleepers > 0) {
      for (let slot = 1; slot < this.#facts.length; slot += 1) {
        if ((this.#facts[slot]! & ASLEEP) !== 0) this.#makeUp(slot);
      }
    }
    this.#ways.settle();
  }

  /** The network is about to change: nobody sleeps, and no way is known. */
  #changing(): void {
    const ways = this.#ways;
    if (ways === null) return;
    if (this.#sleepers > 0) {
      this.#agenda.retimeAll(this.#facts.length, (slot, dueUs) => {
        if ((this.#facts[slot]! & ASLEEP) === 0) return dueUs;
        this.#awaken(slot);
        return this.#nextUs(slot);
      });
    }
    ways.forget();
    if (this.#acting === 0) this.#arm();
  }

  /** A firewall has forgotten a session: what its flow does next is to be seen. */
  #sessionGone(slot: number, why: Removal): void {
    if ((this.#facts[slot] ?? 0) === 0) return;
    if (why !== 'closed') this.#missing[slot] = this.blames.index(why, this.#simulation.cause);
    if ((this.#facts[slot]! & ASLEEP) === 0) return;
    this.#awaken(slot);
    this.schedule(slot, this.#nextUs(slot));
  }
}
