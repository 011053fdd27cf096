/**
 * Exit codes, and the errors of the command line that carry one. A mistake of the user is a sentence
 * "where: expected X, got Y. Hint."; trouble with files is a sentence that names the file.
 */

import { getSystemErrorMap } from 'node:util';

export const EXIT = {
  ok: 0,
  /** An expectation was not met. */
  failed: 1,
  /** A mistake in a scenario or an option. */
  mistake: 2,
  /** A law of the simulator itself was broken. */
  invariant: 3,
  /** Trouble with a file, or a bug of ours. */
  trouble: 4,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Of a run that broke off: a runaway scenario is its author's mistake, the others are ours. */
export const FAILURE_EXIT = {
  mistake: EXIT.mistake,
  limit: EXIT.mistake,
  invariant: EXIT.invariant,
  internal: EXIT.trouble,
  killed: EXIT.trouble,
} as const;

/** The worse of two, for several files in one command. */
export function worse(one: ExitCode, other: ExitCode): ExitCode {
  return one > other ? one : other;
}

/** A mistake in the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What the user reads: "hasim where: expected X, got Y. Hint." */
  readonly sentence: string;

  /**
   * @param where a command or an option, or empty for the command line as a whole
   * @param message "expected X, got Y", without a full stop
   * @param hint a whole sentence, or empty
   */
  constructor(where: string, message: string, hint = '') {
    super(message);
    this.sentence = `hasim${where === '' ? '' : ` ${where}`}: ${message}.${hint === '' ? '' : ` ${hint}`}`;
  }
}

/** A file or stream that cannot be read or written. */
export class TroubleError extends Error {
  override readonly name = 'TroubleError';

  /** @param what "cannot write FILE" */
  constructor(what: string, cause: unknown) {
    super(`${what}: ${whyNot(cause)}`, { cause });
  }
}

/** Why the system refused, in the system's own words. */
export function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { errno } = error as NodeJS.ErrnoException;
  const words = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  return words ?? error.message.split('\n')[0] ?? '';
}
