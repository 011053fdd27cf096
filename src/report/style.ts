/**
 * How a report is emphasized. The styles are handed in, so that a report stays a pure function of its result and only the
 * command line knows whether a terminal is looking; without one every style leaves its text alone.
 */

export type Style = (text: string) => string;

export interface Styler {
  readonly bold: Style;
  readonly dim: Style;
  readonly red: Style;
  readonly green: Style;
  readonly yellow: Style;
  readonly cyan: Style;
}

const unchanged: Style = (text) => text;

/** No emphasis at all: for files, pipes and tests. */
export const PLAIN: Styler = {
  bold: unchanged,
  dim: unchanged,
  red: unchanged,
  green: unchanged,
  yellow: unchanged,
  cyan: unchanged,
};
