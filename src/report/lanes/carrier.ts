/** The carrier of links over time. */

import type { RunResult } from '../../run/result.ts';
import { Band } from './band.ts';
import type { Span } from './model.ts';

/** From when to when a link has carrier. @param link index in the capture */
export function carrierSpans({ capture, endedAtUs }: RunResult, link: number): readonly Span[] {
  const band = new Band();
  const state = (up: boolean) =>
    up ? ({ text: 'up', tone: 'good' } as const) : ({ text: 'no carrier', tone: 'off' } as const);
  band.set(0, state(capture?.links[link]?.carrier === true), 0);
  for (const change of capture?.carriers ?? []) {
    if (change.link === link) band.set(change.atUs, state(change.up), change.cause);
  }
  return band.spans(endedAtUs);
}
