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

/** A part of a failover, and what sets its length, where that is known. */
export interface StoryPart {
  readonly part: string;
  /** Null = it never ended. */
  readonly us: number | null;
  /** Without a setting, the reason in words is the value. */
  readonly setBy: readonly { readonly setting: string | null; readonly value: string }[];
}

export interface FailoverStory {
  readonly failover: Failover;
  readonly parts: readonly StoryPart[];
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

/** How long after the takeover it is told what followed, where traffic never passed. */
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
    parts: partsOf(failover),
    chain: causesOf(records, failover.takeoverRecord).toReversed().map(step),
    restoration: restorationOf(failover, records).map(step),
  };
}

function restorationOf(failover: Failover, records: readonly TraceRecord[]): readonly TraceRecord[] {
  const { takeoverRecord, takeoverUs, restoredUs } = failover;
  const untilUs = restoredUs ?? takeoverUs + LONGEST_US;
  const followed = new Set([takeoverRecord]);
  const steps: TraceRecord[] = [];
  for (const record of records) {
    if (record.id <= takeoverRecord || !followed.has(record.cause)) continue;
    if (record.timeUs > untilUs) break;
    followed.add(record.id);
    if (RESTORING.has(record.kind)) steps.push(record);
  }
  return steps;
}

/** The parts of a failover, with what each is set by where its record says so. */
function partsOf(failover: Failover): readonly StoryPart[] {
  const { parts } = failover as { readonly parts?: readonly StoryPart[] };
  if (parts !== undefined) return parts;
  const { detectionUs, holdUs, promotionUs, restorationUs } = failover;
  return [
    { part: 'detection', us: detectionUs, setBy: [] },
    { part: 'hold', us: holdUs, setBy: [] },
    { part: 'promotion', us: promotionUs, setBy: [] },
    { part: 'restoration', us: restorationUs, setBy: [] },
  ];
}
