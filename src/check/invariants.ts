/**
 * Laws that hold in every run, checked with every record (architecture, section 4). A broken one is a bug of ours or of the
 * model, never of the scenario, and stops the run with a line that replays it.
 */

import { formatDuration } from '../kernel/time.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import { forwardsTraffic } from '../ha/role.ts';
import { isDualActive, type PairHistory } from '../measure/history.ts';

const KEPT_RECORDS = 20;

/** A law of the run is broken. */
export class InvariantError extends Error {
  readonly timeUs: number;
  /** The last records before it, oldest first. */
  readonly recent: readonly TraceRecord[];

  constructor(message: string, timeUs: number, recent: readonly TraceRecord[]) {
    super(`invariant broken at ${formatDuration(timeUs)}: ${message}`);
    this.name = 'InvariantError';
    this.timeUs = timeUs;
    this.recent = recent;
  }
}

/** What the checks ask about a firewall, beyond what the records say. */
export interface Witness {
  readonly name: string;
  /** Its HA agent runs, and has heard from its connected peer that the peer is active. */
  readonly knowsPeerActive: boolean;
}

export class Invariants {
  readonly #history: PairHistory;
  readonly #witnesses: readonly Witness[];
  readonly #recent: TraceRecord[] = [];
  #lastUs = 0;

  /** @param history kept by somebody else, and already up to date when `observe` is called */
  constructor(history: PairHistory, witnesses: readonly Witness[]) {
    this.#history = history;
    this.#witnesses = witnesses;
  }

  /**
   * Checks what a record can break.
   *
   * @throws InvariantError
   */
  observe(record: TraceRecord): void {
    this.#recent.push(record);
    if (this.#recent.length > KEPT_RECORDS) this.#recent.shift();
    if (record.timeUs < this.#lastUs) this.#broken('time ran backwards', record);
    this.#lastUs = record.timeUs;
    if (record.cause >= record.id) this.#broken('a record precedes its cause', record);
    if (record.kind === 'garp' && !forwardsTraffic(this.#history.last.roles[record.subject] ?? null)) {
      this.#broken(`${record.subject} sent gratuitous ARP without serving`, record);
    }
    // T1 is a start: an agent that is restarted in `initial` begins there anew.
    if (record.kind === 'role' && record.data['from'] === record.data['to'] && record.data['rule'] !== 'T1') {
      this.#broken(`${record.subject} changed to the role it had`, record);
    }
  }

  /**
   * Checks the pair between two events: two actives may exist for as long as one of them has not heard of the other.
   *
   * @throws InvariantError
   */
  settle(timeUs: number): void {
    if (!isDualActive(this.#history.last)) return;
    if (this.#witnesses.every((witness) => witness.knowsPeerActive)) {
      throw new InvariantError('both firewalls are active and know it of each other', timeUs, this.#recent);
    }
  }

  /**
   * Checks the books of the sessions at the end of a run.
   *
   * @throws InvariantError
   */
  balance(timeUs: number, name: string, started: number, booked: number): void {
    if (started === booked) return;
    throw new InvariantError(
      `workload ${name}: ${started} sessions started, ${booked} booked`,
      timeUs,
      this.#recent,
    );
  }

  #broken(message: string, record: TraceRecord): never {
    throw new InvariantError(message, record.timeUs, this.#recent);
  }
}
