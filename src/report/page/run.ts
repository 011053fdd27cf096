/** What a page is made of: a run's result and what only the caller knows of it. */

import type { RunResult } from '../../run/result.ts';

export interface PageRun {
  /** What it is called where there are two: `A`, `B`; empty where there is one. */
  readonly label: string;
  /** Of a run that was asked for its packets. */
  readonly result: RunResult;
  /** The command that repeats it. */
  readonly replay: string;
  /** The files that the scenario is made of, as they were read: the scenario first, then what it extends. */
  readonly sources: readonly { readonly file: string; readonly text: string }[];
  /** All settings in force, defaults filled in, as YAML. */
  readonly settings: string;
}

/** The viewer, ready to be put into a page. */
export interface ViewerAssets {
  readonly script: string;
  readonly style: string;
}
