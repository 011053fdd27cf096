/** A comparison in one sentence: how much longer or shorter, in which part, and by which setting. */

import { formatDuration } from '../../kernel/time.ts';
import { grouped } from '../table.ts';
import type { Comparison, FailoverPair, PartPair } from './comparison.ts';

/** What a reader wants to know first. */
export function sentence({ identical, settings, failovers, moved }: Comparison): string {
  if (identical) {
    return settings.length === 0
      ? 'The two runs are the same, record for record.'
      : 'What is set differently changed nothing: the two runs are the same, record for record.';
  }
  const pair = failovers.find(
    ({ aTotalUs, bTotalUs, a, b }) => aTotalUs !== bTotalUs || (a === null) !== (b === null),
  );
  if (pair !== undefined) return ofFailover(pair);
  return `The failovers took as long; ${grouped(moved.length)} rows of the timeline differ.`;
}

function ofFailover({ ordinal, a, b, aTotalUs, bTotalUs, parts }: FailoverPair): string {
  const which = ordinal === 1 ? 'the failover' : `failover ${ordinal}`;
  if (a === null) return `Only B has ${which} (${b}).`;
  if (b === null) return `Only A has ${which} (${a}).`;
  if (aTotalUs === null)
    return `In A traffic never passed again after ${which}; in B it took ${formatDuration(bTotalUs ?? 0)}.`;
  if (bTotalUs === null)
    return `In B traffic never passed again after ${which}; in A it took ${formatDuration(aTotalUs)}.`;
  const change = bTotalUs - aTotalUs;
  const most = mainPart(parts);
  const because = most === null ? '' : `, most of it in its ${most.part}${settingOf(most)}`;
  return `In B ${which} took ${formatDuration(bTotalUs)} instead of ${formatDuration(aTotalUs)}: ${formatDuration(Math.abs(change))} ${change < 0 ? 'shorter' : 'longer'}${because}.`;
}

/** The part that changed the most. */
function mainPart(parts: readonly PartPair[]): PartPair | null {
  const changed = parts.filter(({ aUs, bUs }) => aUs !== null && bUs !== null && aUs !== bUs);
  return changed.toSorted((one, other) => Math.abs(deltaOf(other)) - Math.abs(deltaOf(one)))[0] ?? null;
}

function deltaOf({ aUs, bUs }: PartPair): number {
  return (bUs ?? 0) - (aUs ?? 0);
}

/** `, where heartbeat-interval is 1000 ms instead of 2000 ms`. */
function settingOf({ aSetBy, bSetBy }: PartPair): string {
  for (const { setting, value } of bSetBy) {
    const before = aSetBy.find((one) => one.setting === setting && one.value !== value);
    if (setting !== null && before !== undefined)
      return `, where ${setting} is ${value} instead of ${before.value}`;
  }
  return '';
}
