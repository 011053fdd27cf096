/**
 * Who holds which virtual address, as the records tell it: in active/active the addresses, not a role, say whose users move.
 */

import type { TraceRecord } from '../kernel/trace.ts';

/** The firewall that held an address before, and since when. */
export interface FormerHolder {
  readonly device: string;
  readonly sinceUs: number;
}

export class AddressHolders {
  /** The latest holder of each address and MAC (of a shared address there are two); kept until somebody else takes it. */
  readonly #latest = new Map<string, FormerHolder>();

  /**
   * Takes an `address` record.
   *
   * @returns the firewall that the address was taken from, or null when it only changed hands within its holder or from nobody
   */
  observe({ subject, timeUs, data }: TraceRecord): FormerHolder | null {
    if (data['held'] !== true) return null;
    const held = `${String(data['address'])} ${String(data['mac'])}`;
    const former = this.#latest.get(held);
    if (former?.device === subject) return null;
    this.#latest.set(held, { device: subject, sinceUs: timeUs });
    return former ?? null;
  }
}
