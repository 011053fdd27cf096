import { describe, expect, it } from 'vitest';
import { readArguments, type Request } from '../../../src/cli/arguments.ts';
import { COMMANDS } from '../../../src/cli/commands/all.ts';
import { UsageError } from '../../../src/cli/exit.ts';
import { WALKTHROUGH } from '../../helpers/command.ts';

const NAMES = COMMANDS.map(({ name }) => name).join(', ');

/** What is said of a command line that is wrong. */
function mistakeOf(args: readonly string[]): string {
  try {
    readArguments(args, COMMANDS);
  } catch (error) {
    if (error instanceof UsageError) return error.sentence;
    throw error;
  }
  throw new Error('no mistake was found');
}

function given(args: readonly string[]): Extract<Request, { kind: 'command' }>['given'] {
  const request = readArguments(args, COMMANDS);
  if (request.kind === 'command') return request.given;
  throw new Error('no command');
}

describe('readArguments, mistakes', () => {
  const mistakes: readonly (readonly [args: string[], sentence: string])[] = [
    [[], `hasim: expected a command (${NAMES}), got none. hasim --help shows examples.`],
    [['rnu'], `hasim: expected a command (${NAMES}), got rnu. Did you mean run?`],
    [['pair.yaml'], `hasim: expected a command (${NAMES}), got pair.yaml. Did you mean hasim run pair.yaml?`],
    [['run'], 'hasim run: expected a FILE, got none. - is standard input.'],
    [['run', ''], 'hasim run: expected a FILE, got an empty name.'],
    [['run', '-', '-'], 'hasim run: expected - (standard input) once, got it more often.'],
    [
      ['run', WALKTHROUGH, '--sed', '3'],
      'hasim run: expected a known option, got --sed. Did you mean --seed?',
    ],
    [['run', WALKTHROUGH, '--constructor'], 'hasim: expected a known option, got --constructor.'],
    [['run', WALKTHROUGH, '--__proto__=1'], 'hasim: expected a known option, got --__proto__.'],
    [['run', WALKTHROUGH, '--seed'], 'hasim --seed: expected a value (TEXT), got nothing.'],
    [['run', WALKTHROUGH, '--seed', '--json'], 'hasim --seed: expected a value (TEXT), got nothing.'],
    [['run', WALKTHROUGH, '--seed', '1', '--seed', '2'], 'hasim --seed: expected once, got it 2 times.'],
    [['run', WALKTHROUGH, '-q', '--quiet', '-q'], 'hasim --quiet: expected once, got it 3 times.'],
    [['run', WALKTHROUGH, '--quiet=no'], 'hasim --quiet: expected no value, got no.'],
    [
      ['run', WALKTHROUGH, '--trace', 'ful'],
      'hasim --trace: expected off, protocol, full, got ful. Did you mean full?',
    ],
    [['explain', 'a', 'b', '--event', '1'], 'hasim explain: expected one FILE, got 2: a, b.'],
    [['schema', 'x'], 'hasim schema: expected no FILE, got x.'],
  ];

  it.each(mistakes)('%j: one sentence', (args, sentence) => {
    expect(mistakeOf(args)).toBe(sentence);
  });
});

describe('readArguments', () => {
  it('files and options in any order: the command gets them', () => {
    const expected = {
      files: ['a.yaml', '-', '7'],
      texts: { seed: '007', output: '-' },
      flags: { quiet: true },
    };
    expect(given(['run', 'a.yaml', '-', '7', '-q', '--seed', '007', '-o', '-'])).toMatchObject(expected);
    expect(given(['run', '--seed=007', '-qo', '-', 'a.yaml', '-', '7'])).toMatchObject(expected);
  });

  it('words behind "--": are files', () => {
    expect(given(['run', 'a', '--', '-q', '--seed', '-']).files).toEqual(['a', '-q', '--seed', '-']);
  });

  it('options before the command: as behind it', () => {
    expect(given(['--quiet', '--seed', '3', 'run', 'a.yaml'])).toMatchObject({
      files: ['a.yaml'],
      texts: { seed: '3' },
      flags: { quiet: true },
    });
  });

  it('-o: the option of the command that is given', () => {
    expect(given(['run', 'a.yaml', '-o', 'b']).texts).toEqual({ output: 'b' });
    expect(given(['-o', 'b.csv', 'sweep', 'a.yaml']).lists['out']).toEqual(['b.csv']);
  });

  it('an option of several commands: takes a value in all of them, or in none', () => {
    const kinds = new Set(
      COMMANDS.flatMap(({ options }) => Object.entries(options).map(([name, { type }]) => `${name} ${type}`)),
    );
    const names = [...kinds].map((kind) => kind.split(' ')[0]);
    expect(names).toEqual([...new Set(names)]);
  });

  it('nothing but files: no option is set', () => {
    const { texts, flags } = given(['validate', 'a']);
    expect(texts).toEqual({});
    expect(Object.values(flags).filter(Boolean)).toEqual([]);
  });

  it('a seed that looks like a number: stays a text', () => {
    expect(given(['run', 'a', '--seed', '-1']).texts).toEqual({ seed: '-1' });
    expect(given(['run', 'a', '--seed', '1e3']).texts).toEqual({ seed: '1e3' });
  });
});
