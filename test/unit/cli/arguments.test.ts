import { describe, expect, it } from 'vitest';
import { readArguments, type Request } from '../../../src/cli/arguments.ts';
import { COMMANDS } from '../../../src/cli/commands/all.ts';
import { UsageError } from '../../../src/cli/exit.ts';
import { WALKTHROUGH } from '../../helpers/command.ts';

const NAMES = COMMANDS.map(({ name }) => name).join(', ');

/** What is said of a command line that is wrong. */
async function mistakeOf(args: readonly string[]): Promise<string> {
  const error: unknown = await readArguments(args, COMMANDS).catch((thrown: unknown) => thrown);
  if (error instanceof UsageError) return error.sentence;
  throw new Error('no mistake was found', { cause: error });
}

async function given(args: readonly string[]): Promise<Extract<Request, { kind: 'command' }>['given']> {
  const request = await readArguments(args, COMMANDS);
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

  it.each(mistakes)('%j: one sentence', async (args, sentence) => {
    expect(await mistakeOf(args)).toBe(sentence);
  });
});

describe('readArguments', () => {
  it('files and options in any order: the command gets them', async () => {
    const expected = {
      files: ['a.yaml', '-', '7'],
      texts: { seed: '007', output: '-' },
      flags: { quiet: true },
    };
    expect(await given(['run', 'a.yaml', '-', '7', '-q', '--seed', '007', '-o', '-'])).toMatchObject(
      expected,
    );
    expect(await given(['run', '--seed=007', '-qo', '-', 'a.yaml', '-', '7'])).toMatchObject(expected);
  });

  it('words behind "--": are files', async () => {
    expect((await given(['run', 'a', '--', '-q', '--seed', '-'])).files).toEqual(['a', '-q', '--seed', '-']);
  });

  it('nothing but files: no option is set', async () => {
    const { texts, flags } = await given(['validate', 'a']);
    expect(texts).toEqual({});
    expect(Object.values(flags).filter(Boolean)).toEqual([]);
  });

  it('a seed that looks like a number: stays a text', async () => {
    expect((await given(['run', 'a', '--seed', '-1'])).texts).toEqual({ seed: '-1' });
    expect((await given(['run', 'a', '--seed', '1e3'])).texts).toEqual({ seed: '1e3' });
  });
});
