/**
 * The exact interval of a Poisson mean from a count (Garwood): what is known of a rate when so many events were seen. Of none, at 95 %
 * one-sided, it is the "rule of three": at most 3.
 */

/**
 * @param count of events seen
 * @param confidence 0..1; two-sided, and one-sided when nothing was seen
 * @returns ends of the interval of the mean
 */
export function poissonInterval(
  count: number,
  confidence: number,
): { readonly low: number; readonly high: number } {
  if (count === 0) return { low: 0, high: -Math.log(1 - confidence) };
  const tail = (1 - confidence) / 2;
  return {
    low: solve((mean) => 1 - atMost(count - 1, mean) < tail, count),
    high: solve((mean) => atMost(count, mean) > tail, count),
  };
}

/** That a Poisson variable is at most this. */
function atMost(count: number, mean: number): number {
  if (count < 0) return 0;
  // From the largest term down, so that nothing underflows before it matters.
  let log = -mean + count * Math.log(mean);
  for (let k = 2; k <= count; k += 1) log -= Math.log(k);
  let term = Math.exp(log);
  let sum = term;
  for (let k = count; k > 0 && term > sum * 1e-16; k -= 1) {
    term *= k / mean;
    sum += term;
  }
  return Math.min(1, sum);
}

/** The mean up to which something holds, by bisection. */
function solve(holds: (mean: number) => boolean, count: number): number {
  let low = 0;
  let high = 2 * count + 20;
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
