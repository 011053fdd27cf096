/**
 * Folds the records of a run, as they come, into what the result reports: failovers with their parts, and the history of
 * the pair. It works at every trace level, for it listens to the trace instead of reading what the trace has kept.
 */

import { causesOf, type TraceRecord } from '../kernel/trace.ts';
import type { Takeover } from '../traffic/ledger.ts';
import { cutChain, type Failover, type FailoverKind } from './failover.ts';
import { activeDevices, type PairHistory, type PairState } from './history.ts';

/** A takeover whose traffic has not passed yet, or has. */
interface Measured {
  readonly record: TraceRecord;
  readonly before: PairState;
  readonly chain: readonly TraceRecord[];
  sessions: Takeover;
  restored: { readonly timeUs: number; readonly by: 'traffic' | 'ports' } | null;
}

const NO_SESSIONS: Takeover = { carried: 0, missing: {}, recreated: 0 };

export class Collector {
  readonly #history: PairHistory;
  readonly #records: TraceRecord[] = [];
  readonly #takeovers: Measured[] = [];
  #servedBefore = false;

  constructor(history: PairHistory) {
    this.#history = history;
  }

  /** Takes a record. */
  observe(record: TraceRecord): void {
    this.#records.push(record);
    const before = this.#history.last;
    this.#history.observe(record);
    if (record.kind === 'role' && record.data['to'] === 'active') this.#tookOver(record, before);
    else if (record.kind === 'sessions') this.#sessions(record);
    else if (record.kind === 'restored' || record.kind === 'port') this.#restored(record);
  }

  #tookOver(record: TraceRecord, before: PairState): void {
    const first = !this.#servedBefore;
    this.#servedBefore = true;
    if (first) return; // The first active of a run takes over from nobody.
    const chain = this.chain(record.id);
    this.#takeovers.push({ record, before, chain, sessions: NO_SESSIONS, restored: null });
  }

  #latest(device: string): Measured | undefined {
    const latest = this.#takeovers[this.#takeovers.length - 1];
    return latest?.record.subject === device ? latest : undefined;
  }

  #sessions(record: TraceRecord): void {
    const takeover = this.#latest(record.subject);
    if (takeover !== undefined) takeover.sessions = record.data as unknown as Takeover;
  }

  /** Traffic that passes is the measure; ports that forward stand in for it until some does. */
  #restored(record: TraceRecord): void {
    const takeover = this.#latest(record.subject);
    if (takeover === undefined || takeover.restored?.by === 'traffic') return;
    const by = record.kind === 'restored' ? 'traffic' : 'ports';
    takeover.restored = { timeUs: record.timeUs, by };
  }

  /** The chain of causes of a record, itself first. */
  chain(id: number): readonly TraceRecord[] {
    return causesOf(this.#records, id);
  }

  /** All failovers so far. */
  failovers(): readonly Failover[] {
    return this.#takeovers.map((takeover, index) => describe(takeover, index + 1));
  }
}

function describe({ record, before, chain, sessions, restored }: Measured, ordinal: number): Failover {
  const kind = kindOf(record, before, chain);
  const { root, detectedUs, leftUs } = cutChain(chain);
  // A preemption is not the end of the fault that once took the role away: it begins and ends with itself.
  const own = kind === 'preemption' ? chain.find(isPreemptionHold) : undefined;
  const startUs = (own ?? root).timeUs;
  const detectionUs = own === undefined ? detectedUs - startUs : 0;
  const holdUs = own === undefined ? leftUs - detectedUs : 0;
  const restorationUs = restored === null ? null : restored.timeUs - record.timeUs;
  return {
    ordinal,
    kind,
    from: formerActive(before, chain, record.subject),
    to: record.subject,
    reason: record.data['reason'] as string,
    rule: record.data['rule'] as string,
    rootRecord: (own ?? root).id,
    takeoverRecord: record.id,
    trigger: own === undefined ? triggerOf(root) : 'preemption-hold-time passed',
    startUs,
    takeoverUs: record.timeUs,
    restoredUs: restored?.timeUs ?? null,
    restoredBy: restored?.by ?? null,
    detectionUs,
    holdUs,
    promotionUs: record.timeUs - startUs - detectionUs - holdUs,
    restorationUs,
    totalUs: restorationUs === null ? null : record.timeUs - startUs + restorationUs,
    sessions: { carried: sessions.carried, missing: sessions.missing, recreated: sessions.recreated },
  };
}

/** The end of the hold with which a preemption begins. */
function isPreemptionHold({ kind, data }: TraceRecord): boolean {
  return kind === 'timer' && data['timer'] === 'preemption-hold-time' && data['step'] === 'expired';
}

function kindOf(record: TraceRecord, before: PairState, chain: readonly TraceRecord[]): FailoverKind {
  if (record.data['rule'] === 'T16') return 'preemption';
  if (activeDevices(before).some((device) => device !== record.subject)) return 'split-brain';
  if (record.data['rule'] === 'T3' || record.data['rule'] === 'T4') return 'recovery';
  return chain[chain.length - 1]?.kind === 'operator' ? 'switchover' : 'failover';
}

function formerActive(before: PairState, chain: readonly TraceRecord[], survivor: string): string | null {
  const still = activeDevices(before).find((device) => device !== survivor);
  if (still !== undefined) return still;
  const left = chain.find((record) => record.kind === 'role' && record.data['from'] === 'active');
  return left?.subject ?? Object.keys(before.roles).find((device) => device !== survivor) ?? null;
}

function triggerOf(root: TraceRecord): string {
  const { text } = root.data;
  if (typeof text === 'string') return text;
  return root.kind === 'control-path' ? 'lost heartbeats, no fault' : root.kind;
}
