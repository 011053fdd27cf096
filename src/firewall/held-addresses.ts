/**
 * The virtual addresses that one firewall of an active/active pair holds, and how they come and go.
 *
 * After every edge of the protocol each address is decided anew. What is newly held is announced with gratuitous ARP like the
 * addresses of a new active: two at once, eight more at 1 s spacing (K12). The announcement of a shared address names the MAC
 * address that moves, and every host that knows the address takes it, as real ones do: all of them use that MAC until
 * their ARP caches age out, and reach a firewall either way.
 */

import type { DeviceId } from '../ha/config.ts';
import { forwardsTraffic } from '../ha/role.ts';
import type { HaState } from '../ha/state.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { formatIp, formatMac, virtualMac } from '../network/address.ts';
import type { ServedAddress } from '../network/ip-interface.ts';
import { GARP_AT_ONCE, GARP_LATER, GARP_SPACING_US, type Announcer } from './garp.ts';
import type { Interface } from './layer3.ts';
import type { FirewallRoutes } from './routes.ts';
import type { FirewallSettings } from './settings.ts';
import { devicesOf, holdsAddress, shareOf, type VirtualAddress } from './virtual-address.ts';

/** An address with the virtual MAC address of one device: what is held or not. */
interface Claim extends ServedAddress {
  readonly address: VirtualAddress;
  readonly device: DeviceId;
  /** Number of the announcement with which it was taken; 0 while it is not held. */
  announcement: number;
}

export class HeldAddresses implements Announcer {
  readonly #name: string;
  readonly #simulation: Simulation;
  readonly #routes: FirewallRoutes;
  readonly #number: number;
  readonly #self: DeviceId;
  readonly #announcesAgain: boolean;
  readonly #claims: readonly Claim[];
  #interfaces: readonly Interface[] = [];
  #held: readonly string[] = [];
  #announcements = 0;
  /** The peer has not been heard since both last served: it may hold, and have announced, what is held here. */
  #apart = false;
  /** What was taken last and has passed no packet yet, and why it was taken. */
  #awaited: readonly Claim[] = [];
  #awaitedSince = 0;

