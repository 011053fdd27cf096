/**
 * Bursts: arrivals are Poisson while the process is on, and none while it is off; both last an exponential time.
 *
 * This is the interrupted Poisson process (Kuczura, "The Interrupted Poisson Process As An Overflow Process", Bell System
 * Technical Journal 52, 1973), whose gaps are hyperexponential: that is how the tests know it.
 */

import { LONGEST_DRAW_US, sampler } from '../../kernel/distribution.ts';
import type { RandomStream } from '../../kernel/random.ts';

export interface OnOffProcess {
  readonly kind: 'on-off';
  /** Between two arrivals while it is on. */
  readonly meanGapUs: number;
  readonly meanOnUs: number;
  readonly meanOffUs: number;
}

/** See `arrivals`. The process has long been going: it begins on or off by chance, as either is found at any moment. */
export function onOffArrivals(process: OnOffProcess, stream: RandomStream): () => number {
  const { meanGapUs, meanOnUs, meanOffUs } = process;
  const drawGapUs = sampler({ kind: 'exponential', meanUs: meanGapUs }, stream);
  const drawOnUs = sampler({ kind: 'exponential', meanUs: meanOnUs }, stream);
  const drawOffUs = sampler({ kind: 'exponential', meanUs: meanOffUs }, stream);
  const beginsOn = stream.next() * (meanOnUs + meanOffUs) < meanOnUs;
  // What is left of an exponential time is as long as a whole one, so the first period is drawn like any other.
  let waitUs = beginsOn ? 0 : drawOffUs();
  let leftUs = drawOnUs();
  return () => {
    let gapUs = waitUs;
    waitUs = 0;
    for (;;) {
      const nextUs = drawGapUs();
      if (nextUs <= leftUs) {
        leftUs -= nextUs;
        return gapUs + nextUs;
      }
      // An arrival that would fall into the pause is drawn anew after it: Poisson arrivals have no memory either.
      gapUs += leftUs + drawOffUs();
      leftUs = drawOnUs();
      if (gapUs > LONGEST_DRAW_US) return Infinity;
    }
  };
}
