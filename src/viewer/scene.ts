/** All that a picture depends on. */

import type { RunPicture } from './state.ts';
import type { View } from './scale.ts';
import type { Subject } from './subject.ts';

/** What the pointer is over, and where in the picture. */
export interface Hover {
  readonly subject: Subject;
  readonly x: number;
  readonly y: number;
}

export interface Scene {
  readonly picture: RunPicture;
  /** What is seen, on the axis. */
  readonly view: View;
  /** Classes of messages that are not shown, as bits. */
  readonly hidden: number;
  readonly cursorUs: number | null;
  readonly chosen: Subject | null;
  readonly hover: Hover | null;
  /** Whether the axis counts from the fault of each run. */
  readonly aligned: boolean;
}
