/** Where a reader wants to look first, and where two runs are laid on each other. */

import type { RunResult } from '../../run/result.ts';

/** Shown beside a fault without a failover, in microseconds to either side. */
const AROUND_US = 5_000_000;
/** As much of a failover's length is shown to either side of its fault. */
const AROUND_FAILOVER = 1.4;

/** The beginning of the first failover, else the first thing that was done to the pair, else the middle; and how much to show around it. */
export function focusOf({
  failovers,
  records,
  endedAtUs,
}: RunResult): readonly [focusUs: number, aroundUs: number] {
  const [first] = failovers;
  if (first !== undefined) {
    const lastUs = first.restoredUs ?? first.takeoverUs;
    return [first.startUs, Math.max(1_000_000, Math.ceil((lastUs - first.startUs) * AROUND_FAILOVER))];
  }
  const act = records.find(({ kind }) => kind === 'fault' || kind === 'operator');
  if (act !== undefined) return [act.timeUs, AROUND_US];
  return [Math.floor(endedAtUs / 2), Math.max(1, Math.ceil(endedAtUs / 2))];
}
