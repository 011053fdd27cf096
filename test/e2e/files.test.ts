import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasim, MAIN, ROOT, shell, WALKTHROUGH, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

const GOOD = workshop.scenario('good.yaml', 'name: good\nuntil: 2s\nexpect: [{ failovers: 0 }]\n');
const WRONG = workshop.scenario('wrong.yaml', 'name: wrong\nuntil: 2s\nexpect: [{ failovers: 1 }]\n');
const BAD = workshop.scenario('bad.yaml', 'name: bad\nutil: 2s\n');

/** `script` of util-linux makes a terminal for the command. */
const HAS_SCRIPT = shell('command -v script').code === 0;

describe('hasim, files that are no scenario', () => {
  const cases: readonly (readonly [what: string, file: string, sentence: string])[] = [
    ['a missing file', 'nope.yaml', 'expected a readable scenario file, got nope.yaml: no such file'],
    ['a directory', 'scenarios', 'expected a readable scenario file, got scenarios: it is a directory'],
    ['an empty file', workshop.file('empty.yaml', ''), 'expected a scenario, got an empty file'],
    [
      'binary data',
      workshop.file('zeros.yaml', Buffer.alloc(64)),
      'expected a text in UTF-8, got binary data',
    ],
    [
      'another encoding',
      workshop.file('latin.yaml', Buffer.from([0x6e, 0xe9, 0xff])),
      'it is not a text in UTF-8',
    ],
    [
      '50 MB',
      workshop.file('huge.yaml', Buffer.alloc(50_000_000, 'a')),
      'it has 47.7 MiB, and hasim reads at most 1 MiB',
    ],
    ['an endless device', '/dev/zero', 'it goes on after 1 MiB, and hasim reads at most 1 MiB'],
  ];

  it.each(cases)('%s: exit 2, one sentence, no stack', (_what, file, sentence) => {
    const { code, out, err } = hasim(['run', file]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/\n\s+at /);
    expect(err.split('\n').length).toBeLessThan(8);
  });

  it('every mistake at once, with --json also as data', () => {
    const { code, out, err } = hasim(['validate', BAD, '--json']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean until?');
    const document = JSON.parse(out) as { error: { kind: string; diagnostics: { line: number }[] } };
    expect(document).toMatchObject({ schemaVersion: 1, file: BAD, error: { kind: 'scenario' } });
    expect(document.error.diagnostics.length).toBeGreaterThan(0);
  });
});

describe('hasim, standard input', () => {
  it('a scenario: run as a file is', () => {
    const { code, out, err } = hasim(['run', '-', '-q'], { input: readFileSync(GOOD) });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^-: ✓ the expectation is met/);
  });

  it('nothing: one sentence', () => {
    expect(hasim(['run', '-'], { input: '' })).toMatchObject({ code: 2, out: '' });
    expect(hasim(['run', '-'], { input: '' }).err).toContain(
      '<stdin>:1:1: expected a scenario, got an empty file',
    );
  });

  it('too much: refused', () => {
    const { code, err } = hasim(['run', '-'], { input: Buffer.alloc(3_000_000, 'a') });
    expect(code).toBe(2);
    expect(err).toContain('it goes on after 1 MiB');
  });
});

describe('hasim, several files', () => {
  it('a bad one between good ones: the others are run, and the worst code is the result', () => {
    const { code, out, err } = hasim(['run', GOOD, BAD, 'nope.yaml', WRONG, '-q']);
    expect(code).toBe(2);
    expect(out).toContain(`${GOOD}: ✓ the expectation is met`);
    expect(out).toContain(`${WRONG}: ✗ 1 of 1 expectation not met`);
    expect(err).toMatch(new RegExp(`^${BAD}: \\d+ mistakes?\\n(.|\\n)*\\nnope.yaml: 1 mistake\\n`));
  });

  it('an expectation that is not met: exit 1', () => {
    expect(hasim(['run', GOOD, WRONG, '-q']).code).toBe(1);
  });

  it('--json: one document in each line, errors too', () => {
    const lines = hasim(['run', GOOD, BAD, WRONG, '--json']).out.trimEnd().split('\n');
    const documents = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(documents.map(({ passed, error }) => [passed, error !== undefined])).toEqual([
      [true, false],
      [undefined, true],
      [false, false],
    ]);
  });

  it('validate: a line for each that is right', () => {
    const { code, out } = hasim(['validate', GOOD, WRONG]);
    expect(code).toBe(0);
    expect(out).toBe(
      `${GOOD}: valid (palo-1 and palo-2, 2s, 0 actions, 1 expectation)\n${WRONG}: valid (palo-1 and palo-2, 2s, 0 actions, 1 expectation)\n`,
    );
  });
});

