/**
 * Limits that end a run which has run away: too many events, too far in time, too much in memory, or stuck at one instant.
 *
 * A scenario can be wrong in ways no schema sees (a zero period, two devices answering each other without delay); the
 * run then stops with one sentence that names the last event instead of filling the machine.
 */

import { SECOND_US, type TimeUs } from './time.ts';

/** Where a run ends by force. */
export interface Limits {
  /** Events executed in all. */
  readonly maxEvents: number;
  /** The latest time at which an event may be executed. */
  readonly maxTimeUs: TimeUs;
  /** Events executed without time moving on. */
  readonly maxEventsPerInstant: number;
  /** Events that may wait at once. */
  readonly maxPending: number;
  /** Events that a full trace may keep. */
  readonly maxTraced: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxEvents: 2_000_000_000,
  maxTimeUs: Number.MAX_SAFE_INTEGER,
  maxEventsPerInstant: 1_000_000,
  maxPending: 2_000_000,
  maxTraced: 1_000_000,
};

/** A run went past one of its limits. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
  readonly limit: 'events' | 'time' | 'instant' | 'pending' | 'trace';
  /** Virtual time at which it was noticed. */
  readonly timeUs: TimeUs;
  /** Name of the last executed event's kind, empty when there was none. */
  readonly kind: string;

  constructor(limit: LimitError['limit'], count: number, timeUs: TimeUs, kind: string) {
    super(sentence(limit, count, timeUs, kind));
    this.limit = limit;
    this.timeUs = timeUs;
    this.kind = kind;
  }
}

function sentence(limit: LimitError['limit'], count: number, timeUs: TimeUs, kind: string): string {
  const last = kind === '' ? '' : `, last kind ${kind}`;
  switch (limit) {
    case 'events':
      return `${count} events by ${seconds(timeUs)}${last}: the run reached its limit of events`;
    case 'time':
      return `events still pending after ${seconds(count)}${last}: the run reached its limit of time`;
    case 'instant':
      return `${count} events at the same instant ${seconds(timeUs)}${last}: the scenario makes no progress`;
    case 'pending':
      return `${count} events waiting at ${seconds(timeUs)}${last}: the scenario starts more than it ends`;
    case 'trace':
      return `${count} events traced by ${seconds(timeUs)}: expected a shorter run, or a trace of the protocol only`;
  }
}

function seconds(us: TimeUs): string {
  return `${(us / SECOND_US).toFixed(3)} s`;
}
