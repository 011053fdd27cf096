/** Compares two results. Pure: comparing a run with itself finds nothing. */

import type { Failover } from '../../measure/failover.ts';
import type { RunResult } from '../../run/result.ts';
import { focusOf } from '../lanes/focus.ts';
import { timelineRows, type Row } from '../rows.ts';
import { align, MOST_ROWS } from './align.ts';
import type { Comparison, FailoverPair, FigurePair, MovedRow, PartPair, VerdictPair } from './comparison.ts';
import { settingDifferences, type PlainTree } from './settings.ts';

/** A run with what it was made of. */
export interface Compared {
  readonly result: RunResult;
  /** Its scenario with every default filled in. */
  readonly settings: PlainTree;
}

/** What differs between two runs. */
export function compareRuns(a: Compared, b: Compared): Comparison {
  const rows = movedRows(a.result, b.result);
  return {
    identical: a.result.digests.protocol === b.result.digests.protocol,
    settings: settingDifferences(a.settings, b.settings),
    ...rows,
    failovers: failoverPairs(a.result.failovers, b.result.failovers),
    figures: figurePairs(a.result, b.result),
    verdicts: verdictPairs(a.result, b.result),
  };
}

// --- rows ----------------------------------------------------------------------------------------------------------------

function movedRows(a: RunResult, b: RunResult): Pick<Comparison, 'moved' | 'alike' | 'leftOut'> {
  const [aAll, bAll] = [timelineRows(a.records, a.devices), timelineRows(b.records, b.devices)];
  const [aRows, bRows] = [aAll.slice(0, MOST_ROWS), bAll.slice(0, MOST_ROWS)];
  const [aZero, bZero] = [focusOf(a)[0], focusOf(b)[0]];
  const pairs = align(
    aRows.map((row) => keyOf(row, a)),
    bRows.map((row) => keyOf(row, b)),
  );
  const moved: MovedRow[] = [];
  let alike = 0;
  for (const [i, j] of pairs) {
    const [one, other] = [i === null ? null : aRows[i]!, j === null ? null : bRows[j]!];
    const aUs = one === null ? null : one.timeUs - aZero;
    const bUs = other === null ? null : other.timeUs - bZero;
    if (aUs === bUs) {
      alike += 1;
      continue;
    }
    const { subject = '', text = '' } = one ?? other ?? {};
    moved.push({ subject, text, aUs, bUs, aRecord: one?.id ?? 0, bRecord: other?.id ?? 0 });
  }
  const leftOut = aAll.length - aRows.length + bAll.length - bRows.length;
  return { moved: moved.toSorted((one, other) => when(one) - when(other)), alike, leftOut };
}

/** When the earlier of the two was. */
function when({ aUs, bUs }: MovedRow): number {
  return Math.min(aUs ?? Infinity, bUs ?? Infinity);
}

/** What stays the same of a row that moves: who, what, and its words without their numbers. */
function keyOf({ kind, subject, text, record }: Row, { devices }: RunResult): string {
  const device = devices.findIndex(({ name }) => name === subject);
  const who = device === -1 ? subject : `device ${device}`;
  if (kind === 'role') return `${who} ${kind} ${String(record.data['from'])} ${String(record.data['to'])}`;
  return `${who} ${kind} ${text.replace(/\d[\d.,]*\s?(us|ms|s|min|h|d)?\b/g, '#')}`;
}

// --- failovers -----------------------------------------------------------------------------------------------------------

function failoverPairs(a: readonly Failover[], b: readonly Failover[]): FailoverPair[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => {
    const [one, other] = [a[index] ?? null, b[index] ?? null];
    return {
      ordinal: index + 1,
      a: one === null ? null : nameOf(one),
      b: other === null ? null : nameOf(other),
      aTotalUs: one?.totalUs ?? null,
      bTotalUs: other?.totalUs ?? null,
      parts: partPairs(one, other),
    };
  });
}

function nameOf({ kind, from, to }: Failover): string {
  return `${kind} ${from ?? 'nobody'} → ${to}`;
}

/** The parts of both; a cloud's part is in one of them alone where only that one is in a cloud. */
function partPairs(a: Failover | null, b: Failover | null): PartPair[] {
  const longer = (a?.parts.length ?? 0) >= (b?.parts.length ?? 0) ? a : b;
  return (longer?.parts ?? []).map(({ part }) => {
    const [one, other] = [a, b].map((failover) =>
      failover?.parts.find((candidate) => candidate.part === part),
    );
    return {
      part,
      aUs: one === undefined ? (a === null ? null : 0) : one.us,
      bUs: other === undefined ? (b === null ? null : 0) : other.us,
      aSetBy: one?.setBy ?? [],
      bSetBy: other?.setBy ?? [],
    };
  });
}

// --- figures -------------------------------------------------------------------------------------------------------------

/** Figures that differ: sessions lost, what probes missed, availability. */
function figurePairs(a: RunResult, b: RunResult): FigurePair[] {
  const [aFigures, bFigures] = [figuresOf(a), figuresOf(b)];
  const names = [...new Set([...aFigures.keys(), ...bFigures.keys()])];
  return names.flatMap((name): FigurePair[] => {
    const [one, other] = [aFigures.get(name), bFigures.get(name)];
    const unit = (one ?? other)?.unit ?? 'count';
    // A cause that the other run does not have is none there; a probe that it does not have is not.
    const absent = unit === 'count' && name.startsWith('sessions') ? 0 : null;
    const [aValue, bValue] = [
      one === undefined ? absent : one.value,
      other === undefined ? absent : other.value,
    ];
    return aValue === bValue ? [] : [{ name, unit, a: aValue, b: bValue }];
  });
}

type Figures = ReadonlyMap<string, { readonly unit: FigurePair['unit']; readonly value: number }>;

function figuresOf({ workloads, probes, dualActive }: RunResult): Figures {
  const figures = new Map<string, { unit: FigurePair['unit']; value: number }>();
  const add = (name: string, unit: FigurePair['unit'], value: number): void => {
    figures.set(name, { unit, value: (figures.get(name)?.value ?? 0) + value });
  };
  for (const { lost, failed } of workloads) {
    for (const [cause, count] of Object.entries(lost)) add(`sessions lost: ${cause}`, 'count', count);
    if (failed > 0) add('sessions failed', 'count', failed);
  }
  for (const { name, lost, longestGapUs } of probes) {
    add(`${name}: lost`, 'count', lost);
    add(`${name}: longest gap`, 'us', longestGapUs);
  }
  add(
    'time with two actives',
    'us',
    dualActive.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0),
  );
  return figures;
}

// --- verdicts ------------------------------------------------------------------------------------------------------------

function verdictPairs(a: RunResult, b: RunResult): VerdictPair[] {
  const names = [...new Set([...a.verdicts, ...b.verdicts].map(({ name }) => name))];
  return names.flatMap((name) => {
    const pair = { name, a: verdictOf(a, name), b: verdictOf(b, name) };
    return pair.a === pair.b ? [] : [pair];
  });
}

function verdictOf({ verdicts }: RunResult, name: string): VerdictPair['a'] {
  const found = verdicts.filter((one) => one.name === name);
  if (found.length === 0) return 'not expected';
  return found.every(({ passed }) => passed) ? 'met' : 'not met';
}
