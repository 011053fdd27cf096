/**
 * When a firewall announces addresses that have become its own: two gratuitous ARPs at once and eight more at 1 s spacing (K12,
 *
 */

export const GARP_AT_ONCE = 2;
export const GARP_LATER = 8;
export const GARP_SPACING_US = 1_000_000;

/** Whoever repeats its announcements. */
export interface Announcer {
  /**
   * @param left how many repetitions are left, this one included
   * @param announcement which announcement, of an announcer that has several under way
   */
  announceAgain(left: number, announcement: number): void;
}
