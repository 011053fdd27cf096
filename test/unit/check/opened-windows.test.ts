import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIVE, activeAt, changeTimes, evidence, PASSIVE, S, verdict } from '../../helpers/temporal.ts';

describe('a window that a condition opens', () => {
  const TIMELINE = [
    { entry: 0, atUs: 30 * S },
    { entry: 1, atUs: 10 * S },
    { entry: 1, atUs: 40 * S },
  ];

  test('from: it begins when the condition first holds, that instant included', () => {
    const of = evidence([20, 23, 40]);
    expect(verdict({ eventually: PASSIVE, from: ACTIVE, within: '3s' }, of)).toMatchObject({
      passed: true,
      atUs: 23 * S,
      expected: 'from palo-2 active at 20s: eventually from 20s to 23s palo-2 passive',
    });
    expect(verdict({ eventually: PASSIVE, from: ACTIVE, within: '2999999us' }, of).passed).toBe(false);
    expect(verdict({ always: ACTIVE, from: ACTIVE, within: '2s' }, of).passed).toBe(true);
    expect(verdict({ never: PASSIVE, from: ACTIVE, within: '3s' }, of)).toMatchObject({
      passed: false,
      atUs: 23 * S,
    });
    expect(verdict({ always: ACTIVE, from: ACTIVE, until: PASSIVE }, of).passed).toBe(true);
  });

  test('from, and the condition never comes, or only behind until: not met', () => {
    expect(verdict({ eventually: PASSIVE, from: ACTIVE }, evidence([]))).toMatchObject({
      passed: false,
      expected: 'from palo-2 active: eventually palo-2 passive',
      measured: 'palo-2 passive, at the end',
      atUs: null,
    });
    expect(verdict({ always: ACTIVE, from: ACTIVE, until: '19s' }, evidence([20])).passed).toBe(false);
  });

  test('at: its time counts from when the condition comes', () => {
    const of = evidence([20, 23]);
    expect(verdict({ at: '2s', from: ACTIVE, that: ACTIVE }, of)).toMatchObject({
      passed: true,
      atUs: 22 * S,
      expected: 'from palo-2 active at 20s: at 22s palo-2 active',
    });
    expect(verdict({ at: '3s', from: ACTIVE, that: ACTIVE }, of).passed).toBe(false);
    expect(verdict({ at: '41s', from: ACTIVE, that: PASSIVE }, of)).toMatchObject({
      passed: false,
      measured: 'the run ended at 60s',
    });
  });

  test('whenever: each time; the first that is not so is told', () => {
    const of = evidence([10, 12, 20, 25, 40, 41]);
    expect(verdict({ whenever: ACTIVE, eventually: PASSIVE, within: '5s' }, of)).toMatchObject({
      passed: true,
      expected: 'whenever palo-2 active at 10s, time 1 of 3: eventually from 10s to 15s palo-2 passive',
    });
    expect(verdict({ whenever: ACTIVE, eventually: PASSIVE, within: '4s' }, of)).toMatchObject({
      passed: false,
      expected: 'whenever palo-2 active at 20s, time 2 of 3: eventually from 20s to 24s palo-2 passive',
      measured: 'palo-2 active',
    });
    // What comes behind `until` opens nothing.
    expect(verdict({ whenever: ACTIVE, eventually: PASSIVE, until: '39s' }, of).passed).toBe(true);
  });

  test('whenever, and it never is: asks nothing, and says so', () => {
    expect(verdict({ whenever: ACTIVE, never: PASSIVE }, evidence([]))).toMatchObject({
      passed: true,
      measured: 'it never came to that',
    });
  });

  test('timeline: an entry of the file has been carried out, the first of what it does', () => {
    const of = evidence([12, 31], { timeline: TIMELINE });
    expect(verdict({ eventually: ACTIVE, from: { timeline: 2 }, within: '2s' }, of).passed).toBe(true);
    expect(verdict({ at: '999999us', from: { timeline: 1 }, that: ACTIVE }, of).passed).toBe(true);
    expect(verdict({ at: '1s', from: { timeline: 1 }, that: ACTIVE }, of).passed).toBe(false);
    expect(verdict({ at: '29s', that: { timeline: 1 } }, of)).toMatchObject({
      passed: false,
      expected: 'at 29s timeline entry 1',
      measured: 'timeline entry 1 still to come',
    });
  });

  test('whenever: as by looking at every second', () => {
    fc.assert(
      fc.property(changeTimes, fc.integer({ min: 0, max: 20 }), (times, within) => {
        const rises = Array.from({ length: 61 }, (_, second) => second).filter(
          (second) => activeAt(times, second) && (second === 0 || !activeAt(times, second - 1)),
        );
        const soon = (rise: number): boolean =>
          Array.from({ length: within + 1 }, (_, more) => rise + more).some(
            (second) => second <= 60 && !activeAt(times, second),
          );
        const expectation = { whenever: ACTIVE, eventually: PASSIVE, within: `${within}s` };
        expect(verdict(expectation, evidence(times)).passed).toBe(rises.every(soon));
      }),
    );
  });
});
