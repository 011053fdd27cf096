import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.ts';
import { hasim, WALKTHROUGH } from '../helpers/command.ts';

describe('hasim, help and version', () => {
  it('--version: the version alone', () => {
    expect(hasim(['--version'])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
  });

  it.each([[['--help']], [['-h']], [['help']]])('%s: examples first, on standard output', (args) => {
    const { code, out, err } = hasim(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.indexOf('Examples:')).toBeLessThan(out.indexOf('Commands:'));
  });

  it.each(['run', 'explain', 'validate', 'schema'])('%s --help: examples before options', (command) => {
    const { code, out } = hasim([command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^hasim ${command}.*\\n\\nExamples:\\n(.|\\n)*\\nOptions:\\n`));
  });
});

describe('hasim, mistakes in the command line', () => {
  const mistakes: readonly (readonly [args: string[], sentence: string])[] = [
    [['rnu'], 'hasim: expected a command (run, explain, lint, validate, coverage, shrink, check-determinism, schema), got rnu. Did you mean run?'],
    [['run', ''], 'hasim run: expected a FILE, got an empty name.'],
    [
      ['run', WALKTHROUGH, '--until', 'soon'],
      'hasim --until: expected a duration such as 200ms, 3s or 1min, got soon.',
    ],
    [
      ['run', WALKTHROUGH, '--until', '5'],
      'hasim --until: expected a duration such as 200ms, 3s or 1min, got 5.',
    ],
    [
      ['run', WALKTHROUGH, '--until', '0s'],
      'hasim --until: expected a duration such as 200ms, 3s or 1min, got 0s.',
    ],
    [
      ['run', WALKTHROUGH, '--until', 'NaN'],
      'hasim --until: expected a duration such as 200ms, 3s or 1min, got NaN.',
    ],
    [['explain', WALKTHROUGH, '--event', ''], 'hasim --event: expected a value (N), got nothing.'],
    [
      ['explain', WALKTHROUGH, '--failover', 'first'],
      'hasim --failover: expected the number of a failover, such as 1, got first.',
    ],
    [
      ['explain', WALKTHROUGH, '--why-not', 'noon'],
      'hasim --why-not: expected a time such as 200ms, 3s or 1min, got noon.',
    ],
    [
      ['explain', WALKTHROUGH, '--loss', '--why-not'],
      'hasim explain: expected one question, got --loss and --why-not.',
    ],
    [
      ['explain', '--loss', WALKTHROUGH],
      'hasim explain: expected a FILE, got none. The FILE goes before --loss.',
    ],
    [
      ['explain', WALKTHROUGH, '--event', '1e3'],
      'hasim --event: expected a number of the timeline, such as 18, got 1e3.',
    ],
    [
      ['explain', WALKTHROUGH, '--event', '0'],
      'hasim --event: expected a number of the timeline, such as 18, got 0.',
    ],
  ];

  it.each(mistakes)('%j: exit 2, one sentence', (args, sentence) => {
    expect(hasim(args)).toEqual({ code: 2, out: '', err: `${sentence}\n` });
  });

  it('with --json: the sentence also as JSON on standard output', () => {
    const { code, out, err } = hasim(['run', WALKTHROUGH, '--json', '--bogus']);
    expect(code).toBe(2);
    expect(err).toMatch(/^hasim run: expected a known option, got --bogus\. It has --seed, /);
    expect(JSON.parse(out)).toEqual({ schemaVersion: 1, error: { kind: 'option', message: err.trimEnd() } });
  });

  it('behind "--": a word with a dash is a file', () => {
    expect(hasim(['run', '--', '-q']).err).toContain(
      '-q:1:1: expected a readable scenario file, got -q: no such file',
    );
  });
});
