/**
 * The way of a transit packet through a firewall: finds or makes its session, and in an active/active pair takes it over HA3 to
 * the firewall that owns or sets up the session (reference section 7: D13, D14, D21; ).
 *
 * A packet that has come over HA3 never asks for another crossing on behalf of the same step, so none circles: the set-up firewall
 * sends back, the owner forwards, and a tentative firewall hands on everything.
 */

import type { HaState } from '../ha/state.ts';
import { forwardsTraffic } from '../ha/role.ts';
import { isMulticast } from '../network/address.ts';
import { FLAG, FRAME, type Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import type { NatBinding, Session, SessionProtocol, SessionTable } from '../traffic/session-table.ts';
import type { DeviceId } from '../ha/config.ts';
import type { DataPort } from './data-port.ts';
import type { Ha3Link, Ha3Packet, Ha3Purpose } from './ha3-link.ts';
import { otherDevice, ownerOf, setupOf, type LoadSharing } from './load-sharing.ts';
import { bindNat, translate, type NatRule } from './nat.ts';
import { SessionOwnership, type Taking } from './session-ownership.ts';
import {
  bear,
  BirthStep,
  close,
  CloseStep,
  CrossingCount,
  TouchStep,
  type Birth,
  type Sessions,
} from './session-steps.ts';

export interface PacketPathOwner {
  /** The packet belongs to a session that this firewall does not know. */
  sessionMissing(flow: number): void;
  /** Sends a packet out: along the routes, or on through the wire or VLAN that it came in by. */
  egress(frame: Frame, ingress: DataPort): void;
  /** The packet goes on to the peer, over HA3. */
  handedOver(frame: Frame): void;
  isBridged(ingress: DataPort): boolean;
  portNamed(name: string): DataPort | undefined;
  /** Answers ARP for these addresses, and no others, in the name of NAT. */
  answerFor(addresses: readonly number[]): void;
  drop(frame: Frame): void;
}

/** How this firewall takes part in an active/active pair; null in active/passive. */
export interface ActiveActivePath {
  readonly rules: LoadSharing;
  /** Null when no HA3 is configured. */
  readonly ha3: Ha3Link | null;
}

export class PacketPath {
  readonly #owner: PacketPathOwner;
  readonly #network: Network;
  readonly #sessions: Sessions;
  readonly #table: SessionTable;
  readonly #touchStep: TouchStep;
  readonly #closeStep: CloseStep;
  readonly #pair: ActiveActivePath | null;
  #nat: readonly NatRule[] = [];
  #tentative = false;
  #primary: DeviceId = 0;
  readonly #ownership: SessionOwnership | null;
  #taking: Taking = { self: false, peer: false, split: false };
  /** Packets that left, by the number of their HA3 crossings. */
  readonly crossings: number[] = [];

  constructor(owner: PacketPathOwner, network: Network, sessions: Sessions, pair: ActiveActivePath | null) {
    this.#owner = owner;
    this.#network = network;
    this.#sessions = sessions;
    this.#table = sessions.table;
    this.#touchStep = new TouchStep(sessions.table);
    this.#closeStep = new CloseStep(sessions);
    this.#pair = pair;
    this.#ownership =
      pair === null ? null : new SessionOwnership(sessions.table, pair.rules.self, pair.rules.onReturn);
  }

  configure(nat: readonly NatRule[]): void {
    this.#nat = nat;
    this.#answerForNat();
  }

  /**
   * True for a packet that NAT has addressed to this firewall and that goes on to somebody else; its session may be the peer's.
   *
   * @param interfaceIp the interface's own address, from which this firewall pings itself
   */
  translates(frame: Frame, interfaceIp: number): boolean {
    const { kind, destinationIp } = frame;
    const session = this.#sessionOf(frame);
    if (session !== undefined) return session.nat?.translatedIp === destinationIp;
    const pong = kind === FRAME.echoReply && destinationIp !== interfaceIp;
    const data = kind === FRAME.tcp || kind === FRAME.udp || pong;
    return data && isAnswer(frame) && this.#isNatAddress(frame);
  }

  // --- the pair ------------------------------------------------------------------------------------------------------

  /** Follows the protocol's view of the pair; sessions change owners with it. */
  follow({ role, peer }: HaState): void {
    if (this.#pair === null) return;
    const { self } = this.#pair.rules;
    const peerRole = peer.connection === 'up' ? (peer.hello?.role ?? null) : null;
    this.#tentative = role === 'tentative';
    this.#primary = role !== 'active-primary' && peerRole === 'active-primary' ? otherDevice(self) : self;
    this.#take({ ...this.#taking, self: forwardsTraffic(role), peer: forwardsTraffic(peerRole) });
    this.#answerForNat();
  }

  /** HA2 keep-alive has failed with action split-datapath: each owns what it has until HA2 is back. */
  splitDatapath(split: boolean): void {
    this.#take({ ...this.#taking, split });
  }

  #take(taking: Taking): void {
    this.#taking = taking;
    if (this.#ownership?.follow(taking, this.#network.simulation.nowUs) === true)
      this.#network.simulation.assume('session-ownership-return');
  }

  get #peerTakesPart(): boolean {
    return this.#ownership?.peerTakesPart === true;
  }

  /** Of the addresses that NAT translates to, this firewall answers for those of its own rules. */
  #answerForNat(): void {
    const pair = this.#pair;
    const isOurs = ({ binding }: NatRule): boolean => {
      if (pair === null) return true;
      if (!this.#taking.self) return false;
      return typeof binding === 'number' ? binding === pair.rules.self : this.#primary === pair.rules.self;
    };
    this.#owner.answerFor(this.#nat.filter(isOurs).map((rule) => rule.translatedIp));
  }

  // --- packets from the network --------------------------------------------------------------------------------------

  /** A transit packet has come in. */
  receive(frame: Frame, ingress: DataPort): void {
    if (this.#table.isOver(frame.flow)) return this.#owner.drop(frame);
    if (this.#tentative) return this.#toPeer('owner', frame, ingress);
    const session = this.#sessionOf(frame);
    if (session !== undefined) this.#known(session, frame, ingress);
    else if (startsSession(frame)) this.#first(frame, ingress);
    else this.#unknown(frame, ingress);
  }

  /** The session of a packet: not that of the same flow, of another time or from the peer, which is translated differently. */
  #sessionOf(frame: Frame): Session | undefined {
    const session = this.#table.get(frame.flow);
    if (session === undefined || !isAnswer(frame)) return session;
    const { nat } = session;
    const differs = nat === null ? this.#isNatAddress(frame) : frame.destinationIp !== nat.translatedIp;
    return differs ? undefined : session;
  }

  #isNatAddress({ destinationIp }: Frame): boolean {
    return this.#nat.some((rule) => rule.translatedIp === destinationIp);
  }

  #known(session: Session, frame: Frame, ingress: DataPort): void {
    if (this.#ownership?.owns(session) !== false) return this.#pass(session, frame, ingress);
    this.#keepAlive(session);
    this.#toPeer('owner', frame, ingress);
  }

  /** The first packet of a session: who owns it, and who sets it up? */
  #first(frame: Frame, ingress: DataPort): void {
    if (this.#pair === null) return this.#pass(this.#make(frame, 0), frame, ingress);
    const { rules } = this.#pair;
    const { self } = rules;
    const alone = !this.#peerTakesPart || !this.#canCross;
    if (!alone && rules.owner !== 'primary-device' && rules.setup.kind === 'ip-modulo') {
      this.#network.simulation.assume('ip-modulo-parity');
    }
    const owner = alone ? self : ownerOf(rules, self, this.#primary);
    const setup = alone ? self : setupOf(rules, self, this.#primary, frame);
    if (owner !== self) this.#toPeer('owner', frame, ingress);
    else if (setup !== self) this.#toPeer('set-up', frame, ingress);
    else this.#pass(this.#make(frame, self), frame, ingress);
  }

  /** No session, and none can be made of it: the peer may own it and its sync message still be under way. */
  #unknown(frame: Frame, ingress: DataPort): void {
    const mayAsk = this.#peerTakesPart && this.#canCross;
    if (mayAsk) this.#network.simulation.assume('unknown-session-packet');
    if (mayAsk && this.#pair?.rules.unknownPacket === 'peer') this.#toPeer('owner', frame, ingress);
    else this.#refuse(frame);
  }

  /** TCP that is no SYN and belongs to no session is dropped (PAN-OS `tcp-reject-non-syn`), as is any answer. */
  #refuse(frame: Frame): void {
    this.#network.way?.isUncertain();
    if (frame.kind === FRAME.tcp) this.#owner.sessionMissing(frame.flow);
    this.#owner.drop(frame);
  }

  #make(frame: Frame, owner: DeviceId, nat = this.#bind(frame, owner)): Session {
    const protocol = protocolOf(frame);
    const ours = this.#pair === null || owner === this.#pair.rules.self;
    const sync = isMulticast(frame.destinationIp) ? 'never' : ours ? 'tell' : 'copy';
    const birth: Birth = {
      protocol,
      origin: { owner, layer7: true, nat },
      sync: sync !== 'never' && protocol === 'icmp' ? 'untold' : sync,
    };
    this.#network.way?.stepsSession(new BirthStep(this.#sessions, birth));
    return bear(this.#sessions, frame.flow, birth, this.#network.simulation.nowUs);
  }

  #bind({ sourceIp }: Frame, owner: DeviceId): NatBinding | null {
    if (this.#nat.length === 0) return null;
    const device = { device: owner, isPrimary: owner === this.#primary };
    return bindNat(this.#nat, sourceIp, this.#pair === null ? null : device);
  }

  #pass(session: Session, frame: Frame, ingress: DataPort): void {
    this.#touch(session, frame);
    this.#out(translate(frame, session.nat), ingress);
  }

  #touch(session: Session, frame: Frame): void {
    this.#keepAlive(session);
    const closed = (frame.flags & FLAG.fin) !== 0 && (frame.flags & FLAG.toServer) === 0;
    if (!closed) return;
    this.#network.way?.stepsSession(this.#closeStep);
    close(this.#sessions, session.flow);
  }

  #keepAlive(session: Session): void {
    session.lastUs = this.#network.simulation.nowUs;
    this.#network.way?.stepsSession(this.#touchStep);
  }

  #out(frame: Frame, ingress: DataPort): void {
    if (this.#pair !== null) {
      const count = new CrossingCount(this.crossings, frame.crossings);
      count.repeat(1);
      this.#network.way?.leavesMark(count);
    }
    this.#owner.egress(frame, ingress);
  }

  // --- HA3 -----------------------------------------------------------------------------------------------------------

  get #canCross(): boolean {
    return this.#pair?.ha3?.up === true && this.#pair.rules.packetForwarding;
  }

  #toPeer(purpose: Ha3Purpose, frame: Frame, ingress: DataPort): void {
    const ha3 = this.#pair?.ha3 ?? null;
    if (ha3 === null) return this.#owner.drop(frame);
    if (this.#pair?.rules.packetForwarding !== true) return ha3.drop(frame, 'forwarding');
    const bridged = this.#owner.isBridged(ingress);
    ha3.send({ purpose, frame, ingress: ingress.name, bridged, nat: null });
    if (ha3.up) this.#owner.handedOver(frame);
  }

  /** A packet from the peer. */
  fromPeer(packet: Ha3Packet): void {
    const { purpose, frame } = packet;
    const ingress = this.#owner.portNamed(packet.ingress);
    if (this.#pair === null || ingress === undefined || this.#table.isOver(frame.flow)) {
      return this.#owner.drop(frame);
    }
    if (purpose === 'egress') this.#out(frame, ingress);
    else if (purpose === 'set-up') this.#setUpForPeer(packet, this.#pair);
    else if (purpose === 'set-up-done') this.#setUpByPeer(packet, ingress, this.#pair.rules.self);
    else this.#forPeer(packet, ingress, this.#pair);
  }

  #setUpForPeer(packet: Ha3Packet, { rules, ha3 }: ActiveActivePath): void {
    const { frame } = packet;
    const session = this.#table.get(frame.flow) ?? this.#make(frame, otherDevice(rules.self));
    ha3?.send({ ...packet, purpose: 'set-up-done', nat: session.nat });
  }

  #setUpByPeer({ frame, nat }: Ha3Packet, ingress: DataPort, self: DeviceId): void {
    this.#pass(this.#table.get(frame.flow) ?? this.#make(frame, self, nat), frame, ingress);
  }

  /** Works on a packet that the peer received: as the owner of its session, or because the peer is tentative. */
  #forPeer(packet: Ha3Packet, ingress: DataPort, { rules, ha3 }: ActiveActivePath): void {
    const { frame } = packet;
    const known = this.#sessionOf(frame);
    if (known === undefined && !startsSession(frame)) return this.#refuse(frame);
    const session = known ?? this.#make(frame, rules.self);
    this.#touch(session, frame);
    const processed = translate(frame, session.nat);
    // A virtual wire's packet leaves by the port that it was going to, and that port is the sender's (D21).
    if (packet.bridged) ha3?.send({ ...packet, purpose: 'egress', frame: processed });
    else this.#out(processed, ingress);
  }
}

/** A packet that can make a session: a request, and of TCP only a SYN. */
function startsSession(frame: Frame): boolean {
  return !isAnswer(frame) && (frame.kind !== FRAME.tcp || (frame.flags & FLAG.syn) !== 0);
}

/** True for a packet from a server to its client. */
export function isAnswer(frame: Frame): boolean {
  if (frame.kind === FRAME.echoRequest) return false;
  return frame.kind === FRAME.echoReply || (frame.flags & FLAG.toServer) === 0;
}

function protocolOf(frame: Frame): SessionProtocol {
  if (frame.kind === FRAME.tcp) return 'tcp';
  if (frame.kind === FRAME.esp) return 'esp';
  return frame.kind === FRAME.udp ? 'udp' : 'icmp';
}
