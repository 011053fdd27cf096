/**
 * What HA2 carries: the lines of a sync message, and the way to the peer as session sync sees it.
 */

import type { BulkCopy } from './bulk-copy.ts';
import type { SessionOrigin, SessionProtocol } from './session-table.ts';

/**
 * One message. `add` and `remove`: a session is set up, or torn down; `update`: how long it has been idle; the others are entries of
 * the ARP table and the forwarding table.
 */
export type SyncItem =
  | ({ readonly op: 'add'; readonly flow: number; readonly protocol: SessionProtocol } & SessionOrigin)
  | { readonly op: 'remove'; readonly flow: number }
  | { readonly op: 'update'; readonly flow: number; readonly idleUs: number }
  | { readonly op: 'arp'; readonly interface: string; readonly ip: number; readonly mac: number }
  | { readonly op: 'route'; readonly neighbor: string; readonly usable: boolean };

/** The way to the peer, over HA2 or its backup. All of `send` returns false when no link is known to work: nothing leaves. */
export interface SyncChannel {
  /** @param messages what the frame holds: one whose session is over by now has no item any more */
  send(kind: 'items', items: readonly SyncItem[], messages: number): boolean;
  send(kind: 'bulk-request'): boolean;
  /** The end of a bulk sync, whose frames have taken their time before; `messages` are in the last of them. */
  send(kind: 'bulk', copy: BulkCopy, messages: number): boolean;
  /** Time that so many messages in one frame keep the link busy; 0 when its bandwidth is not limited. */
  wireUs(messages: number): number;
  /** Messages that fit into the largest frame of the link. */
  readonly room: number;
}
