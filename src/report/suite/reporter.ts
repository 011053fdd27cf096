/**
 * What shows a suite: each reporter is made of pure functions from what was found to text, called in the order of files and cells.
 */

import type { CaseOutcome, SuiteResult } from '../../suite/outcome.ts';
import type { Styler } from '../style.ts';
import { makeDefault } from './default.ts';
import { makeDot } from './dot.ts';
import { makeGithub } from './github.ts';
import { makeJson } from './json.ts';
import { makeJunit } from './junit.ts';
import { makeTap } from './tap.ts';

export interface SuiteReporter {
  /** Before the first case. @param total how many cases there will be */
  start(total: number): string;
  caseDone(outcome: CaseOutcome): string;
  end(result: SuiteResult): string;
}

export interface ReporterOptions {
  readonly style: Styler;
  /** Columns that a reader sees. */
  readonly width: number;
  /** Only what is not as expected, and one line. */
  readonly quiet: boolean;
}

export const REPORTERS = ['default', 'dot', 'tap', 'junit', 'github', 'json'] as const;

export type ReporterName = (typeof REPORTERS)[number];

/** A reporter by its name. */
export function reporterFor(name: ReporterName, options: ReporterOptions): SuiteReporter {
  switch (name) {
    case 'default':
      return makeDefault(options);
    case 'dot':
      return makeDot(options);
    case 'tap':
      return makeTap();
    case 'junit':
      return makeJunit();
    case 'github':
      return makeGithub(options);
    case 'json':
      return makeJson();
  }
}
