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
  /** Its HA agent runs, and what it last heard from its connected peer is still so. */
  readonly knowsPeer: boolean;
  /** The virtual addresses that it holds, each with its MAC address: `10.0.0.1 00:1b:17:00:01:11`. */
  readonly addresses: readonly string[];
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
    if (record.kind === 'address' && record.data['held'] === true) this.#mayHold(record);
    // T1 is a start: an agent that is restarted in `initial` begins there anew.
    if (record.kind === 'role' && record.data['from'] === record.data['to'] && record.data['rule'] !== 'T1') {
      this.#broken(`${record.subject} changed to the role it had`, record);
    }
  }

  #mayHold(record: TraceRecord): void {
    if (forwardsTraffic(this.#history.last.roles[record.subject] ?? null)) return;
    this.#broken(`${record.subject} holds ${String(record.data['address'])} without serving`, record);
  }

  /**
   * Checks the pair between two events: two actives may exist for as long as one of them has not heard of the other, and so
   * may two holders of an address with one MAC.
   *
   * @throws InvariantError
   */
  settle(timeUs: number): void {
    if (timeUs > this.#lastUs) this.#settleAddresses(timeUs);
    if (!isDualActive(this.#history.last)) return;
    if (this.#witnesses.every((witness) => witness.knowsPeerActive)) {
      throw new InvariantError('both firewalls are active and know it of each other', timeUs, this.#recent);
    }
  }

  /** Between two instants only: within one, what a firewall knows runs ahead of what it has done about it. */
  #settleAddresses(timeUs: number): void {
    const [first, second] = this.#witnesses;
    if (first === undefined || second === undefined || first.addresses.length === 0) return;
    const shared = first.addresses.find((address) => second.addresses.includes(address));
    if (shared === undefined || !first.knowsPeer || !second.knowsPeer) return;
    throw new InvariantError(`both firewalls hold ${shared} and know of each other`, timeUs, this.#recent);
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
