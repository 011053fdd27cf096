/**
 * From the words of a command line to a command and what it was given, or to one sentence that says what is wrong.
 *
 * The parser of yargs takes the words apart: help is our own, and yargs around it is what every command would wait for. What it found
 * is checked, because it makes an empty text of a missing value, takes any word behind `=` for a flag, and hands over repeated options
 * as lists.
 */

import parseWords from 'yargs-parser';
import { VERSION } from '../version.ts';
import { check, DASH, refuseInherited, unknownCommand, type Options, type Words } from './check.ts';
import type { Command, Given, OptionSpec } from './command.ts';
import { commandHelp, overview } from './help.ts';

export type Request =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly command: Command; readonly given: Given };

/** Options of every command. */
const COMMON: Options = {
  help: { type: 'flag', alias: 'h', describe: 'This help' },
  version: { type: 'flag', describe: 'The version of hasim' },
  'no-color': { type: 'flag', describe: 'No colour, as with NO_COLOR in the environment' },
};

/**
 * Reads a command line.
 *
 * @throws UsageError for anything that is not understood
 */
export function readArguments(given: readonly string[], commands: readonly Command[]): Request {
  const args = given[0] === 'help' ? [...given.slice(1), '--help'] : given;
  const end = args.indexOf('--');
  const optionWords = end === -1 ? args : args.slice(0, end);
  refuseInherited(optionWords);
  const { words, command } = takeApart(args, commands);
  if (words['version'] === true) return { kind: 'text', text: `${VERSION}\n` };
  if (words['help'] === true) {
    return {
      kind: 'text',
      text: command === null ? overview(commands, COMMON) : commandHelp(command, COMMON),
    };
  }
  if (command === null) throw unknownCommand(words, args, commands);
  const options = { ...command.options, ...COMMON };
  return { kind: 'command', command, given: check(words, command, options, optionWords) };
}

/** Finds the command with the options of all of them, and reads the words again with its own: `-o` is not everywhere the same. */
function takeApart(
  args: readonly string[],
  commands: readonly Command[],
): { readonly words: Words; readonly command: Command | null } {
  const all = Object.assign({}, COMMON, ...commands.map(({ options }) => options)) as Options;
  const words = read(args, all);
  const command = commands.find(({ name }) => name === words._[0]) ?? null;
  return { words: command === null ? words : read(args, { ...COMMON, ...command.options }), command };
}

function read(args: readonly string[], options: Options): Words {
  const list = Object.entries(options);
  const named = (type: OptionSpec['type']): string[] =>
    list.flatMap(([name, spec]) => (spec.type === type ? [name] : []));
  const words = args.map((word) => (word === '-' ? DASH : word));
  return parseWords(words, {
    boolean: named('flag'),
    string: named('text'),
    alias: Object.fromEntries(
      list.flatMap(([name, { alias }]) => (alias === undefined ? [] : [[name, alias]])),
    ),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    },
  });
}
