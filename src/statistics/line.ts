/**
 * A straight line through points of several dimensions, by least squares: how much a value changes along each of them, the others held,
 * with Student's interval. What the line leaves unexplained is the luck of the points and whatever is not straight; the interval holds both.
 */

import { inverse, Matrix, SVD } from 'ml-matrix';
import type { Estimate } from './interval.ts';
import { tQuantile } from './special.ts';

/** What floating point leaves of a slope that is none, as a part of the largest value. */
const GRAIN = 1e-9;

/** A line that was fitted. */
export interface Line {
  /** Of every dimension the change from 0 to 1 along it. */
  readonly slopes: readonly Estimate[];
  /** Part of the variance of the values that the line explains, 0..1; null where they do not vary. */
  readonly explained: number | null;
}

/**
 * Fits a line.
 *
 * @param points of each the place in every dimension, best from 0 to 1
 * @param values one for each point
 * @returns null of points that bound nothing: fewer than two more than there are dimensions, or two dimensions that always change together
 */
export function lineThrough(
  points: readonly (readonly number[])[],
  values: readonly number[],
  confidence: number,
): Line | null {
  const count = points.length;
  const dimensions = points[0]?.length ?? 0;
  const degrees = count - dimensions - 1;
  if (dimensions === 0 || degrees < 1) return null;
  const design = new Matrix(points.map((point) => [...point, 1]));
  if (new SVD(design).rank <= dimensions) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  // Around their mean: small numbers lose fewer digits.
  const centred = Matrix.columnVector(values.map((value) => value - mean));
  const spread = inverse(design.transpose().mmul(design));
  const weights = spread.mmul(design.transpose()).mmul(centred);
  const total = values.every((value) => value === values[0]) ? 0 : centred.norm() ** 2;
  const unexplained = Math.min(total, Matrix.sub(centred, design.mmul(weights)).norm() ** 2);
  const grain = GRAIN * Math.max(Math.abs(mean), Math.sqrt(total / count));
  const slopes = Array.from({ length: dimensions }, (_, at): Estimate => {
    const value = total === 0 ? 0 : weights.get(at, 0);
    const error = Math.sqrt((unexplained / degrees) * spread.get(at, at));
    const reach = total === 0 ? 0 : tQuantile((1 + confidence) / 2, degrees) * error + grain;
    return { value, low: value - reach, high: value + reach, confidence, count };
  });
  return { slopes, explained: total === 0 ? null : 1 - unexplained / total };
}
