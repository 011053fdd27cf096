/**
 * HA2 of one firewall: carries session sync messages to the peer, over HA2 or, while that is down, over its backup.
 *
 * A link is down without carrier, and with HA2 keep-alive also when its keep-alives stay unanswered; without
 * it a blackhole behind a healthy carrier goes unnoticed. With no link left nothing is sent: state synchronization is
 * off until one recovers (R-101, D05).
 */

import type { Simulation } from '../kernel/simulation.ts';
import { FRAME, makeFrame, type Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import type { Port } from '../network/link.ts';
import type { BulkCopy } from '../traffic/bulk-copy.ts';
import type { SyncChannel, SyncItem } from '../traffic/sync-message.ts';
import { answerKeepAlive, KeepAlive, type KeepAliveRoutes } from './keep-alive.ts';
import type { DataLinkSettings, FirewallSettings } from './settings.ts';

const HEADER_BYTES = 64;

const FRAMES = { items: FRAME.sessionSync, 'bulk-request': FRAME.bulkRequest, bulk: FRAME.bulkSync } as const;

/** Takes what arrives. */
export interface DataLinkOwner {
  bulkRequested(): void;
  itemsReceived(items: readonly SyncItem[]): void;
  bulkReceived(copy: BulkCopy): void;
  /** There was no link to the peer, and now there is one again. */
  dataLinkRecovered(): void;
  /** HA2 keep-alive with action split-datapath: this firewall is on its own with its sessions, or not any more. */
  splitDatapath(split: boolean): void;
}

/** One of the links, HA2 or its backup. */
export interface DataLinkEnd {
  readonly port: Port;
  receive(frame: Frame): void;
  carrierChanged(): void;
}

interface Link {
  readonly port: Port;
  readonly settings: DataLinkSettings;
  readonly keepAlive: KeepAlive | null;
  /** Record of its keep-alive failure, 0 while there is none. */
  failedBy: number;
}

/** Names of the links in the system log. */
const TITLES = { ha2: 'HA2', 'ha2-backup': 'HA2-Backup', ha3: 'HA3' } as const;

export class DataLink implements SyncChannel {
  readonly ends: readonly DataLinkEnd[];
  readonly #owner: DataLinkOwner;
  readonly #simulation: Simulation;
  readonly #settings: FirewallSettings;
  readonly #links: readonly Link[];
  #running = false;
  #connected = true;
  #split = false;

  constructor(
    owner: DataLinkOwner,
    network: Network,
    routes: KeepAliveRoutes,
    settings: FirewallSettings,
    portNamed: (name: string) => Port,
  ) {
    this.#owner = owner;
    this.#simulation = network.simulation;
    this.#settings = settings;
    const { dataLinks, keepAlive } = settings;
    this.#links = dataLinks.map((link): Link => {
      const port = portNamed(link.port);
      const listener = {
        keepAliveChanged: (failed: boolean, cause: number) => this.#judge(item, failed, cause),
      };
      const clock =
        keepAlive === null ? null : new KeepAlive(listener, network, routes, port, link, keepAlive);
      const item: Link = { port, settings: link, keepAlive: clock, failedBy: 0 };
      return item;
    });
    this.ends = this.#links.map((link) => ({
      port: link.port,
      receive: (frame) => this.#receive(link, frame),
      carrierChanged: () => this.#weigh(),
    }));
  }

  /** The dataplane works from now on. Keep-alives are its own: they go on when the HA agent hangs (ours). */
  start(): void {
    const { name, keepAlive, assumptions } = this.#settings;
    this.#running = true;
    for (const link of this.#links) {
      link.failedBy = 0;
      if (keepAlive === null) continue;
      const stream = this.#simulation.random.stream(`${name}/phase/ha2-keep-alive`);
      const phaseUs = assumptions.randomPhase ? Math.floor(stream.next() * keepAlive.intervalUs) : 0;
      link.keepAlive?.start(phaseUs);
    }
    this.#connected = this.#working() !== undefined;
  }

  stop(): void {
    this.#running = false;
    for (const { keepAlive } of this.#links) keepAlive?.stop();
    this.#setSplit(false);
  }

  /** The link that carries state synchronization: the first that is not known to be down. */
  #working(): Link | undefined {
    return this.#links.find(({ port, keepAlive }) => port.carrier && keepAlive?.failed !== true);
  }

  send(kind: 'items' | 'bulk-request' | 'bulk', body: unknown = null, messages = 0): boolean {
    const link = this.#working();
    if (link === undefined) return false;
    const { mac, peerMac } = link.settings;
    link.port.send(makeFrame(FRAMES[kind], mac, peerMac, 0, 0, { bytes: this.#bytes(messages), body }));
    return true;
  }

  #bytes(messages: number): number {
    return HEADER_BYTES + this.#settings.sessionSync.messageBytes * messages;
  }

  wireUs(messages: number): number {
    const bandwidth = this.#working()?.port.bandwidth ?? Number.POSITIVE_INFINITY;
    return Math.ceil((this.#bytes(messages) * 8_000_000) / bandwidth);
  }

  get room(): number {
    const mtu = this.#working()?.port.mtu ?? Number.POSITIVE_INFINITY;
    return Math.max(1, Math.floor((mtu - HEADER_BYTES) / this.#settings.sessionSync.messageBytes));
  }

  #receive(link: Link, frame: Frame): void {
    if (frame.destinationMac !== link.settings.mac) return;
    const { body } = frame;
    if (frame.kind === FRAME.bulkRequest) this.#owner.bulkRequested();
    else if (frame.kind === FRAME.sessionSync) this.#owner.itemsReceived(body as readonly SyncItem[]);
    else if (frame.kind === FRAME.bulkSync) this.#owner.bulkReceived(body as BulkCopy);
    else if (!this.#running) return;
    else if (frame.kind === FRAME.ha2KeepAlive) answerKeepAlive(link.port, link.settings, frame);
    else if (frame.kind === FRAME.ha2KeepAliveReply) link.keepAlive?.answered();
  }

  // --- keep-alive ----------------------------------------------------------------------------------------------------

  /** A recovery follows from the failure that it ends. */
  #judge(link: Link, failed: boolean, cause: number): void {
    const { name, ha } = this.#settings;
    const before = this.#simulation.cause;
    this.#simulation.cause = this.#note(link, failed, failed ? cause : link.failedBy);
    link.failedBy = failed ? this.#simulation.cause : 0;
    const state = failed ? 'down' : 'up';
    const text = `HA Group ${ha.compatibility.groupId}: ${TITLES[link.settings.name]} keep-alive ${state}`;
    const severity = failed ? 'critical' : 'informational';
    this.#simulation.note('log', name, { severity, text });
    this.#weigh();
    this.#simulation.cause = before;
  }

  #note(link: Link, failed: boolean, cause: number): number {
    const data = {
      link: link.settings.name,
      step: failed ? 'failed' : 'recovered',
      action: this.#settings.keepAlive?.action,
      carriedBy: this.#working()?.settings.name ?? null,
    };
    return this.#simulation.note('ha2', this.#settings.name, data, cause);
  }

  /** Looks whether the peer can be reached at all. */
  #weigh(): void {
    if (!this.#running) return;
    const connected = this.#working() !== undefined;
    const recovered = connected && !this.#connected;
    this.#connected = connected;
    const silent = this.#links.some(({ keepAlive }) => keepAlive?.failed === true);
    this.#setSplit(this.#settings.keepAlive?.action === 'split-datapath' && silent && !connected);
    if (recovered) this.#owner.dataLinkRecovered();
  }

  #setSplit(split: boolean): void {
    if (split === this.#split) return;
    this.#split = split;
    this.#owner.splitDatapath(split);
  }
}
