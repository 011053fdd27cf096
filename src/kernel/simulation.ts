/**
 * The event loop: takes the next event off the queue, moves the clock, calls the handler of its kind.
 *
 * An event is data (time, kind, target, two integers, cause), never a closure, so a run can be replayed, sliced and
 * explained. `cause` is the record in force: what a handler schedules inherits it, and it is restored before the handler
 * of that event runs, so that every consequence leads back to what set it off.
 */

import { DEFAULT_LIMITS, LimitError, type Limits } from './limits.ts';
import { EventQueue, NO_SLOT, type Handle } from './queue.ts';
import { RandomStreams } from './random.ts';
import type { TimeUs } from './time.ts';
import { Trace, type TraceLevel } from './trace.ts';

export { LimitError, type Limits } from './limits.ts';
export type { Handle } from './queue.ts';

/** Events that the hot loop executes before the other limits are looked at again: a small integer, and a large one. */
const MOST_AT_ONCE = 2 ** 29;

/** What happens when an event of a kind is executed. */
export type Handler = (target: number, a: number, b: number, payload: unknown) => void;

/** Why `run` returned: the time was reached, nothing is pending, a handler called `stop`, the budget is used up. */
export type RunEnd = 'until' | 'idle' | 'stopped' | 'paused';

export interface SimulationOptions {
  readonly seed: string;
  /** Names of the event kinds; the index is the kind's number. */
  readonly kinds: readonly string[];
  readonly traceLevel?: TraceLevel;
  readonly limits?: Partial<Limits>;
}

/** One run in virtual time. */
export class Simulation {
  /** Id of the trace record in force, 0 for none; what is scheduled or noted now follows from it. */
  cause = 0;
  readonly trace: Trace;
  readonly random: RandomStreams;
  private readonly assumptions = new Set<string>();
  private readonly kinds: readonly string[];
  private readonly limits: Limits;
  private readonly queue = new EventQueue();
  private readonly handlers: Handler[];
  private clockUs: TimeUs = 0;
  private executedCount = 0;
  private instantCount = 0;
  private lastKind = -1;
  private running = false;
  private stopped = false;
  private readonly unhandled: Handler = () => {
    throw new Error(`event kind ${this.kinds[this.lastKind]} has no handler`);
  };

  constructor(options: SimulationOptions) {
    this.kinds = options.kinds;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.trace = new Trace(options.traceLevel ?? 'off');
    this.random = new RandomStreams(options.seed);
    this.handlers = options.kinds.map(() => this.unhandled);
    if (new Set(options.kinds).size < options.kinds.length) throw new Error('two event kinds have one name');
  }

  /** The current virtual time. */
  get nowUs(): TimeUs {
    return this.clockUs;
  }

  /** Number of events executed so far. */
  get executed(): number {
    return this.executedCount;
  }

  /** Parameters that `assume` was told of, in that order. */
  get assumed(): ReadonlySet<string> {
    return this.assumptions;
  }

  /** Takes down that the run rests on a parameter of the model: called where its value takes effect. */
  assume(parameter: string): void {
    this.assumptions.add(parameter);
  }

  /** When the next event is; Infinity when none is to come. */
  get nextUs(): TimeUs {
    return this.queue.peekTimeUs();
  }

  /** Number of events still to come. */
  get pending(): number {
    return this.queue.size;
  }

  /** The number of an event kind, by its name. */
  kindNumber(name: string): number {
    const kind = this.kinds.indexOf(name);
    if (kind < 0) throw new RangeError(`expected a declared event kind, got ${name}`);
    return kind;
  }

  /** The number of the event kind with this name. */
  kindOf(name: string): number {
    const kind = this.kinds.indexOf(name);
    if (kind < 0) throw new Error(`no event kind is named ${name}`);
    return kind;
  }

  /** Sets what happens at events of a kind; each kind takes exactly one handler. */
  on(kind: number, handler: Handler): void {
    if (!this.isKind(kind)) throw noKind(kind);
    if (this.handlers[kind] !== this.unhandled) {
      throw new Error(`event kind ${this.kinds[kind]} already has a handler`);
    }
    this.handlers[kind] = handler;
  }

  /**
   * Schedules an event after a delay.
   *
   * @param delayUs integer, 0 or more; events of one time are executed in the order they were scheduled
   * @param a an integer for the handler, as is `b`
   * @param payload an object for the handler; most events need none
   * @returns a handle for `cancel` and `rearm`
   */
  schedule(delayUs: TimeUs, kind: number, target: number, a = 0, b = 0, payload: unknown = null): Handle {
    if (!isDuration(delayUs)) throw this.badTime(this.clockUs + delayUs);
    if (!this.isKind(kind)) throw noKind(kind);
    const { queue } = this;
    queue.timeUs = this.clockUs + delayUs;
    return queue.handleOf(queue.insert(kind, target, a, b, this.cause, payload));
  }

  /** Schedules an event at an absolute time, now or later; else as `schedule`. */
  scheduleAt(timeUs: TimeUs, kind: number, target: number, a = 0, b = 0, payload: unknown = null): Handle {
    return this.schedule(timeUs - this.clockUs, kind, target, a, b, payload);
  }

  /** Takes an event back; false when it was executed or cancelled before. */
  cancel(handle: Handle): boolean {
    return this.queue.cancel(handle);
  }

