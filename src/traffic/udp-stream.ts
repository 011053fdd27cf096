/**
 * `udp-stream`: numbered datagrams at a constant rate, as iperf3 and traffic generators send them, from client to server, back in
 * the same session, or both ways at once; the receiver of each direction counts.
 *
 * The server begins when it first hears of the client. What it sends is an answer to the firewalls: without a session they
 * drop it, until the client has sent again. A client that only listens asks again whenever it has heard nothing for a second.
 */

import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { SECOND_US } from '../kernel/time.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { FLAG, FRAME, makeFrame, type Frame } from '../network/frame.ts';
import type { Direction } from './outages.ts';
import type { ProbeLosses } from './probe.ts';
import { StreamCounter, type DirectionResult } from './stream-counter.ts';
import type { Conversation, Traffic } from './traffic.ts';

export const STREAM_EVENTS = ['stream.send', 'stream.reply', 'stream.ask'] as const;

export interface StreamSettings {
  readonly name: string;
  readonly targetIp: number;
  /** Between two datagrams of one direction. */
  readonly intervalUs: number;
  readonly direction: Direction | 'both';
  readonly bytes: number;
  /** The server's. */
  readonly port: number;
}

export interface StreamResult extends ProbeLosses {
  readonly name: string;
  readonly type: 'udp-stream';
  readonly intervalUs: number;
  /** The directions that the stream has; the counts of the whole are their sums, its times the longer ones. */
  readonly directions: Readonly<Partial<Record<Direction, DirectionResult>>>;
}

/** A datagram that is not there after this time at the end of the run is lost; how long a client waits before it asks again. */
const GRACE_US = SECOND_US;

export class StreamRoutes {
  readonly send: Route<UdpStream>;
  readonly reply: Route<UdpStream>;
  readonly ask: Route<UdpStream>;

  constructor(simulation: Simulation) {
    this.send = new Route(simulation, 'stream.send', (stream) => stream.send());
    this.reply = new Route(simulation, 'stream.reply', (stream) => stream.reply());
    this.ask = new Route(simulation, 'stream.ask', (stream) => stream.ask());
  }
}

export class UdpStream implements Conversation {
  readonly #simulation: Simulation;
  readonly #routes: StreamRoutes;
  readonly #number: number;
  readonly #source: Endpoint;
  readonly #settings: StreamSettings;
  readonly #flow: number;
  readonly #forward: StreamCounter;
  readonly #reverse: StreamCounter;
  readonly #sent = { forward: 0, reverse: 0 };
  #heardUs = 0;
  /** The server, once it has heard of the client, and the addresses that it heard. */
  #server: { readonly endpoint: Endpoint; readonly ip: number; readonly clientIp: number } | null = null;

  constructor(
    simulation: Simulation,
    routes: StreamRoutes,
    traffic: Traffic,
    source: Endpoint,
    settings: StreamSettings,
  ) {
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.send.add(this);
    routes.reply.add(this);
    routes.ask.add(this);
    this.#source = source;
    this.#settings = settings;
    this.#forward = new StreamCounter(settings.intervalUs, 'forward');
    this.#reverse = new StreamCounter(settings.intervalUs, 'reverse');
    this.#flow = traffic.open(this);
  }

  start(): void {
    const { nowUs } = this.#simulation;
    this.#forward.startUs = nowUs;
    this.#heardUs = nowUs - GRACE_US;
    if (this.#settings.direction === 'reverse') this.#routes.ask.schedule(0, this.#number);
    else this.#routes.send.schedule(0, this.#number);
  }

  // --- at the client -------------------------------------------------------------------------------------------------

  send(): void {
    this.#routes.send.schedule(this.#settings.intervalUs, this.#number);
    this.#sent.forward += 1;
    this.#toServer(this.#sent.forward);
  }

  /** The request of a client that sends nothing else. */
  ask(): void {
    const silentUs = this.#simulation.nowUs - this.#heardUs;
    this.#routes.ask.schedule(silentUs >= GRACE_US ? GRACE_US : GRACE_US - silentUs, this.#number);
    if (silentUs >= GRACE_US) this.#toServer(0);
  }

  #toServer(sequence: number): void {
    const { targetIp, bytes, port } = this.#settings;
    const options = { flow: this.#flow, sequence, bytes, port, flags: FLAG.toServer };
    this.#source.send(makeFrame(FRAME.udp, 0, 0, this.#source.ip, targetIp, options));
  }

  answered(frame: Frame): void {
    this.#heardUs = this.#simulation.nowUs;
    this.#reverse.arrived(frame.sequence, this.#simulation.nowUs);
  }

  // --- at the server -------------------------------------------------------------------------------------------------

  arrived(frame: Frame, server: Endpoint): true {
    if (frame.sequence > 0) this.#forward.arrived(frame.sequence, this.#simulation.nowUs);
    const begins = this.#server === null;
    this.#server = { endpoint: server, ip: frame.destinationIp, clientIp: frame.sourceIp };
    if (begins && this.#settings.direction !== 'forward') {
      this.#reverse.startUs = this.#simulation.nowUs;
      this.reply();
    }
    return true;
  }

  reply(): void {
    if (this.#server === null) return;
    this.#routes.reply.schedule(this.#settings.intervalUs, this.#number);
    this.#sent.reverse += 1;
    const { endpoint, ip, clientIp } = this.#server;
    const { bytes, port } = this.#settings;
    const options = { flow: this.#flow, sequence: this.#sent.reverse, bytes, port };
    endpoint.send(makeFrame(FRAME.udp, 0, 0, ip, clientIp, options));
  }

  // --- the result ----------------------------------------------------------------------------------------------------

  result(): StreamResult {
    const { name, intervalUs, direction } = this.#settings;
    const { nowUs } = this.#simulation;
    const used = (['forward', 'reverse'] as const).filter((way) => direction === way || direction === 'both');
    const counted = used.map((way) => {
      const counter = way === 'forward' ? this.#forward : this.#reverse;
      return { way, ...counter.result(nowUs, this.#sent[way], GRACE_US) };
    });
    const sum = (key: 'sent' | 'received' | 'lost' | 'moreOutages'): number =>
      counted.reduce((total, item) => total + item.seen[key], 0);
    const longest = (key: 'longestGapUs' | 'lossDerivedUs'): number =>
      Math.max(...counted.map(({ seen }) => seen[key]));
    const firstPackets = counted.flatMap(({ seen }) => seen.firstPacketUs ?? []);
    return {
      name,
      type: 'udp-stream',
      intervalUs,
      sent: sum('sent'),
      received: sum('received'),
      lost: sum('lost'),
      longestGapUs: longest('longestGapUs'),
      lossDerivedUs: longest('lossDerivedUs'),
      firstPacketUs: firstPackets.length === 0 ? null : Math.max(...firstPackets),
      outages: counted.flatMap(({ outages }) => outages).sort((a, b) => a.fromUs - b.fromUs),
      moreOutages: sum('moreOutages'),
      directions: Object.fromEntries(counted.map(({ way, seen }) => [way, seen])),
    };
  }
}