  constructor(simulation: Simulation, routes: FirewallRoutes, settings: FirewallSettings) {
    this.#name = settings.name;
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.garp.add(this);
    this.#self = settings.ha.deviceId;
    this.#announcesAgain = settings.assumptions.keptAddresses === 'on-reunion';
    const { groupId } = settings.ha.compatibility;
    this.#claims = settings.virtualAddresses.flatMap((address) =>
      devicesOf(address).map((device) => ({
        address,
        device,
        ip: address.ip,
        mac: virtualMac(groupId, address.interface, device),
        answers: (requesterIp) => this.#answers(address, requesterIp, device),
        announcement: 0,
      })),
    );
  }

  #answers({ rule }: VirtualAddress, requesterIp: number, device: DeviceId): boolean {
    if (rule.kind === 'ip-modulo') this.#simulation.assume('ip-modulo-parity');
    return shareOf(rule, requesterIp, device) === device;
  }

  /** What is held, as `10.0.0.1 00:1b:17:00:01:11`. */
  get held(): readonly string[] {
    return this.#held;
  }

  /** The virtual addresses are on these interfaces from now on. */
  attach(interfaces: readonly Interface[]): void {
    this.#interfaces = interfaces;
    this.#serve();
  }

  /** Holds what it has long held; the switches know. */
  begin(state: HaState, cause: number): void {
    for (const { address, ip, mac } of this.#change(state, cause)) this.#at(address)?.ip.announce(ip, mac);
  }

  /** Takes and gives up what this state asks for; null = holds nothing, for the dataplane does not work. */
  follow(state: HaState | null): void {
    const kept = this.#claims.filter(isHeld);
    const taken = this.#change(state).filter(isHeld);
    const again = this.#announcesKept(state) ? kept.filter(isHeld) : [];
    if (taken.length + again.length === 0) return;
    if (taken.length > 0) {
      this.#awaited = taken;
      this.#awaitedSince = this.#simulation.cause;
    } else this.#announcements += 1;
    for (const claim of again) claim.announcement = this.#announcements;
    this.#announce(this.#announcements, GARP_AT_ONCE);
    this.#routes.garp.schedule(GARP_SPACING_US, this.#number, GARP_LATER, this.#announcements);
  }

  /**
   * Both serve and hear each other again: switches send what one of them has kept to whoever announced it last (ours). Transit
   * packets do not teach them better, for they leave with the port's own MAC address.
   */
  #announcesKept(state: HaState | null): boolean {
    if (!this.#meetsAgain(state)) return false;
    this.#simulation.assume('kept-address-announcement');
    return this.#announcesAgain;
  }

  #meetsAgain(state: HaState | null): boolean {
    if (state === null) return false;
    const { connection, hello } = state.peer;
    const wasApart = this.#apart;
    this.#apart = connection !== 'up';
    return wasApart && !this.#apart && forwardsTraffic(state.role) && forwardsTraffic(hello?.role ?? null);
  }

  /** A packet that came in by this MAC address has been forwarded: whoever used an address that moved is served again. */
  passed(mac: number, wayUs: number): void {
    if (this.#awaited.length === 0) return;
    const passes = this.#awaited.find((claim) => claim.mac === mac && isHeld(claim));
    if (passes === undefined) return;
    this.#awaited = [];
    const address = formatIp(passes.ip);
    this.#routes.noteRestored(wayUs, { subject: this.#name, data: { address } }, this.#awaitedSince);
  }

  /** Repeats an announcement, of what is still held. */
  announceAgain(left: number, announcement: number): void {
    if (!this.#announce(announcement, 1) || left === 1) return;
    this.#routes.garp.schedule(GARP_SPACING_US, this.#number, left - 1, announcement);
  }

  /** Brings the claims in line with the state, and notes every change. */
  #change(state: HaState | null, cause = this.#simulation.cause): readonly Claim[] {
    const wanted = (claim: Claim): boolean =>
      state !== null &&
      this.#at(claim.address) !== undefined &&
      holdsAddress(claim.address, claim.device, this.#self, state);
    const changed = this.#claims.filter((claim) => wanted(claim) !== isHeld(claim));
    if (changed.length === 0) return changed;
    this.#announcements += 1;
    for (const claim of changed) claim.announcement = isHeld(claim) ? 0 : this.#announcements;
    this.#serve();
    for (const claim of changed) {
      const data = {
        address: formatIp(claim.ip),
        interface: claim.address.interface,
        mac: formatMac(claim.mac),
        held: isHeld(claim),
        ...(devicesOf(claim.address).length > 1 ? { share: claim.device } : {}),
      };
      this.#simulation.note('address', this.#name, data, cause);
    }
    return changed;
  }

  #serve(): void {
    const held = this.#claims.filter(isHeld);
    this.#held = held.map(({ ip, mac }) => `${formatIp(ip)} ${formatMac(mac)}`);
    for (const { port, ip } of this.#interfaces) {
      ip.serve(held.filter(({ address }) => address.interface === port.name));
    }
  }

  /** Returns false when nothing of it is held any more. */
  #announce(announcement: number, times: number): boolean {
    const claims = this.#claims.filter((claim) => claim.announcement === announcement);
    if (claims.length === 0) return false;
    const sent = new Set<string>();
    const lost = new Set<string>();
    for (const { address } of claims) {
      const at = this.#at(address);
      if (at !== undefined) (at.port.port.passes ? sent : lost).add(address.interface);
    }
    const addresses = [...new Set(claims.map(({ ip }) => formatIp(ip)))];
    const before = this.#simulation.cause;
    const data = { times, sent: [...sent], lost: [...lost], addresses };
    this.#simulation.cause = this.#simulation.note('garp', this.#name, data);
    for (const { address, ip, mac } of claims) {
      for (let i = 0; i < times; i += 1) this.#at(address)?.ip.announce(ip, mac);
    }
    this.#simulation.cause = before;
    return true;
  }

  #at(address: VirtualAddress): Interface | undefined {
    return this.#interfaces.find(({ port }) => port.name === address.interface);
  }
}

function isHeld(claim: Claim): boolean {
  return claim.announcement !== 0;
}
