import { expect, test } from 'vitest';
import { EventQueue, NO_HANDLE } from '../../../src/kernel/queue.ts';

function push(queue: EventQueue, timeUs: number, a = 0, payload: unknown = null): number {
  return queue.push(timeUs, 0, 0, a, 0, 0, payload);
}

function popAll(queue: EventQueue): number[] {
  const order: number[] = [];
  for (let slot = queue.pop(); slot >= 0; slot = queue.pop()) order.push(queue.aOf(slot));
  return order;
}

function holds(queue: EventQueue, payload: object): boolean {
  return Object.values(queue).some((part) => Array.isArray(part) && part.includes(payload));
}

test('queue: events of different times: pop in order of time', () => {
  const queue = new EventQueue();
  for (const timeUs of [30, 10, 20, 0, 40]) push(queue, timeUs, timeUs);
  expect(popAll(queue)).toEqual([0, 10, 20, 30, 40]);
});

test('queue: events of one time: pop in order of insertion', () => {
  const queue = new EventQueue();
  for (let i = 0; i < 100; i++) push(queue, 5, i);
  expect(popAll(queue)).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test('queue: a popped event: has all its fields', () => {
  const queue = new EventQueue();
  const payload = { note: 'x' };
  queue.push(2 ** 50, 3, -7, -(2 ** 52), 2 ** 52, 9, payload);
  const slot = queue.pop();
  expect(queue.poppedTimeUs()).toBe(2 ** 50);
  expect([queue.kindOf(slot), queue.targetOf(slot), queue.causeOf(slot)]).toEqual([3, -7, 9]);
  expect([queue.aOf(slot), queue.bOf(slot)]).toEqual([-(2 ** 52), 2 ** 52]);
  expect(queue.takePayload(slot)).toBe(payload);
});

test('queue: operands of any size, with and without payload: come back as they went in', () => {
  const queue = new EventQueue(2);
  const operands = [0, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, -(2 ** 53) + 1];
  const events = operands.flatMap((a) =>
    operands.flatMap((b) => [null, { a, b }].map((payload) => ({ a, b, payload }))),
  );
  for (const { a, b, payload } of events) queue.push(0, 0, 0, a, b, 0, payload);
  for (const { a, b, payload } of events) {
    const slot = queue.pop();
    expect([queue.aOf(slot), queue.bOf(slot)]).toEqual([a, b]);
    expect(queue.takePayload(slot)).toBe(payload);
  }
});

test('queue: nothing pending: peek says Infinity and pop says -1', () => {
  const queue = new EventQueue();
  expect([queue.size, queue.peekTimeUs(), queue.pop()]).toEqual([0, Infinity, -1]);
});

test('queue: cancel: takes the event out, once', () => {
  const queue = new EventQueue();
  const handles = [1, 2, 3].map((timeUs) => push(queue, timeUs, timeUs));
  expect(queue.cancel(handles[1]!)).toBe(true);
  expect(queue.cancel(handles[1]!)).toBe(false);
  expect(queue.size).toBe(2);
  expect(popAll(queue)).toEqual([1, 3]);
});

test('queue: a handle of a popped event: is stale, also when its slot is used again', () => {
  const queue = new EventQueue();
  const first = push(queue, 1);
  queue.pop();
  const second = push(queue, 2);
  expect(second).not.toBe(first);
  expect([queue.isPending(first), queue.cancel(first), queue.rearm(first, 9)]).toEqual([false, false, false]);
  expect(queue.isPending(second)).toBe(true);
});

test('queue: handles that never were: are not pending', () => {
  const queue = new EventQueue();
  push(queue, 1);
  for (const handle of [NO_HANDLE, -1, 0.5, 17, 2 ** 24 - 1, 2 ** 52, NaN, Infinity]) {
    expect([queue.isPending(handle), queue.cancel(handle), queue.rearm(handle, 1)]).toEqual([
      false,
      false,
      false,
    ]);
  }
  expect(queue.size).toBe(1);
});

test('queue: re-arm: keeps the handle and goes behind events of the same time', () => {
  const queue = new EventQueue();
  const moved = push(queue, 1, 100);
  push(queue, 5, 1);
  expect(queue.rearm(moved, 5)).toBe(true);
  push(queue, 5, 2);
  expect(queue.isPending(moved)).toBe(true);
  expect(popAll(queue)).toEqual([1, 100, 2]);
});

test('queue: re-arm to an earlier time: pops first', () => {
  const queue = new EventQueue();
  for (let i = 1; i < 50; i++) push(queue, i, i);
  const moved = push(queue, 99, 100);
  queue.rearm(moved, 0);
  expect(queue.peekTimeUs()).toBe(0);
  expect(popAll(queue)[0]).toBe(100);
});

test('queue: payload of a popped or cancelled event: is let go', () => {
  const queue = new EventQueue();
  const popped = {};
  const cancelled = {};
  push(queue, 1, 0, popped);
  const handle = push(queue, 2, 0, cancelled);
  expect([holds(queue, popped), holds(queue, cancelled)]).toEqual([true, true]);
  queue.cancel(handle);
  expect(queue.takePayload(queue.pop())).toBe(popped);
  expect([holds(queue, popped), holds(queue, cancelled)]).toEqual([false, false]);
});

test('queue: an event without payload in a slot that had one: has none', () => {
  const queue = new EventQueue();
  queue.cancel(push(queue, 1, 0, {}));
  push(queue, 2);
  expect(queue.takePayload(queue.pop())).toBe(null);
});

test('queue: a million pushes and cancels with few pending: needs no more room', () => {
  const queue = new EventQueue(64);
  const handles = Array.from({ length: 32 }, (_, i) => push(queue, i));
  for (let i = 0; i < 1_000_000; i++) {
    queue.cancel(handles[i % 32]!);
    handles[i % 32] = push(queue, i + 32);
  }
  expect([queue.size, queue.capacity]).toEqual([32, 64]);
});

test('queue: more events than it has room for: grows and keeps all', () => {
  const queue = new EventQueue(2);
  const handles = Array.from({ length: 1_000 }, (_, i) => push(queue, 1_000 - i, 1_000 - i, { i }));
  expect(handles.every((handle) => queue.isPending(handle))).toBe(true);
  expect(popAll(queue)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
});

test('queue: insertion numbers run out: pending events keep their order and their handles', () => {
  const queue = new EventQueue();
  Object.assign(queue, { nextSeq: 2 ** 31 - 50 });
  const handles = Array.from({ length: 100 }, (_, i) => push(queue, 5, i));
  expect(handles.every((handle) => queue.isPending(handle))).toBe(true);
  expect(popAll(queue)).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test('queue: more events than a handle can name: is refused', () => {
  const queue = new EventQueue(2 ** 22);
  expect(() => {
    for (let i = 0; i <= 2 ** 22; i++) push(queue, i);
  }).toThrow('more than 4194304 pending events');
});
