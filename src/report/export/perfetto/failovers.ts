/** Where the time of each failover went: a slice from the fault to traffic passing again, and in it one for each part that took time. */

import type { Failover } from '../../../measure/failover.ts';
import type { RunResult } from '../../../run/result.ts';
import type { Args, Tracks, TraceEvent } from './event.ts';
import type { RecordArgs } from './lanes.ts';

/** A process with a thread for each failover, for they may overlap; nothing of a run without any. */
export function* failoverEvents(
  { failovers }: RunResult,
  tracks: Tracks,
  records: RecordArgs,
): Generator<TraceEvent> {
  if (failovers.length === 0) return;
  const { pid, events } = tracks.process('failovers');
  yield* events;
  for (const failover of failovers) {
    const { ordinal, kind, from, to, startUs } = failover;
    const { track, events: names } = tracks.thread(pid, `${ordinal}. ${kind} to ${to}`);
    yield* names;
    const slice = { ph: 'X', cat: 'failover', ...track } as const;
    const spans = partSpans(failover);
    const endUs = spans.at(-1)?.toUs ?? startUs;
    const name = from === null ? `${kind}: ${to}` : `${kind}: ${from} → ${to}`;
    yield { ...slice, name, ts: startUs, dur: endUs - startUs, args: aboutFailover(failover, records) };
    for (const { part, fromUs, toUs, args } of spans) {
      if (toUs > fromUs) yield { ...slice, name: part, ts: fromUs, dur: toUs - fromUs, args };
    }
  }
}

function aboutFailover({ reason, rule, trigger, totalUs, rootRecord }: Failover, records: RecordArgs): Args {
  const restored = totalUs === null ? { 'traffic passed again': false } : { 'total (µs)': totalUs };
  return { trigger, reason, rule, ...restored, ...records.of(rootRecord) };
}

interface PartSpan {
  readonly part: string;
  readonly fromUs: number;
  readonly toUs: number;
  readonly args: Args;
}

/** The parts one behind the other, up to the first that never ended. */
function partSpans({ parts, startUs }: Failover): readonly PartSpan[] {
  const spans: PartSpan[] = [];
  let atUs = startUs;
  for (const { part, us, setBy } of parts) {
    if (us === null) break;
    const settings = setBy.map(({ setting, value }) => (setting === null ? value : `${setting}: ${value}`));
    spans.push({ part, fromUs: atUs, toUs: atUs + us, args: { 'set by': settings.join('; ') } });
    atUs += us;
  }
  return spans;
}
