/**
 * Connection tracking of a network interface: which conversations its security groups have let through, so that their packets go on
 * passing whatever the rules say by then, until they have been idle for too long (source A8, "Security group connection tracking").
 *
 * TCP and UDP go on in both directions, even when the rule that admitted them is revoked. Of ICMP only the answers do: each echo
 * request is asked about anew (lint rule X40: without its rule, HA1's heartbeats stop). Of other protocols only the addresses are
 * tracked, and either side may begin.
 */

import { PROTOCOL, type Traffic } from './traffic-of.ts';

/**
 * After so long idle a conversation is forgotten, in microseconds. AWS's defaults: TCP on all but the sixth generation of Nitro, which
 * no instance type here has (350 s there); UDP with one exchange, and with more; other protocols. Of ICMP AWS publishes none; ours.
 */
const IDLE_US = {
  tcp: 432_000_000_000,
  udpOnce: 30_000_000,
  udpStream: 180_000_000,
  icmp: 30_000_000,
  other: 600_000_000,
} as const;

/** Conversations above which idle ones are swept out. */
const SWEEP_ABOVE = 4_096;

interface Conversation {
  readonly protocol: number;
  seenUs: number;
  /** How often an answer followed a question. */
  exchanges: number;
  isAnswered: boolean;
}

export class ConnectionTracking {
  readonly #conversations = new Map<string, Conversation>();
  #sweepAbove = SWEEP_ABOVE;

  /** Conversations that are remembered, the idle ones that were not swept out yet included. */
  get size(): number {
    return this.#conversations.size;
  }

  /** Whether a packet passes because it belongs to a conversation that is tracked. */
  passes(traffic: Traffic, nowUs: number): boolean {
    const { protocol, answer } = traffic;
    if (!isTracked(traffic) || (protocol === PROTOCOL.icmp && !answer)) return false;
    const conversation = this.#conversations.get(keyOf(traffic));
    return conversation !== undefined && nowUs - conversation.seenUs <= idleUs(conversation);
  }

  /** A packet has passed. The server's end of a TCP connection ends its tracking. */
  passed(traffic: Traffic, nowUs: number): void {
    if (!isTracked(traffic)) return;
    const key = keyOf(traffic);
    const { protocol, answer } = traffic;
    if (traffic.ends && answer) {
      this.#conversations.delete(key);
      return;
    }
    const known = this.#conversations.get(key);
    if (known === undefined) {
      this.#conversations.set(key, { protocol, seenUs: nowUs, exchanges: 0, isAnswered: answer });
      if (this.#conversations.size > this.#sweepAbove) this.#sweep(nowUs);
      return;
    }
    if (answer && !known.isAnswered) known.exchanges += 1;
    known.isAnswered = answer;
    known.seenUs = nowUs;
  }

  #sweep(nowUs: number): void {
    for (const [key, conversation] of this.#conversations) {
      if (nowUs - conversation.seenUs > idleUs(conversation)) this.#conversations.delete(key);
    }
    this.#sweepAbove = Math.max(SWEEP_ABOVE, 2 * this.#conversations.size);
  }
}

/** Not what stands for itself: see `Traffic.flow`. */
function isTracked({ protocol, flow }: Traffic): boolean {
  return flow !== 0 || protocol === PROTOCOL.icmp || protocol === PROTOCOL.esp;
}

function idleUs({ protocol, exchanges }: Conversation): number {
  if (protocol === PROTOCOL.tcp) return IDLE_US.tcp;
  if (protocol === PROTOCOL.udp) return exchanges > 1 ? IDLE_US.udpStream : IDLE_US.udpOnce;
  return protocol === PROTOCOL.icmp ? IDLE_US.icmp : IDLE_US.other;
}

/** One name for both directions. */
function keyOf({ protocol, source, destination, answer, flow }: Traffic): string {
  const isOneWay = protocol === PROTOCOL.esp;
  const swapped = isOneWay ? source > destination : answer;
  const [client, server] = swapped ? [destination, source] : [source, destination];
  return `${protocol} ${client} ${server} ${isOneWay ? 0 : flow}`;
}
