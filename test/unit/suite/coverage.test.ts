import { expect, test } from 'vitest';
import { renderCoverage } from '../../../src/report/coverage.ts';
import { PLAIN } from '../../../src/report/style.ts';
import { run } from '../../../src/run/run.ts';
import { coverageOf, type FileCoverage } from '../../../src/suite/coverage.ts';
import { COVERAGE_KINDS, coverageItems } from '../../../src/suite/coverage-items.ts';
import { coverageTask } from '../../../src/suite/coverage-task.ts';
import { exercisedBy, together, type Exercised } from '../../../src/suite/exercised.ts';
import { libraryScenario } from '../../helpers/library.ts';
import { runPair, type PairPart } from '../../helpers/pair.ts';
import { PAIR } from '../../helpers/scenario-text.ts';

function exercised(part: PairPart): Exercised {
  return exercisedBy(runPair(part).result, 0);
}

function file(name: string, mode: FileCoverage['mode'], counts: Exercised, aws = false): FileCoverage {
  return { file: name, mode, aws, runs: 1, exercised: counts };
}

test('coverageItems: each mode has its own: transitions, timers and reasons of the other are no items of it', () => {
  const names = (kind: (typeof COVERAGE_KINDS)[number], mode: FileCoverage['mode']) =>
    coverageItems(kind, mode, false).map(({ name }) => name);

  expect(names('transitions', 'active-passive')).not.toContain('T27');
  expect(names('transitions', 'active-active')).not.toContain('T15');
  expect(names('timers', 'active-passive')).not.toContain('tentative-hold-time');
  expect(names('timers', 'active-active')).toContain('tentative-hold-time');
  expect(names('reasons', 'active-passive')).not.toContain('HA3 link is down');
  expect(names('reasons', 'active-active')).not.toContain('Monitor failure cleared');
  expect(names('reactions', 'active-passive')).toContain('passive: peer-lost');
});

test('coverageItems: actions of AWS: only where the suite has a pair in AWS', () => {
  const faults = (aws: boolean) => coverageItems('faults', 'active-passive', aws).map(({ name }) => name);

  expect(faults(false)).not.toContain('terminate-instance');
  expect(faults(true)).toContain('terminate-instance');
});

