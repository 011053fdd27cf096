/**
 * What the result does not have of the paths between the firewalls: which of them a packet is on once a switch has sent it on, and IPv4
 * addresses. The model addresses these paths by MAC; a capture needs IP, so the range for tests between networks lends it (RFC 2544): those for
 * documentation are what scenarios use.
 */

import type { CapturedPacket } from '../../../run/capture.ts';
import type { DeviceSettings, RunResult } from '../../../run/result.ts';
import type { Addresses } from './internet.ts';

/** 198.18.0.0/24 in nets of 16 addresses, one for each path: firewall 0 has the first address of each, firewall 1 the second. */
const NETS = ['ha1', 'ha1-backup', 'heartbeat-backup', 'ha2', 'ha2-backup'] as const;

export type Path = (typeof NETS)[number];

/** 198.18.0.0 */
const FIRST = 0xc612_0000;
/** An IPv6 address, which HA2 may have too, is not drawn into a capture of IPv4. */
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/** An invented address. @param firewall 0 or 1 */
export function inventedIp(path: Path, firewall: number): number {
  return FIRST + 16 * NETS.indexOf(path) + 1 + firewall;
}

/** The ends of the paths, by their MAC addresses. */
export class PathEnds {
  readonly #ends = new Map<number, { readonly path: Path; readonly firewall: number }>();
  readonly #devices: readonly DeviceSettings[];

  constructor({ capture, topology, devices }: RunResult) {
    this.#devices = devices;
    const duties = new Map(topology.links.map((link) => [link.name, link.duties]));
    for (const { kind, link, side, sourceMac } of capture?.packets ?? []) {
      const family = FAMILIES[kind];
      if (family === undefined || this.#ends.has(sourceMac)) continue;
      const { name, ends } = capture!.links[link]!;
      const firewall = devices.findIndex((device) => device.name === ends[side].node);
      if (firewall === -1) continue;
      const path = NETS.find((net) => family.includes(net) && duties.get(name)?.includes(net) === true);
      this.#ends.set(sourceMac, { path: path ?? family[0]!, firewall });
    }
  }

  /** The path of a packet between the firewalls. */
  pathOf({ kind, sourceMac, destinationMac }: CapturedPacket): Path {
    const end = this.#ends.get(sourceMac) ?? this.#ends.get(destinationMac);
    return end?.path ?? FAMILIES[kind]?.[0] ?? 'ha1';
  }

  addressesOf(packet: CapturedPacket): Addresses {
    const path = this.pathOf(packet);
    const source = this.#ends.get(packet.sourceMac)?.firewall;
    const destination = this.#ends.get(packet.destinationMac)?.firewall;
    // Of an end that never sent, only that it is not the other is known.
    const from = source ?? (destination === 0 ? 1 : 0);
    return { source: this.#ipOf(path, from), destination: this.#ipOf(path, destination ?? 1 - from) };
  }

  #ipOf(path: Path, firewall: number): number {
    const configured = this.#devices[firewall]?.ha2Addresses;
    const ip = path === 'ha2' || path === 'ha2-backup' ? configured?.[path] : undefined;
    return ip !== undefined && IPV4.test(ip) ? numberOf(ip) : inventedIp(path, firewall);
  }
}

function numberOf(ip: string): number {
  return ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

const CONTROL: readonly Path[] = ['ha1', 'ha1-backup', 'heartbeat-backup'];
const DATA: readonly Path[] = ['ha2', 'ha2-backup'];

/** On which paths each kind of packet travels, when it is one between the firewalls that has IP. */
const FAMILIES: Readonly<Partial<Record<CapturedPacket['kind'], readonly Path[]>>> = {
  heartbeat: CONTROL,
  'heartbeat-reply': CONTROL,
  hello: CONTROL,
  'hello-acknowledgement': CONTROL,
  'configuration-sync': CONTROL,
  'configuration-acknowledgement': CONTROL,
  'session-sync': DATA,
  'bulk-request': DATA,
  'bulk-sync': DATA,
  'ha2-keep-alive': DATA,
  'ha2-keep-alive-reply': DATA,
};
