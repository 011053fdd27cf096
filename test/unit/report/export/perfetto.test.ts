import { describe, expect, test } from 'vitest';
import { perfetto } from '../../../../src/report/export/perfetto.ts';
import { lanesOf } from '../../../../src/report/lanes/lanes.ts';
import type { RunResult } from '../../../../src/run/result.ts';
import { captured } from '../../../helpers/captured.ts';
import { checkTraceEvents, type CheckedEvent } from '../../../helpers/check-trace-events.ts';
import { result as byHand } from '../../../helpers/result.ts';

const REPLAY = 'hasim run a.yaml --seed 1';

interface File {
  readonly otherData: Readonly<Record<string, string>>;
  readonly traceEvents: readonly CheckedEvent[];
}

function render(result: RunResult): string {
  return [...perfetto.render(result, { replay: REPLAY })].join('');
}

function read(result: RunResult): File {
  return JSON.parse(render(result)) as File;
}

/** Names of processes, or of the threads of one. */
function names(
  events: readonly CheckedEvent[],
  what: 'process_name' | 'thread_name',
  pid?: number,
): unknown[] {
  return events
    .filter((event) => event.ph === 'M' && event.name === what && (pid === undefined || event.pid === pid))
    .map(({ args }) => args?.['name']);
}

function pidOf(events: readonly CheckedEvent[], process: string): number {
  const event = events.find(({ name, args }) => name === 'process_name' && args?.['name'] === process);
  return event?.pid ?? NaN;
}

const SCENARIOS = [
  'active-passive/walkthrough.yaml',
  'active-passive/split-brain.yaml',
  'active-passive/sync-backlog-burst.yaml',
  'active-passive/three-probes.yaml',
  'active-active/walkthrough.yaml',
  'aws/secondary-ip.yaml',
] as const;

test.each(SCENARIOS)('perfetto: %s: as the format asks', (name) => {
  const result = captured(name);

  const { traceEvents } = read(result);

  expect(checkTraceEvents(traceEvents)).toEqual([]);
  expect(names(traceEvents, 'process_name')).toEqual(
    expect.arrayContaining(result.devices.map((device) => device.name)),
  );
  expect(traceEvents.length).toBeGreaterThan(500);
});

test('checking trace events: what the format does not allow is told', () => {
  const about = [
    { ph: 'M', name: 'process_name', pid: 1, args: { name: 'a' } },
    { ph: 'M', name: 'thread_name', pid: 1, tid: 2, args: { name: 'b' } },
  ];
  const slice = { ph: 'X', name: 'slice', cat: 'c', pid: 1, tid: 2 };
  const complaints = (events: readonly CheckedEvent[]): number =>
    checkTraceEvents([...about, ...events]).length;

  expect(
    complaints([
      { ...slice, ts: 0, dur: 9 },
      { ...slice, ts: 3, dur: 6 },
      { ...slice, ts: 9, dur: 1 },
    ]),
  ).toBe(0);
  expect(
    complaints([
      { ...slice, ts: 0, dur: 9 },
      { ...slice, ts: 3, dur: 7 },
    ]),
  ).toBe(1);
  expect(complaints([{ ...slice, ts: 0.5, dur: 1 }])).toBe(1);
  expect(complaints([{ ...slice, tid: 3, ts: 0, dur: 1 }])).toBe(1);
  expect(complaints([{ ...slice, ph: 'B', ts: 0 }])).toBe(1);
  expect(
    complaints([
      { ...slice, ts: 0, dur: 1 },
      { ...slice, ph: 's', id: 1, ts: 0 },
    ]),
  ).toBe(1);
  expect(complaints([{ ...slice, ph: 'b', id: 'x', ts: 0 }])).toBe(1);
  expect(
    complaints([
      { ph: 'C', name: 'n', pid: 1, ts: 5, args: { a: 1 } },
      { ph: 'C', name: 'n', pid: 1, ts: 4, args: { a: 1 } },
    ]),
  ).toBe(1);
});

