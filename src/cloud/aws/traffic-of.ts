/**
 * Frames as security groups see them: by protocol and port. HA1 is ICMP and TCP on the management interfaces, HA2 UDP 29281 or IP
 * protocol 99 (reference aws-ha.md, K3 to K6; rules C-014 to C-017).
 */

import { FLAG, FRAME, type Frame, type FrameKind } from '../../network/frame.ts';

/** IP protocol numbers. */
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, esp: 50, ha2: 99 } as const;

export interface Traffic {
  readonly protocol: number;
  /** Destination ports at the server, of TCP and UDP: a security group has to admit each of them. */
  readonly ports: readonly number[];
  readonly source: number;
  readonly destination: number;
  /** It goes from the server back to the client. */
  readonly answer: boolean;
  /** Tells conversations between two addresses apart; 0 = it belongs to none, each packet stands for itself. */
  readonly flow: number;
  /** One side ends the conversation (TCP's FIN). */
  readonly ends: boolean;
}

/** How a pair's HA messages look. */
export interface HaTraffic {
  /** HA1 is encrypted: one TCP port instead of two. */
  readonly encrypted: boolean;
  readonly ha2: 'udp' | 'ip';
}

/** Destination ports of HA's messages: HA1 on TCP, clear and encrypted, and HA2 on UDP (K3, K6). */
export const HA_PORTS = { ha1: [28_769, 28_260], ha1Encrypted: [28], ha2: [29_281] } as const;
const NONE: readonly number[] = [];

const HA1: ReadonlySet<FrameKind> = new Set([FRAME.hello, FRAME.helloAck, FRAME.configSync, FRAME.configAck]);
const HA2: ReadonlySet<FrameKind> = new Set([
  FRAME.sessionSync,
  FRAME.bulkRequest,
  FRAME.bulkSync,
  FRAME.ha2KeepAlive,
  FRAME.ha2KeepAliveReply,
]);
const PING: ReadonlySet<FrameKind> = new Set([FRAME.echoRequest, FRAME.echoReply]);

/**
 * Asked twice for every packet of a VPC, so the result is one literal: put together by spreading, it was half of a run's time.
 *
 * @param source,destination as the security group is to see them: HA messages carry no addresses of their own
 */
export function trafficOf(frame: Frame, ha: HaTraffic, source: number, destination: number): Traffic {
  const { kind, flags } = frame;
  const isPing = PING.has(kind);
  // Each message of HA stands for itself, for the model has no connections of it: without its rule it stops at once (X40).
  const isHa = HA1.has(kind) || HA2.has(kind);
  const toServer = (flags & FLAG.toServer) !== 0;
  return {
    protocol: protocolOf(kind, ha),
    ports: portsOf(frame, ha),
    source,
    destination,
    answer: isPing ? kind === FRAME.echoReply : !isHa && !toServer,
    flow: isHa ? 0 : frame.flow,
    ends: (flags & FLAG.fin) !== 0,
  };
}

function protocolOf(kind: FrameKind, ha: HaTraffic): number {
  if (PING.has(kind)) return PROTOCOL.icmp;
  if (kind === FRAME.esp) return PROTOCOL.esp;
  if (HA2.has(kind) && ha.ha2 === 'ip') return PROTOCOL.ha2;
  return kind === FRAME.tcp || HA1.has(kind) ? PROTOCOL.tcp : PROTOCOL.udp;
}

function portsOf({ kind, port }: Frame, ha: HaTraffic): readonly number[] {
  if (HA1.has(kind)) return ha.encrypted ? HA_PORTS.ha1Encrypted : HA_PORTS.ha1;
  if (HA2.has(kind)) return ha.ha2 === 'ip' ? NONE : HA_PORTS.ha2;
  return kind === FRAME.esp || PING.has(kind) ? NONE : [port];
}
