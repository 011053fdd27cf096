/** Lanes as tracks: bands and bars as slices, marks as instants, and what overlaps as asynchronous slices. */

import type { Glyph, Lane, LaneGroup, Mark, RecordView, Span, Tone } from '../../lanes/model.ts';
import type { Args, Track, TraceEvent } from './event.ts';

/** Colours that chrome://tracing has names for; Perfetto chooses its own. */
const COLOURS: Readonly<Record<Tone, string>> = {
  good: 'good',
  idle: 'generic_work',
  busy: 'thread_state_runnable',
  warn: 'bad',
  bad: 'terrible',
  off: 'grey',
};

/** What is drawn across all tracks. */
const GLOBAL: ReadonlySet<Glyph> = new Set(['fault', 'heal', 'operator']);

/** `role`, `timer promotion-hold`, `probe ping`: a track is read without its lane's group around it. */
export function trackName({ name }: LaneGroup, { id, label }: Lane): string {
  const inside = id.startsWith(`${name}/`) ? id.slice(name.length + 1) : id;
  const [what = ''] = inside.split('/');
  return what === label || what === '' ? label : `${what} ${label}`;
}

/** What is told of a record when something that it began is clicked. */
export class RecordArgs {
  readonly #records: ReadonlyMap<number, RecordView>;

  constructor(records: readonly RecordView[]) {
    this.#records = new Map(records.map((record) => [record.id, record]));
  }

  of(id: number): Args {
    const record = this.#records.get(id);
    if (record === undefined) return {};
    const cause = this.#records.get(record.cause);
    return {
      record: id,
      text: `${record.subject}: ${record.text}`,
      ...(cause === undefined ? {} : { cause: cause.id, 'caused by': `${cause.subject}: ${cause.text}` }),
    };
  }
}

/** The spans and the marks of one lane, on its track. */
export function* laneEvents(lane: Lane, track: Track, records: RecordArgs): Generator<TraceEvent> {
  const cat = lane.kind;
  for (const [index, span] of lane.spans.entries()) {
    const args = spanArgs(span, records);
    const { fromUs, toUs, text: name, tone } = span;
    if (lane.kind === 'calls') {
      const id = `${lane.id}/${index}`;
      yield { ph: 'b', name, cat, ...track, ts: fromUs, id, args };
      yield { ph: 'e', name, cat, ...track, ts: toUs, id };
    } else {
      yield { ph: 'X', name, cat, ...track, ts: fromUs, dur: toUs - fromUs, cname: COLOURS[tone], args };
    }
  }
  for (const mark of lane.marks) yield instant(mark, cat, track, records);
}

function instant(
  { atUs, text, glyph, record }: Mark,
  cat: string,
  track: Track,
  records: RecordArgs,
): TraceEvent {
  const s = GLOBAL.has(glyph) ? 'g' : 't';
  return { ph: 'i', name: text, cat, ...track, ts: atUs, s, args: { what: glyph, ...records.of(record) } };
}

function spanArgs({ tone, record, endRecord, deadlineUs }: Span, records: RecordArgs): Args {
  const { record: ended, text: end } = records.of(endRecord);
  return {
    tone,
    ...records.of(record),
    ...(ended === undefined || ended === record ? {} : { 'ended by record': ended, 'ended by': end ?? '' }),
    ...(deadlineUs === undefined ? {} : { 'runs out at (µs)': deadlineUs }),
  };
}
