/**
 * The model: two firewalls that run the protocol, one control link, and every order in which things can happen.
 *
 * What it abstracts from:
 * - Time. A timer that is set may run out at any moment, before or after anything else, except that a timer of zero length
 *   runs out in the instant in which it was set, as it does in the engine. That is wider than what real durations allow.
 * - Loss and retransmission. A hello is sent again until it is acknowledged or a newer one takes its place
 *   (src/firewall/hello.ts), and one that was overtaken is dropped. So the newest hello under way is only ever late, and an older
 *   one is heard or not: hearing any of those under way, and dropping the older ones, is all that loss and reordering can do.
 *   At most `underWay` are kept for each direction; beyond that the oldest is lost.
 * - Heartbeats. HA1 is up or cut, and from a cut (or the death of the peer's agent) until a heartbeat is answered again a
 *   firewall may declare its peer lost, or not: also when HA1 is already mended, and each firewall for itself.
 * - Several control paths (they are one while one is up), HA2 (a session sync arrives at any time or never), path monitoring
 *   beside link monitoring (one verdict stands for both), virtual addresses, sessions and packets.
 */

import type { HaConfig } from '../../src/ha/config.ts';
import type { HaEvent } from '../../src/ha/event.ts';
import { REASON } from '../../src/ha/reason.ts';
import { established, helloOf, unstarted, type EstablishedRole } from '../../src/ha/state.ts';
import { Interner } from './interner.ts';
import { FAULTS, ORDERS, type Fault, type Move, type Order } from './move.ts';
import { helloInterner, NOTHING, Side, type Facts, type Protocol } from './side.ts';
import { draftOf, setBroken, successor, type Draft, type Step, type Successor } from './successor.ts';
import {
  ABSENT,
  BROKEN,
  ha1Down,
  ha3Down,
  isBroken,
  otherSide,
  SIDES,
  type SideIndex,
  type World,
} from './world.ts';

/** A bounded model: what is configured and how much may go wrong. */
export interface Bounds {
  readonly configs: readonly [HaConfig, HaConfig];
  /** Roles of the pair that has long been up; palo-1 has the first. */
  readonly converged: readonly [EstablishedRole, EstablishedRole];
  /** Both firewalls also start from nothing, in either order. */
  readonly coldBoot: boolean;
  readonly faults: number;
  readonly orders: number;
  readonly underWay: number;
  /** Hellos are heard at once, in order: before a timer runs out and before anything else goes wrong. */
  readonly prompt?: boolean;
  readonly without?: readonly (Fault | Order)[];
}

const EMPTY: readonly number[] = [];

export class Model {
  readonly bounds: Bounds;
  readonly sides: readonly [Side, Side];
  readonly #hellos = helloInterner();
  readonly #inboxes = new Interner<readonly number[]>((inbox) => inbox.join());
  readonly #possible: ReadonlySet<Fault | Order>;