test('coverageItems: every item has a name of its own', () => {
  for (const mode of ['active-passive', 'active-active'] as const) {
    for (const kind of COVERAGE_KINDS) {
      const names = coverageItems(kind, mode, true).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  }
});

test('exercisedBy: power loss of the active: the takeover with its transition, timer, reactions and reasons', () => {
  const { transitions, timers, reactions, reasons, faults } = exercised({
    until: '30s',
    timeline: [{ at: '5s', 'power-off': 'palo-1' }],
  });

  expect(transitions).toEqual({ T15: 1 });
  expect(timers).toEqual({ 'promotion-hold-time': 1 });
  expect(reactions).toEqual({ 'passive: peer-lost': 1, 'passive: timer promotion-hold-time': 1 });
  expect(reasons).toMatchObject({ 'Heartbeat ping failure': 1, 'Peer failed': 1 });
  expect(faults).toEqual({ 'power-off': 1 });
});

test('exercisedBy: an operator suspends and makes functional: two actions, two reactions, two transitions', () => {
  const {
    transitions,
    reactions,
    'operator actions': actions,
  } = exercised({
    until: '1min',
    timeline: [
      { at: '5s', suspend: 'palo-2' },
      { at: '20s', functional: 'palo-2' },
    ],
  });

  expect(transitions).toMatchObject({ T18: 1, T22: 1 });
  expect(reactions).toMatchObject({ 'passive: suspend': 1, 'suspended: functional': 1 });
  expect(actions).toEqual({ suspend: 1, functional: 1 });
});

test('exercisedBy: an agent that hangs: what is done to it is nobody’s reaction', () => {
  const { reactions, faults } = exercised({
    until: '20s',
    timeline: [
      { at: '5s', 'ha-agent-hang': 'palo-2' },
      { at: '10s', suspend: 'palo-2' },
    ],
  });

  expect(faults).toEqual({ 'ha-agent-hang': 1 });
  expect(reactions ?? {}).not.toHaveProperty('passive: suspend');
});

test('exercisedBy: scenarios of every kind: nothing is exercised that is no item of its mode, reactions that are only recorded aside', () => {
  const runs = [
    ['active-passive', 'active-passive/preemption-loop.yaml'],
    ['active-passive', 'active-passive/mismatch-at-boot.yaml'],
    ['active-passive', 'aws/failback-with-preemption.yaml'],
    ['active-active', 'active-active/tentative-loop.yaml'],
    ['active-active', 'active-active/ha3-down.yaml'],
  ] as const;

  for (const [mode, name] of runs) {
    const counts = exercisedBy(run(libraryScenario(name)), 0);
    for (const kind of COVERAGE_KINDS.filter((one) => one !== 'reactions')) {
      const items = coverageItems(kind, mode, true).map((item) => item.name);
      expect(items, `${name}: ${kind}`).toEqual(expect.arrayContaining(Object.keys(counts[kind] ?? {})));
    }
  }
});

test('coverageTask: a flap in the timeline: it counts as the fault that its author wrote', () => {
  const text = PAIR.replace(
    '{ at: 100s, suspend: palo-2 }',
    '{ at: 100s, flap: { link: ha2, times: 2, down: 1s, up: 1s } }',
  );

  const outcome = coverageTask({
    source: { file: 'pair.yaml', texts: { 'pair.yaml': text } },
    settings: [],
    seeds: ['1', '2'],
  });

  expect(outcome).toMatchObject({ mode: 'active-passive', aws: false, runs: 2, failures: [] });
  expect(outcome.exercised.faults).toMatchObject({ flap: 2, 'link-down': 4, 'link-up': 4 });
});

test('together: two runs: counts add up', () => {
  expect(
    together({ transitions: { T1: 1, T2: 2 } }, { transitions: { T2: 3 }, timers: { 'flap-window': 1 } }),
  ).toEqual({
    transitions: { T1: 1, T2: 5 },
    timers: { 'flap-window': 1 },
  });
});

test('coverageOf: a suite without active/active: nothing of it is missing', () => {
  const { modes, files } = coverageOf([file('a.yaml', 'active-passive', { transitions: { T15: 1 } })]);

  expect(files).toBe(1);
  expect(modes.map(({ mode }) => mode)).toEqual(['active-passive']);
});

test('coverageOf: two files exercise one thing: the first of the suite is named, and counts add up', () => {
  const { modes } = coverageOf([
    file('a.yaml', 'active-passive', {}),
    file('b.yaml', 'active-passive', { transitions: { T15: 2 } }),
    file('c.yaml', 'active-passive', { transitions: { T15: 3 } }),
  ]);

  const [transitions] = modes[0]?.kinds ?? [];
  expect(transitions?.items.find(({ name }) => name === 'T15')).toMatchObject({ count: 5, first: 'b.yaml' });
  expect(transitions?.covered).toBe(1);
});

test('coverageOf: a share that is not whole: it is rounded down, so that 100 % says that nothing is missing', () => {
  const all = Object.fromEntries(
    coverageItems('transitions', 'active-passive', false).map(({ name }) => [name, 1]),
  );
  const { T15: _, ...allButOne } = all;

  const percentOf = (transitions: Record<string, number>) =>
    coverageOf([file('a.yaml', 'active-passive', { transitions })]).modes[0]?.kinds[0]?.percent;

  expect(percentOf(all)).toBe(100);
  expect(percentOf(allButOne)).toBe(95.2);
});

test('renderCoverage: exercised and missing items: how often and by whom, or what it would be', () => {
  const coverage = coverageOf([
    file('suite/x/a.yaml', 'active-passive', { transitions: { T15: 1_234 }, timers: { 'flap-window': 1 } }),
    file('suite/y/b.yaml', 'active-passive', { timers: { 'promotion-hold-time': 1 } }),
  ]);

  const whole = renderCoverage(coverage, { style: PLAIN, width: 110, missing: false });
  const missing = renderCoverage(coverage, { style: PLAIN, width: 110, missing: true });

  expect(whole).toContain('✓ T15  1,234×  x/a.yaml');
  expect(whole).toContain('✗ T16          never: passive → active: preemption.');
  expect(whole).toContain('the first file below suite/ that does');
  expect(missing).not.toContain('T15');
  expect(missing).toContain('✗ T16  passive → active: preemption.');
  expect(Math.max(...whole.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
});
