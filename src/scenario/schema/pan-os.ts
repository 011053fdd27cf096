/**
 * A value of which PAN-OS accepts less than can be simulated: a heartbeat-interval of 100 ms is refused by PAN-OS, and the
 * model runs it all the same. The schema holds the wide range, so that the engine stays safe; the range of PAN-OS stands
 * beside it as data, for `checks/refusals/ranges.ts`, which a scenario may lift with `deliberate:`.
 */

import { z } from 'zod';
import { duration, parseDurationUs, writeDuration } from './units.ts';

/** What PAN-OS accepts, with the rule of the reference that says so; durations in microseconds. */
export interface PanOsRange {
  /** The setting, as PAN-OS spells it. */
  readonly name: string;
  readonly rule: string;
  /** Keys of the reference's list of sources. */
  readonly sources: readonly string[];
  /** The range in words: `1s to 1min`. */
  readonly words: string;
  /** Its ends, as numbers; 0 may be accepted besides. */
  readonly from: number;
  readonly to: number;
  /** The number that a value of the file stands for, or null when it stands for none that can be simulated. */
  readonly read: (value: unknown) => number | null;
  readonly accepts: (value: number) => boolean;
}

/** The ranges of PAN-OS, by the part of the schema to which they belong. */
export const PAN_OS_RANGES = z.registry<PanOsRange>();

interface Accepted<Value> {
  readonly name: string;
  readonly rule: string;
  readonly sources: readonly string[];
  readonly from: Value;
  readonly to: Value;
  /** 0 is accepted too: it switches the thing off. */
  readonly orZero?: boolean;
  /** What can be simulated: the shortest and the longest. */
  readonly simulated: readonly [Value, Value];
  /** A sentence for the editor. */
  readonly note?: string;
}

/** A duration that PAN-OS restricts. */
export function panOsDuration(accepted: Accepted<string>) {
  const [least, most] = accepted.simulated;
  const [from = 0, to = 0, leastUs = 0, mostUs = 0] = [accepted.from, accepted.to, least, most].map(toUs);
  const range = rangeOf(accepted, { from, to }, writeDuration, (value) => {
    const us = parseDurationUs(String(value));
    return us !== null && us >= leastUs && us <= mostUs ? us : null;
  });
  const expected = outside(range, `a duration from ${writeDuration(leastUs)} to ${writeDuration(mostUs)}`);
  const schema = duration({ from: least, to: most, expected }).describe(describe(range, accepted.note));
  return schema.register(PAN_OS_RANGES, range);
}

/** A whole number that PAN-OS restricts. */
export function panOsNumber(accepted: Accepted<number>) {
  const [least, most] = accepted.simulated;
  const range = rangeOf(accepted, accepted, String, (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? (value as number)
      : null,
  );
  const error = outside(range, `a whole number from ${least} to ${most}`);
  const schema = z.number({ error }).int({ error }).min(least, error).max(most, error);
  return schema.describe(describe(range, accepted.note)).register(PAN_OS_RANGES, range);
}

function toUs(text: string): number {
  const us = parseDurationUs(text);
  if (us === null) throw new Error(`${text} is no duration`);
  return us;
}

function rangeOf<Value>(
  { name, rule, sources, orZero = false }: Accepted<Value>,
  { from, to }: { readonly from: number; readonly to: number },
  write: (value: number) => string,
  read: PanOsRange['read'],
): PanOsRange {
  return {
    name,
    rule,
    sources,
    from,
    to,
    words: `${write(from)} to ${write(to)}${orZero ? ', or 0' : ''}`,
    read,
    accepts: (value) => (value >= from && value <= to) || (orZero && value === 0),
  };
}

/** `expected a flap-max from 0 to 16` */
export function expectedOf({ name, words }: PanOsRange): string {
  return `expected ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name} from ${words}`;
}

function outside(range: PanOsRange, simulated: string): string {
  return `${expectedOf(range)} (${origin(range)}), or deliberately ${simulated}`;
}

/** `R-039, D06` */
export function origin({ rule, sources }: Pick<PanOsRange, 'rule' | 'sources'>): string {
  return [rule, ...sources].join(', ');
}

function describe(range: PanOsRange, note?: string): string {
  return `${note === undefined ? '' : `${note} `}PAN-OS accepts ${range.words} (${origin(range)}).`;
}
