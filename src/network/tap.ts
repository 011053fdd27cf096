/**
 * A tap on every link: sees each frame as a link takes it or loses it, and every change of carrier, and changes nothing.
 *
 * Only a run that is asked for its packets (a report, a capture file) has one; the others pay for a comparison with null.
 */

import type { Frame } from './frame.ts';
import type { Link, Port } from './link.ts';

/**
 * Why a frame did not arrive: the link had no carrier, or lost it while the frame was on its way; a blackhole; the loss that is configured or
 * injected; the frame was larger than the link takes; its queue was full; a port at one end is closed (spanning tree, LACP).
 */
export const LOSSES = ['no-carrier', 'carrier-lost', 'blackhole', 'loss', 'mtu', 'queue', 'closed'] as const;

export type LossOfFrame = (typeof LOSSES)[number];

export interface LinkTap {
  /** A link carries a frame from its end of that side, and it arrives at this time unless `lostOnTheWay` follows. */
  sent(link: Link, side: 0 | 1, frame: Frame, arrivesUs: number): void;
  /** A link does not carry it; `cause` is the record to blame, 0 for chance. */
  lost(link: Link, side: 0 | 1, frame: Frame, why: LossOfFrame, cause: number): void;
  /** It was sent and does not arrive at this port now. */
  lostOnTheWay(to: Port, frame: Frame, why: LossOfFrame, cause: number): void;
  carrierChanged(link: Link, up: boolean, cause: number): void;
}
