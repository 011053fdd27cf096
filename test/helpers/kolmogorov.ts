/**
 * The test of Kolmogorov and Smirnov: how far a sample lies from the distribution that it is said to be of.
 *
 * What hasim draws is rounded to microseconds, so a value stands for half a grain on both sides of it, and its distribution
 * function is asked there. That is exact for drawn integers, for atoms (an empirical distribution) as for a continuous tail.
 */

/** F(x): how likely a value is at most x. */
export type Distributed = (x: number) => number;

/** The largest distance between the sample's distribution function and the given one. @param grain 0 for what is not rounded */
export function distance(sample: readonly number[], distributed: Distributed, grain = 1): number {
  const sorted = Float64Array.from(sample).sort();
  const count = sorted.length;
  let farthest = 0;
  for (let from = 0, to = 0; from < count; from = to) {
    const value = sorted[from] as number;
    while (to < count && sorted[to] === value) to += 1;
    const below = Math.abs(from / count - distributed(value - grain / 2));
    const upTo = Math.abs(to / count - distributed(value + grain / 2));
    farthest = Math.max(farthest, below, upTo);
  }
  return farthest;
}

/** The distance that one right sample in a thousand exceeds; for samples of a hundred and more (atoms: fewer than one). */
export function critical(count: number): number {
  return Math.sqrt(-Math.log(0.001 / 2) / 2 / count);
}

/** F of an exponential distribution. */
export function exponential(mean: number): Distributed {
  return (x) => (x <= 0 ? 0 : -Math.expm1(-x / mean));
}

/** F of a mixture of exponential ones: each a share and a rate. */
export function hyperexponential(parts: readonly (readonly [share: number, rate: number])[]): Distributed {
  return (x) => parts.reduce((sum, [share, rate]) => sum + share * exponential(1 / rate)(x), 0);
}

/** F of the standard normal distribution, to 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
export function standardNormal(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.327_591_1 * z);
  const series = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
  const tail = series.reduce((sum, factor) => (sum + factor) * t, 0) * Math.exp(-z * z);
  return x < 0 ? tail / 2 : 1 - tail / 2;
}
