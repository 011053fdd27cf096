/**
 * What one run has exercised: a fold over its records. A record that an edge reaches the HA agent, together with the role that the
 * firewall had, names the cell of the protocol's table that answered it.
 */

import type { HaMode } from '../ha/config.ts';
import type { Role } from '../ha/role.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import type { RecordData } from '../run/record.ts';
import type { RunResult } from '../run/result.ts';
import { reactionName, type CoverageKind } from './coverage-items.ts';

/** How often each item was exercised; an item that was not is not in it. */
export type Exercised = Readonly<Partial<Record<CoverageKind, Readonly<Record<string, number>>>>>;

/** What a run tells of it. */
export type Told = Pick<RunResult, 'records' | 'workloads'>;

/** @param flaps entries of the timeline that were a `flap`, which records tell as the cuts that it is made of */
export function exercisedBy({ records, workloads }: Told, flaps: number): Exercised {
  const counter = new Counter();
  for (const record of records) counter.observe(record);
  for (const { lost } of workloads) {
    for (const [cause, count] of Object.entries(lost)) counter.count('session losses', cause, count);
  }
  counter.count('faults', 'flap', flaps);
  return counter.counts;
}

/** Both together. */
export function together(one: Exercised, other: Exercised): Exercised {
  const sum = new Counter();
  for (const part of [one, other]) {
    for (const [kind, counts] of Object.entries(part)) {
      for (const [name, count] of Object.entries(counts)) sum.count(kind as CoverageKind, name, count);
    }
  }
  return sum.counts;
}

/** Actions after which an agent takes no edges until it is started or resumed; what comes meanwhile is nobody's reaction. */
const DEAF: ReadonlySet<string> = new Set(['ha-agent-hang', 'management-plane-stall']);

class Counter {
  readonly counts: Partial<Record<CoverageKind, Record<string, number>>> = {};
  readonly #roles = new Map<string, Role | null>();
  readonly #deaf = new Set<string>();

  observe(record: TraceRecord): void {
    const { kind, subject, data } = record;
    const edge = edgeOf(record);
    const role = this.#roles.get(subject) ?? null;
    if (edge !== null && role !== null && !this.#deaf.has(subject)) {
      this.count('reactions', reactionName(role, edge));
    }
    switch (kind) {
      case 'role':
        return this.#role(subject, data as unknown as RecordData['role']);
      case 'reason':
        return this.count('reasons', String(data['reason']));
      case 'peer':
        if (typeof data['reason'] === 'string') this.count('reasons', data['reason']);
        return;
      case 'power':
        this.#roles.set(subject, null);
        return;
      case 'timer':
        if (data['step'] === 'expired') this.count('timers', String(data['timer']));
        return;
      case 'fault':
      case 'operator':
        return this.#action(
          kind === 'fault' ? 'faults' : 'operator actions',
          subject,
          String(data['action']),
        );
    }
  }

  count(kind: CoverageKind, name: string, times = 1): void {
    if (times === 0) return;
    const counts = (this.counts[kind] ??= {});
    counts[name] = (counts[name] ?? 0) + times;
  }

  #role(subject: string, { to, reason, rule }: RecordData['role']): void {
    this.count('reasons', reason);
    // `converged` is no transition: the pair has long been up.
    if (rule.startsWith('T')) this.count('transitions', rule);
    this.#roles.set(subject, to as Role);
    if (rule === 'T1') {
      this.#deaf.delete(subject);
      this.count('reactions', reactionName('initial', 'start'));
    }
  }

  #action(kind: CoverageKind, subject: string, action: string): void {
    this.count(kind, action);
    if (DEAF.has(action)) this.#deaf.add(subject);
    if (action === 'management-plane-resume') this.#deaf.delete(subject);
  }
}

/** The edge that a record hands to the HA agent, as the columns of the table are called; null for others. */
function edgeOf({ kind, data }: TraceRecord): string | null {
  switch (kind) {
    case 'timer':
      return data['step'] === 'expired' ? `timer ${String(data['timer'])}` : null;
    case 'peer':
      return data['connection'] === 'up' ? 'peer-heard' : 'peer-lost';
    case 'monitor':
      return 'monitor';
    case 'dataplane':
      return 'dataplane';
    case 'ha3':
      return 'up' in data ? 'ha3' : null;
    case 'session-sync':
      return data['step'] === 'complete' ? 'sessions-synchronized' : null;
    case 'operator':
      return data['action'] === 'suspend' || data['action'] === 'functional' ? data['action'] : null;
    default:
      return null;
  }
}

/** What the runs of one scenario have exercised. */
export interface ScenarioCoverage {
  readonly mode: HaMode;
  readonly aws: boolean;
  readonly runs: number;
  readonly exercised: Exercised;
}
