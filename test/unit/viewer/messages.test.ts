import { describe, expect, it, test } from 'vitest';
import { MESSAGE_CLASSES } from '../../../src/report/lanes/model.ts';
import { columnsOf, eachMessage, messageAt } from '../../../src/viewer/messages.ts';
import { classesOf, messageInStrips, stripsOf } from '../../../src/viewer/density.ts';
import { laneModel, TOOK_US } from '../../helpers/lane-model.ts';

/** Of the made-up messages: heartbeat, hello, session-sync in turn, every millisecond, each tenth lost. */
const columns = columnsOf(laneModel({ messages: 1_000 }).messages);
const FIELD = { view: { fromUs: 0, toUs: 10_000 }, width: 1_000, top: 100, bottom: 200, hidden: 0 };
const HELLO = 1 << MESSAGE_CLASSES.indexOf('hello');

function seen(field: typeof FIELD): number[] {
  const indices: number[] = [];
  eachMessage(columns, field, (index) => indices.push(index));
  return indices;
}

describe('the messages that are seen', () => {
  it('those that are on their way in what is seen, and no others', () => {
    expect(seen({ ...FIELD, view: { fromUs: 20_500, toUs: 23_500 } })).toEqual([20, 21, 22, 23]);
  });

  it('a hidden class is not among them', () => {
    expect(seen({ ...FIELD, hidden: HELLO })).toEqual([0, 2, 3, 5, 6, 8, 9]);
  });

  it('slanted from the sender to the other; a lost one is broken off', () => {
    const lines = new Map<number, readonly number[]>();
    eachMessage(columns, FIELD, (index, ...line) => lines.set(index, line));
    expect(lines.get(0)).toEqual([0, 100, 100, 200]);
    expect(lines.get(1)).toEqual([100, 200, 200, 100]);
    // Of the tenth a bit more than half of the way, which would have taken as long as that of its kind.
    expect(lines.get(9)?.[0]).toBeCloseTo(900);
    expect(lines.get(9)?.[2]).toBeCloseTo(955);
    expect(lines.get(9)?.[3]).toBeCloseTo(145);
  });
});

describe('the message under a place', () => {
  it('the nearest, along its slant', () => {
    // Message 2 is in the middle of the field half a millisecond after it was sent.
    expect(messageAt(columns, FIELD, 251, 150, 7)).toBe(2);
    expect(messageAt(columns, FIELD, 206, 105, 7)).toBe(2);
  });

  it('none where none is near, and none of what is not drawn', () => {
    expect(messageAt(columns, FIELD, 225, 102, 7)).toBe(-1);
    expect(messageAt(columns, { ...FIELD, hidden: HELLO }, 150, 150, 7)).toBe(-1);
    // Of the lost one nothing is drawn near the other firewall.
    expect(messageAt(columns, FIELD, 990, 102, 7)).toBe(-1);
  });

  it('one that nobody received takes as long as others of its kind', () => {
    expect(columns.endUs[9]! - columns.sentUs[9]!).toBe(TOOK_US);
  });
});

describe('more messages than arrows could tell', () => {
  const wide = { ...FIELD, view: { fromUs: 0, toUs: 1e6 }, width: 300 };

  it('as long as there is room, arrows', () => {
    expect(stripsOf(columns, FIELD)).toEqual([]);
  });

  it('a strip for each class, on each other in the field, which counts all that are seen', () => {
    const strips = stripsOf(columns, wide);
    expect(
      strips.map(({ class: name, total, totalLost }) => [MESSAGE_CLASSES[name], total, totalLost]),
    ).toEqual([
      ['heartbeat', 334, 34],
      ['hello', 333, 33],
      ['session-sync', 333, 33],
    ]);
    expect(strips[0]!.top).toBe(100);
    expect(strips[2]!.bottom).toBeCloseTo(200);
    for (const { sent, total } of strips) expect(sent.reduce((sum, count) => sum + count)).toBe(total);
  });

  it('a hidden class has none, and a class with few messages keeps its arrows', () => {
    expect(stripsOf(columns, { ...wide, hidden: HELLO }).map(({ class: name }) => name)).not.toContain(1);
    const few = { ...laneModel({ messages: 1_000 }).messages };
    const rare = columnsOf({ ...few, kind: few.kind.map((_, at) => (at % 100 === 0 ? 1 : 0)) });
    expect(classesOf(stripsOf(rare, wide))).toBe(1 << MESSAGE_CLASSES.indexOf('heartbeat'));
  });

  it('bars stand at fixed times, so that they are the same when the picture moves', () => {
    const [strip] = stripsOf(columns, wide);
    const moved = { ...wide, view: { fromUs: 100_000, toUs: 1.1e6 } };
    const [later] = stripsOf(columns, moved);
    const bar = 30;
    expect(later!.sent[(bar - later!.first) * 2]).toBe(strip!.sent[(bar - strip!.first) * 2]);
  });

  it('a click into a strip: a message of its class and of the sender on that side, a lost one first', () => {
    const strips = stripsOf(columns, wide);
    const [heartbeats] = strips;
    const upper = messageInStrips(columns, wide, strips, 150, heartbeats!.top + 2);
    expect([columns.class[upper], columns.from[upper]]).toEqual([0, 0]);
    const lower = messageInStrips(columns, wide, strips, 147, heartbeats!.bottom - 2);
    expect([columns.class[lower], columns.from[lower], columns.lost[lower]]).toEqual([0, 1, 1]);
    expect(messageInStrips(columns, wide, strips, 150, 20)).toBe(-1);
  });
});

test('no messages at all: nothing is seen, nothing is found', () => {
  const none = columnsOf(laneModel().messages);
  expect(stripsOf(none, FIELD)).toEqual([]);
  expect(messageAt(none, FIELD, 10, 150, 7)).toBe(-1);
});
