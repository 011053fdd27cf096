import { describe, expect, test } from 'vitest';
import type { FailoverStory } from '../../../src/measure/failover-story.ts';
import type { LossStory } from '../../../src/measure/loss-story.ts';
import { renderFailover, renderFailovers } from '../../../src/report/explain-failover.ts';
import { renderLoss, renderLosses } from '../../../src/report/explain-losses.ts';
import { renderOutcomes } from '../../../src/report/explain-missed.ts';
import type { RunResult } from '../../../src/run/result.ts';
import { result } from '../../helpers/result.ts';

const RUN: RunResult = result();
const step = (id: number, rule: string | null = null) => ({
  record: RUN.records[id - 1] as RunResult['records'][number],
  rule,
  setting: rule === null ? null : { name: 'a-setting', value: '2s' },
});

function story(change: Partial<FailoverStory['failover']> = {}): FailoverStory {
  const parts: FailoverStory['failover']['parts'] = [
    { part: 'hold', us: 500_000, setBy: [{ setting: 'promotion-hold-time', value: '2000 ms' }] },
    { part: 'learning', us: null, setBy: [] },
  ];
  return {
    failover: { ...(RUN.failovers[0] as RunResult['failovers'][number]), parts, ...change },
    chain: [step(3), step(13, 'T14')],
    restoration: [step(18)],
  };
}

const LOSS: LossStory = {
  cause: 'in-flight',
  record: 13,
  count: 3,
  firstUs: 20_600_000,
  lastUs: 21_000_000,
  workloads: [{ name: 'web', count: 3 }],
  chain: [step(13, 'T14')],
  remedies: [{ text: 'none', setting: null, rule: null }],
};

describe('renderFailover', () => {
  test('a step: shows its rule and its setting; a part: what sets it', () => {
    const text = renderFailover(story(), RUN);
    expect(text).toMatch(/#13 .*passive → active {2}Peer is non-functional {2}\[T14, a-setting 2s\]\n/);
    expect(text).toMatch(/\n {2}hold +500ms {2}promotion-hold-time 2000 ms\n/);
    expect(text).toMatch(/\n {2}learning +never over\n/);
  });

  test('traffic that never passed again: is said', () => {
    expect(renderFailover(story({ restoredUs: null, totalUs: null }), RUN)).toContain(
      'Traffic never passed again.',
    );
  });
});

describe('renderFailovers', () => {
  test('none: points to why not', () => {
    expect(renderFailovers([], RUN, 'hasim explain a.yaml --failover')).toBe(
      'No failover in this run.\nWhy not: hasim explain a.yaml --why-not\n',
    );
  });

  test('many: the first fifty and a count', () => {
    const text = renderFailovers(
      Array.from({ length: 52 }, () => story()),
      RUN,
      'hasim explain a.yaml --failover',
    );
    expect(text).toContain('… and 2 more failovers');
  });
});

describe('renderLosses and renderLoss', () => {
  test('none: is said', () => {
    expect(renderLosses([], 'hasim explain a.yaml --loss')).toBe('No session was lost in this run.\n');
  });

  test('some: in a table, with the command that tells more', () => {
    const text = renderLosses([LOSS], 'hasim explain a.yaml --loss');
    expect(text).toMatch(/\n {2}in-flight +3 +20\.600 +21\.000 +#13 +web 3\n/);
    expect(text).toContain('hasim explain a.yaml --loss web/in-flight');
  });

  test('a loss without a record: no takeover is blamed', () => {
    const text = renderLoss([{ ...LOSS, record: 0, chain: [], lastUs: LOSS.firstUs }], RUN);
    expect(text).toContain('3 sessions lost, in-flight, at 20.600');
    expect(text).toContain('No takeover left them behind');
    expect(text).toContain('    - none\n');
  });
});

describe('renderOutcomes', () => {
  test('nothing was done: is said', () => {
    expect(renderOutcomes([], RUN, null)).toBe(
      'No fault and no operator action: there was nothing to fail over for.\n',
    );
    expect(renderOutcomes([], RUN, 5_000_000)).toContain('no operator action until 5.000:');
  });

  test('a text of the scenario: cannot move the cursor', () => {
    const outcome = {
      record: 3,
      timeUs: 1,
      kind: 'fault',
      text: 'link-down a\u001b[2J',
      verdict: 'takeover',
      leftBehind: [],
      failovers: [1, 2],
      finding: null,
    } as const;
    const text = renderOutcomes([outcome], RUN, null);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('failovers 1, 2');
  });
});
