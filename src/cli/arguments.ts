/**
 * From the words of a command line to a command and what it was given, or to one sentence that says what is wrong.
 *
 * yargs takes the words apart. What it found is checked here, because it makes an empty text of a missing value, takes any
 * word behind `=` for a flag, and hands over repeated options as lists.
 */

import yargs, { type Argv } from 'yargs';
import { VERSION } from '../version.ts';
import { check, DASH, refuseInherited, unknownCommand, type Options, type Words } from './check.ts';
import type { Command, Given } from './command.ts';
import { UsageError } from './exit.ts';
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
export async function readArguments(
  given: readonly string[],
  commands: readonly Command[],
): Promise<Request> {
  const args = given[0] === 'help' ? [...given.slice(1), '--help'] : given;
  const end = args.indexOf('--');
  const optionWords = end === -1 ? args : args.slice(0, end);
  refuseInherited(optionWords);
  const { words, command } = await takeApart(args, commands);
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

async function takeApart(
  args: readonly string[],
  commands: readonly Command[],
): Promise<{ readonly words: Words; readonly command: Command | null }> {
  let chosen: Command | null = null;
  const parser = commands.reduce(
    (all, command) => {
      const name = command.files === 'none' ? command.name : `${command.name} [FILE..]`;
      const choose = (): void => {
        chosen = command;
      };
      return all.command(name, command.describe, (one) => withOptions(one, command.options), choose);
    },
    withOptions(program(), COMMON),
  );
  const words = (await parser.parseAsync(args.map((word) => (word === '-' ? DASH : word)))) as Words;
  return { words, command: chosen };
}

function program(): Argv {
  return yargs()
    .scriptName('hasim')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError('', message);
    });
}

function withOptions(parser: Argv, options: Options): Argv {
  return Object.entries(options).reduce((all, [name, { type, alias }]) => {
    const kind = type === 'flag' ? 'boolean' : 'string';
    return all.option(name, { type: kind, ...(alias === undefined ? {} : { alias }) });
  }, parser);
}
