/**
 * The Pareto front of points with several objectives, of all of which less is better, and its knee: what remains of a search for settings
 * when nothing can be had for nothing. Ties stay, and the order does not depend on that of the points.
 *
 * The knee is the point of the front that lies farthest below the chord between the front's ends, each objective on a scale from its least
 * (0) to its most (1) on the front. It is where the last bit of one objective begins to cost much of another. A front that is straight or
 * bulges outwards has none.
 */

/** Objectives of a point; as many for every point. Infinity is the worst there is. */
export type Objectives<Point> = (point: Point) => readonly number[];

/**
 * The points that no other is as good as in every objective and better in one.
 *
 * @returns in ascending order of the first objective, then of the second …; of equals, in the order in which they were given
 * @throws RangeError for an objective that is no number
 */
export function paretoFront<Point>(points: readonly Point[], objectives: Objectives<Point>): Point[] {
  const rated = points.map((point) => ({ point, at: checked(objectives(point)) }));
  rated.sort((a, b) => lexicographic(a.at, b.at));
  // Whatever dominates a point comes before it, and is itself on the front or dominated by something that is.
  const front: typeof rated = [];
  for (const candidate of rated) {
    if (!front.some(({ at }) => dominates(at, candidate.at))) front.push(candidate);
  }
  return front.map(({ point }) => point);
}

/** As good in every objective, and better in one. */
export function dominates(one: readonly number[], other: readonly number[]): boolean {
  return (
    one.every((value, index) => value <= other[index]!) && one.some((value, index) => value < other[index]!)
  );
}

/**
 * The knee of a front, as `paretoFront` gives it; null of an empty front, and where no point lies below the chord.
 *
 * - With more than two objectives the chord is the plane on which a step of one scale is worth a step of another, at the height of the
 *   mean of the ends; an end is the first point with the least of one objective. With two it is the chord itself.
 * - An objective that is the same all over the front is left out. Where none is left, the points are all one, and the first is the knee.
 * - A point with an endless objective cannot be put on a scale: it is no knee and no end.
 * - Of two that are equally far, the first.
 */
export function kneeOf<Point>(front: readonly Point[], objectives: Objectives<Point>): Point | null {
  const rated = front.map((point) => ({ point, at: checked(objectives(point)) }));
  const varying = columnsThatVary(rated.map(({ at }) => at));
  const finite = rated.filter(({ at }) => varying.every((column) => Number.isFinite(at[column])));
  const scales = columnsThatVary(finite.map(({ at }) => at)).map((column) => {
    const values = finite.map(({ at }) => at[column]!);
    const least = Math.min(...values);
    const range = Math.max(...values) - least;
    return (at: readonly number[]) => (at[column]! - least) / range;
  });
  if (scales.length === 0) return finite[0]?.point ?? null;

  const heights = finite.map(({ at }) => sum(scales.map((scale) => scale(at))));
  const ends = scales.map((scale) => heights[finite.findIndex(({ at }) => scale(at) === 0)]!);
  const lowest = Math.min(...heights);
  const below = sum(ends) / ends.length - lowest;
  return below > SAME_HEIGHT ? finite[heights.indexOf(lowest)]!.point : null;
}

/** Heights are sums of a few quotients near 1: what differs by less is rounding. */
const SAME_HEIGHT = 1e-9;

function columnsThatVary(rows: readonly (readonly number[])[]): number[] {
  const [first = []] = rows;
  return [...first.keys()].filter((column) => rows.some((row) => row[column] !== first[column]));
}

function checked(objectives: readonly number[]): readonly number[] {
  if (objectives.some(Number.isNaN)) {
    throw new RangeError(`expected a number for every objective, got ${objectives.join(', ')}`);
  }
  return objectives;
}

function lexicographic(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at === -1 ? 0 : one[at]! < other[at]! ? -1 : 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
