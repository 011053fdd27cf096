/**
 * `ping`: one echo request per interval, as the tool does it, and what it saw: replies lost and the longest silence. `dhcp` does
 * the same with DISCOVERs, which are broadcasts, and OFFERs.
 *
 * A reply counts when it comes within the timeout; the request that it answers may have been sent before others whose
 * replies are still out. Memory holds only the requests that wait.
 */

import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { discover } from '../network/dhcp.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { FRAME, makeFrame, type Frame } from '../network/frame.ts';
import { OutageLog, type Outages } from './outages.ts';
import type { Conversation, Traffic } from './traffic.ts';

export const PROBE_EVENTS = ['probe.send', 'probe.timeout'] as const;

export interface PingSettings {
  readonly name: string;
  readonly type?: 'ping' | 'dhcp';
  readonly targetIp: number;
  readonly intervalUs: number;
  readonly timeoutUs: number;
}

/** What every kind of probe tells of its losses. Times in microseconds. */
export interface ProbeLosses extends Outages {
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  /** Longest time between two replies in a row, or between the start or end of the run and its nearest reply. */
  readonly longestGapUs: number;
  /** Lost packets ÷ rate. */
  readonly lossDerivedUs: number;
}

/** Of round trips: which way a packet was lost, the tool cannot tell. */
export interface PingResult extends ProbeLosses {
  readonly name: string;
  /** Absent for `ping`. */
  readonly type?: 'dhcp';
  readonly intervalUs: number;
}

export class ProbeRoutes {
  readonly send: Route<Ping>;
  readonly timeout: Route<Ping>;

  constructor(simulation: Simulation) {
    this.send = new Route(simulation, 'probe.send', (ping) => ping.send());
    this.timeout = new Route(simulation, 'probe.timeout', (ping, sequence, sentUs) =>
      ping.timedOut(sequence, sentUs),
    );
  }
}

export class Ping implements Conversation {
  readonly #simulation: Simulation;
  readonly #routes: ProbeRoutes;
  readonly #number: number;
  readonly #source: Endpoint;
  readonly #settings: PingSettings;
  readonly #flow: number;
  /** Requests that wait for a reply, by sequence number, with the time of sending. */
  readonly #waiting = new Map<number, number>();
  readonly #log = new OutageLog();
  /** Fates that are known but cannot be told yet, because an earlier request still waits. */
  readonly #fates = new Map<number, { readonly sentUs: number; readonly answeredUs: number | null }>();
  #told = 0;
  #sent = 0;
  #received = 0;
  #lost = 0;
  #lastReplyUs = 0;
  #longestGapUs = 0;

  constructor(
    simulation: Simulation,
    routes: ProbeRoutes,
    traffic: Traffic,
    source: Endpoint,
    settings: PingSettings,
  ) {
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.send.add(this);
    routes.timeout.add(this);
    this.#source = source;
    this.#settings = settings;
    this.#flow = traffic.open(this);
  }

  start(): void {
    this.#routes.send.schedule(0, this.#number);
  }

  send(): void {
    const { type, targetIp, intervalUs, timeoutUs } = this.#settings;
    this.#routes.send.schedule(intervalUs, this.#number);
    this.#sent += 1;
    const sequence = this.#sent;
    const nowUs = this.#simulation.nowUs;
    this.#waiting.set(sequence, nowUs);
    this.#routes.timeout.schedule(timeoutUs, this.#number, sequence, nowUs);
    const { ip, mac } = this.#source;
    const options = { flow: this.#flow, sequence };
    if (type === 'dhcp') this.#source.broadcast(discover({ ip, mac }, this.#flow, sequence));
    else this.#source.send(makeFrame(FRAME.echoRequest, 0, 0, ip, targetIp, options));
  }

  answered(frame: Frame): void {
    const sentUs = this.#waiting.get(frame.sequence);
    if (sentUs === undefined) return; // Late, or a duplicate.
    this.#waiting.delete(frame.sequence);
    this.#received += 1;
    this.#silenceEnds();
    this.#tell(frame.sequence, sentUs, this.#simulation.nowUs);
  }

  timedOut(sequence: number, sentUs: number): void {
    if (!this.#waiting.delete(sequence)) return;
    this.#lost += 1;
    this.#tell(sequence, sentUs, null);
  }

  /** Outages are told in the order of sending: a loss is known a timeout later than the replies around it. */
  #tell(sequence: number, sentUs: number, answeredUs: number | null): void {
    this.#fates.set(sequence, { sentUs, answeredUs });
    for (
      let fate = this.#fates.get(this.#told + 1);
      fate !== undefined;
      fate = this.#fates.get(this.#told + 1)
    ) {
      this.#told += 1;
      this.#fates.delete(this.#told);
      if (fate.answeredUs === null) this.#log.lost(fate.sentUs);
      else this.#log.received(fate.sentUs, fate.answeredUs);
    }
  }

  #silenceEnds(): void {
    const nowUs = this.#simulation.nowUs;
    this.#longestGapUs = Math.max(this.#longestGapUs, nowUs - this.#lastReplyUs);
    this.#lastReplyUs = nowUs;
  }

  /** What the probe saw up to now; requests that still wait count as neither received nor lost. */
  result(): PingResult {
    const nowUs = this.#simulation.nowUs;
    return {
      name: this.#settings.name,
      ...(this.#settings.type === 'dhcp' ? { type: 'dhcp' } : {}),
      intervalUs: this.#settings.intervalUs,
      sent: this.#sent,
      received: this.#received,
      lost: this.#lost,
      longestGapUs: Math.max(this.#longestGapUs, nowUs - this.#lastReplyUs),
      lossDerivedUs: this.#lost * this.#settings.intervalUs,
      ...this.#log.result(nowUs),
    };
  }
}
