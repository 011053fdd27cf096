import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { align } from '../../../../src/report/compare/align.ts';
import { compareRuns, type Compared } from '../../../../src/report/compare/compare.ts';
import { sentence } from '../../../../src/report/compare/sentence.ts';
import { settingDifferences } from '../../../../src/report/compare/settings.ts';
import { run } from '../../../../src/run/run.ts';
import { captured } from '../../../helpers/captured.ts';
import { scenarioNames } from '../../../helpers/library.ts';
import { resolvePair, type PairPart } from '../../../helpers/pair.ts';

const of = (part: PairPart): Compared => ({ result: run(resolvePair(part)), settings: {} });
const LOSS: PairPart = { timeline: [{ at: '5.5s', 'power-off': 'palo-1' }], until: '20s' };
const FAST: PairPart = { ...LOSS, ha: { 'election-option': { timers: 'aggressive' } } };

describe('align', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

  test('every index of both once, in order, and pairs are equal', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const pairs = align(a, b);
        expect(pairs.flatMap(([i]) => (i === null ? [] : [i]))).toEqual([...a.keys()]);
        expect(pairs.flatMap(([, j]) => (j === null ? [] : [j]))).toEqual([...b.keys()]);
        for (const [i, j] of pairs) if (i !== null && j !== null) expect(a[i]).toBe(b[j]);
      }),
    );
  });

  test('as many pairs as can be', () => {
    /** The longest common subsequence by trying everything. */
    const longest = (a: readonly string[], b: readonly string[]): number => {
      if (a.length === 0 || b.length === 0) return 0;
      if (a[0] === b[0]) return 1 + longest(a.slice(1), b.slice(1));
      return Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
    };
    const short = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(align(a, b).filter(([i, j]) => i !== null && j !== null)).toHaveLength(longest(a, b));
      }),
    );
  });
});

describe('settingDifferences', () => {
  it('paths whose values differ, and what only one has', () => {
    const a = { name: 'x', until: '1s', network: { links: { one: { latency: '1ms' } } } };
    const b = {
      name: 'y',
      until: '2s',
      network: { links: { one: { latency: '1ms' }, two: { latency: '3ms' } } },
    };
    expect(settingDifferences(a, b)).toEqual([
      { path: 'until', a: '1s', b: '2s' },
      { path: 'network.links.two', a: null, b: '{"latency":"3ms"}' },
    ]);
  });
});

test.each(scenarioNames().slice(0, 12))('%s and itself: nothing differs', (name) => {
  const one = { result: captured(name), settings: {} };
  const comparison = compareRuns(one, one);
  expect(comparison).toMatchObject({ identical: true, settings: [], moved: [], figures: [], verdicts: [] });
  expect(sentence(comparison)).toBe('The two runs are the same, record for record.');
});

describe('recommended and aggressive timers', () => {
  const [slow, fast] = [of(LOSS), of(FAST)];
  const comparison = compareRuns(slow, fast);

  it('the same failover, shorter in its hold', () => {
    const [pair] = comparison.failovers;
    expect(pair?.a).toBe('failover palo-1 → palo-2');
    expect(pair?.b).toBe(pair?.a);
    expect(pair?.parts.find(({ part }) => part === 'hold')).toMatchObject({ aUs: 2_000_000, bUs: 500_000 });
    expect(sentence(comparison)).toContain('where promotion-hold-time is 500 ms instead of 2000 ms.');
  });

  it('the takeover is one row that moved, not two', () => {
    const takeover = comparison.moved.filter(({ text }) => text.startsWith('passive → active'));
    expect(takeover).toHaveLength(1);
    expect(takeover[0]!.bUs! - takeover[0]!.aUs!).toBe(-1_500_000);
  });

  it('the other way round: the same rows, their times exchanged', () => {
    const back = compareRuns(fast, slow);
    expect(back.moved.filter(({ aUs, bUs }) => aUs !== null && bUs !== null)).toHaveLength(
      comparison.moved.filter(({ aUs, bUs }) => aUs !== null && bUs !== null).length,
    );
    expect(back.failovers.map(({ aTotalUs, bTotalUs }) => [bTotalUs, aTotalUs])).toEqual(
      comparison.failovers.map(({ aTotalUs, bTotalUs }) => [aTotalUs, bTotalUs]),
    );
  });

  it('faults at other times: compared from the fault on', () => {
    const later = of({ ...LOSS, timeline: [{ at: '7.5s', 'power-off': 'palo-1' }], until: '22s' });
    const { moved } = compareRuns(slow, later);
    expect(moved.filter(({ subject, text }) => subject === 'palo-2' && text.includes('→'))).toEqual([]);
  });
});

test('a failover in one of them alone: told, with nothing made up for the other', () => {
  const quiet = of({ until: '20s' });
  const comparison = compareRuns(quiet, of(LOSS));
  expect(comparison.failovers[0]).toMatchObject({ a: null, aTotalUs: null, b: 'failover palo-1 → palo-2' });
  expect(sentence(comparison)).toBe('Only B has the failover (failover palo-1 → palo-2).');
});
