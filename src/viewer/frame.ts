/** What every part of a picture is drawn with. */

import type { Theme } from './theme.ts';
import type { View } from './scale.ts';

export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly theme: Theme;
  /** What is seen, in the run's own time. */
  readonly view: View;
  /** Of the picture, in pixels of the page. */
  readonly width: number;
  readonly height: number;
}
