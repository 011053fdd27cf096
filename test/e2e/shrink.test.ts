import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasim, interrupted, ROOT, WALKTHROUGH, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

/** A scenario of the library with something changed, in the workshop. */
function changed(name: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  const folder = join(ROOT, 'scenarios', name, '..');
  let text = readFileSync(join(ROOT, 'scenarios', `${name}.yaml`), 'utf8');
  for (const [from, to] of [...changes, ['extends: ', `extends: ${folder}/`] as const]) {
    if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
    text = text.replace(from, () => to);
  }
  return workshop.file(`${name.replace('/', '-')}.yaml`, text);
}

interface Verdict {
  readonly passed: boolean;
  readonly measured: string;
}

/** The verdicts of a run of a file. */
function verdictsOf(file: string): Verdict[] {
  return JSON.parse(hasim(['run', file, '--json']).out).verdicts;
}

test('shrink: a scenario that extends another: what is left stands alone, fails the same way, and says where it is from', () => {
  const file = changed('active-passive/walkthrough', ['total: < 1s }', 'total: < 400ms }']);
  const small = join(workshop.path, 'small.yaml');

  const { code, out, err } = hasim(['shrink', file, '-o', small]);

  expect(code).toBe(0);
  expect(out).toBe('');
  expect(err).toMatch(/^hasim shrink: \d+ lines → \d+; \d+ runs, nothing more can be left out\.\n$/);
  const text = readFileSync(small, 'utf8');
  expect(text.split('\n').length).toBeLessThan(40);
  expect(text).toContain(`# Shrunk from ${file} by hasim`);
  expect(text).toContain('# Fails: expected total < 400ms, measured total');
  expect(text).toContain(`# Again: hasim run ${small}`);
  expect(text).toContain(`# Before it was shrunk: hasim run ${file} --seed 7`);
  expect(text).toContain('name: Active/passive walk-through');
  expect(text).toContain('interface-down: palo-1:ethernet1/1');
  expect(text).toContain('link-monitoring:');
  expect(text).not.toContain('extends');
  expect(text).not.toContain('suspend');
  expect(verdictsOf(small)).toEqual([expect.objectContaining({ passed: false })]);
});

test('shrink: one worker or three: the same text', () => {
  const file = changed('active-active/walkthrough', ['at: 60.05s', 'at: 59.9s']);

  const one = hasim(['shrink', file, '--workers', '1', '--quiet']);
  const three = hasim(['shrink', file, '--workers', '3', '--quiet']);

  expect(one.err).toBe('');
  expect(one.code).toBe(0);
  expect(one.out).toContain('mode: active-active');
  expect(three.out).toBe(one.out);
  const again = hasim(['run', '-', '--quiet'], { input: one.out });
  expect(again.code).toBe(1);
  expect(again.out).toContain('palo-1 "Link down"');
});

test('shrink: workloads from a CSV file: the result names it from where it is', () => {
  const file = changed(
    'active-passive/login-storm',
    ["sessions: { lost: 1 to 15, carried: '>= 60', failed: 0 }", 'sessions: { workload: logins, lost: 0 }'],
    ['csv: ../', `csv: ${ROOT}scenarios/`],
  );
  const small = join(workshop.path, 'storm.yaml');

  const { code } = hasim(['shrink', file, '-o', small, '--max-runs', '40']);

  expect(code).toBe(0);
  expect(readFileSync(small, 'utf8')).toMatch(/csv: (\.\.\/)+.*branch-logins\.csv/);
  expect(verdictsOf(small)).toEqual([expect.objectContaining({ passed: false })]);
});

test('shrink: a pair in AWS and few runs to spend: the smallest so far, which is valid and fails', () => {
  const file = changed('aws/interface-move', ['total: 20s to 90s', 'total: < 15s']);
  const small = join(workshop.path, 'aws.yaml');

  const { code, err } = hasim(['shrink', file, '-o', small, '--max-runs', '20']);

  expect(code).toBe(0);
  expect(err).toContain('20 runs, more might be left out with more --max-runs');
  expect(verdictsOf(small)).toEqual([
    expect.objectContaining({ passed: false, measured: expect.stringMatching(/^total /) }),
  ]);
});

test('shrink: --expectation names one of several that are not met: that one is left', () => {
  const file = workshop.scenario(
    'two.yaml',
    'name: two\nuntil: 30s\ntimeline: [{ at: 5s, power-off: palo-1 }]\nexpect:\n  - { failovers: 0 }\n  - { failovers: 1 }\n  - { never: { role: { palo-2: active } } }\n',
  );

  const { code, out } = hasim(['shrink', file, '--expectation', '3', '-q']);
  const met = hasim(['shrink', file, '--expectation', '2']);

  expect(code).toBe(0);
  expect(out).toContain('- { never: { role: { palo-2: active } } }');
  expect(out).not.toContain('failovers');
  expect(met.code).toBe(2);
  expect(met.err).toContain('hasim --expectation: expected one that is not met (1, 3), got 2.');
});

