/** What a page hands to its viewer as JSON: one run, or two that are compared. */

import type { LaneModel } from '../lanes/model.ts';
import type { TopologyModel } from '../topology/model.ts';

export interface RunView {
  /** What it is called where there are two: `A`, `B`; empty where there is one. */
  readonly label: string;
  readonly name: string;
  readonly lanes: LaneModel;
  readonly topology: TopologyModel;
}

export interface PageView {
  /** One or two. Two are drawn on one axis, each from its own `focusUs`. */
  readonly runs: readonly RunView[];
}
