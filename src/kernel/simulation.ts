/**
 * The event loop: takes the next event off the queue, moves the clock, calls the handler of its kind.
 *
 * An event is data (time, kind, target, two integers, cause), never a closure, so a run can be replayed, sliced and
 * explained. `cause` is the record in force: what a handler schedules inherits it, and it is restored before the handler
 * of that event runs, so that every consequence leads back to what set it off.
 */

import { DEFAULT_LIMITS, LimitError, type Limits } from './limits.ts';
import { EventQueue, type Handle } from './queue.ts';
import { RandomStreams } from './random.ts';
import type { TimeUs } from './time.ts';
import { Trace, type TraceLevel } from './trace.ts';

export { LimitError, type Limits } from './limits.ts';
export type { Handle } from './queue.ts';

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
  private readonly kinds: readonly string[];
  private readonly limits: Limits;
  private readonly queue = new EventQueue();
  private readonly handlers: Handler[];
  private clockUs: TimeUs = 0;
  private executedCount = 0;
  private instantStart = 0;
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
    this.assertKind(kind);
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
    return this.scheduleAt(this.clockUs + checkedDelay(delayUs), kind, target, a, b, payload);
  }

  /** Schedules an event at an absolute time, now or later; else as `schedule`. */
  scheduleAt(timeUs: TimeUs, kind: number, target: number, a = 0, b = 0, payload: unknown = null): Handle {
    this.assertTime(timeUs);
    this.assertKind(kind);
    return this.queue.push(timeUs, kind, target, a, b, this.cause, payload);
  }

  /** Takes an event back; false when it was executed or cancelled before. */
  cancel(handle: Handle): boolean {
    return this.queue.cancel(handle);
  }

  /** Moves a pending event to `delayUs` from now, as if newly scheduled; false when it is no longer pending. */
  rearm(handle: Handle, delayUs: TimeUs): boolean {
    const timeUs = this.clockUs + checkedDelay(delayUs);
    this.assertTime(timeUs);
    return this.queue.rearm(handle, timeUs);
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
    this.assertTime(untilUs);
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
    const { queue, handlers, limits } = this;
    const full = this.trace.level === 'full';
    const lastUs = Math.min(untilUs, limits.maxTimeUs);
    const haltAt = Math.min(pauseAt, limits.maxEvents);
    for (;;) {
      const timeUs = queue.peekTimeUs();
      if (timeUs > lastUs) return this.finish(untilUs, timeUs);
      if (this.executedCount >= haltAt) return this.halt(pauseAt);
      if (timeUs !== this.clockUs) {
        if (queue.size > limits.maxPending) throw this.limitError('pending', limits.maxPending);
        this.clockUs = timeUs;
        this.instantStart = this.executedCount;
      } else if (this.executedCount - this.instantStart >= limits.maxEventsPerInstant) {
        throw this.limitError('instant', limits.maxEventsPerInstant);
      }
      const slot = queue.pop();
      const kind = queue.kindOf(slot);
      this.executedCount++;
      this.lastKind = kind;
      this.cause = queue.causeOf(slot);
      if (full) this.traceEvent(slot);
      handlers[kind]!(queue.targetOf(slot), queue.aOf(slot), queue.bOf(slot), queue.takePayload(slot));
      if (this.stopped) return 'stopped';
    }
  }

  private finish(untilUs: TimeUs, nextUs: TimeUs): RunEnd {
    if (nextUs <= untilUs) throw this.limitError('time', this.limits.maxTimeUs);
    if (untilUs > this.clockUs) {
      this.clockUs = untilUs;
      this.instantStart = this.executedCount;
    }
    return nextUs === Infinity ? 'idle' : 'until';
  }

  private halt(pauseAt: number): RunEnd {
    if (this.executedCount >= this.limits.maxEvents) throw this.limitError('events', this.limits.maxEvents);
    return this.executedCount >= pauseAt ? 'paused' : 'until';
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

  private assertKind(kind: number): void {
    if (kind >>> 0 !== kind || kind >= this.handlers.length)
      throw new RangeError(`no event kind has the number ${kind}`);
  }

  private assertTime(timeUs: TimeUs): void {
    if (timeUs >= this.clockUs && timeUs <= Number.MAX_SAFE_INTEGER && Math.floor(timeUs) === timeUs) return;
    throw new RangeError(`time: expected integer microseconds from ${this.clockUs} on, got ${timeUs}`);
  }
}

function checkedDelay(delayUs: TimeUs): TimeUs {
  if (delayUs >= 0) return delayUs;
  throw new RangeError(`delay: expected integer microseconds of 0 or more, got ${delayUs}`);
}
