/**
 * Failovers, taken apart (`part.ts` names the parts): how long from the fault to its detection, how long was it held up, how long to
 * the takeover, how long until traffic passed again.
 *
 * Each takeover's role record leads, cause by cause, to the fault or the command behind it. The parts are the differences
 * between the times of that chain and of what follows the takeover, so they sum to the whole to the microsecond.
 */

import { forwardsTraffic, type Role } from '../ha/role.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import type { Takeover } from '../traffic/ledger.ts';
import type { Part } from './part.ts';

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
  /** Known → the active leaves its role, or the last hold before the takeover is over. */
  readonly holdUs: number;
  /** Left, or held → the survivor is active. */
  readonly promotionUs: number;
  /** In a cloud: active → the data path has been moved to it; null if never, as are the parts after it. */
  readonly cloudUs?: number | null;
  /** Active → its ports forward, the switches behind them too; null if none ever does, as are the parts after it. */
  readonly portUs: number | null;
  /** Ports forward → the gratuitous ARP has left that teaches whoever still sends to the former active. */
  readonly announcementUs: number | null;
  /** Announced → learned. */
  readonly learningUs: number | null;
  /** All this is done → traffic passes; null if never. */
  readonly restorationUs: number | null;
  /** The same parts in their order, with the settings that each is set by. */
  readonly parts: readonly Part[];
  /** Sum of the parts; null if traffic never passed again. */
  readonly totalUs: number | null;
  readonly sessions: Takeover;
}

/** The times by which a chain of causes is cut into parts, in microseconds. */
export interface ChainTimes {
  readonly startUs: number;
  readonly detectedUs: number;
  readonly heldUs: number;
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
  const silent = forward.find((record) => isSilence(record) && record.subject === takeover.subject);
  const detectedUs = (silent ?? forward.find(isDetection))?.timeUs ?? startUs;
  const hold = forward.findLast(({ kind, data }) => kind === 'timer' && data['step'] === 'expired');
  const heldUs = Math.max(detectedUs, left?.timeUs ?? 0, hold?.timeUs ?? 0);
  return { startUs, detectedUs, heldUs };
}

/** The peer is declared failed: of whatever has silenced it, the survivor knows by that alone. */
function isSilence({ kind, data }: TraceRecord): boolean {
  return kind === 'peer' && data['connection'] === 'down';
}

/** The record by which a firewall knows of the failure; or of its end, where that is what begins a way back. */
function isDetection(record: TraceRecord): boolean {
  const { kind, data } = record;
  if (kind === 'monitor') return data['failed'] === true;
  if (kind === 'link') return data['up'] === false || data['visible'] === true;
  if (kind === 'ha3') return data['up'] === false;
  return isSilence(record) || (kind === 'dataplane' && data['state'] === 'failed');
}
