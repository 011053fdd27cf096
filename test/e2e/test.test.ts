/** `hasim test` as its users run it: what is found, what is selected, how it ends. */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { SuiteResult } from '../../src/suite/outcome.ts';
import { hasim, MAIN, shell, Workshop, type Outcome } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

let folder = '';
let count = 0;

beforeEach(() => {
  folder = join(workshop.path, String(++count));
  mkdirSync(join(folder, 'ha/deep'), { recursive: true });
  file('base.yaml', `extends: ${process.cwd()}/scenarios/topology/active-passive-pair.yaml\nuntil: 5s\n`);
  file(
    'ha/good.yaml',
    test('Good', 'tags: [quick]\nmatrix: { group-id: [1, 2] }\nexpect: [{ failovers: 0 }]'),
  );
  file('ha/deep/bad.yaml', test('Bad', 'tags: [slow]\nexpect:\n  - name: wrong\n    failovers: 3', '../../'));
});

function file(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function test(name: string, text: string, up = '../'): string {
  return `name: ${name}\nextends: ${up}base.yaml\n${text}\n`;
}

function run(...args: string[]): Outcome {
  return hasim(['test', ...args], { cwd: folder });
}

const BAD = 'ha/deep/bad.yaml';
const GOOD = ['ha/good.yaml › group-id=1', 'ha/good.yaml › group-id=2'];

/** What `--reporter json` tells. */
function report(...args: string[]): SuiteResult {
  return JSON.parse(run(...args, '--reporter', 'json').out) as SuiteResult;
}

function idsOf({ cases }: SuiteResult): string[] {
  return cases.map((one) => one.case.id);
}

function toldOf(...args: string[]): string[] {
  return idsOf(report(...args));
}

describe('hasim test: what is found', () => {
  it('a folder: its scenarios with expectations, and how many files are none; exit 1 when one fails', () => {
    file('.hidden.yaml', 'name: no\nexpect: 3\n');
    mkdirSync(join(folder, 'node_modules'));
    file('node_modules/x.yaml', 'name: no\nexpect: 3\n');
    file('compose.yml', 'name: no scenario\nservices: {}\n');
    const outcome = run();
    expect(outcome.code).toBe(1);
    expect(outcome.err).toBe('hasim test: 2 YAML files without a name or expectations left out.\n');
    expect(outcome.out).toContain(BAD);
    expect(outcome.out).toContain('hasim run ha/deep/bad.yaml --seed 1');
  });

  it('all as expected: exit 0', () => {
    expect(run('ha/good.yaml')).toMatchObject({ code: 0, err: '' });
  });

  it('the line that replays a failing case: gives the same failure', () => {
    file('ha/good.yaml', test('Good', 'matrix: { group-id: [1, 2] }\nexpect: [{ failovers: 2 }]'));
    const [, second] = report('ha/good.yaml').cases;
    const line = second?.failed[0]?.replay ?? '';
    expect(line).toMatch(/^hasim run ha\/good\.yaml --seed 1 --set \S+group-id=2$/);
    const replayed = hasim(line.split(' ').slice(1), { cwd: folder });
    expect(replayed.code).toBe(1);
    expect(replayed.out).toContain('✗');
    expect(replayed.err).toBe('hasim: ha/good.yaml has a matrix; hasim test runs its 2 cells.\n');
  });

  it('a file that is named: is a test without expectations, too', () => {
    file('plain.yaml', 'name: Plain\nextends: base.yaml\n');
    expect(run('plain.yaml')).toMatchObject({ code: 0, err: '' });
  });

  it('files and folders that overlap: each case once', () => {
    expect(toldOf('ha', './ha/good.yaml', join(folder, 'ha'))).toEqual([BAD, ...GOOD]);
  });

  it('a path that is not there, a file with mistakes: the others are run, exit 2', () => {
    file('ha/wrong.yaml', test('Wrong', 'expect: [{ failovers: -1 }]'));
    const outcome = run('ha', 'gone.yaml');
    expect(outcome.code).toBe(2);
    expect(outcome.out).toContain('expected a readable scenario file, got gone.yaml: no such file');
    expect(outcome.out).toMatch(/ha\/wrong.yaml:3:\d+: expected/);
    expect(outcome.out).toContain(GOOD[1]);
  });

  it('standard input, a folder without scenarios: a clear sentence, exit 2', () => {
    expect(run('-')).toMatchObject({
      code: 2,
      err: 'hasim test: expected files and folders, got - (standard input).\n',
    });
    mkdirSync(join(folder, 'empty'));
    expect(run('empty')).toMatchObject({
      code: 2,
      err: 'hasim test: expected a scenario with expectations below empty, got none.\n',
    });
  });
});

describe('hasim validate, of a matrix', () => {
  it('counts its cells, and tells a mistake of one at its place, exit 2', () => {
    expect(hasim(['validate', 'ha/good.yaml'], { cwd: folder }).out).toContain('2 cells of its matrix');
    file('ha/wrong.yaml', test('Wrong', 'matrix: { group-id: [1, 2], heartbeat-interval: [1s, never] }'));
    const outcome = hasim(['validate', 'ha/wrong.yaml'], { cwd: folder });
    expect(outcome.code).toBe(2);
    expect(outcome.err).toMatch(
      /ha\/wrong.yaml:3:54: expected .* \(in 2 of 4 cells, such as group-id=1, heart/,
    );
  });
});

describe('hasim test: what is selected', () => {
  it('--name, --tag, !tag: and says how many', () => {
    expect(toldOf('--name', 'GROUP-ID=2')).toEqual([GOOD[1]]);
    expect(toldOf('--tag', 'slow')).toEqual([BAD]);
    expect(toldOf('--tag', '!slow')).toEqual(GOOD);
    expect(run('--name', 'group-id=2').err).toBe(
      'hasim test: 1 YAML file without a name or expectations left out.\nhasim test: 1 of 3 cases selected.\n',
    );
  });

  it('nothing fits: says what was asked for, with the nearest tag, exit 2', () => {
    expect(run('--tag', 'slwo')).toMatchObject({
      code: 2,
      err: 'hasim test: expected one of 3 cases to fit --tag slwo, got none. Did you mean --tag slow?\n',
    });
  });

  it('--failed: those of last time, and no more once they pass', () => {
    run();
    expect(JSON.parse(readFileSync(join(folder, '.hasim/failed.json'), 'utf8'))).toEqual({
      schemaVersion: 1,
      failed: [BAD],
    });
    expect(toldOf('--failed')).toEqual([BAD]);
    file(BAD, test('Bad', 'expect: [{ failovers: 0 }]', '../../'));
    expect(run('--failed').code).toBe(0);
    expect(run('--failed').err).toContain('--failed: none of these failed last time, so every case is run.');
  });

  it('--failed with a file that is missing or broken: every case, with a word', () => {
    const word = '--failed: nothing is remembered of an earlier run, so every case is run.';
    expect(run('--failed', 'ha/good.yaml')).toMatchObject({ code: 0, err: `hasim test: ${word}\n` });
    expect(existsSync(join(folder, '.hasim'))).toBe(false);
    mkdirSync(join(folder, '.hasim'));
    for (const text of ['{', '[]', 'null', '{"schemaVersion":1,"failed":3}']) {
      file('.hasim/failed.json', text);
      expect(run('--failed', 'ha/good.yaml')).toMatchObject({ code: 0, err: `hasim test: ${word}\n` });
    }
  });

  it('--failed cannot be remembered: a word, and nothing else is lost', () => {
    file('.hasim', 'a file where the folder would be');
    const outcome = run();
    expect(outcome.code).toBe(1);
    expect(outcome.err).toContain('--failed will not know of this run.\n');
  });

  it('--shard: the parts together are the whole; one without a case is no failure', () => {
    const parts = ['1/2', '2/2'].map((part) => toldOf('--shard', part));
    expect(parts.flat().sort()).toEqual([BAD, ...GOOD]);
    expect(run('--shard', '4/4')).toMatchObject({ code: 0 });
  });

  it('only, skip: say so', () => {
    file('ha/only.yaml', test('Only', 'only: true\nexpect: [{ failovers: 0 }]'));
    const outcome = run();
    expect(outcome.code).toBe(0);
    expect(outcome.err).toContain('other cases are skipped, for ha/only.yaml has only: true.\n');
    file('ha/only.yaml', test('Only', 'skip: not before 11.2\nexpect: [{ failovers: 3 }]'));
    expect(run('ha/only.yaml').code).toBe(0);
    expect(report('ha/only.yaml').cases).toMatchObject([
      { status: 'skipped', why: 'not before 11.2', runs: 0 },
    ]);
  });

  it('--seeds: each case with each of them', () => {
    const { cases } = report('ha/good.yaml', '--seeds', '3..5');
    expect(cases.map(({ runs }) => runs)).toEqual([3, 3]);
    expect(cases[0]?.case.seeds).toEqual(['3', '4', '5']);
  });
});

describe('hasim test: how it ends', () => {
  it('--bail: after the first failure, in the order of cases', () => {
    expect(run('--bail').code).toBe(1);
    const result = report('--bail');
    expect(result.end).toBe('bail');
    expect(idsOf(result)).toEqual([BAD]);
  });

  it('one worker and three: the same report', () => {
    const withWorkers = (workers: string): unknown =>
      JSON.parse(
        JSON.stringify(report('--seeds', '1..25', '--workers', workers), (key, value: unknown) =>
          key === 'milliseconds' ? 0 : value,
        ),
      );
    expect(withWorkers('3')).toEqual(withWorkers('1'));
  });

  it.each([
    [['--bail', 'x'], 'hasim --bail: expected a whole number from 1 to 999999999, got x.\n'],
    [['--shard', '3/2'], 'hasim --shard: expected a part such as 2/5, got 3/2.\n'],
    [['--seeds', 'x'], 'hasim --seeds: expected a range such as 1..100, got x.\n'],
    [['--workers', '0'], 'hasim --workers: expected a whole number from 1 to 256, got 0.\n'],
    [
      ['--reporter', 'tapp'],
      'hasim --reporter: expected default, dot, tap, junit, github, json, got tapp. Did you mean tap?\n',
    ],
    [
      ['--watch', '-o', 'x'],
      'hasim --watch: expected no --output beside it, for it does not end, got both.\n',
    ],
    [
      ['ha', '-o', 'ha/good.yaml'],
      'hasim --output: expected a file other than the scenario, got ha/good.yaml.\n',
    ],
  ])('%j: is refused, exit 2', (args, err) => {
    expect(run(...args)).toMatchObject({ code: 2, err, out: '' });
  });

  it('--output: the report is in the file, and nothing on standard output', () => {
    const { code, out } = run('ha', '-o', 'report.txt');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toContain(BAD);
  });

  it('nobody reads any more: stops in silence, before the last case could fail', () => {
    const many = Array.from({ length: 60 }, (_, index) => index + 1).join(', ');
    const matrix = `matrix: { group-id: [${many}], heartbeat-interval: [1s, 2s, 3s, 4s] }`;
    file('ha/many.yaml', test('Many', `${matrix}\nexpect: [{ failovers: 0 }]`));
    file('ha/zz.yaml', test('Last', 'expect: [{ failovers: 3 }]'));
    const { code, out, err } = shell(
      `cd ${folder} && hasim test ha/good.yaml ha/many.yaml ha/zz.yaml | head -n 1`,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toHaveLength(2);
  });

  it('Ctrl-C: tells what is done, exit 130', async () => {
    file('ha/long.yaml', test('Long', 'expect: [{ failovers: 0 }]\nseeds: 1..90000'));
    const child = start('ha', '--reporter', 'tap');
    await child.says('good.yaml › group-id=2');
    child.process.kill('SIGINT');
    const { code, err } = await child.end();
    expect(code).toBe(130);
    expect(err).toContain('hasim test: interrupted; 3 of 4 cases done.\n');
  });
});

describe('hasim test --watch', () => {
  it('runs again what a changed file concerns: itself, and what it extends; q ends it', async () => {
    file('ha/other-base.yaml', 'extends: ../base.yaml\n');
    file('ha/other.yaml', 'name: Other\nextends: other-base.yaml\nexpect: [{ failovers: 3 }]\n');
    const child = start('--watch', 'ha', '--reporter', 'json');
    await child.says('Waiting for changes');
    expect(child.forget()).toContain(BAD);

    file('ha/other.yaml', 'name: Other\nextends: other-base.yaml\nexpect: [{ failovers: 0 }]\n');
    await child.says('Waiting for changes');
    const again = child.forget();
    expect(again).toContain('ha/other.yaml');
    expect(again).not.toContain(BAD);

    file('ha/other-base.yaml', 'extends: ../base.yaml\nuntil: oops\n');
    await child.says('Waiting for changes');
    expect(child.forget()).toContain('expected a duration');

    file('ha/notes.txt', 'concerns nothing');
    file('ha/new.yaml', test('New', 'expect: [{ failovers: 0 }]'));
    await child.says('Waiting for changes');
    const fresh = child.forget();
    expect(fresh).toContain('ha/new.yaml');
    expect(fresh).not.toContain('other.yaml');

    child.process.stdin?.write('q\n');
    expect((await child.end()).code).toBe(0);
  });

  it('Ctrl-C while it waits: exit 130', async () => {
    const child = start('--watch', 'ha/good.yaml');
    await child.says('Waiting for changes');
    child.process.kill('SIGINT');
    expect((await child.end()).code).toBe(130);
  });
});

/** A `hasim test` under way. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, 'test', ...args], { cwd: folder });
  let out = '';
  let err = '';
  let look: () => unknown = () => undefined;
  child.stdout.on('data', (chunk: Buffer) => ((out += chunk.toString()), look()));
  child.stderr.on('data', (chunk: Buffer) => ((err += chunk.toString()), look()));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    process: child,
    /** Waits until it has said something. */
    says: (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        // What went to the other stream may come a little later.
        look = () => (out + err).includes(text) && setTimeout(resolve, 100);
        void closed.then(() => reject(new Error(`expected ${text}, got its end: ${out}${err}`)));
        look();
      }),
    /** What it has said so far, which counts no more. */
    forget: (): string => {
      const said = out + err;
      [out, err] = ['', ''];
      return said;
    },
    end: async (): Promise<Outcome> => ({ code: await closed, out, err }),
  };
}
