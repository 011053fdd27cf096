/**
 * `--vary PATH=VALUES`: a setting and what it is set to, one after the other.
 *
 *     timers=recommended,aggressive      these values
 *     heartbeat-interval=1s..5s/500ms    from, to, every so much
 *     loss=1%..10%:4                     so many values, evenly
 *     hello-interval=8s..60s:log:5       so many values, each the same multiple of the one before
 *     loss=0%..5%                        anything between, for --sample
 *     loss=0.01%..5%:log                 the same, each order of magnitude as likely
 */

import type { LocatedMap } from '../scenario/located.ts';
import { writePath, type Path } from '../scenario/located.ts';
import { findPath, readValue, writeValue, type SettingMistake } from '../scenario/settings.ts';
import { readQuantity, rounded, writeQuantity } from './quantity.ts';
import type { Scale } from './result.ts';

/** A setting that is varied. */
export interface Axis {
  readonly path: Path;
  /** The whole path as text. */
  readonly name: string;
  readonly scale: Scale;
  /** Where a share (0 up to, but without 1) of the way along it is: a value as a scenario has it. */
  readonly at: (share: number) => unknown;
  /** Its values; null where any between two ends may be, which a sample alone can take. */
  readonly values: readonly unknown[] | null;
}

/** Most values of one axis. */
export const MAX_VALUES = 100_000;

const RANGE = /^(.+?)\.\.(.+?)(?:\/(.+)|:(?:(log)(?::(\d{1,6}))?|(\d{1,6})))?$/;

/** Reads `PATH=VALUES`. @param tree of the scenario that it is about */
export function readAxis(tree: LocatedMap, text: string): Axis | SettingMistake {
  const equals = text.indexOf('=');
  if (equals < 1) return { message: `expected PATH=VALUES, got ${text}`, hint: '' };
  const path = findPath(tree, text.slice(0, equals));
  if ('message' in path) return path;
  const values = text.slice(equals + 1).trim();
  const found = RANGE.test(values) && !/[,[{"']/.test(values) ? rangeOf(values) : listOf(values);
  return 'message' in found ? found : { path, name: writePath(path), ...found };
}

type Values = Pick<Axis, 'at' | 'values' | 'scale'>;

function listOf(text: string): Values | SettingMistake {
  const read = splitList(text).map(readValue);
  const wrong = read.find((one) => 'message' in one);
  if (wrong !== undefined && 'message' in wrong) return wrong;
  const values = read.flatMap((one) => ('value' in one ? [one.value] : []));
  if (values.includes(null))
    return { message: `expected values, such as 1s,2s or 1s..5s/1s, got ${text || 'nothing'}`, hint: '' };
  const twice = repeated(values);
  if (twice !== null) return { message: `expected each value once, got ${twice} twice`, hint: '' };
  return { values, scale: 'linear', at: (share) => values[Math.floor(share * values.length)] };
}

/** At commas that are not within brackets or quotes. */
function splitList(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const character of text) {
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if ('[{'.includes(character)) depth++;
    else if (']}'.includes(character)) depth--;
    if (character === ',' && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

function rangeOf(text: string): Values | SettingMistake {
  const [, low = '', high = '', step, log, logCount, count] = RANGE.exec(text) ?? [];
  const [from, to] = ends(low, high);
  if (from === null || to === null)
    return { message: `expected a range such as 1s..5s/500ms, got ${text}`, hint: '' };
  if (from.unit !== to.unit)
    return { message: `expected both ends of a range in one unit, got ${text}`, hint: '' };
  if (from.value >= to.value) return { message: `expected a range from less to more, got ${text}`, hint: '' };
  if (log !== undefined && from.value <= 0)
    return { message: `expected a range of logarithms to begin above 0, got ${text}`, hint: '' };
  const { unit } = from;
  const whole = unit !== '%' && Number.isInteger(from.value) && Number.isInteger(to.value);
  const write = (value: number): unknown => {
    const short = rounded(value, unit, whole, log === undefined ? undefined : 3);
    const value_ = Math.min(to.value, Math.max(from.value, short));
    return unit === '' ? value_ : writeQuantity({ value: value_, unit });
  };
  const at = (share: number): unknown =>
    write(
      log === undefined
        ? from.value + share * (to.value - from.value)
        : from.value * (to.value / from.value) ** share,
    );
  if (step !== undefined) return stepped(text, { from: from.value, to: to.value, unit }, step, at);
  const given = count ?? logCount;
  const scale = log === undefined ? 'linear' : 'log';
  if (given === undefined) return { values: null, scale, at };
  const number = Number(given);
  if (number < 2 || number > MAX_VALUES)
    return { message: `expected from 2 to ${MAX_VALUES} values of a range, got ${given}`, hint: '' };
  const values = distinct(Array.from({ length: number }, (_, index) => at(index / (number - 1))));
  return { values, scale, at };
}

/** The unit behind the second end is enough: `1..5s`; and `0` needs none. */
function ends(low: string, high: string) {
  const to = readQuantity(high);
  const alone = readQuantity(low);
  if (to === null || alone === null || alone.unit !== '' || to.unit === '') return [alone, to] as const;
  return [readQuantity(low.trim() + high.trim().replace(/^-?[\d.]+\s*/, '')), to] as const;
}

function stepped(
  text: string,
  range: { readonly from: number; readonly to: number; readonly unit: string },
  written: string,
  at: Axis['at'],
): Values | SettingMistake {
  const step = readQuantity(written);
  const { from, to, unit } = range;
  if (step === null || step.unit !== unit || step.value <= 0) {
    return { message: `expected a step in the unit of its range, got ${text}`, hint: '' };
  }
  const count = Math.floor((to - from) / step.value + 1e-9) + 1;
  if (count > MAX_VALUES)
    return { message: `expected at most ${MAX_VALUES} values of a range, got ${count}`, hint: '' };
  const values = Array.from({ length: count }, (_, index) => {
    const value = Number((from + index * step.value).toPrecision(12));
    return unit === '' ? value : writeQuantity({ value, unit });
  });
  return { values, scale: 'linear', at };
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Set(values)];
}

function repeated(values: readonly unknown[]): string | null {
  const texts = values.map(writeValue);
  return texts.find((text, index) => texts.indexOf(text) !== index) ?? null;
}
