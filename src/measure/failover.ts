/**
 * Failovers, taken apart: how long from the fault to its detection, how long was it held up, how long to the takeover, how
 * long until traffic passed again.
 *
 * Each takeover's role record leads, cause by cause, to the fault or the command behind it. The parts are the differences
 * between the times of that chain, so they sum to the whole to the microsecond.
 */

import { forwardsTraffic, type Role } from '../ha/role.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import type { Takeover } from '../traffic/ledger.ts';

/**
 * - `failover`: a fault made the survivor take over
 * - `switchover`: an operator asked for it
 * - `preemption`: the better node took the role back
 * - `split-brain`: the former active was still active, or the former holder of the addresses held them
 * - `recovery`: nobody was active, and a node came into service
 * - `return`: virtual addresses went back to the firewall that they are bound to (active/active, R-133)
 */
export type FailoverKind = 'failover' | 'switchover' | 'preemption' | 'split-brain' | 'recovery' | 'return';

export interface Failover {
  /** 1, 2, 3 … in the order of takeovers. */
  readonly ordinal: number;
  readonly kind: FailoverKind;
  /** The firewall that was active before, or null. */
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  /** Transition of the reference (T14, T15, …). */
  readonly rule: string;
  /** Id of the record it all began with, and of the survivor's role record. */
  readonly rootRecord: number;
  readonly takeoverRecord: number;
  /** What it began with, in words. */
  readonly trigger: string;
  /** Virtual addresses that moved with it; empty in active/passive, where all of them do. */
  readonly addresses: readonly string[];
  readonly startUs: number;
  readonly takeoverUs: number;
  /** First answer forwarded by the survivor, or its ports forwarding where there is no traffic; null if never. */
  readonly restoredUs: number | null;
  readonly restoredBy: 'traffic' | 'ports' | null;
  /** Fault → known to a firewall. */
  readonly detectionUs: number;
  /** Known → the active leaves its role (announced failures). */
  readonly holdUs: number;
  /** Left, or declared failed → the survivor is active. */
  readonly promotionUs: number;
  /** Active → traffic passes; null if never. */
  readonly restorationUs: number | null;
  /** Sum of the parts; null if traffic never passed again. */
  readonly totalUs: number | null;
  readonly sessions: Takeover;
}

/** The times by which a chain of causes is cut into parts, in microseconds. */
export interface ChainTimes {
  readonly startUs: number;
  readonly detectedUs: number;
  readonly leftUs: number;
}

/**
 * Finds the cuts in a chain.
 *
 * @param chain the survivor's role record first, the root last, as `causesOf` gives it
 * @param notBeforeUs when the service that ended had begun: an old fault may lie at the root of several takeovers, and each
 *   begins with the service that it ends
 */
export function cutChain(chain: readonly TraceRecord[], notBeforeUs = 0): ChainTimes {
  const takeover = chain[0] as TraceRecord;
  const root = chain[chain.length - 1] as TraceRecord;
  const startUs = Math.max(root.timeUs, notBeforeUs);
  const forward = chain.toReversed().filter((record) => record.timeUs >= startUs);
  const left = forward.find(
    ({ kind, subject, data }) =>
      kind === 'role' && forwardsTraffic(data['from'] as Role | null) && subject !== takeover.subject,
  );
  const detectedUs = forward.find(isDetection)?.timeUs ?? startUs;
  return { startUs, detectedUs, leftUs: Math.max(detectedUs, left?.timeUs ?? detectedUs) };
}

/** The record by which a firewall knows of the failure. */
function isDetection(record: TraceRecord): boolean {
  if (record.kind === 'monitor') return record.data['failed'] === true;
  if (record.kind === 'peer') return record.data['connection'] === 'down';
  if (record.kind === 'link' || record.kind === 'ha3') return record.data['up'] === false;
  return record.kind === 'dataplane' && record.data['state'] === 'failed';
}
