/**
 * What a command is: its name, its options and what it does. Options are data, so that parsing, checking and help agree.
 */

import type { ExitCode } from './exit.ts';
import type { Sink } from './sink.ts';

export interface OptionSpec {
  readonly type: 'text' | 'flag';
  /** One letter. */
  readonly alias?: string;
  readonly describe: string;
  /** What stands for the value in help: `DURATION`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** May stand without its value; then what was given is an empty text. */
  readonly optional?: true;
  /** May be given several times; what was given is a list. */
  readonly several?: true;
}

/** What the user gave, checked: known options only, each once. */
export interface Given {
  /** Empty for a command without files; `-` is standard input. */
  readonly files: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
  /** Of options that may be given several times, in their order. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly flags: Readonly<Record<string, boolean>>;
}

/** The streams of the process, dressed for their readers. */
export interface Context {
  readonly out: Sink;
  readonly err: Sink;
}

export interface Command {
  readonly name: string;
  /** Behind the name in help: `FILE…`. */
  readonly operands: string;
  /** `any`: some or none. */
  readonly files: 'none' | 'one' | 'some' | 'any';
  /** A flag with which it needs no file. */
  readonly withoutFiles?: string;
  readonly describe: string;
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  execute(given: Given, context: Context): Promise<ExitCode>;
}
