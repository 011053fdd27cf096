/**
 * Folds the records of a run, as they come, into what the result reports: failovers with their parts, and the history of
 * the pair. It works at every trace level, for it listens to the trace instead of reading what the trace has kept.
 */

import { causesOf, type TraceRecord } from '../kernel/trace.ts';
import type { Takeover } from '../traffic/ledger.ts';
import { cutChain, type Failover, type FailoverKind } from './failover.ts';
import { activeDevices, type PairHistory, type PairState } from './history.ts';

/** The service that a takeover ends. */
interface Service {
  readonly device: string;
  readonly sinceUs: number;
  /** The former active was active at the takeover, too. */
  readonly stillActive: boolean;
}

/** A takeover whose traffic has not passed yet, or has. */
interface Measured {
  readonly record: TraceRecord;
  readonly former: Service | null;
  readonly chain: readonly TraceRecord[];
  sessions: Takeover;
  restored: { readonly timeUs: number; readonly by: 'traffic' | 'ports' } | null;
}

const NO_SESSIONS: Takeover = { carried: 0, missing: {}, recreated: 0 };

export class Collector {
  readonly #history: PairHistory;
  readonly #records: TraceRecord[] = [];
  readonly #takeovers: Measured[] = [];
  /** When each device last became active, the latest last. */
  readonly #activeSince = new Map<string, number>();

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
    const first = this.#activeSince.size === 0;
    const former = this.#formerService(record.subject, before);
    this.#activeSince.delete(record.subject); // Set anew, it becomes the latest.
    this.#activeSince.set(record.subject, record.timeUs);
    if (first) return; // The first active of a run takes over from nobody.
    const chain = this.chain(record.id);
    this.#takeovers.push({ record, former, chain, sessions: NO_SESSIONS, restored: null });
  }

  /** The latest active before this one, unless it is the same firewall again. */
  #formerService(survivor: string, before: PairState): Service | null {
    const latest = [...this.#activeSince].at(-1);
    if (latest === undefined || latest[0] === survivor) return null;
    const [device, sinceUs] = latest;
    return { device, sinceUs, stillActive: activeDevices(before).includes(device) };
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

function describe(measured: Measured, ordinal: number): Failover {
  const { record, former, chain, sessions, restored } = measured;
  const kind = kindOf(measured);
  // A preemption begins with the end of its hold, whatever once took the role away.
  const root =
    (kind === 'preemption' ? chain.find(isPreemptionHold) : undefined) ?? (chain.at(-1) as TraceRecord);
  const { startUs, detectedUs, leftUs } = cutChain(chain, Math.max(root.timeUs, former?.sinceUs ?? 0));
  const restorationUs = restored === null ? null : restored.timeUs - record.timeUs;
  return {
    ordinal,
    kind,
    from: former?.device ?? null,
    to: record.subject,
    reason: record.data['reason'] as string,
    rule: record.data['rule'] as string,
    rootRecord: root.id,
    takeoverRecord: record.id,
    trigger: triggerOf(root),
    startUs,
    takeoverUs: record.timeUs,
    restoredUs: restored?.timeUs ?? null,
    restoredBy: restored?.by ?? null,
    detectionUs: detectedUs - startUs,
    holdUs: leftUs - detectedUs,
    promotionUs: record.timeUs - leftUs,
    restorationUs,
    totalUs: restorationUs === null ? null : record.timeUs - startUs + restorationUs,
    sessions: { carried: sessions.carried, missing: sessions.missing, recreated: sessions.recreated },
  };
}

/** The end of the hold with which a preemption begins. */
function isPreemptionHold({ kind, data }: TraceRecord): boolean {
  return kind === 'timer' && data['timer'] === 'preemption-hold-time' && data['step'] === 'expired';
}

function kindOf({ record, former, chain }: Measured): FailoverKind {
  if (record.data['rule'] === 'T16') return 'preemption';
  if (former?.stillActive === true) return 'split-brain';
  if (record.data['rule'] === 'T3' || record.data['rule'] === 'T4') return 'recovery';
  return chain.at(-1)?.kind === 'operator' ? 'switchover' : 'failover';
}

function triggerOf(root: TraceRecord): string {
  const { text } = root.data;
  if (typeof text === 'string') return text;
  if (isPreemptionHold(root)) return 'preemption-hold-time passed';
  if (root.kind === 'path') return 'lost path pings, no fault';
  return root.kind === 'control-path' ? 'lost heartbeats, no fault' : root.kind;
}
