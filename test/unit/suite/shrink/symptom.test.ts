import { expect, test } from 'vitest';
import { InvariantError } from '../../../../src/check/invariants.ts';
import type { Verdict } from '../../../../src/check/verdict.ts';
import { LimitError } from '../../../../src/kernel/limits.ts';
import type { RunResult } from '../../../../src/run/result.ts';
import { isSameWay, symptomOfError, symptomsOf, type Symptom } from '../../../../src/suite/shrink/symptom.ts';
import { runPair, type PairPart } from '../../../helpers/pair.ts';

/** The way in which a verdict alone fails. */
function symptom(expected: string, measured: string): Symptom {
  const verdict: Verdict = { index: 0, name: 'x', passed: false, expected, measured, atUs: null, causes: [] };
  const [found] = symptomsOf({ verdicts: [verdict], records: [] } as unknown as RunResult);
  if (found === undefined) throw new Error('expected a symptom, got none');
  return found;
}

test.each([
  ['total < 1s', 'total 1.2s', { total: 'above' }],
  ['total 4s to 6s', 'total 1min 20.55s', { total: 'above' }],
  ['total 4s to 6s', 'total 800.5ms', { total: 'below' }],
  ['detection 50ms, hold = 0s', 'detection 50ms, hold 1s', { detection: 'met', hold: 'above' }],
  ['lost 0, carried >= 60', 'lost 3, carried 12', { lost: 'above', carried: 'below' }],
  ['outage < 2s', 'outage none', { outage: 'none' }],
  ['availability > 99.9 %', 'availability 98.7 %', { availability: 'below' }],
])('symptomsOf: expected %s, measured %s: each measure on its side', (expected, measured, sides) => {
  expect(symptom(expected, measured)).toMatchObject({ sides, found: '' });
});

test('symptomsOf: what is found has no measures: its words without numbers, names and addresses as they are', () => {
  const found = (measured: string) => symptom('at 25s palo-2 active', measured);

  expect(found('palo-1 active, 10.0.0.254 at palo-2')).toMatchObject({
    sides: {},
    found: 'palo-1 active, 10.0.0.254 at palo-2',
  });
  expect(found('the run ended at 12.5s')).toMatchObject({ found: 'the run ended at …' });
  expect(found('only 2 failovers happened')).toMatchObject({ found: 'only … failovers happened' });
});

test('isSameWay: other numbers on the same side: the same; another side, or no value: not', () => {
  const is = symptom('total < 3s', 'total 4s');

  expect(isSameWay(is, symptom('total < 3s', 'total 40s'))).toBe(true);
  expect(isSameWay(symptom('total 3s to 4s', 'total 5s'), symptom('total 3s to 4s', 'total 1s'))).toBe(false);
  expect(isSameWay(is, symptom('total < 3s', 'total none'))).toBe(false);
});

test('isSameWay: a measure beside it that is met or not asked for: no matter', () => {
  const both = symptom('hold 2s, total < 3s', 'hold 2s, total 4s');

  expect(isSameWay(both, symptom('total < 3s', 'total 5s'))).toBe(true);
  expect(
    isSameWay(symptom('hold 1s, total < 3s', 'hold 2s, total 4s'), symptom('total < 3s', 'total 5s')),
  ).toBe(false);
});

function symptomOf(part: PairPart): Symptom {
  const [found] = symptomsOf(runPair({ until: '30s', ...part }).result);
  if (found === undefined) throw new Error('expected the run to fail');
  return found;
}

const FAST = { failover: 1, total: '< 1us' };

test('isSameWay: the same measure for another reason, or from another fault: not the same', () => {
  const power = symptomOf({ expect: [FAST], timeline: [{ at: '5s', 'power-off': 'palo-1' }] });
  const later = symptomOf({ expect: [FAST], timeline: [{ at: '9s', 'power-off': 'palo-1' }] });
  const uplink = symptomOf({
    expect: [FAST],
    timeline: [{ at: '5s', 'interface-down': 'palo-1:ethernet1/1' }],
  });

  expect(power).toMatchObject({ way: ['fault power-off palo-1', 'palo-2 active: Peer failed'] });
  expect(uplink).toMatchObject({
    way: [
      'fault interface-down palo-1',
      'palo-1 non-functional: Link down',
      'palo-2 active: Peer is non-functional',
    ],
  });
  expect(isSameWay(power, later)).toBe(true);
  expect(isSameWay(power, uplink)).toBe(false);
});

test('isSameWay: nothing happened, although something was done: not the same as when nothing was done', () => {
  const done = symptomOf({ expect: [FAST], timeline: [{ at: '5s', 'link-down': 'ha2' }] });
  const nothing = symptomOf({ expect: [FAST] });

  expect(done).toMatchObject({ found: 'no failover happened', way: [], acted: true });
  expect(isSameWay(done, nothing)).toBe(false);
  expect(isSameWay(nothing, symptomOf({ expect: [FAST], seed: 9 }))).toBe(true);
});

test('symptomOfError: by the limit or by the law, whenever it was', () => {
  const law = (name: string, us: number) =>
    symptomOfError(new InvariantError(`${name} changed to the role it had`, us, []));

  expect(isSameWay(law('palo-1', 5), law('palo-1', 7_000_000))).toBe(true);
  expect(isSameWay(law('palo-1', 5), law('palo-2', 5))).toBe(false);
  const instant = symptomOfError(new LimitError('instant', 1_000_000, 5, 'timer'));
  expect(isSameWay(instant, symptomOfError(new LimitError('instant', 1_000_000, 9, 'ping')))).toBe(true);
  expect(isSameWay(instant, symptomOfError(new LimitError('events', 1_000_000, 5, 'timer')))).toBe(false);
  expect(isSameWay(instant, symptom('total < 1s', 'total 2s'))).toBe(false);
});
