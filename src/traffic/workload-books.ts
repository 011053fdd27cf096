/**
 * The books of one workload: every session that was started is in exactly one box, and what its users felt meanwhile.
 */

import type { Blame } from './blame.ts';
import type { LossCause, LossEntry } from './loss.ts';
import { LossLog } from './loss-log.ts';
import type { WorkloadProtocol } from './protocol.ts';
import { Tally } from './tally.ts';
import type { WorkloadSettings } from './workload-settings.ts';

/**
 * Times in which users of sessions that survived got no answer, from the first packet without one to the next with one, in
 * microseconds; the quantiles to four significant digits.
 */
export interface Stalls {
  readonly count: number;
  readonly medianUs: number;
  readonly p99Us: number;
  readonly longestUs: number;
}

/** The books of one workload: every session that was started is in exactly one of the boxes up to `open`. */
export interface WorkloadBooks {
  readonly name: string;
  /** What people call it. */
  readonly application: string;
  readonly protocol: WorkloadProtocol;
  readonly started: number;
  readonly completed: number;
  /** Never got an answer to their opening packets. */
  readonly failed: number;
  readonly lost: Readonly<Partial<Record<LossCause, number>>>;
  /** Being set up, open, or being closed when the run ended. */
  readonly open: number;
  /** Of all started: those that were set up under a decryption policy. */
  readonly decrypted: number;
  /** Of these: so often one went on undecrypted after a takeover. */
  readonly undecrypted: number;
  /** So often the new active did not know a session that its next packet makes anew, or a tunnel that is negotiated anew. */
  readonly recreated: number;
  /** `lost`, by who is to blame, in the order of their first loss. */
  readonly losses: readonly LossEntry[];
  /** Null when no user ever had to wait. */
  readonly stalls: Stalls | null;
}

export class WorkloadLedger {
  started = 0;
  completed = 0;
  failed = 0;
  decrypted = 0;
  undecrypted = 0;
  recreated = 0;
  readonly losses = new LossLog();
  readonly #stalls = new Tally();

  lose({ cause, record }: Blame, nowUs: number): void {
    this.losses.add(cause, nowUs, record);
  }

  /** A user's packets pass again after so long. */
  stalled(us: number): void {
    this.#stalls.add(us);
  }

  /** @param open sessions that are neither over nor lost, counted where they are kept */
  books({ name, application, protocol }: WorkloadSettings, open: number): WorkloadBooks {
    const { started, completed, failed, decrypted, undecrypted, recreated } = this;
    const lost: Partial<Record<LossCause, number>> = {};
    const losses = this.losses.entries();
    for (const { cause, count } of losses) lost[cause] = (lost[cause] ?? 0) + count;
    return {
      name,
      application,
      protocol,
      started,
      completed,
      failed,
      lost,
      open,
      decrypted,
      undecrypted,
      recreated,
      losses,
      stalls: this.#stallBooks(),
    };
  }

  #stallBooks(): Stalls | null {
    const stalls = this.#stalls;
    if (stalls.count === 0) return null;
    const { count, longestUs } = stalls;
    return { count, medianUs: stalls.quantileUs(0.5), p99Us: stalls.quantileUs(0.99), longestUs };
  }
}
