/**
 * A working day: arrivals are Poisson at a rate that follows a sine, highest at its peak and lowest half a period later.
 *
 * By thinning (Lewis and Shedler, Naval Research Logistics Quarterly 26, 1979): candidates come at the rate of the peak, and
 * each is kept with the probability that its moment's rate bears to it. The probability is rounded to a millionth before it
 * decides, because the last bit of a cosine differs between JavaScript engines.
 */

import { LONGEST_DRAW_US, sampler } from '../../kernel/distribution.ts';
import type { RandomStream } from '../../kernel/random.ts';
import type { TimeUs } from '../../kernel/time.ts';

export interface DiurnalProcess {
  readonly kind: 'diurnal';
  /** Over a whole period. */
  readonly meanGapUs: number;
  /** At the peak: from the mean gap (no sine at all) down to half of it (the lowest rate is zero). */
  readonly peakGapUs: number;
  readonly periodUs: TimeUs;
  /** When the peak is, from the beginning of the process; and so it is every period before and after. */
  readonly peakAtUs: TimeUs;
}

const MILLION = 1_000_000;
/** A peak of twice the mean is meant exactly, though one gap may not be half of the other in its last bit. */
const ROUNDING = 1e-9;

/** See `arrivals`. */
export function diurnalArrivals(process: DiurnalProcess, stream: RandomStream): () => number {
  const { meanGapUs, peakGapUs, periodUs, peakAtUs } = process;
  const meanShare = peakGapUs / meanGapUs;
  if (!(meanShare > 0.5 - ROUNDING && meanShare < 1 + ROUNDING)) {
    throw new RangeError(
      `peakGapUs: expected half the mean gap to the whole, got ${peakGapUs} of ${meanGapUs}`,
    );
  }
  if (!(periodUs > 0)) throw new RangeError(`periodUs: expected a number greater than 0, got ${periodUs}`);
  const drawUs = sampler({ kind: 'exponential', meanUs: peakGapUs }, stream);
  const turn = (2 * Math.PI) / periodUs;
  let phaseUs = (periodUs - (peakAtUs % periodUs)) % periodUs;
  return () => {
    for (let gapUs = 0; gapUs <= LONGEST_DRAW_US;) {
      const stepUs = drawUs();
      gapUs += stepUs;
      phaseUs = (phaseUs + stepUs) % periodUs;
      const share = meanShare + (1 - meanShare) * Math.cos(turn * phaseUs);
      if (stream.int(MILLION) < Math.round(share * MILLION)) return gapUs;
    }
    return Infinity;
  };
}
