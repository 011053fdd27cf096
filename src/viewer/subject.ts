/** What a reader can point at: a record, a message, or a state that was there from the beginning; and what is told of it. */

import type { Lane, LaneModel, RecordView, Span } from '../report/lanes/model.ts';
import { formatDuration } from '../kernel/time.ts';

export type Subject =
  | { readonly run: number; readonly kind: 'record'; readonly id: number }
  | { readonly run: number; readonly kind: 'message'; readonly index: number }
  | {
      readonly run: number;
      readonly kind: 'state';
      readonly lane: string;
      readonly text: string;
      readonly fromUs: number;
    };

/** What the panel shows. */
export interface Told {
  readonly title: string;
  /** Names and values: when, where, how long. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** From the thing's cause back to the fault. */
  readonly causes: readonly RecordView[];
  /** What followed from it, the first ones. */
  readonly followed: readonly RecordView[];
  /** How many more followed. */
  readonly more: number;
}

const MOST_FOLLOWED = 30;

/** Everything that is told of a subject. */
export function tell(model: LaneModel, names: readonly string[], subject: Subject): Told {
  if (subject.kind === 'record') return tellRecord(model, subject.id);
  if (subject.kind === 'message') return tellMessage(model, names, subject.index);
  const { text, fromUs, lane } = subject;
  return {
    title: text,
    facts: [
      ['lane', lane],
      ['since', clock(fromUs)],
    ],
    causes: [],
    followed: [],
    more: 0,
  };
}

/** The record of an id, which is its place; undefined where the trace has none. */
export function recordOf({ records }: LaneModel, id: number): RecordView | undefined {
  return records[id - 1];
}

/** The causes of a record, the nearest first, the fault last. */
export function causesOf(model: LaneModel, id: number): RecordView[] {
  const chain: RecordView[] = [];
  let record = recordOf(model, recordOf(model, id)?.cause ?? 0);
  while (record !== undefined) {
    chain.push(record);
    // A cause is always older: a chain that is not would not end.
    record = record.cause < record.id ? recordOf(model, record.cause) : undefined;
  }
  return chain;
}

function tellRecord(model: LaneModel, id: number): Told {
  const record = recordOf(model, id);
  if (record === undefined) return { title: `#${id}`, facts: [], causes: [], followed: [], more: 0 };
  const followed = model.records.filter(({ cause }) => cause === id);
  const begun = spanOf(model, { run: 0, kind: 'record', id })?.span;
  return {
    // A change of role and its reason stand apart in the timeline; here they are one sentence.
    title: record.text.replace(/ {2,}/, ': '),
    facts: [
      ['at', clock(record.atUs)],
      ['of', record.subject],
      ['record', `#${id} (${record.kind})`],
      ...(begun === undefined ? [] : [['lasted', formatDuration(begun.toUs - begun.fromUs)] as const]),
    ],
    causes: causesOf(model, id),
    followed: followed.slice(0, MOST_FOLLOWED),
    more: Math.max(0, followed.length - MOST_FOLLOWED),
  };
}

/** The bar that is chosen, or that the chosen record began; null where there is none. */
export function spanOf(
  { groups }: LaneModel,
  subject: Subject,
): { readonly lane: Lane; readonly span: Span } | null {
  if (subject.kind === 'message') return null;
  for (const lane of groups.flatMap(({ lanes }) => lanes)) {
    if (subject.kind === 'state' && lane.id !== subject.lane) continue;
    const span = lane.spans.find(({ record, fromUs }) =>
      subject.kind === 'record' ? record === subject.id : fromUs === subject.fromUs,
    );
    if (span !== undefined) return { lane, span };
  }
  return null;
}

function tellMessage(model: LaneModel, names: readonly string[], index: number): Told {
  const { messages } = model;
  const kind = messages.kinds[messages.kind[index] ?? 0]?.name ?? '';
  const text = messages.texts[messages.text[index] ?? 0] ?? '';
  const sentUs = messages.sentUs[index] ?? 0;
  const arrivedUs = messages.arrivedUs[index] ?? -1;
  const from = messages.from[index] ?? 0;
  const cause = messages.cause[index] ?? 0;
  const blamed = recordOf(model, cause);
  const fate: readonly [string, string] =
    arrivedUs >= 0
      ? ['arrived', `${clock(arrivedUs)}, after ${formatDuration(arrivedUs - sentUs)}`]
      : ['lost', blamed === undefined ? 'by chance' : 'for the cause below'];
  return {
    title: `${kind.replaceAll('-', ' ')}${text === '' ? '' : `: ${text}`}`,
    facts: [
      ['from', `${names[from] ?? ''} to ${names[1 - from] ?? ''}`],
      ['over', messages.paths[messages.path[index] ?? 0] ?? ''],
      ['sent', clock(sentUs)],
      fate,
    ],
    causes: blamed === undefined ? [] : [blamed, ...causesOf(model, cause)],
    followed: [],
    more: 0,
  };
}

/** To the microsecond, without digits that say nothing: `20.55 s`. */
function clock(us: number): string {
  return `${(us / 1e6).toFixed(6).replace(/0{1,3}$/, '')} s`;
}
