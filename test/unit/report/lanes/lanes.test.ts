import { describe, expect, it, test } from 'vitest';
import { lanesOf } from '../../../../src/report/lanes/lanes.ts';
import type { Lane, LaneModel } from '../../../../src/report/lanes/model.ts';
import type { RunResult } from '../../../../src/run/result.ts';
import { captured } from '../../../helpers/captured.ts';
import { scenarioNames } from '../../../helpers/library.ts';

function laneOf(model: LaneModel, id: string): Lane {
  const lane = model.groups.flatMap(({ lanes }) => lanes).find((item) => item.id === id);
  if (lane === undefined) throw new Error(`no lane ${id}`);
  return lane;
}

/** `0 to 20.55: active`, times in seconds. */
function told(lane: Lane): string[] {
  return lane.spans.map(({ fromUs, toUs, text }) => `${fromUs / 1e6} to ${toUs / 1e6}: ${text}`);
}

describe('lanesOf', () => {
  const result = captured('active-passive/walkthrough.yaml');
  const model = lanesOf(result);

  it('the role of a firewall, from record to record', () => {
    expect(told(laneOf(model, 'palo-1/role'))).toEqual([
      '0 to 20.55: active',
      '20.55 to 80.55: non-functional',
      '80.55 to 100.001: passive',
      '100.001 to 170: active',
    ]);
  });

  it('the roles stand where the messages are: last of the first firewall, first of the second', () => {
    expect(model.groups[0]?.lanes.at(-1)?.id).toBe('palo-1/role');
    expect(model.groups[1]?.lanes[0]?.id).toBe('palo-2/role');
  });

  it('a timer that is cancelled: a bar to there, and the time at which it would have run out', () => {
    const [bar] = laneOf(model, 'palo-2/timer/session-sync-wait').spans;
    expect(bar).toMatchObject({ fromUs: 120_000_000, toUs: 150_000_112, text: 'cancelled' });
    expect(bar?.deadlineUs).toBeGreaterThan(150_000_112);
  });

  it('the port that is unplugged: without carrier from the fault to its end, each with its record', () => {
    const spans = laneOf(model, 'palo-1/port/ethernet1/1').spans;
    expect(spans.map(({ fromUs, text }) => [fromUs, text])).toEqual([
      [0, 'up'],
      [20_000_000, 'no carrier'],
      [60_000_000, 'up'],
    ]);
    const { kind, data } = result.records[(spans[1]?.record ?? 0) - 1] ?? {};
    expect([kind, data?.['action']]).toEqual(['fault', 'interface-down']);
  });

  it('monitors: well before they first fail', () => {
    expect(told(laneOf(model, 'palo-1/monitor/link'))[0]).toBe('0 to 20.05: all well');
  });

  it('opens around the first fault with a failover', () => {
    const { focusUs, openFromUs, openToUs } = model;
    expect(focusUs).toBe(20_000_000);
    expect(focusUs - openFromUs).toBe(openToUs - focusUs);
    expect(openToUs).toBeGreaterThan(result.failovers[0]?.restoredUs ?? Infinity);
  });

  it('messages are end to end: over two links of 0.5 ms, a heartbeat arrives after 1 ms', () => {
    const { messages } = model;
    const heartbeat = messages.kinds.findIndex(({ name }) => name === 'heartbeat');
    const delays = messages.sentUs.flatMap((sentUs, at) =>
      messages.kind[at] === heartbeat ? [(messages.arrivedUs[at] ?? 0) - sentUs] : [],
    );
    expect(delays).toHaveLength(340);
    expect(new Set(delays)).toEqual(new Set([1_000]));
  });

  it('in AWS: a message that a dead instance does not answer is lost, and blamed on the power', () => {
    const aws = captured('aws/interface-move.yaml');
    const { messages } = lanesOf(aws);
    const lost = messages.arrivedUs.flatMap((arrivedUs, at) => (arrivedUs === -1 ? [at] : []));
    expect(lost.length).toBeGreaterThan(100);
    for (const at of lost) expect(aws.records[(messages.cause[at] ?? 0) - 1]?.kind).toBe('power');
    expect(lost.every((at) => (messages.sentUs[at] ?? 0) >= 30_000_000)).toBe(true);
  });

  it('in AWS: an interface on its way, and the calls that move it', () => {
    const aws = lanesOf(captured('aws/interface-move.yaml'));
    expect(laneOf(aws, 'asset/palo-inside-eni').spans.map(({ text }) => text)).toEqual([
      'palo-1',
      'detaching',
      'available',
      'attaching',
      'attached palo-2',
      'palo-2',
    ]);
    expect(laneOf(aws, 'palo-2/calls').spans[0]?.text).toBe('DescribeInstances');
  });

  it('in a split brain: an address that both have', () => {
    const split = lanesOf(captured('active-active/split-brain.yaml'));
    const both = laneOf(split, 'address/203.0.113.10').spans.filter(({ tone }) => tone === 'bad');
    expect(both.map(({ text }) => text)).toEqual(['palo-1 and palo-2']);
  });

  it('a run without its packets: no messages and no ports, all else', () => {
    const bare: RunResult = { ...result, capture: null };
    const model = lanesOf(bare);
    expect(model.messages.sentUs).toEqual([]);
    expect(laneOf(model, 'palo-1/role').spans).toHaveLength(4);
  });
});

test.each(scenarioNames())('lanes of %s: in order, inside of the run, every record at its place', (name) => {
  const result = captured(name);
  const model = lanesOf(result);
  const lanes = model.groups.flatMap((group) => group.lanes);
  expect(new Set(lanes.map(({ id }) => id)).size).toBe(lanes.length);
  for (const { kind, spans, marks } of lanes) {
    for (const [at, span] of spans.entries()) {
      expect(span.toUs).toBeGreaterThan(span.fromUs);
      expect(span.toUs).toBeLessThanOrEqual(model.endUs);
      const before = spans[at - 1];
      if (before !== undefined)
        expect(span.fromUs).toBeGreaterThanOrEqual(kind === 'calls' ? before.fromUs : before.toUs);
    }
    expect(marks.map(({ atUs }) => atUs)).toEqual(marks.map(({ atUs }) => atUs).toSorted((a, b) => a - b));
  }
  const ids = new Set(lanes.map(({ id }) => id));
  for (const record of model.records) if (record.lane !== '') expect(ids).toContain(record.lane);
  const { sentUs, ...columns } = model.messages;
  for (const column of [
    columns.arrivedUs,
    columns.from,
    columns.kind,
    columns.path,
    columns.cause,
    columns.text,
  ])
    expect(column).toHaveLength(sentUs.length);
  expect(sentUs).toEqual(sentUs.toSorted((a, b) => a - b));
});

test('a record is drawn where it says something: a change of role on the role, an expired timer on the timer', () => {
  const { records } = lanesOf(captured('active-passive/walkthrough.yaml'));
  for (const { kind, subject, lane } of records) {
    if (kind === 'role') expect(lane).toBe(`${subject}/role`);
    if (kind === 'timer') expect(lane.startsWith(`${subject}/timer/`)).toBe(true);
  }
});
