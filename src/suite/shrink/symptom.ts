/**
 * How a run fails, without the numbers: what has to stay the same while `hasim shrink` takes a scenario apart.
 *
 * Two runs fail in the same way when
 * - the same expectation is not met, and of its measures the same ones are not, each on the same side of what was expected (too much,
 *   too little, or no such value at all); of an expectation on the state of the pair, the same state was found;
 * - it came about in the same way, where a chain of causes leads there: from the same action on the same thing, through the same changes
 *   of role for the same reasons; where there is no such chain and something is missing rather than too much, both runs had a fault or
 *   an operator's action, or neither had;
 * - of an expectation over seeds, the runs refute it both times, with values or for want of any;
 * - or both break off, with the same limit, or at the same law of the simulator.
 */

import { InvariantError } from '../../check/invariants.ts';
import type { AggregateVerdict } from '../../check/over-seeds.ts';
import type { Verdict } from '../../check/verdict.ts';
import { LimitError } from '../../kernel/limits.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import type { RunResult } from '../../run/result.ts';
import { parseComparison, satisfies } from '../../scenario/schema/comparison.ts';
import { parseDurationUs } from '../../scenario/schema/units.ts';

/** On which side of what was expected a measure is; `none` = there is no such value. */
export type Side = 'met' | 'below' | 'above' | 'none';

export type Symptom =
  | {
      readonly kind: 'unmet';
      /** Of the expectation in the scenario. */
      readonly index: number;
      /** Of expectations on measured values; else empty. */
      readonly sides: Readonly<Record<string, Side>>;
      /** What was measured, without its numbers, where it has no measures. */
      readonly found: string;
      /** The chain of causes: what it begins with, such as `fault interface-down palo-1`, and the changes of role in it. */
      readonly way: readonly string[];
      /** Something was done to the pair. */
      readonly acted: boolean;
      /** In words, with the numbers of this run; no part of the way. */
      readonly told: string;
    }
  | { readonly kind: 'broke'; readonly by: string; readonly told: string };

/** Every way in which a finished run fails, in the order of its expectations. */
export function symptomsOf(result: RunResult): Symptom[] {
  const acted = result.records.some(({ kind }) => kind === 'fault' || kind === 'operator');
  return result.verdicts
    .filter(({ passed }) => !passed)
    .map((verdict): Symptom => {
      const sides = sidesOf(verdict);
      const found = Object.keys(sides).length === 0 ? withoutNumbers(verdict.measured) : '';
      const way = wayOf(verdict, result.records);
      return { kind: 'unmet', index: verdict.index, sides, found, way, acted, told: tell(verdict) };
    });
}

function tell({ name, expected, measured }: Pick<Verdict, 'name' | 'expected' | 'measured'>): string {
  const told = `expected ${expected}, measured ${measured}`;
  return name.includes(expected) ? told : `${name}: ${told}`;
}

/** Every expectation over seeds that some runs refute. One that they are too few to decide is none: fewer runs would be its smallest. */
export function symptomsOverSeeds(verdicts: readonly AggregateVerdict[], acted: boolean): Symptom[] {
  return verdicts
    .filter(({ status }) => status === 'failed')
    .map((verdict) => {
      const found = withoutNumbers(verdict.measured);
      return { kind: 'unmet', index: verdict.index, sides: {}, found, way: [], acted, told: tell(verdict) };
    });
}

/** How a run broke off. */
export function symptomOfError(error: unknown): Symptom {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  if (error instanceof LimitError) return { kind: 'broke', by: `limit ${error.limit}`, told: message };
  const law = error instanceof InvariantError ? message.replace(/^invariant broken at .*?: /, '') : message;
  const kind = error instanceof InvariantError ? 'invariant' : 'internal error';
  return { kind: 'broke', by: `${kind}: ${withoutNumbers(law)}`, told: message };
}

/** Whether both are the same way to fail; of expectations, the index does not count. */
export function isSameWay(one: Symptom, other: Symptom): boolean {
  if (one.kind === 'broke' || other.kind === 'broke') {
    return one.kind === 'broke' && other.kind === 'broke' && one.by === other.by;
  }
  const acts = one.way.length > 0 || isTooMuch(one) || one.acted === other.acted;
  return (
    acts &&
    one.found === other.found &&
    one.way.join('; ') === other.way.join('; ') &&
    sidesText(one.sides) === sidesText(other.sides)
  );
}

function isTooMuch({ sides }: Extract<Symptom, { kind: 'unmet' }>): boolean {
  return Object.values(sides).includes('above');
}

/** Those that are not met. */
function sidesText(sides: Readonly<Record<string, Side>>): string {
  return Object.entries(sides)
    .filter(([, side]) => side !== 'met')
    .map(([name, side]) => `${name} ${side}`)
    .join(', ');
}

/** `expected: total < 1s, lost = 0` against `measured: total 1.2s, lost none`; empty when the verdict is of another kind. */
function sidesOf({ expected, measured }: Verdict): Record<string, Side> {
  const values = new Map(measured.split(', ').map(splitName));
  const sides: Record<string, Side> = {};
  for (const [name, comparison] of expected.split(', ').map(splitName)) {
    const side = sideOf(comparison, values.get(name));
    if (side === null) return {};
    sides[name] = side;
  }
  return sides;
}

function splitName(part: string): [name: string, rest: string] {
  const space = part.indexOf(' ');
  return space === -1 ? [part, ''] : [part.slice(0, space), part.slice(space + 1)];
}

/** Null when one of the two texts is not what measures are written as. */
function sideOf(comparison: string, value: string | undefined): Side | null {
  const range = parseComparison(comparison, quantity);
  if (range === null || value === undefined) return null;
  if (value === 'none') return 'none';
  const measured = quantity(value);
  if (measured === null) return null;
  if (satisfies(range, measured)) return 'met';
  return range.maximum !== null && measured >= range.maximum ? 'above' : 'below';
}

/** A count, a percentage, or a duration as scenarios (`90s`) and reports (`1min 30s`) write it. */
function quantity(text: string): number | null {
  const plain = /^(\d+(?:\.\d+)?)\s*%?$/.exec(text.trim());
  if (plain !== null) return Number(plain[1]);
  const parts = text.trim().match(/\d+(?:\.\d+)?\s*[a-z]+/g) ?? [];
  if (parts.join(' ').replaceAll(' ', '') !== text.replaceAll(' ', '')) return null;
  const lengths = parts.map(parseDurationUs);
  if (lengths.length === 0 || lengths.includes(null)) return null;
  return lengths.reduce<number>((sum, us) => sum + (us ?? 0), 0);
}

/** Numbers that stand alone, with their unit; those within names and addresses stay. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/(?<![\w.:/-])\d+(\.\d+)?\s?(us|ms|s|min|h|d|%)?(?![\w.:/-])/g, '…');
}

function wayOf({ causes }: Verdict, records: readonly TraceRecord[]): string[] {
  const chain = causes.flatMap((id) => records[id - 1] ?? []).toReversed();
  return chain.flatMap(({ kind, subject, data }, index) => {
    if (kind === 'role') return [`${subject} ${String(data['to'])}: ${String(data['reason'])}`];
    if (index > 0) return [];
    return [
      typeof data['action'] === 'string' ? `${kind} ${data['action']} ${subject}` : `${kind} ${subject}`,
    ];
  });
}
