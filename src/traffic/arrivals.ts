/**
 * When new sessions come: a process is plain data, and with a stream it becomes the gap to each next arrival.
 *
 * Traffic of many independent users is Poisson; machines that poll are constant; applications that come in bursts are on and
 * off; a working day is diurnal; and what was measured can be replayed from its timestamps.
 */

import { sampler } from '../kernel/distribution.ts';
import type { RandomStream } from '../kernel/random.ts';
import type { TimeUs } from '../kernel/time.ts';
import { diurnalArrivals, type DiurnalProcess } from './arrivals/diurnal.ts';
import { onOffArrivals, type OnOffProcess } from './arrivals/on-off.ts';

/** How sessions arrive. A rate is given as its mean gap, in microseconds: 20 for 50 000 sessions a second. */
export type ArrivalProcess =
  | { readonly kind: 'poisson'; readonly meanGapUs: number }
  | { readonly kind: 'constant'; readonly meanGapUs: number }
  | OnOffProcess
  | DiurnalProcess
  /** Not descending, counted from the beginning of the process. */
  | { readonly kind: 'timestamps'; readonly timesUs: readonly TimeUs[] };

/**
 * Prepares a process that begins now.
 *
 * @returns a function whose every call is one arrival: the whole microseconds between the one before it (of the first, the
 *   beginning) and it; Infinity when there is no further one
 * @throws RangeError when a parameter makes no process
 */
export function arrivals(process: ArrivalProcess, stream: RandomStream): () => number {
  switch (process.kind) {
    case 'poisson':
      return sampler({ kind: 'exponential', meanUs: process.meanGapUs }, stream);
    case 'constant':
      return evenly(process.meanGapUs);
    case 'on-off':
      return onOffArrivals(process, stream);
    case 'diurnal':
      return diurnalArrivals(process, stream);
    case 'timestamps':
      return replay(process.timesUs);
  }
}

/** The k-th arrival is at k gaps, rounded: three in a second stay three in every second, though no gap is a third of one. */
function evenly(meanGapUs: number): () => number {
  if (!(meanGapUs > 0 && meanGapUs < Infinity)) {
    throw new RangeError(`meanGapUs: expected a number greater than 0, got ${meanGapUs}`);
  }
  let count = 0;
  let lastUs = 0;
  return () => {
    count += 1;
    const atUs = Math.round(count * meanGapUs);
    const gapUs = atUs - lastUs;
    lastUs = atUs;
    return gapUs;
  };
}

function replay(timesUs: readonly TimeUs[]): () => number {
  let next = 0;
  let lastUs = 0;
  return () => {
    const atUs = timesUs[next];
    if (atUs === undefined) return Infinity;
    if (!(atUs >= lastUs))
      throw new RangeError(`timesUs: expected ascending times, got ${atUs} after ${lastUs}`);
    const gapUs = atUs - lastUs;
    next += 1;
    lastUs = atUs;
    return gapUs;
  };
}
