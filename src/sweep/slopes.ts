/**
 * What each axis of a Latin hypercube changes. No two of its points differ in one setting alone, so there are no pairs to compare: a straight
 * line is laid through all points, and an effect is what it rises from the lowest value of an axis to the highest, the others held. A word
 * among values has no place on a line: each is held against the first.
 */

import { lineThrough, type Line } from '../statistics/line.ts';
import type { Effect, SweepAxis, SweepMetric } from './result.ts';

/** One direction in which a point can lie. */
interface Dimension {
  readonly axis: number;
  readonly from: string;
  readonly to: string;
  /** Where a value stands between those two, by its place on the axis. */
  readonly at: (place: number) => number;
}

/** What is known of a point: its place on every axis, and of every metric the mean; null where runs have none, or one without end. */
export interface Point {
  readonly places: readonly number[];
  readonly means: readonly (number | null)[];
}

type Axis = Pick<SweepAxis, 'values' | 'numbers' | 'scale'>;

/**
 * Effects by straight lines, metric by metric.
 *
 * @param points that have been run
 */
export function slopesOf(
  axes: readonly Axis[],
  metrics: readonly SweepMetric[],
  points: readonly Point[],
  confidence: number,
): Effect[] {
  const dimensions = axes.flatMap(dimensionsOf);
  return metrics.flatMap(({ name }, column) => {
    const known = points.filter(({ means }) => means[column] !== null);
    if (known.length === 0) return [];
    const places = known.map((point) => dimensions.map(({ axis, at }) => at(point.places[axis] ?? 0)));
    const values = known.map(({ means }) => means[column] ?? 0);
    const line = lineThrough(places, values, confidence);
    const leftOut = points.length - known.length;
    return dimensions.map((dimension, at) =>
      effectOf(name, dimension, line, at, leftOut, known.length, confidence),
    );
  });
}

function effectOf(
  metric: string,
  { axis, from, to }: Dimension,
  line: Line | null,
  at: number,
  leftOut: number,
  count: number,
  confidence: number,
): Effect {
  const unknown = { value: null, low: null, high: null, confidence, count };
  const difference = line?.slopes[at] ?? unknown;
  return { axis, metric, from, to, difference, leftOut, basis: 'line', explained: line?.explained ?? null };
}

/** One for numbers; for words one for each but the first. */
function dimensionsOf({ values, numbers, scale }: Axis, axis: number): Dimension[] {
  const from = values[0] ?? '';
  if (numbers === null || numbers.length < 3) {
    return values
      .slice(1)
      .map((to, before) => ({ axis, from, to, at: (place) => (place === before + 1 ? 1 : 0) }));
  }
  const sizes = scale === 'log' ? numbers.map(Math.log) : numbers;
  const [low = 0, high = 1] = [sizes[0], sizes.at(-1)];
  const at = (place: number): number => ((sizes[place] ?? low) - low) / (high - low);
  return [{ axis, from, to: values.at(-1) ?? '', at }];
}
