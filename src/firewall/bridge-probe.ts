/**
 * How path monitoring pings from a virtual wire or a VLAN, which have no interface address: with a configured source address,
 * asking for the destination by ARP on every port (D06, D21).
 *
 * Only what a neighbour's subnet holds answers ARP, so a destination beyond it never does. Each ping leaves with its port's
 * own MAC address: the two firewalls of a pair share the source address, and each must get its own answers.
 */

import { BROADCAST_MAC } from '../network/address.ts';
import { FRAME, makeFrame, readdress, type Frame } from '../network/frame.ts';
import type { DataPort } from './data-port.ts';
import type { ProbeExit } from './probe-exit.ts';

interface Neighbour {
  readonly port: DataPort;
  readonly mac: number;
  /** Nothing has come back since the last ping: asks again before the next. */
  doubtful: boolean;
}

export class BridgeProbe {
  readonly #ports: readonly DataPort[];
  readonly #neighbours = new Map<number, Neighbour>();
  /** The ping that waits for its destination's MAC address. */
  readonly #waiting = new Map<number, Frame>();
  readonly #sources = new Set<number>();

  constructor(ports: readonly DataPort[]) {
    this.#ports = ports;
  }

  /** The way out for a ping from this address; null while no port is up. */
  exit(sourceIp: number): ProbeExit | 'flapping' | null {
    if (this.#ports.some((port) => port.flapping)) return 'flapping';
    if (!this.#ports.some((port) => port.lit)) return null;
    this.#sources.add(sourceIp);
    return { sourceIp, send: (frame) => this.#send(sourceIp, frame) };
  }

  #send(sourceIp: number, frame: Frame): void {
    const neighbour = this.#neighbours.get(frame.destinationIp);
    if (neighbour !== undefined && !neighbour.doubtful) return this.#ping(neighbour, frame);
    this.#waiting.set(frame.destinationIp, frame);
    for (const { port, mac } of this.#ports) {
      port.send(
        makeFrame(FRAME.arpRequest, mac, BROADCAST_MAC, sourceIp, frame.destinationIp, { bytes: 64 }),
      );
    }
  }

  #ping(neighbour: Neighbour, frame: Frame): void {
    neighbour.doubtful = true;
    neighbour.port.port.send(readdress(frame, neighbour.port.mac, neighbour.mac));
  }

  /**
   * Looks at a frame that came in on one of the ports.
   *
   * @returns true when it was for the probe and goes no further
   */
  receive(port: DataPort, frame: Frame): boolean {
    if (frame.kind === FRAME.arpRequest && this.#sources.has(frame.destinationIp)) {
      this.#answer(port, frame);
      return true;
    }
    if (frame.destinationMac !== port.mac) return false;
    if (frame.kind === FRAME.arpReply) this.#learn(port, frame);
    else if (frame.kind === FRAME.echoReply) this.#heard(frame.sourceIp);
    return true;
  }

  #answer(port: DataPort, { sourceMac, sourceIp, destinationIp }: Frame): void {
    port.port.send(makeFrame(FRAME.arpReply, port.mac, sourceMac, destinationIp, sourceIp, { bytes: 64 }));
  }

  #learn(port: DataPort, { sourceIp, sourceMac }: Frame): void {
    const neighbour = { port, mac: sourceMac, doubtful: false };
    this.#neighbours.set(sourceIp, neighbour);
    const waiting = this.#waiting.get(sourceIp);
    this.#waiting.delete(sourceIp);
    if (waiting !== undefined) this.#ping(neighbour, waiting);
  }

  #heard(ip: number): void {
    const neighbour = this.#neighbours.get(ip);
    if (neighbour !== undefined) neighbour.doubtful = false;
  }
}
