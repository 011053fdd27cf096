/**
 * The event queue against the plainest model there is: a list that is searched for its least entry.
 *
 * Programs are random sequences of push, pop, cancel and re-arm over few distinct times, so that ties are the rule; handles
 * are picked among all ever given out, so that most of them are stale. After each step the queue must hold exactly what the
 * model holds: a cancelled event that lived on as a dead entry would show in the size. Looking at the next time is a step of
 * its own, as the queue puts off work until somebody looks.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from '../../src/kernel/queue.ts';

interface Entry {
  readonly handle: number;
  readonly id: number;
  readonly payload: object | null;
  timeUs: number;
  seq: number;
}

type Step =
  | { readonly op: 'push'; readonly timeUs: number; readonly withPayload: boolean }
  | { readonly op: 'pop' }
  | { readonly op: 'peek' }
  | { readonly op: 'cancel'; readonly pick: number }
  | { readonly op: 'rearm'; readonly pick: number; readonly timeUs: number };

const time = fc.oneof(fc.nat(12), fc.nat(1_000_000), fc.maxSafeNat());
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ op: fc.constant('push' as const), timeUs: time, withPayload: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.constant({ op: 'pop' as const }) },
  { weight: 1, arbitrary: fc.constant({ op: 'peek' as const }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('cancel' as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('rearm' as const), pick: fc.nat(), timeUs: time }) },
);

class Model {
  readonly queue = new EventQueue(2);
  readonly given: number[] = [];
  pending: Entry[] = [];
  private seq = 0;
  private ids = 0;

  apply(command: Step): void {
    switch (command.op) {
      case 'push':
        return this.push(command.timeUs, command.withPayload);
      case 'pop':
        return this.pop();
      case 'peek':
        return expect(this.queue.peekTimeUs()).toBe(this.first()?.timeUs ?? Infinity);
      case 'cancel': {
        const handle = this.pick(command.pick);
        const entry = this.find(handle);
        expect(this.queue.cancel(handle)).toBe(entry !== undefined);
        this.pending = this.pending.filter((other) => other !== entry);
        return;
      }
      case 'rearm': {
        const handle = this.pick(command.pick);
        const entry = this.find(handle);
        expect(this.queue.rearm(handle, command.timeUs)).toBe(entry !== undefined);
        if (entry !== undefined) Object.assign(entry, { timeUs: command.timeUs, seq: this.seq++ });
        return;
      }
    }
  }

  pop(): void {
    const { queue } = this;
    const slot = queue.pop();
    const entry = this.first();
    if (entry === undefined) return expect(slot).toBe(-1);
    const { id } = entry;
    expect(queue.poppedTimeUs()).toBe(entry.timeUs);
    expect([queue.kindOf(slot), queue.targetOf(slot), queue.causeOf(slot)]).toEqual([id % 7, -id, id]);
    expect([queue.aOf(slot), queue.bOf(slot)]).toEqual([id * 2 ** 30, -id]);
    expect(queue.takePayload(slot)).toBe(entry.payload);
    this.pending = this.pending.filter((other) => other !== entry);
  }

  check(): void {
    const { queue } = this;
    expect(queue.size).toBe(this.pending.length);
    const held = Object.values(queue).flatMap((part) => (Array.isArray(part) ? part : []));
    const payloads = this.pending.map((entry) => entry.payload);
    expect(held.filter((part) => part !== null && !payloads.includes(part))).toEqual([]);
  }

  checkHandles(): void {
    for (const handle of this.given)
      expect(this.queue.isPending(handle)).toBe(this.find(handle) !== undefined);
  }

  private push(timeUs: number, withPayload: boolean): void {
    const id = ++this.ids;
    const payload = withPayload ? { id } : null;
    const handle = this.queue.push(timeUs, id % 7, -id, id * 2 ** 30, -id, id, payload);
    expect(handle).toBeGreaterThan(0);
    expect(this.given).not.toContain(handle);
    this.given.push(handle);
    this.pending.push({ handle, id, payload, timeUs, seq: this.seq++ });
  }

  private first(): Entry | undefined {
    return this.pending.toSorted((x, y) => x.timeUs - y.timeUs || x.seq - y.seq)[0];
  }

  private find(handle: number): Entry | undefined {
    return this.pending.find((entry) => entry.handle === handle);
  }

  private pick(index: number): number {
    return this.given.length === 0 ? 0 : this.given[index % this.given.length]!;
  }
}

test('queue: any program of push, pop, cancel and re-arm: does what a sorted list does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (program) => {
      const model = new Model();
      for (const command of program) {
        model.apply(command);
        model.check();
      }
      model.checkHandles();
      while (model.pending.length > 0) model.pop();
      model.check();
      model.checkHandles();
    }),
    { numRuns: 300 },
  );
});

test('queue: any program while the insertion numbers run out: does what a sorted list does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), fc.nat(120), (program, left) => {
      const model = new Model();
      Object.assign(model.queue, { nextSeq: 2 ** 31 - 1 - left });
      for (const command of program) model.apply(command);
      while (model.pending.length > 0) model.pop();
      model.checkHandles();
    }),
  );
});

test('queue: any times pushed at once: pop sorted by time, then by insertion', () => {
  fc.assert(
    fc.property(fc.array(time, { maxLength: 300, size: 'max' }), (timesUs) => {
      const queue = new EventQueue(1);
      timesUs.forEach((timeUs, index) => queue.push(timeUs, 0, 0, index, 0, 0, null));
      const popped: number[] = [];
      for (let slot = queue.pop(); slot >= 0; slot = queue.pop()) popped.push(queue.aOf(slot));
      const sorted = timesUs.map((timeUs, index) => ({ timeUs, index }));
      sorted.sort((x, y) => x.timeUs - y.timeUs || x.index - y.index);
      expect(popped).toEqual(sorted.map((entry) => entry.index));
    }),
  );
});
