/**
 * What a packet does to the nodes on its way, written down so that it can be done again for packets that go the same way without
 * sending each of them: what is learned and counted for all of them together, what happens to a session for each.
 *
 * A node that cannot say what it would do with the next such packet calls the way uncertain, and every packet is sent.
 */

/** Something a node learned or counted, whosever packet it was. */
export interface Mark {
  /**
   * @param times how many more packets went the same way
   * @param lastUs when the last of them did
   */
  repeat(times: number, lastUs: number): void;
}

/** Something that happened to the packet's own session. */
export interface SessionStep {
  /** Whether it only keeps the session from being idle; such a step may be done once for many packets. */
  readonly keepsAlive: boolean;
  /** Does the same to the session of another flow whose packet passes at this time. */
  repeat(flow: number, atUs: number): void;
}

/** Listens along the way of one packet. */
export interface WayListener {
  leavesMark(mark: Mark): void;
  stepsSession(step: SessionStep): void;
  /** Whatever happens to the next packet may be something else. */
  isUncertain(): void;
  /** From this time on the way may be another. */
  holdsUntil(us: number): void;
}
