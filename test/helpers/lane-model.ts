/**
 * Lanes that no run has made: as many messages, spans and marks as one asks for, at times that are easy to reckon with. Message `i` is sent
 * at `i` × `everyUs`, by either firewall in turn, and takes a millisecond; each tenth is lost.
 */

import type { Lane, LaneKind, LaneModel, Mark, RecordView, Span } from '../../src/report/lanes/model.ts';
import type { RunView } from '../../src/report/page/view.ts';

export const TOOK_US = 1_000;

export interface Wanted {
  readonly messages?: number;
  /** Between two messages. */
  readonly everyUs?: number;
  /** Records, each the cause of the next; each has a mark and begins a span. */
  readonly records?: number;
  readonly endUs?: number;
}

/** Two firewalls with a role and two timers each, the link between them, and a probe. */
export function laneModel({
  messages = 0,
  everyUs = 1_000,
  records = 3,
  endUs = 100e6,
}: Wanted = {}): LaneModel {
  const stepUs = Math.floor(endUs / (records + 1));
  const times = Array.from({ length: records }, (_, index) => (index + 1) * stepUs);
  const lane = (id: string, kind: LaneKind, marked = false): Lane => ({
    id,
    label: id.replace(/^.*\//, ''),
    kind,
    spans: kind === 'events' ? [] : spansOf(times, endUs, kind),
    marks: marked ? times.map((atUs, index) => markOf(atUs, index)) : [],
  });
  const groups = [
    {
      name: 'palo-1',
      lanes: [
        lane('palo-1/events', 'events', true),
        lane('palo-1/timer/hold', 'timer'),
        lane('palo-1/role', 'role'),
      ],
    },
    {
      name: 'palo-2',
      lanes: [
        lane('palo-2/role', 'role'),
        lane('palo-2/timer/hold', 'timer'),
        lane('palo-2/ethernet1/1', 'port'),
      ],
    },
    { name: 'links', lanes: [lane('link/ha2', 'link')] },
    { name: 'users', lanes: [lane('probe/ping', 'probe')] },
  ];
  const focusUs = times[0] ?? Math.floor(endUs / 2);
  return {
    endUs,
    focusUs,
    openFromUs: focusUs - 1e6,
    openToUs: focusUs + 1e6,
    groups,
    messages: messagesOf(messages, everyUs),
    records: times.map((atUs, index): RecordView => ({
      id: index + 1,
      atUs,
      subject: 'palo-1',
      kind: index === 0 ? 'fault' : 'monitor',
      text: `thing ${index + 1}`,
      cause: index,
      lane: 'palo-1/events',
    })),
    leftOut: 0,
  };
}

/** The same as a run of a page. */
export function runView(wanted: Wanted = {}, label = ''): RunView {
  return {
    label,
    name: 'Made up',
    lanes: laneModel(wanted),
    topology: { left: 0, top: 0, width: 100, height: 100, nodes: [], links: [], assets: [] },
  };
}

function spansOf(times: readonly number[], endUs: number, kind: LaneKind): Span[] {
  return [0, ...times].map((fromUs, index, all) => {
    const toUs = all[index + 1] ?? endUs;
    const base = { fromUs, toUs, record: index, endRecord: 0 } as const;
    const odd = index % 2 === 1;
    if (kind !== 'timer') return { ...base, text: odd ? 'passive' : 'active', tone: odd ? 'bad' : 'good' };
    return {
      ...base,
      text: odd ? 'cancelled' : 'hold',
      tone: odd ? 'idle' : 'busy',
      deadlineUs: toUs + (odd ? 1e5 : 0),
    };
  });
}

function markOf(atUs: number, index: number): Mark {
  return {
    atUs,
    text: `thing ${index + 1}`,
    glyph: index === 0 ? 'fault' : 'event',
    tone: index === 0 ? 'bad' : 'busy',
    record: index + 1,
  };
}

function messagesOf(count: number, everyUs: number): LaneModel['messages'] {
  const column = (value: (index: number) => number): number[] =>
    Array.from({ length: count }, (_, at) => value(at));
  const isLost = (at: number): boolean => at % 10 === 9;
  return {
    sentUs: column((at) => at * everyUs),
    arrivedUs: column((at) => (isLost(at) ? -1 : at * everyUs + TOOK_US)),
    from: column((at) => at % 2),
    kind: column((at) => at % 3),
    path: column((at) => (at % 3 === 2 ? 1 : 0)),
    cause: column((at) => (isLost(at) ? 1 : 0)),
    text: column(() => 0),
    kinds: [
      { name: 'heartbeat', class: 'heartbeat' },
      { name: 'hello', class: 'hello' },
      { name: 'session-sync', class: 'session-sync' },
    ],
    paths: ['HA1', 'HA2'],
    texts: [''],
  };
}
