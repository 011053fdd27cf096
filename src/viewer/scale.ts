/**
 * The time axis: which part of a run is seen, and where on it a time stands. Pure numbers; times in microseconds, places in pixels.
 *
 * Where two runs are compared, each is seen from its own fault: times of the axis are then relative to it.
 */

/** What is seen; `toUs` is behind `fromUs`. */
export interface View {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The shortest that can be looked at: a link's latency fills the screen then. */
const SHORTEST_US = 20;
/** So much of the whole is left around it when everything is shown. */
const MARGIN = 0.02;

/** Where a time stands. @param width of the axis in pixels */
export function xOf({ fromUs, toUs }: View, us: number, width: number): number {
  return ((us - fromUs) / (toUs - fromUs)) * width;
}

/** Which time stands there. */
export function usAt({ fromUs, toUs }: View, x: number, width: number): number {
  return fromUs + (x / width) * (toUs - fromUs);
}

/** Everything from one time to another, with some room around. */
export function whole(fromUs: number, toUs: number): View {
  const margin = Math.max(SHORTEST_US, (toUs - fromUs) * MARGIN);
  return { fromUs: fromUs - margin, toUs: toUs + margin };
}

/**
 * Nearer or farther; the time `atUs` stays where it is.
 *
 * @param factor of the length that is seen: below 1 is nearer
 * @param all the most that can be seen
 */
export function zoomed(view: View, factor: number, atUs: number, all: View): View {
  const length = view.toUs - view.fromUs;
  const wanted = Math.min(Math.max(length * factor, SHORTEST_US), (all.toUs - all.fromUs) * 1.5);
  const share = (atUs - view.fromUs) / length;
  return within({ fromUs: atUs - share * wanted, toUs: atUs + (1 - share) * wanted }, all);
}

/** Farther left or right, in shares of what is seen. */
export function panned(view: View, share: number, all: View): View {
  const by = (view.toUs - view.fromUs) * share;
  return within({ fromUs: view.fromUs + by, toUs: view.toUs + by }, all);
}

/** The same length with this time in the middle. */
export function centred(view: View, atUs: number, all: View): View {
  const half = (view.toUs - view.fromUs) / 2;
  return within({ fromUs: atUs - half, toUs: atUs + half }, all);
}

/** Never so far away that nothing of the run is seen: its middle stays inside of the run. */
function within({ fromUs, toUs }: View, all: View): View {
  const middle = (fromUs + toUs) / 2;
  const kept = Math.min(Math.max(middle, all.fromUs), all.toUs);
  return { fromUs: fromUs + kept - middle, toUs: toUs + kept - middle };
}

/** A line of the axis with its text. */
export interface Tick {
  readonly us: number;
  readonly text: string;
}

const STEPS = [1, 2, 5];
const UNITS: readonly (readonly [us: number, unit: string])[] = [
  [86_400_000_000, 'd'],
  [3_600_000_000, 'h'],
  [60_000_000, 'min'],
  [1_000_000, 's'],
  [1_000, 'ms'],
  [1, 'µs'],
];
/** Steps that people count minutes, hours and days in. */
const CLOCK_STEPS_US = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * 1e6,
);

/** Lines at round times. @param most how many there is room for */
export function ticks(view: View, most: number): Tick[] {
  const step = roundStep((view.toUs - view.fromUs) / Math.max(1, most));
  const first = Math.ceil(view.fromUs / step);
  const count = Math.floor(view.toUs / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const us = (first + index) * step;
    return { us, text: tickText(us, step) };
  });
}

/** The smallest round step that is not shorter. */
export function roundStep(leastUs: number): number {
  if (leastUs > 30e6) {
    return CLOCK_STEPS_US.find((step) => step >= leastUs) ?? Math.ceil(leastUs / 86_400e6) * 86_400e6;
  }
  const power = 10 ** Math.floor(Math.log10(Math.max(1, leastUs)));
  return Math.max(1, (STEPS.find((step) => step * power >= leastUs) ?? 10) * power);
}

/** In the unit of the step, with as many digits as tell two lines apart: `20.5 s`. */
function tickText(us: number, stepUs: number): string {
  if (us === 0) return '0';
  const [size, unit] = Math.abs(us) >= 1e6 ? unitOf(Math.max(stepUs, 1e6)) : unitOf(Math.abs(us));
  const digits = Math.max(0, Math.ceil(-Math.log10(stepUs / size) - 1e-9));
  return `${(us / size).toFixed(digits).replace('-', '−')} ${unit}`;
}

function unitOf(us: number): readonly [number, string] {
  return UNITS.find(([size]) => us >= size) ?? [1, 'µs'];
}

/** A time as a reader wants it under the cursor: to a thousandth of what is seen. */
export function timeText(us: number, view: View): string {
  return tickText(Math.round(us), Math.max(1, (view.toUs - view.fromUs) / 1_000));
}
