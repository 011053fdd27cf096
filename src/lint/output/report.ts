/** What all formats are made of: the files of one command, with what was found in each. */

import type { Diagnostic } from '../../scenario/diagnostics.ts';
import type { Finding } from '../lint.ts';

/** What a repair does to a run; see `cli/lint-simulation.ts`. */
export interface Effect {
  /** Rules whose findings are repaired together: one, or all of them. */
  readonly rules: readonly string[];
  /** In words: `longest gap of ping 9min 31s with it, 13.2s without`; or why nothing can be said. */
  readonly text: string;
  /** The measures of both runs, for programs; null where one of them could not be made. */
  readonly measures: readonly Measure[] | null;
  /** The same where every other mistake is repaired; absent where it is the only one. */
  readonly alone?: Pick<Effect, 'text' | 'measures'>;
}

/** One measure of two runs; durations in microseconds, null = without an end. */
export interface Measure {
  readonly what: string;
  readonly unit: 'us' | 'count';
  readonly asIs: number | null;
  readonly repaired: number | null;
}

export interface LintedFile {
  readonly file: string;
  readonly findings: readonly Finding[];
  readonly unneeded: readonly Diagnostic[];
  /** Absent unless asked for. */
  readonly effects?: readonly Effect[];
}