test('shrink: a seed with which alone it fails: the result has that seed, or fails without', () => {
  const file = workshop.scenario(
    'luck.yaml',
    'name: luck\nseed: 1\nuntil: 20s\nnetwork: { links: { client: { loss: 1% } } }\nprobes: { ping: { interval: 1s } }\nexpect: [{ probe: ping, lost: 0 }]\n',
  );
  const seed =
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'].find(
      (one) => hasim(['run', file, '--seed', one, '-q']).code === 1,
    ) ?? '';

  const { code, out } = hasim(['shrink', file, '--seed', seed, '-q']);

  expect(code).toBe(0);
  expect(hasim(['run', '-', '-q'], { input: out }).code).toBe(1);
});

test('shrink: --seeds: what is expected over them is what fails, and the result has them', () => {
  const file = workshop.scenario(
    'over-seeds.yaml',
    'name: over seeds\nuntil: 40s\ntimeline:\n  - { at: 5s, blackhole: { link: ha2 }, for: 1s }\n  - { at: 10s, power-off: palo-1 }\n' +
      'expect:\n  - { over-seeds: p50 failover < 3s }\n  - { over-seeds: p50 failover < 1min }\n  - { over-seeds: p99 failover < 1min }\n',
  );
  const small = join(workshop.path, 'small-over-seeds.yaml');

  const { code, err } = hasim(['shrink', file, '--seeds', '1..12', '-o', small]);
  const text = readFileSync(small, 'utf8');
  const again = hasim(['test', small, '--reporter', 'json']);
  const without = hasim(['shrink', file]);
  const met = hasim(['shrink', file, '--seeds', '1..12', '--expectation', '2']);
  const refuted = hasim(['shrink', small, '--seeds', '1..2']);

  expect({ code, err }).toEqual({
    code: 0,
    err: expect.stringMatching(/→ \d+; \d+ runs, nothing more can be left out\.\n$/),
  });
  expect(text).toContain('# Fails: expected p50 failover < 3s, measured ');
  expect(text).toContain(`# Again: hasim test ${small}`);
  expect(text).toContain(`# Shrunk by: hasim shrink ${file} --seeds 1..12`);
  expect(text).toContain('seeds: 1..12');
  expect(text).not.toContain('blackhole');
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out).cases[0]).toMatchObject({ status: 'failed', runs: 12 });
  expect(without.err).toBe(
    'hasim shrink: expected a scenario that fails, got one whose expectations are all met (3). What it expects over seeds is looked at with --seeds 1..50.\n',
  );
  expect(met.err).toBe('hasim --expectation: expected one that is not met (1), got 2.\n');
  // Two runs are too few to refute it.
  expect(refuted).toMatchObject({
    code: 2,
    err: 'hasim shrink: expected a scenario that fails, got one of whose expectations over seeds these runs refute none (1).\n',
  });
});

test('shrink: a scenario that does not fail: exit 2, one sentence, and no file', () => {
  const { code, out, err } = hasim(['shrink', WALKTHROUGH]);
  const quiet = hasim(['shrink', workshop.scenario('quiet.yaml', 'name: quiet\nuntil: 1s\n')]);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(
    /^hasim shrink: expected a scenario that fails, got one whose expectations are all met \(\d+\)\.\n$/,
  );
  expect(quiet.err).toBe('hasim shrink: expected a scenario that fails, got one that expects nothing.\n');
});

test('shrink: a scenario with mistakes, or a result over the scenario: exit 2', () => {
  const file = changed('active-passive/walkthrough', ['total: < 1s }', 'total: < 400ms }']);

  expect(hasim(['shrink', 'scenarios/topology/active-passive-pair.yaml']).code).toBe(2);
  const over = hasim(['shrink', file, '-o', file]);
  expect(over.code).toBe(2);
  expect(over.err).toContain('expected a file other than the scenario');
});

test('shrink: Ctrl-C: the smallest so far is written, exit 130', async () => {
  const file = changed('aws/interface-move', ['total: 20s to 90s', 'total: < 15s']);

  const { code, out, err } = await interrupted(['shrink', file, '--workers', '1'], 2_500);

  expect(code).toBe(130);
  expect(err).toContain('interrupted, and more might be left out');
  expect(hasim(['run', '-', '-q'], { input: out }).code).toBe(1);
});
