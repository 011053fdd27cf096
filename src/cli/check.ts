/**
 * Checks what the parser found in a command line: known options only, each once and with a value that fits, and as many files as
 * the command takes. Every mistake is one sentence, with the nearest right word where there is one.
 */

import { nearest } from '../scenario/nearest.ts';
import type { Command, Given, OptionSpec } from './command.ts';
import { UsageError } from './exit.ts';

export type Options = Readonly<Record<string, OptionSpec>>;

/** The parser makes an empty text of a lone "-"; this stands for it meanwhile. */
export const DASH = '\u0000-';

/** What the parser found. */
export interface Words {
  readonly [name: string]: unknown;
  readonly _: readonly (string | number)[];
}

/** Names that every object has (`--constructor`) confuse the parser. */
export function refuseInherited(words: readonly string[]): void {
  const name = words.map((word) => /^--?([^=-][^=]*)/.exec(word)?.[1] ?? '').find((one) => one in {});
  if (name !== undefined) throw new UsageError('', `expected a known option, got --${name}`);
}

/** The mistake of a command line without a command. */
export function unknownCommand(
  words: Words,
  args: readonly string[],
  commands: readonly Command[],
): UsageError {
  const names = commands.map(({ name }) => name);
  const first = words._[0];
  const expected = `expected a command (${names.join(', ')})`;
  if (first === undefined) {
    const option = args.find((word) => word.startsWith('-') && word !== '--');
    return new UsageError('', `${expected}, got ${option ?? 'none'}`, 'hasim --help shows examples.');
  }
  const word = String(first) === DASH ? '-' : String(first);
  const near = nearest(word, names);
  const file = word === '-' || /[./]/.test(word);
  const meant = near ?? (file ? `hasim run ${word}` : null);
  return new UsageError('', `${expected}, got ${word}`, meant === null ? '' : `Did you mean ${meant}?`);
}

/**
 * What a command was given.
 *
 * @param options all that it takes
 * @param optionWords the words of the command line before `--`
 * @throws UsageError
 */
export function check(
  words: Words,
  command: Command,
  options: Options,
  optionWords: readonly string[],
): Given {
  refuseUnknown(words, command, options);
  const texts: Record<string, string> = {};
  const lists: Record<string, readonly string[]> = {};
  const flags: Record<string, boolean> = {};
  for (const [name, spec] of Object.entries(options)) {
    const value = words[name];
    if (value === undefined) continue;
    if (spec.several === true) {
      lists[name] = ([value].flat() as string[]).map((one) => oneText(name, one, spec));
      continue;
    }
    if (Array.isArray(value))
      throw new UsageError(`--${name}`, `expected once, got it ${value.length} times`);
    if (typeof value === 'string') texts[name] = oneText(name, value, spec);
    else flags[name] = oneFlag(name, value === true, spec, optionWords);
  }
  return { files: filesOf(words, command, swallowed(texts, options)), texts, lists, flags };
}

/** An option that may stand without a value, and has taken the word behind it for one. */
function swallowed(texts: Readonly<Record<string, string>>, options: Options): string | undefined {
  return Object.keys(texts).find((name) => options[name]?.optional === true && texts[name] !== '');
}

function oneFlag(
  name: string,
  value: boolean,
  { alias }: OptionSpec,
  optionWords: readonly string[],
): boolean {
  const times = optionWords.filter((word) => word === `--${name}` || word === `-${alias}`).length;
  if (times > 1) throw new UsageError(`--${name}`, `expected once, got it ${times} times`);
  const valued = optionWords.find((word) => word.startsWith(`--${name}=`) || word.startsWith(`-${alias}=`));
  if (valued === undefined) return value;
  throw new UsageError(`--${name}`, `expected no value, got ${valued.slice(valued.indexOf('=') + 1)}`);
}

function oneText(name: string, value: string, spec: OptionSpec): string {
  const { choices, value: kind = 'VALUE', optional = false } = spec;
  const text = value === DASH ? '-' : value;
  const expected = choices === undefined ? `a value (${kind})` : choices.join(', ');
  if (text === '' && optional) return text;
  if (text === '') throw new UsageError(`--${name}`, `expected ${expected}, got nothing`);
  if (choices === undefined || choices.includes(text)) return text;
  const near = nearest(text, choices);
  throw new UsageError(
    `--${name}`,
    `expected ${expected}, got ${text}`,
    near === null ? '' : `Did you mean ${near}?`,
  );
}

function refuseUnknown(words: Words, command: Command, options: Options): void {
  const aliases = Object.values(options).flatMap(({ alias }) => (alias === undefined ? [] : [alias]));
  const known = new Set(['_', ...Object.keys(options), ...aliases]);
  const unknown = Object.keys(words).find((key) => !known.has(key));
  if (unknown === undefined) return;
  const names = Object.keys(options);
  const near = nearest(unknown, names);
  const hint =
    near === null ? `It has ${names.map((name) => `--${name}`).join(', ')}.` : `Did you mean --${near}?`;
  const option = `${unknown.length === 1 ? '-' : '--'}${unknown}`;
  throw new UsageError(command.name, `expected a known option, got ${option}`, hint);
}

function filesOf(words: Words, command: Command, taker: string | undefined): readonly string[] {
  // The first word is the command's name.
  const files = words._.slice(1).map((word) => (word === DASH ? '-' : String(word)));
  const [first] = files;
  if (command.files === 'none') {
    if (first !== undefined) throw new UsageError(command.name, `expected no FILE, got ${first}`);
    return files;
  }
  if (first === undefined && command.withoutFiles !== undefined && words[command.withoutFiles] === true)
    return files;
  if (first === undefined && command.files !== 'any') {
    const hint = taker === undefined ? '- is standard input.' : `The FILE goes before --${taker}.`;
    throw new UsageError(command.name, 'expected a FILE, got none', hint);
  }
  if (command.files === 'one' && files.length > 1) {
    throw new UsageError(command.name, `expected one FILE, got ${files.length}: ${files.join(', ')}`);
  }
  if (files.includes('')) throw new UsageError(command.name, 'expected a FILE, got an empty name');
  if (files.filter((file) => file === '-').length > 1) {
    throw new UsageError(command.name, 'expected - (standard input) once, got it more often');
  }
  return files;
}
