import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readerOf, loadWithSource } from '../../../../src/sweep/source.ts';
import { valueAt, without, withValue, type PlainMap } from '../../../../src/suite/shrink/plain.ts';
import { expectingOnly, standalone, type Changes } from '../../../../src/suite/shrink/standalone.ts';
import { trialTask, type Trial } from '../../../../src/suite/shrink/trial.ts';
import { ready } from '../../../../src/statistics/special.ts';
import { ROOT } from '../../../helpers/command.ts';

function made(name: string, changes: Partial<Changes> = {}) {
  const file = `${ROOT}scenarios/${name}.yaml`;
  const { source } = loadWithSource(file, (one) => readFileSync(one, 'utf8'));
  const place = { file: 'out/small.yaml', nameOf: (one: string) => `../${one.split('/').at(-1)}` };
  return standalone(file, readerOf(source), { settings: [], ...changes }, place);
}

function attempt(tree: PlainMap, texts: Readonly<Record<string, string>> = {}, mostEvents = 1e6): Trial {
  return trialTask({ tree, texts, file: 'out/small.yaml', mostEvents, seeds: [] });
}

test('standalone: a scenario with a base: one tree in the order of the schema, without prose, that runs as the file does', () => {
  const { tree } = made('active-passive/power-loss');

  expect(Object.keys(tree)).toEqual(expect.not.arrayContaining(['extends', 'description', 'source']));
  expect(Object.keys(tree).slice(0, 3)).toEqual(['name', 'seed', 'until']);
  expect(attempt(tree)).toMatchObject({ kind: 'ran', symptoms: [], events: 56_993 });
});

test('standalone: settings, seed and length: they stand in the tree', () => {
  const { tree: plain } = made('active-passive/power-loss');
  const { tree } = made('active-passive/power-loss', {
    settings: [{ path: ['high-availability', 'group-id'], value: 7 }],
    seed: '12',
    until: '90s',
  });

  expect(valueAt(plain, ['high-availability', 'group-id'])).toBe(1);
  expect(valueAt(tree, ['high-availability', 'group-id'])).toBe(7);
  expect(tree).toMatchObject({ seed: 12, until: '90s' });
});

test('standalone: a workload from a CSV file: the result finds it from where it will be', () => {
  const { tree, texts } = made('active-passive/login-storm');

  const names = Object.keys(texts);
  expect(names).toEqual(['branch-logins.csv']);
  expect(JSON.stringify(tree)).toContain('"csv":"../branch-logins.csv"');
  expect(attempt(tree, texts)).toMatchObject({ kind: 'ran', symptoms: [] });
});

test('trial: a host is left out: its cable, its probe and its workloads go with it', () => {
  const { tree } = made('active-passive/power-loss');

  const trial = attempt(without(tree, ['network', 'hosts'], ['client']));

  if (trial.kind !== 'ran') throw new Error('expected it to run');
  expect(JSON.stringify(trial.tree['network'])).not.toContain('"client');
  expect(trial.tree['probes']).toEqual({});
  expect(trial.tree['workloads']).toEqual({});
});

test('trial: what is expected names what was left out: refused without a run', () => {
  const { tree } = made('active-passive/walkthrough');

  expect(attempt(without(tree, ['probes'], ['ping']))).toEqual({ kind: 'refused', runs: 0 });
});

test('trial: a device, or the network, is left out: refused', () => {
  const { tree } = made('active-passive/power-loss');

  expect(attempt(without(tree, ['devices'], ['palo-2']))).toEqual({ kind: 'refused', runs: 0 });
  expect(attempt(without(tree, [], ['network']))).toEqual({ kind: 'refused', runs: 0 });
});

test('trial: a run with more events than it may have: refused, and it counts as a run', () => {
  const { tree } = made('active-passive/power-loss');

  expect(attempt(tree, {}, 1_000)).toEqual({ kind: 'refused', runs: 1 });
});

test('trial: with seeds: fails by what it expects over them, and by nothing else', async () => {
  await ready();
  const { tree } = made('active-passive/power-loss');
  const over = (statement: string): PlainMap => ({
    ...tree,
    until: '60s',
    expect: [{ failovers: 9 }, { 'over-seeds': statement }],
  });
  const tried = (statement: string): Trial =>
    trialTask({
      tree: over(statement),
      texts: {},
      file: 'out/small.yaml',
      mostEvents: 1e6,
      seeds: ['1', '2', '3'],
    });

  expect(tried('maximum failover < 1s')).toMatchObject({
    kind: 'ran',
    runs: 3,
    symptoms: [{ kind: 'unmet', index: 1, acted: true }],
  });
  expect(tried('maximum failover < 1min')).toMatchObject({ kind: 'ran', runs: 3, symptoms: [] });
  // Undecided with three runs.
  expect(tried('p99 failover < 1min')).toMatchObject({ kind: 'ran', symptoms: [] });
});

test('expectingOnly: one of several measures is not met: it alone is expected', () => {
  const { tree } = made('active-passive/walkthrough');
  const path = findExpectation(tree);
  const failing = withValue(tree, [...path, 'total'], '< 1ms');
  const trial = attempt(failing);
  const [symptom] = trial.kind === 'ran' ? trial.symptoms : [];
  if (symptom === undefined) throw new Error('expected it to fail');

  const alone = expectingOnly(failing, symptom);

  expect(alone['expect']).toEqual([{ failover: 1, total: '< 1ms' }]);
  expect(attempt(alone)).toMatchObject({ kind: 'ran', symptoms: [{ index: 0, sides: { total: 'above' } }] });
});

function findExpectation(tree: PlainMap): (string | number)[] {
  const index = (tree['expect'] as readonly PlainMap[]).findIndex(({ failover }) => failover === 1);
  return ['expect', index];
}
