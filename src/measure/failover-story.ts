/**
 * One failover step by step: the chain of causes from its fault to the takeover, and what followed until traffic passed, each step
 * with its rule and the setting behind it.
 */

import { causesOf, type TraceRecord } from '../kernel/trace.ts';
import type { Failover } from './failover.ts';
import type { PairSettings } from './pair-settings.ts';
import { groundsOf, type Grounds } from './step-grounds.ts';

export interface Step extends Grounds {
  readonly record: TraceRecord;
}

export interface FailoverStory {
  readonly failover: Failover;
  /** From the root to the survivor's role record. */
  readonly chain: readonly Step[];
  /** From the takeover to the first answer that passes. */
  readonly restoration: readonly Step[];
}

/** What a takeover leads to on the way to traffic: ports, announcements, learning, routes, addresses, sessions. */
const RESTORING: ReadonlySet<string> = new Set([
  'address',
  'sessions',
  'garp',
  'lacp',
  'port',
  'spanning-tree',
  'learned',
  'adjacency',
  'routes',
  'ike',
  'takeover',
  'api-call',
  'asset',
  'restored',
]);

/** What the survivor does in a cloud; a call that does not come through follows from what keeps it from the API. */
const IN_CLOUD: ReadonlySet<string> = new Set(['takeover', 'api-call']);

/** How long after the takeover it is told what followed, where traffic never passed; in a cloud until its calls have ended. */
const LONGEST_US = 60_000_000;

/** @param records of the whole run, in order */
export function failoverStory(
  failover: Failover,
  records: readonly TraceRecord[],
  settings: PairSettings,
): FailoverStory {
  const step = (record: TraceRecord): Step => ({ record, ...groundsOf(record, settings) });
  return {
    failover,
    chain: causesOf(records, failover.takeoverRecord).toReversed().map(step),
    restoration: restorationOf(failover, records).map(step),
  };
}

function restorationOf(failover: Failover, records: readonly TraceRecord[]): readonly TraceRecord[] {
  const { to, takeoverRecord, takeoverUs, restoredUs } = failover;
  const untilUs = restoredUs ?? Math.max(takeoverUs + LONGEST_US, cloudEndUs(failover, records));
  const followed = new Set([takeoverRecord]);
  const steps: TraceRecord[] = [];
  for (const record of records) {
    const inCloud = IN_CLOUD.has(record.kind) && record.subject === to;
    if (record.id <= takeoverRecord || !(inCloud || followed.has(record.cause))) continue;
    if (record.timeUs > untilUs) break;
    followed.add(record.id);
    if (RESTORING.has(record.kind)) steps.push(record);
  }
  return steps;
}

/** When the survivor's calls ended that belong to this takeover. */
function cloudEndUs({ to, takeoverRecord }: Failover, records: readonly TraceRecord[]): number {
  const end = records.find(
    ({ id, kind, subject, data }) =>
      id > takeoverRecord && kind === 'takeover' && subject === to && data['step'] !== 'begun',
  );
  return end?.timeUs ?? 0;
}
