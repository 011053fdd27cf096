import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OP, SyncQueue } from '../../../src/traffic/sync-queue.ts';

describe('sync queue', () => {
  test('sync queue: pushes and drops in any order, over every growth: as an array would have it', () => {
    const step = fc.record({ push: fc.nat({ max: 90 }), drop: fc.nat({ max: 90 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const queue = new SyncQueue(500);
        const model: number[] = [];
        let next = 0;
        for (const { push, drop } of steps) {
          for (let count = 0; count < push; count += 1) {
            const taken = queue.push(OP.add, next, next * 10);
            expect(taken).toBe(model.length < 500);
            if (taken) model.push(next);
            next += 1;
          }
          const count = Math.min(drop, model.length);
          queue.drop(count);
          model.splice(0, count);
          expect(model.map((_, index) => queue.flow(index))).toEqual(model);
          const middle = (model[Math.floor(model.length / 2)] ?? 0) * 10;
          expect(queue.due(middle)).toBe(model.filter((flow) => flow * 10 <= middle).length);
        }
      }),
    );
  });

  test('sync queue: empty: nothing is due, ever', () => {
    const queue = new SyncQueue(5);
    expect([queue.readyUs(0), queue.due(Number.MAX_SAFE_INTEGER)]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });
});