describe('perfetto: a walkthrough', () => {
  const result = captured('active-passive/walkthrough.yaml');
  const { traceEvents: events, otherData } = read(result);
  const lanes = lanesOf(result);

  test('the file says what it is of, and how to repeat it', () => {
    expect(otherData).toEqual({
      about: `simulated by hasim ${result.version}; times are those of the run`,
      scenario: `${result.scenario.name} (scenarios/active-passive/walkthrough.yaml)`,
      seed: result.seed,
      digest: result.digests.protocol,
      replay: REPLAY,
    });
  });

  test('a process for the failovers, each firewall, and each group of lanes; a thread for each lane', () => {
    expect(names(events, 'process_name')).toEqual([
      'failovers',
      'palo-1',
      'palo-2',
      'links',
      'users',
      'counters',
    ]);
    for (const group of lanes.groups) {
      const threads = names(events, 'thread_name', pidOf(events, group.name));
      const messages = threads.filter((name) => String(name).endsWith(' messages'));
      expect(threads.length - messages.length).toBe(group.lanes.length);
    }
    expect(names(events, 'thread_name', pidOf(events, 'palo-1')).slice(0, 3)).toEqual([
      'role',
      'HA1 messages',
      'HA2 messages',
    ]);
  });

  test('each span is a slice of its length, with its record and the cause of that', () => {
    const spans = lanes.groups.flatMap((group) => group.lanes.flatMap((lane) => lane.spans));
    const drawn = events.filter(({ ph, args }) => ph === 'X' && args?.['tone'] !== undefined);
    const asDrawn = drawn.map(({ name, ts, dur }) => `${name} ${ts} ${ts! + dur!}`);
    expect(asDrawn.toSorted()).toEqual(
      spans.map(({ text, fromUs, toUs }) => `${text} ${fromUs} ${toUs}`).toSorted(),
    );

    const active = drawn.find(
      ({ pid, name, ts }) => pid === pidOf(events, 'palo-2') && name === 'active' && ts! > 0,
    );
    const [first] = result.failovers;
    expect(active).toMatchObject({ ts: first!.takeoverUs, args: { record: first!.takeoverRecord } });
    expect(active!.args!['caused by']).toMatch(/^palo-[12]: /);
  });

  test('faults and what operators do are drawn across everything', () => {
    const across = events.filter(({ ph, s }) => ph === 'i' && s === 'g').map(({ ts }) => ts);
    const done = result.records.filter(({ kind }) => kind === 'fault' || kind === 'operator');
    expect(done.length).toBeGreaterThan(1);
    expect(across.toSorted()).toEqual(done.map(({ timeUs }) => timeUs).toSorted());
  });

  test('each message that arrived is a flow from its sender to the other; the others are told to be lost', () => {
    const { sentUs, arrivedUs } = lanes.messages;
    const [starts, ends] = ['s', 'f'].map((phase) => events.filter(({ ph }) => ph === phase));
    const arrived = [...arrivedUs.keys()].filter((index) => arrivedUs[index]! >= 0);
    expect(starts!.map(({ ts }) => ts)).toEqual(arrived.map((index) => sentUs[index]));
    expect(ends!.map(({ ts }) => ts)).toEqual(arrived.map((index) => arrivedUs[index]));
    const lost = events.filter(({ args }) => args?.['lost'] === true);
    expect(lost).toHaveLength(sentUs.length - arrived.length);
  });

  test('a failover is a slice, and its parts fill it', () => {
    const pid = pidOf(events, 'failovers');
    const slices = events.filter((event) => event.ph === 'X' && event.pid === pid);
    const [first] = result.failovers;
    const thread = slices.filter(({ tid }) => tid === slices[0]!.tid);
    expect(thread[0]).toMatchObject({ ts: first!.startUs, dur: first!.totalUs });
    expect(thread.slice(1).reduce((sum, { dur }) => sum + dur!, 0)).toBe(first!.totalUs);
  });

  test('what probes lost is counted up to the total', () => {
    const values = events.filter(({ ph, name }) => ph === 'C' && name === 'probe ping: lost');
    expect(values.at(-1)!.args).toEqual({ lost: result.probes[0]!.lost });
    expect(result.probes[0]!.lost).toBeGreaterThan(0);
  });
});

test('perfetto: heartbeats that a fault took: their slices say which', () => {
  const { traceEvents } = read(captured('active-passive/split-brain.yaml'));

  const lost = traceEvents.filter(({ args }) => args?.['lost'] === true);
  expect(lost.length).toBeGreaterThan(0);
  expect(lost[0]).toMatchObject({
    name: 'heartbeat (lost)',
    args: { 'lost to': expect.stringMatching(/link-down/) },
  });
});

test('perfetto: calls that overlap are asynchronous slices', () => {
  const { traceEvents } = read(captured('aws/secondary-ip.yaml'));

  const calls = traceEvents.filter(({ ph }) => ph === 'b').map(({ name }) => name);
  expect(calls.length).toBeGreaterThan(0);
  expect(calls[0]).toMatch(/^[A-Z][A-Za-z]+/);
});

test('perfetto: a session sync that falls behind: a counter of what waits', () => {
  const { traceEvents } = read(captured('active-passive/sync-backlog-burst.yaml'));

  const waiting = traceEvents.filter(({ name }) => name.endsWith('session sync messages waiting'));
  expect(Math.max(...waiting.map(({ args }) => args!['messages'] as number))).toBeGreaterThan(0);
});

test('perfetto: a run without packets: the same without messages', () => {
  const { traceEvents } = read({ ...byHand(), capture: null });

  expect(checkTraceEvents(traceEvents)).toEqual([]);
  expect(traceEvents.some(({ ph }) => ph === 's')).toBe(false);
});

test('perfetto: one result: the same bytes twice, in pieces', () => {
  const result = captured('active-passive/walkthrough.yaml');

  expect(render(result)).toBe(render(result));
  expect([...perfetto.render(result, { replay: REPLAY })].length).toBeGreaterThan(1);
});