  constructor(bounds: Bounds, protocol: Protocol) {
    this.bounds = bounds;
    const [first, second] = bounds.configs;
    this.sides = [new Side(first, protocol, this.#hellos), new Side(second, protocol, this.#hellos)];
    this.#inboxes.idOf(EMPTY);
    const excluded = new Set<Fault | Order>(bounds.without);
    if (first.mode === 'active-passive') excluded.add('ha3-cut');
    this.#possible = new Set([...FAULTS, ...ORDERS].filter((move) => !excluded.has(move)));
  }

  /** The worlds in which the search begins. */
  initial(): World[] {
    const { configs, converged, coldBoot, faults, orders } = this.bounds;
    const hello = (side: SideIndex) => ({ ...helloOf(configs[side], unstarted()), role: converged[side] });
    const state = (side: SideIndex): number =>
      this.sides[side].numberOf(established(converged[side], hello(otherSide(side))));
    const pair: World = { states: [state(0), state(1)], inboxes: [0, 0], broken: 0, faults, orders };
    return coldBoot ? [pair, { ...pair, states: [ABSENT, ABSENT] }] : [pair];
  }

  /** Facts about a firewall, or null when its agent does not run. */
  facts(world: World, side: SideIndex): Facts | null {
    const number = world.states[side];
    return number === ABSENT ? null : this.sides[side].facts(number);
  }

  /** The hellos on their way to a firewall, oldest first. */
  inbox(world: World, side: SideIndex): readonly number[] {
    return this.#inboxes.valueOf(world.inboxes[side]);
  }

  /** The peer has something to say that the firewall has neither heard nor will hear from what is under way. */
  owesHello(world: World, from: SideIndex): boolean {
    const sender = this.facts(world, from);
    const receiver = this.facts(world, otherSide(from));
    if (sender === null || receiver === null || ha1Down(world)) return false;
    return (this.inbox(world, otherSide(from)).at(-1) ?? receiver.hears) !== sender.says;
  }

  /** Everything that can happen next. */
  successors(world: World): Successor[] {
    const found: Successor[] = [];
    for (const side of SIDES) this.#hellosOf(world, side, found);
    if (this.bounds.prompt === true && found.length > 0) return found;
    for (const side of SIDES) {
      this.#noticesOf(world, side, found);
      this.#repairsOf(world, side, found);
      if (world.faults > 0) this.#faultsOf(world, side, found);
      if (world.orders > 0) this.#ordersOf(world, side, found);
    }
    return found;
  }

  #hellosOf(world: World, side: SideIndex, found: Successor[]): void {
    const inbox = this.inbox(world, side);
    const facts = this.facts(world, side);
    if (facts !== null && !ha1Down(world)) {
      for (const [skipped, number] of (this.bounds.prompt === true ? inbox.slice(0, 1) : inbox).entries()) {
        const hello = this.#hellos.valueOf(number);
        const draft = draftOf(world);
        draft.inboxes[side] = this.#inboxes.idOf(inbox.slice(skipped + 1));
        // An agent that died with its hello still under way will be missed again.
        if (draft.states[otherSide(side)] === ABSENT) draft.broken |= BROKEN.heartbeats << side;
        const move: Move = { kind: 'hello-heard', side, skipped, hello };
        const heard = number !== facts.hears;
        const step = heard ? [this.#edge(draft, side, `hello ${number}`, { type: 'peer-heard', hello })] : [];
        found.push(successor(move, draft, step));
      }
    }
    if (!this.owesHello(world, side)) return;
    const draft = draftOf(world);
    this.#say(draft, side, (this.facts(world, side) as Facts).says);
    found.push(successor({ kind: 'hello-said', side }, draft, []));
  }

  #noticesOf(world: World, side: SideIndex, found: Successor[]): void {
    const facts = this.facts(world, side);
    if (facts === null) return;
    for (const timer of facts.timers) {
      const draft = draftOf(world);
      const step = this.#edge(draft, side, timer, { type: 'timer', timer });
      found.push(successor({ kind: 'timer', side, timer }, draft, [step]));
    }
    if (facts.state.synchronizing) this.#happens(world, side, { type: 'sessions-synchronized' }, found);
    if (isBroken(world, 'heartbeats', side)) this.#heartbeatsOf(world, side, facts, found);
    const up = !ha3Down(world);
    if (this.sides[side].config.mode === 'active-active' && facts.state.ha3Down === up) {
      const draft = draftOf(world);
      const step = this.#edge(draft, side, `ha3 ${up}`, { type: 'ha3', up });
      found.push(successor({ kind: 'ha3-noticed', side }, draft, [step]));
    }
  }

  /** Heartbeats were missed: enough of them, or one is answered again. */
  #heartbeatsOf(world: World, side: SideIndex, { hears }: Facts, found: Successor[]): void {
    const lost = draftOf(world);
    lost.broken &= ~(BROKEN.heartbeats << side);
    const step = this.#edge(lost, side, 'peer-lost', { type: 'peer-lost', reason: REASON.heartbeatFailure });
    if (hears !== NOTHING) found.push(successor({ kind: 'peer-lost', side }, lost, [step]));
    if (ha1Down(world) || world.states[otherSide(side)] === ABSENT) return;
    const answered = draftOf(world);
    answered.broken &= ~(BROKEN.heartbeats << side);
    found.push(successor({ kind: 'heartbeat-answered', side }, answered, []));
  }

