/**
 * All sessions of a firewall at one moment, as a bulk sync carries them: numbers in columns, read as messages where they arrive, so
 * that a million sessions are no million objects on their way.
 */

import type { NatBinding, Session, SessionProtocol } from './session-table.ts';
import type { SyncItem } from './sync-message.ts';

const PROTOCOLS: readonly SessionProtocol[] = ['tcp', 'udp', 'icmp', 'esp'];
const LAYER7 = 8;
const DEVICE_1 = 4;

export class BulkCopy {
  /** Entries of the ARP table and the forwarding table. */
  readonly others: readonly SyncItem[];
  readonly #flows: Float64Array;
  readonly #facts: Uint8Array;
  /** By place; few sessions have one. */
  readonly #nat = new Map<number, NatBinding>();
  #size = 0;

  /** @param room for so many sessions */
  constructor(others: readonly SyncItem[], room: number) {
    this.others = others;
    this.#flows = new Float64Array(room);
    this.#facts = new Uint8Array(room);
  }

  add({ flow, protocol, madeFor, layer7, nat }: Session): void {
    const at = this.#size;
    this.#flows[at] = flow;
    this.#facts[at] = PROTOCOLS.indexOf(protocol) + (madeFor === 1 ? DEVICE_1 : 0) + (layer7 ? LAYER7 : 0);
    if (nat !== null) this.#nat.set(at, nat);
    this.#size += 1;
  }

  /** Number of sessions. */
  get size(): number {
    return this.#size;
  }

  /** The sessions as set-ups, in the order in which they were added. */
  *sessions(): IterableIterator<SyncItem> {
    for (let at = 0; at < this.#size; at += 1) {
      const facts = this.#facts[at] as number;
      yield {
        op: 'add',
        flow: this.#flows[at] as number,
        protocol: PROTOCOLS[facts & 3] as SessionProtocol,
        owner: (facts & DEVICE_1) === 0 ? 0 : 1,
        layer7: (facts & LAYER7) !== 0,
        nat: this.#nat.get(at) ?? null,
      };
    }
  }
}
