/**
 * Messages between the firewalls as arrows: a slice of a microsecond where one was sent, another where it arrived, and a flow between
 * the two. One that was lost has no arrow; its slice says so.
 */

import type { LaneModel } from '../../lanes/model.ts';
import type { Track, TraceEvent } from './event.ts';
import type { RecordArgs } from './lanes.ts';

const DURATION_US = 1;

/**
 * @param trackOf the track of a path at one of the firewalls, 0 or 1
 *
 * What is on one track at one time is told slice by slice with its end of the arrow behind it: a viewer binds it to the last slice.
 */
export function* messageEvents(
  { messages }: LaneModel,
  records: RecordArgs,
  trackOf: (firewall: number, path: number) => Track,
): Generator<TraceEvent> {
  const { sentUs, arrivedUs, from, kind, path, cause, text, kinds, texts } = messages;
  for (const [index, sentAt] of sentUs.entries()) {
    const { name = '', class: cat = 'hello' } = kinds[kind[index]!] ?? {};
    const sender = from[index]!;
    const here = trackOf(sender, path[index]!);
    const arrivedAt = arrivedUs[index]!;
    const lost = arrivedAt < 0;
    const args = { message: texts[text[index]!] ?? '', ...(lost ? lossArgs(records, cause[index]!) : {}) };
    const slice = { ph: 'X', cat, dur: DURATION_US } as const;
    if (lost) {
      yield { ...slice, name: `${name} (lost)`, ...here, ts: sentAt, cname: 'terrible', args };
      continue;
    }
    const there = trackOf(1 - sender, path[index]!);
    const flow = { name, cat, id: index + 1 } as const;
    yield { ...slice, name, ...here, ts: sentAt, args };
    yield { ...flow, ph: 's', ...here, ts: sentAt };
    yield { ...slice, name: `${name} arrives`, ...there, ts: arrivedAt, args };
    yield { ...flow, ph: 'f', bp: 'e', ...there, ts: arrivedAt };
  }
}

function lossArgs(records: RecordArgs, cause: number): Readonly<Record<string, string | number | boolean>> {
  const { record, text } = records.of(cause);
  if (record === undefined) return { lost: true, 'lost to': 'chance' };
  return { lost: true, 'lost to': text ?? '', 'lost to record': record };
}
