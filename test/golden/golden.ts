/**
 * What the golden file keeps of each scenario, and how two such accounts differ.
 *
 * Digests say *that* a run has changed; the numbers beside them say *what* has: every transition with its time, the parts
 * of every failover, what the probes saw and what became of the sessions. All times are integer microseconds.
 */

import { readFileSync } from 'node:fs';
import { PARTS } from '../../src/measure/part.ts';
import type { RunResult } from '../../src/run/result.ts';
import { writeDuration } from '../../src/scenario/schema/units.ts';

export const GOLDEN_FILE = new URL('./scenarios.json', import.meta.url);

/** A tree of named numbers and texts. */
export interface Account {
  readonly [name: string]: Account | number | string | null;
}

/** The golden accounts by scenario; empty when there is no file yet. */
export function readGolden(): Readonly<Record<string, Account>> {
  try {
    return JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Record<string, Account>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** What is kept of a run; the run must have been traced in full. */
export function accountOf(result: RunResult): Account {
  return {
    digests: { ...result.digests },
    events: result.events,
    transitions: Object.fromEntries(result.devices.map(({ name }) => [name, transitions(result, name)])),
    failovers: Object.fromEntries(result.failovers.map((failover) => [title(failover), parts(failover)])),
    probes: Object.fromEntries(
      result.probes.map(({ name, sent, lost, longestGapUs }) => [name, { sent, lost, longestGapUs }]),
    ),
    sessions: Object.fromEntries(
      result.workloads.map(({ name, started, completed, failed, open, lost }) => [
        name,
        { started, completed, failed, open, lost: { ...lost } },
      ]),
    ),
  };
}

/** Every role that a device took, in order: `2 T19 passive` with its time. */
function transitions(result: RunResult, device: string): Account {
  const changes = result.records.filter(({ kind, subject }) => kind === 'role' && subject === device);
  return Object.fromEntries(
    changes.map(({ timeUs, data }, index) => [
      `${index + 1} ${String(data['rule'])} ${String(data['to'])}`,
      timeUs,
    ]),
  );
}

type Failover = RunResult['failovers'][number];

function title({ ordinal, kind, rule, from, to }: Failover): string {
  return `${ordinal} ${kind} ${rule} ${from} → ${to}`;
}

function parts({ totalUs, sessions, ...failover }: Failover): Account {
  const { carried, recreated, missing } = sessions;
  return {
    ...Object.fromEntries(PARTS.map((part) => [`${part}Us`, failover[`${part}Us`]])),
    totalUs,
    carried,
    recreated,
    missing: { ...missing },
  };
}

/** What moved between two accounts and by how much, one line each; empty when they are equal. */
export function differences(before: Account, after: Account): string[] {
  const old = flatten(before);
  const now = flatten(after);
  const names = [...old.keys(), ...[...now.keys()].filter((name) => !old.has(name))];
  return names.flatMap((name) => {
    const was = old.get(name);
    const is = now.get(name);
    if (was === is) return [];
    return [`${name}: ${write(name, was)} → ${write(name, is)}${byHowMuch(name, was, is)}`];
  });
}

type Value = number | string | null | undefined;

function flatten(account: Account, prefix = ''): Map<string, Value> {
  const flat = new Map<string, Value>();
  for (const [key, value] of Object.entries(account)) {
    const name = prefix === '' ? key : `${prefix} › ${key}`;
    if (value === null || typeof value !== 'object') flat.set(name, value);
    else for (const [inner, leaf] of flatten(value, name)) flat.set(inner, leaf);
  }
  return flat;
}

function isTime(name: string): boolean {
  return name.endsWith('Us') || name.startsWith('transitions');
}

function write(name: string, value: Value): string {
  if (value === undefined) return 'absent';
  return typeof value === 'number' && isTime(name) ? writeDuration(value) : String(value);
}

function byHowMuch(name: string, was: Value, is: Value): string {
  if (typeof was !== 'number' || typeof is !== 'number') return '';
  const change = is - was;
  return ` (${change > 0 ? '+' : '-'}${write(name, Math.abs(change))})`;
}
