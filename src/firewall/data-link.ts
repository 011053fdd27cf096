/**
 * HA2 of one firewall: carries session sync messages to the peer, over HA2 or, while that has no carrier, over its backup
 * . A blackhole behind a healthy carrier goes unnoticed.
 */

import { FRAME, makeFrame, type Frame } from '../network/frame.ts';
import type { Port } from '../network/link.ts';
import type { SyncChannel, SyncItem } from '../traffic/session-sync.ts';
import type { DataLinkSettings } from './settings.ts';

const HEADER_BYTES = 64;
const ITEM_BYTES = 40;

const FRAMES = { items: FRAME.sessionSync, 'bulk-request': FRAME.bulkRequest, bulk: FRAME.bulkSync } as const;

/** Takes what arrives. */
export interface DataLinkOwner {
  bulkRequested(): void;
  itemsReceived(items: readonly SyncItem[]): void;
  bulkReceived(items: readonly SyncItem[]): void;
}

/** One of the links, HA2 or its backup. */
export interface DataLinkEnd {
  readonly port: Port;
  receive(frame: Frame): void;
  carrierChanged(): void;
}

export class DataLink implements SyncChannel {
  readonly ends: readonly DataLinkEnd[];
  readonly #links: readonly { readonly port: Port; readonly settings: DataLinkSettings }[];
  readonly #owner: DataLinkOwner;

  constructor(owner: DataLinkOwner, links: readonly DataLinkSettings[], portNamed: (name: string) => Port) {
    this.#owner = owner;
    this.#links = links.map((settings) => ({ port: portNamed(settings.port), settings }));
    this.ends = this.#links.map(({ port, settings }) => ({
      port,
      receive: (frame) => this.#receive(settings, frame),
      carrierChanged: () => undefined, // Looked at when something is to be sent.
    }));
  }

  send(kind: 'items' | 'bulk-request' | 'bulk', items: readonly SyncItem[]): void {
    const link = this.#links.find(({ port }) => port.carrier);
    if (link === undefined) return;
    const { mac, peerMac } = link.settings;
    const bytes = HEADER_BYTES + ITEM_BYTES * items.length;
    link.port.send(makeFrame(FRAMES[kind], mac, peerMac, 0, 0, { bytes, body: items }));
  }

  #receive({ mac }: DataLinkSettings, frame: Frame): void {
    if (frame.destinationMac !== mac) return;
    const items = frame.body as readonly SyncItem[];
    if (frame.kind === FRAME.bulkRequest) this.#owner.bulkRequested();
    else if (frame.kind === FRAME.sessionSync) this.#owner.itemsReceived(items);
    else if (frame.kind === FRAME.bulkSync) this.#owner.bulkReceived(items);
  }
}