describe('hasim, output', () => {
  it('-o FILE: the report is there whole, and nothing else is left', () => {
    const target = join(workshop.path, 'report.txt');
    const { code, out, err } = hasim(['run', GOOD, '-o', target]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('✓ the expectation is met');
    expect(readFileSync(target, 'utf8')).toBe(hasim(['run', GOOD]).out);
    expect(readdirSync(workshop.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('-o -: standard output', () => {
    expect(hasim(['run', GOOD, '-q', '-o', '-']).out).toMatch(/✓ the expectation is met/);
  });

  it('-o on a symbolic link: the link stays, its target is written', () => {
    const target = workshop.file('target.txt', 'old');
    const link = join(workshop.path, 'link.txt');
    symlinkSync(target, link);
    expect(hasim(['run', GOOD, '-q', '-o', link]).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toContain('met');
  });

  it('-o on a device: written to, not replaced', () => {
    expect(hasim(['run', GOOD, '-o', '/dev/null']).code).toBe(0);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('-o on the scenario itself: refused, the scenario is as it was', () => {
    const before = readFileSync(GOOD, 'utf8');
    const { code, err } = hasim(['run', GOOD, '-o', GOOD]);
    expect(code).toBe(2);
    expect(err).toContain('expected a file other than the scenario');
    expect(readFileSync(GOOD, 'utf8')).toBe(before);
  });

  it.each([
    ['in no directory', '/nowhere/report.txt', 'no such file or directory'],
    ['on a directory', workshop.path, 'illegal operation on a directory'],
  ])('-o %s: exit 4, one sentence', (_where, target, reason) => {
    expect(hasim(['run', GOOD, '-o', target])).toEqual({
      code: 4,
      out: '',
      err: `hasim: cannot write ${target}: ${reason}.\n`,
    });
  });

  it('-o FILE and a file that is no scenario: what was there stays', () => {
    const target = join(workshop.path, 'kept.txt');
    writeFileSync(target, 'kept');
    expect(hasim(['run', '-o', target]).code).toBe(2);
    expect(readFileSync(target, 'utf8')).toBe('kept');
    expect(existsSync(`${target}.tmp`)).toBe(false);
  });
});

describe('hasim, streams', () => {
  it('a reader that goes away: no complaint', () => {
    const first = shell(`hasim run ${WALKTHROUGH} | head -n 1`);
    expect(first).toEqual({ code: 0, out: 'Active/passive walk-through\n', err: '' });
    expect(shell(`hasim run ${WALKTHROUGH} --json --trace full | head -c 1`)).toMatchObject({
      code: 0,
      err: '',
    });
    expect(shell('hasim --version | true')).toMatchObject({ code: 0, err: '' });
    expect(shell('hasim schema | true')).toMatchObject({ code: 0, err: '' });
  });

  it('a reader of standard error that goes away: the exit code is the same', () => {
    expect(shell('hasim run nope.yaml 2>&1 >/dev/null | true')).toMatchObject({ code: 2 });
  });

  it.skipIf(!existsSync('/dev/full'))('a full disk: exit 4, one sentence', () => {
    expect(shell(`hasim run ${WALKTHROUGH} > /dev/full`)).toEqual({
      code: 4,
      out: '',
      err: 'hasim: cannot write to standard output: no space left on device.\n',
    });
    expect(shell('hasim --version > /dev/full').code).toBe(4);
  });

  it('a long document through a pipe: whole', () => {
    const { out } = shell(`hasim run ${WALKTHROUGH} --json --trace full | cat`);
    expect(out.length).toBeGreaterThan(1_000_000);
    expect(JSON.parse(out)).toMatchObject({ traceLevel: 'full', passed: true });
  });

  it.skipIf(!HAS_SCRIPT)('a pipe: no colour; a terminal: colour, unless it is refused', () => {
    const pty = (line: string): string => shell(`script -qec "TERM=xterm ${line}" /dev/null </dev/null`).out;
    const command = `${process.execPath} ${join(ROOT, 'dist/cli/main.js')} run ${WALKTHROUGH} -q`;
    expect(hasim(['run', WALKTHROUGH]).out).not.toContain('\u001b');
    expect(pty(command)).toContain('\u001b[32m');
    expect(pty(`NO_COLOR=1 ${command}`)).not.toContain('\u001b[');
    expect(pty(`TERM=dumb ${command}`)).not.toContain('\u001b[');
    expect(pty(`${command} --no-color`)).not.toContain('\u001b[');
  });
});

it('the built command: executable, so that npx finds it after any build', () => {
  expect(statSync(MAIN).mode & 0o111).toBe(0o111);
});
