/**
 * The pair over time: who had which role when, and whether the peers heard each other. A fold over the trace that keeps
 * changes only, so a healthy month costs nothing.
 */

import { lastBy } from '../kernel/last-by.ts';
import type { TraceRecord } from '../kernel/trace.ts';
import { isPrimary, type Role } from '../ha/role.ts';

/** The pair from this moment on, until the next change. */
export interface PairState {
  readonly timeUs: number;
  readonly roles: Readonly<Record<string, Role | null>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly connections: Readonly<Record<string, 'up' | 'down' | 'never'>>;
  readonly configurationSynchronized: boolean;
  /** Who holds the virtual addresses of an active/active pair, by address; whoever holds several MACs of one is in it twice. */
  readonly addresses: Readonly<Record<string, readonly Holding[]>>;
  /** In a cloud: who has each asset of the data path; null = nobody. */
  readonly owners: Readonly<Record<string, string | null>>;
  /** The record that brought this state about. */
  readonly record: number;
}

/** A firewall holds a virtual address with this virtual MAC. */
export interface Holding {
  readonly device: string;
  readonly mac: string;
}

/** A stretch of time, `fromUs` included, `toUs` not. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

export class PairHistory {
  readonly #states: PairState[];

  constructor(
    devices: readonly string[],
    begins: { converged: boolean; configurationSynchronized: boolean },
  ) {
    const connection = begins.converged ? 'up' : 'never';
    this.#states = [
      {
        timeUs: 0,
        roles: Object.fromEntries(devices.map((name) => [name, null])),
        reasons: Object.fromEntries(devices.map((name) => [name, ''])),
        connections: Object.fromEntries(devices.map((name) => [name, connection])),
        configurationSynchronized: begins.configurationSynchronized,
        addresses: {},
        owners: {},
        record: 0,
      },
    ];
  }

  get states(): readonly PairState[] {
    return this.#states;
  }

  get last(): PairState {
    return this.#states[this.#states.length - 1] as PairState;
  }

  /** Takes a record; most change nothing here. */
  observe(record: TraceRecord): void {
    const { kind, subject, data } = record;
    const { roles, reasons, connections } = this.last;
    if (kind === 'role') {
      const role = data['to'] as Role;
      const reason = data['reason'] as string;
      this.#change(record, {
        roles: { ...roles, [subject]: role },
        reasons: { ...reasons, [subject]: reason },
      });
      if (data['rule'] === 'T1')
        this.#change(record, { connections: { ...connections, [subject]: 'never' } });
    } else if (kind === 'reason') {
      this.#change(record, { reasons: { ...reasons, [subject]: data['reason'] as string } });
    } else if (kind === 'power' && data['state'] === 'off') {
      this.#change(record, {
        roles: { ...roles, [subject]: null },
        reasons: { ...reasons, [subject]: '' },
        connections: { ...connections, [subject]: 'never' },
      });
    } else if (kind === 'peer') {
      const connection = data['connection'] as 'up' | 'down';
      if (connections[subject] !== connection) {
        this.#change(record, { connections: { ...connections, [subject]: connection } });
      }
    } else if (kind === 'configuration') {
      this.#change(record, { configurationSynchronized: data['synchronized'] as boolean });
    } else if (kind === 'address') {
      this.#change(record, { addresses: this.#holdings(record) });
    } else if (kind === 'asset') this.#ownerChanged(record);
  }

  #ownerChanged(record: TraceRecord): void {
    const { asset, owner } = record.data as { asset: string; owner: string | null };
    const { owners } = this.last;
    if (owners[asset] !== owner) this.#change(record, { owners: { ...owners, [asset]: owner } });
  }

  #holdings({ subject, data }: TraceRecord): PairState['addresses'] {
    const { addresses } = this.last;
    const [address, mac] = [data['address'] as string, data['mac'] as string];
    const others = (addresses[address] ?? []).filter((item) => item.device !== subject || item.mac !== mac);
    const holdings = data['held'] === true ? [...others, { device: subject, mac }] : others;
    return { ...addresses, [address]: holdings };
  }

  #change(record: TraceRecord, change: Partial<PairState>): void {
    this.#states.push({ ...this.last, ...change, timeUs: record.timeUs, record: record.id });
  }

  /** The state at a time, everything that happened at that very instant included. */
  at(timeUs: number): PairState {
    const index = lastBy(this.#states, timeUs, (state) => state.timeUs);
    return this.#states[Math.max(index, 0)] as PairState;
  }

  /** When both were active at once. */
  dualActive(endUs: number): readonly Span[] {
    const spans: Span[] = [];
    let since: number | null = null;
    for (const state of this.#states) {
      const dual = isDualActive(state);
      if (dual && since === null) since = state.timeUs;
      if (dual || since === null) continue;
      if (state.timeUs > since) spans.push({ fromUs: since, toUs: state.timeUs });
      since = null;
    }
    if (since !== null) spans.push({ fromUs: since, toUs: endUs });
    return spans;
  }
}

/** Both firewalls are active, or both active-primary (section 5.2). */
export function isDualActive(state: PairState): boolean {
  return activeDevices(state).length > 1;
}

/** The firewalls that hold a virtual address, in the order of the scenario. */
export function holdersOf(state: PairState, address: string): readonly string[] {
  const holdings = state.addresses[address] ?? [];
  return Object.keys(state.roles).filter((name) => holdings.some(({ device }) => device === name));
}

/** The firewalls that are active or active-primary, in the order of the scenario. */
export function activeDevices(state: PairState): readonly string[] {
  return Object.keys(state.roles).filter((name) => isPrimary(state.roles[name] ?? null));
}
