/**
 * TCP's patience, as its user feels it: when it sends again what was not acknowledged, and when it gives up.
 *
 * The wait doubles with every try (RFC 6298, section 5.5). A connection starts with the initial RTO; once it is open its RTO is the
 * minimum, for round trips here are short beside it. The defaults are Linux's (ip-sysctl: tcp_retries2 15, tcp_syn_retries 6;
 * TCP_RTO_MIN 200 ms, TCP_RTO_MAX 120 s), so an open connection gives up after 924.6 s and a SYN after 127 s (reference
 * aws-ha.md, section 4).
 */

export interface TcpSettings {
  /** Before the first repetition of a SYN. */
  readonly initialRtoUs: number;
  /** Before the first repetition on an open connection. */
  readonly minRtoUs: number;
  /** Where doubling ends. */
  readonly maxRtoUs: number;
  /** Repetitions on an open connection before it is aborted. */
  readonly retries: number;
  /** Repetitions of a SYN before the attempt is given up. */
  readonly synRetries: number;
}

export const LINUX_TCP: TcpSettings = {
  initialRtoUs: 1_000_000,
  minRtoUs: 200_000,
  maxRtoUs: 120_000_000,
  retries: 15,
  synRetries: 6,
};

/** Whether a connection is being opened, is open, or is closed for its user and its FIN not acknowledged. */
export type TcpPhase = 'opening' | 'open' | 'closing';

/** Linux repeats the FIN of a connection that nobody owns any more so often (tcp_orphan_retries, 0 = 8). */
const ORPHAN_RETRIES = 8;

/**
 * How long TCP waits for an answer to its latest transmission.
 *
 * @param repetitions how often it has repeated itself: 0 after the first transmission
 * @returns microseconds
 */
export function rtoUs(settings: TcpSettings, phase: TcpPhase, repetitions: number): number {
  const firstUs = phase === 'opening' ? settings.initialRtoUs : settings.minRtoUs;
  return Math.min(firstUs * 2 ** repetitions, settings.maxRtoUs);
}

/** Repetitions after which, and one more wait, TCP gives up. */
export function mostRepetitions(settings: TcpSettings, phase: TcpPhase): number {
  if (phase === 'closing') return Math.min(ORPHAN_RETRIES, settings.retries);
  return phase === 'opening' ? settings.synRetries : settings.retries;
}
