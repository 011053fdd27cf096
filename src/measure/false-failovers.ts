/**
 * False failovers: takeovers for which nobody had given cause. What led there begins with no fault and no operator, but with packets
 * that a link lost of its own (its impairments), so that heartbeats stayed unanswered.
 */

import { causesOf, type TraceRecord } from '../kernel/trace.ts';
import type { Failover } from './failover.ts';

/** Kinds of records that give a takeover a cause outside of the pair. */
const GIVEN: ReadonlySet<string> = new Set(['fault', 'operator']);

/**
 * How many of a run's takeovers had no cause; a preemption that follows a false failover is none itself, nor is a second one in the
 * wake of the first.
 */
export function falseFailovers(failovers: readonly Failover[], records: readonly TraceRecord[]): number {
  return failovers.filter(({ kind, takeoverRecord }) => {
    if (kind === 'preemption' || kind === 'return') return false;
    return !causesOf(records, takeoverRecord).some((record) => GIVEN.has(record.kind));
  }).length;
}
