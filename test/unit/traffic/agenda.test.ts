import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Agenda } from '../../../src/traffic/agenda.ts';

/** Takes everything off, as `slot@time`. */
function drain(agenda: Agenda): string[] {
  const order: string[] = [];
  for (let us = agenda.nextUs(); us !== Number.POSITIVE_INFINITY; us = agenda.nextUs()) {
    order.push(`${agenda.pop()}@${us}`);
  }
  return order;
}

/** A list that is sorted at every look: what the agenda has to agree with. */
class SortedList {
  readonly #due = new Map<number, number>();

  set(slot: number, us: number): void {
    this.#due.set(slot, us);
  }

  cancel(slot: number): void {
    this.#due.delete(slot);
  }

  pop(): string | null {
    const [first] = [...this.#due].toSorted(([a, x], [b, y]) => x - y || a - b);
    if (first === undefined) return null;
    this.#due.delete(first[0]);
    return `${first[0]}@${first[1]}`;
  }
}

const time = fc.oneof(fc.nat(100_000), fc.nat(100_000_000), fc.nat(10 ** 12));

const action = fc.oneof(
  fc.record({ do: fc.constant('set' as const), slot: fc.integer({ min: 1, max: 300 }), afterUs: time }),
  fc.record({ do: fc.constant('cancel' as const), slot: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ do: fc.constant('pop' as const) }),
  fc.record({ do: fc.constant('double' as const) }),
);

describe('agenda', () => {
  test('agenda: flows of one time: in the order of their slots, whenever they were set', () => {
    const agenda = new Agenda();
    for (const slot of [3, 1, 2]) agenda.set(slot, 500);
    agenda.set(4, 499);
    expect(drain(agenda)).toEqual(['4@499', '1@500', '2@500', '3@500']);
  });

  test('agenda: a flow years ahead and nobody else: found at once', () => {
    const agenda = new Agenda();
    agenda.set(1, 10 ** 14);
    expect(drain(agenda)).toEqual([`1@${10 ** 14}`]);
  });

  test('agenda: a flow before the one that was looked at last: comes first', () => {
    const agenda = new Agenda();
    agenda.set(1, 10 ** 9);
    expect(agenda.nextUs()).toBe(10 ** 9);
    agenda.set(2, 5);
    expect(drain(agenda)).toEqual(['2@5', `1@${10 ** 9}`]);
  });

  test('agenda: any course of actions: as a sorted list', () => {
    const property = fc.property(fc.array(action, { maxLength: 300, size: 'max' }), (actions) => {
      const [agenda, list] = [new Agenda(), new SortedList()];
      const due = new Map<number, number>();
      let nowUs = 0;
      const pop = (): void => {
        const expected = list.pop();
        const us = agenda.nextUs();
        const popped = us === Number.POSITIVE_INFINITY ? null : `${agenda.pop()}@${us}`;
        expect(popped).toBe(expected);
        if (popped !== null) nowUs = us;
        if (popped !== null) due.delete(Number(popped.split('@')[0]));
      };
      for (const item of actions) {
        if (item.do === 'set') {
          agenda.set(item.slot, nowUs + item.afterUs);
          list.set(item.slot, nowUs + item.afterUs);
          due.set(item.slot, nowUs + item.afterUs);
        } else if (item.do === 'cancel') {
          agenda.cancel(item.slot);
          list.cancel(item.slot);
          due.delete(item.slot);
        } else if (item.do === 'double') {
          const later = (us: number): number => Math.min(nowUs + 2 * (us - nowUs), 10 ** 15);
          agenda.retimeAll(301, (_, us) => (us < 0 ? us : later(us)));
          for (const [slot, us] of due) {
            due.set(slot, later(us));
            list.set(slot, later(us));
          }
        } else pop();
      }
      expect(agenda.size).toBe(due.size);
      while (agenda.size > 0) pop();
    });
    fc.assert(property, { numRuns: 300 });
  });
});
