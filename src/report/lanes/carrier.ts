/** The carrier of links over time. */

import type { RunResult } from '../../run/result.ts';
import { Band, type State } from './band.ts';
import type { Span } from './model.ts';

const UP: State = { text: 'up', tone: 'good' };
const DOWN: State = { text: 'no carrier', tone: 'off' };

/** From when to when a link has carrier. @param link index in the capture */
export function carrierSpans({ capture, endedAtUs }: RunResult, link: number): readonly Span[] {
  const band = new Band();
  band.set(0, capture?.links[link]?.carrier === true ? UP : DOWN, 0);
  for (const change of capture?.carriers ?? []) {
    if (change.link === link) band.set(change.atUs, change.up ? UP : DOWN, change.cause);
  }
  return band.spans(endedAtUs);
}