  /** Moves a pending event to `delayUs` from now, as if newly scheduled; false when it is no longer pending. */
  rearm(handle: Handle, delayUs: TimeUs): boolean {
    if (!isDuration(delayUs)) throw this.badTime(this.clockUs + delayUs);
    const { queue } = this;
    const slot = queue.pendingSlot(handle);
    if (slot === NO_SLOT) return false;
    queue.timeUs = this.clockUs + delayUs;
    queue.move(slot);
    return true;
  }

  /** Whether an event is still to come. */
  isPending(handle: Handle): boolean {
    return this.queue.isPending(handle);
  }

  /**
   * Notes a fact in the trace. It does not become the record in force: set `cause` to the returned id for that.
   *
   * @param cause id of the record it follows from, `this.cause` unless given
   * @returns the record's id
   */
  note(kind: string, subject: string, data?: object, cause: number = this.cause): number {
    return this.trace.note(this.clockUs, kind, subject, cause, data);
  }

  /** Ends the run after the event being executed. */
  stop(): void {
    this.stopped = true;
  }

  /**
   * Executes all events up to and including a time.
   *
   * The clock ends at `untilUs` when the end is 'until' or 'idle', else at the last event. Slicing a run by budget or
   * by time does not change what happens in it.
   *
   * @param options.budget most events to execute in this call
   * @throws LimitError when the run goes past one of its limits
   */
  run(untilUs: TimeUs, options: { readonly budget?: number } = {}): RunEnd {
    if (this.running) throw new Error('run called from inside a handler');
    if (!isDuration(untilUs - this.clockUs)) throw this.badTime(untilUs);
    const budget = options.budget ?? Infinity;
    if (!(budget > 0)) throw new RangeError(`budget: expected a number above 0, got ${budget}`);
    this.running = true;
    this.stopped = false;
    try {
      return this.loop(untilUs, this.executedCount + budget);
    } finally {
      this.running = false;
      this.cause = 0;
    }
  }

  private loop(untilUs: TimeUs, pauseAt: number): RunEnd {
    const lastUs = Math.min(untilUs, this.limits.maxTimeUs);
    const haltAt = Math.min(pauseAt, this.limits.maxEvents);
    while (this.queue.peekTimeUs() <= lastUs) {
      if (this.executedCount >= haltAt) return this.halt();
      this.execute(lastUs, Math.min(haltAt - this.executedCount, MOST_AT_ONCE));
      if (this.stopped) return 'stopped';
    }
    return this.finish(untilUs);
  }

  /** The hot loop: it counts in small integers and hands on no float, so that nothing in it is boxed. */
  private execute(lastUs: TimeUs, most: number): void {
    const { queue, handlers } = this;
    const { maxEventsPerInstant, maxPending } = this.limits;
    const full = this.trace.level === 'full';
    for (let left = most; left > 0; left = (left - 1) | 0) {
      const timeUs = queue.peekTimeUs();
      if (timeUs > lastUs) return;
      if (timeUs !== this.clockUs) {
        if (queue.size > maxPending) throw this.limitError('pending', maxPending);
        this.clockUs = timeUs;
        this.instantCount = 0;
      } else if (this.instantCount >= maxEventsPerInstant) {
        throw this.limitError('instant', maxEventsPerInstant);
      }
      const slot = queue.pop();
      const kind = queue.kindOf(slot);
      this.executedCount++;
      this.instantCount++;
      this.lastKind = kind;
      this.cause = queue.causeOf(slot);
      if (full) this.traceEvent(slot);
      const handler = handlers[kind]!;
      if (queue.isPlain(slot)) {
        handler(queue.targetOf(slot), queue.smallAOf(slot), queue.smallBOf(slot), null);
      } else {
        handler(queue.targetOf(slot), queue.aOf(slot), queue.bOf(slot), queue.takePayload(slot));
      }
      if (this.stopped) return;
    }
  }

  private finish(untilUs: TimeUs): RunEnd {
    const nextUs = this.queue.peekTimeUs();
    if (nextUs <= untilUs) throw this.limitError('time', this.limits.maxTimeUs);
    if (untilUs > this.clockUs) {
      this.clockUs = untilUs;
      this.instantCount = 0;
    }
    return nextUs === Infinity ? 'idle' : 'until';
  }

  private halt(): RunEnd {
    if (this.executedCount >= this.limits.maxEvents) throw this.limitError('events', this.limits.maxEvents);
    return 'paused';
  }

  private traceEvent(slot: number): void {
    const { queue } = this;
    const kind = queue.kindOf(slot);
    if (this.trace.events.length >= this.limits.maxTraced)
      throw this.limitError('trace', this.limits.maxTraced);
    this.trace.event(kind, {
      ordinal: this.executedCount,
      timeUs: this.clockUs,
      kind: this.kinds[kind]!,
      target: queue.targetOf(slot),
      a: queue.aOf(slot),
      b: queue.bOf(slot),
      cause: this.cause,
    });
  }

  private limitError(limit: LimitError['limit'], count: number): LimitError {
    return new LimitError(limit, count, this.clockUs, this.kinds[this.lastKind] ?? '');
  }

  private isKind(kind: number): boolean {
    return kind >>> 0 === kind && kind < this.handlers.length;
  }

  private badTime(timeUs: TimeUs): RangeError {
    return new RangeError(`time: expected integer microseconds from ${this.clockUs} on, got ${timeUs}`);
  }
}

function isDuration(us: TimeUs): boolean {
  return us >= 0 && us <= Number.MAX_SAFE_INTEGER && Math.floor(us) === us;
}

function noKind(kind: number): RangeError {
  return new RangeError(`no event kind has the number ${kind}`);
}
