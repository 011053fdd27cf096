/** One firewall's session sync on its own, for tests of what it says and when. */

import { BulkCopy } from '../../src/traffic/bulk-copy.ts';
import { Simulation } from '../../src/kernel/simulation.ts';
import {
  SessionSync,
  SYNC_EVENTS,
  SyncRoutes,
  type SessionSyncSettings,
  type SyncChannel,
  type SyncItem,
} from '../../src/traffic/session-sync.ts';
import { SessionTable } from '../../src/traffic/session-table.ts';

const SETTINGS: SessionSyncSettings = {
  device: 'palo-1',
  enabled: true,
  batch: 64,
  spacingUs: 1_000,
  messageBytes: 40,
  queueLimit: 1_000_000,
  updateUs: 0,
  lagUs: 100_000,
  rate: 50_000,
  bulkUs: 30_000_000,
  bulkRetryUs: 10_000_000,
  self: null,
};

interface Sent {
  readonly atUs: number;
  readonly kind: string;
  readonly items: readonly SyncItem[];
  readonly messages: number;
}

/** A bulk sync of these sessions. */
export function bulkOf(...flows: readonly number[]): BulkCopy {
  const table = new SessionTable();
  const copy = new BulkCopy([], flows.length);
  for (const flow of flows) copy.add(table.create(flow, 'tcp', 0));
  return copy;
}

/** One firewall's session sync with nothing but a note-taker behind HA2. */
export class Bench {
  readonly simulation = new Simulation({ seed: '1', kinds: SYNC_EVENTS, traceLevel: 'protocol' });
  readonly table = new SessionTable();
  readonly sent: Sent[] = [];
  readonly sync: SessionSync;
  /** HA2 works, and carries so many messages per second. */
  connected = true;
  carries = Number.POSITIVE_INFINITY;

  constructor(settings: Partial<SessionSyncSettings> = {}) {
    const channel: SyncChannel = {
      send: (kind: string, body?: unknown, messages?: number): boolean => {
        const items =
          body instanceof BulkCopy ? [...body.others, ...body.sessions()] : ((body ?? []) as SyncItem[]);
        this.sent.push({ atUs: this.simulation.nowUs, kind, items, messages: messages ?? 0 });
        return this.connected;
      },
      wireUs: (messages: number): number => Math.ceil((messages * 1_000_000) / this.carries),
      room: 1_000,
    };
    const arp: SyncItem = { op: 'arp', interface: 'ethernet1/1', ip: 1, mac: 2 };
    const routes = new SyncRoutes(this.simulation);
    this.sync = new SessionSync(
      this.simulation,
      routes,
      { ...SETTINGS, ...settings },
      this.table,
      channel,
      () => [arp],
    );
  }

  /** Sessions are set up now. */
  open(...flows: readonly number[]): void {
    for (const flow of flows) this.sync.added(this.table.create(flow, 'tcp', this.simulation.nowUs));
  }

  run(untilUs: number): void {
    this.simulation.run(untilUs);
  }

  /** What has been sent, as `time: kind flow flow …`. */
  said(): string[] {
    return this.sent.map(({ atUs, kind, items }) =>
      [
        `${atUs}: ${kind}`,
        ...items.map((item) => ('flow' in item ? `${item.op} ${item.flow}` : item.op)),
      ].join(' '),
    );
  }
}