  #repairsOf(world: World, side: SideIndex, found: Successor[]): void {
    if (isBroken(world, 'monitor', side)) this.#setMonitor(world, side, false, found);
    if (isBroken(world, 'dataplane', side)) this.#setDataplane(world, side, null, found);
    if (world.states[side] === ABSENT) this.#start(world, side, found);
    if (side === 1) return; // The cables belong to both.
    for (const cable of ['ha1', 'ha3'] as const) {
      if ((world.broken & BROKEN[cable]) === 0) continue;
      const draft = draftOf(world);
      draft.broken &= ~BROKEN[cable];
      found.push(successor({ kind: `${cable}-heals`, side }, draft, []));
    }
  }

  #faultsOf(world: World, side: SideIndex, found: Successor[]): void {
    const after = { ...world, faults: world.faults - 1 };
    const can = (fault: Fault): boolean => this.#possible.has(fault);
    if (world.states[side] !== ABSENT) {
      if (can('monitor-fails') && !isBroken(world, 'monitor', side))
        this.#setMonitor(after, side, true, found);
      if (can('dataplane-crashes') && !isBroken(world, 'dataplane', side)) {
        this.#setDataplane(after, side, REASON.dataplaneExit, found);
      }
      if (can('agent-stops')) this.#stop(after, side, found);
    }
    if (side === 1) return;
    if (can('ha1-cut') && !ha1Down(world)) this.#cutHa1(after, found);
    if (can('ha3-cut') && (world.broken & BROKEN.ha3) === 0) {
      const draft = draftOf(after);
      draft.broken |= BROKEN.ha3;
      found.push(successor({ kind: 'ha3-cut', side }, draft, []));
    }
  }

  #ordersOf(world: World, side: SideIndex, found: Successor[]): void {
    const facts = this.facts(world, side);
    if (facts === null) return;
    const order = facts.role === 'suspended' ? 'functional' : 'suspend';
    if (this.#possible.has(order))
      this.#happens({ ...world, orders: world.orders - 1 }, side, { type: order }, found);
  }

  // --- what the moves do -----------------------------------------------------------------------------------------------

  #happens(
    world: World,
    side: SideIndex,
    event: Extract<HaEvent, { type: Order | 'sessions-synchronized' }>,
    found: Successor[],
  ): void {
    const draft = draftOf(world);
    const step = this.#edge(draft, side, event.type, event);
    found.push(successor({ kind: event.type, side }, draft, [step]));
  }

  #setMonitor(world: World, side: SideIndex, failed: boolean, found: Successor[]): void {
    const draft = draftOf(world);
    setBroken(draft, 'monitor', side, failed);
    const steps = world.states[side] === ABSENT ? [] : [this.#monitor(draft, side, failed)];
    found.push(successor({ kind: failed ? 'monitor-fails' : 'monitor-clears', side }, draft, steps));
  }

  #setDataplane(world: World, side: SideIndex, failure: string | null, found: Successor[]): void {
    const draft = draftOf(world);
    setBroken(draft, 'dataplane', side, failure !== null);
    const steps = world.states[side] === ABSENT ? [] : [this.#dataplane(draft, side, failure)];
    const kind = failure === null ? 'dataplane-restarts' : 'dataplane-crashes';
    found.push(successor({ kind, side }, draft, steps));
  }

  #monitor(draft: Draft, side: SideIndex, failed: boolean): Step {
    return this.#edge(draft, side, `monitor ${failed}`, { type: 'monitor', monitor: 'link', failed });
  }

  #dataplane(draft: Draft, side: SideIndex, failure: string | null): Step {
    return this.#edge(draft, side, `dataplane ${failure}`, { type: 'dataplane', failure });
  }

  /** The agent, or the firewall, is gone without a word; what was on its way to it is lost. */
  #stop(world: World, side: SideIndex, found: Successor[]): void {
    const draft = draftOf(world);
    draft.states[side] = ABSENT;
    draft.inboxes[side] = this.#inboxes.idOf(EMPTY);
    setBroken(draft, 'heartbeats', side, false);
    this.#missHeartbeats(draft, otherSide(side));
    found.push(successor({ kind: 'agent-stops', side }, draft, []));
  }

  /** The agent starts without memory, and is told what is broken around it, as the engine does. */
  #start(world: World, side: SideIndex, found: Successor[]): void {
    const draft = draftOf(world);
    draft.states[side] = this.sides[side].numberOf(unstarted());
    const steps = [this.#edge(draft, side, 'start', { type: 'start' })];
    if (isBroken(world, 'dataplane', side)) steps.push(this.#dataplane(draft, side, REASON.dataplaneExit));
    if (isBroken(world, 'monitor', side)) steps.push(this.#monitor(draft, side, true));
    found.push(successor({ kind: 'agent-starts', side }, draft, steps));
  }

  #cutHa1(world: World, found: Successor[]): void {
    const draft = draftOf(world);
    draft.broken |= BROKEN.ha1;
    const nothing = this.#inboxes.idOf(EMPTY);
    draft.inboxes = [nothing, nothing];
    for (const side of SIDES) this.#missHeartbeats(draft, side);
    found.push(successor({ kind: 'ha1-cut', side: 0 }, draft, []));
  }

  #missHeartbeats(draft: Draft, side: SideIndex): void {
    const facts = this.facts(draft, side);
    if (facts !== null && facts.hears !== NOTHING) setBroken(draft, 'heartbeats', side, true);
  }

  /** Hands an edge to the protocol of one side, and sends what it says. */
  #edge(draft: Draft, side: SideIndex, key: string, event: HaEvent): Step {
    const answer = this.sides[side].answer(draft.states[side], key, event);
    draft.states[side] = answer.state;
    for (const hello of answer.said) this.#say(draft, side, hello);
    return answer;
  }

  #say(draft: Draft, from: SideIndex, hello: number): void {
    const to = otherSide(from);
    const receiver = this.facts(draft, to);
    if (receiver === null || ha1Down(draft)) return; // A hung agent's kernel acknowledges what nobody will read.
    const inbox = this.inbox(draft, to);
    if ((inbox.at(-1) ?? receiver.hears) === hello) return; // Nothing new: the peer's agent drops it.
    draft.inboxes[to] = this.#inboxes.idOf([...inbox, hello].slice(-this.bounds.underWay));
  }
}
