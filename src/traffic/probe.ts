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
import type { Conversation, Traffic } from './traffic.ts';

export const PROBE_EVENTS = ['probe.send', 'probe.timeout'] as const;

export interface PingSettings {
  readonly name: string;
  readonly type?: 'ping' | 'dhcp';
  readonly targetIp: number;
  readonly intervalUs: number;
  readonly timeoutUs: number;
}

/** A run of requests in a row that got no answer in time. Times in microseconds. */
export interface Outage {
  /** When the first unanswered request was sent. */
  readonly fromUs: number;
  /** When the first answered request after it was sent; the end of the run when there was none. */
  readonly toUs: number;
  readonly lost: number;
}

export interface PingResult {
  readonly name: string;
  /** Absent for `ping`. */
  readonly type?: 'dhcp';
  readonly intervalUs: number;
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  /** Longest time between two replies in a row, or between the start or end of the run and its nearest reply. */
  readonly longestGapUs: number;
  readonly outages: readonly Outage[];
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
  readonly #outages: Outage[] = [];
  /** Fates that are known but cannot be told yet, because an earlier request still waits. */
  readonly #fates = new Map<number, { readonly sentUs: number; readonly answered: boolean }>();
  #told = 0;
  #run: { readonly fromUs: number; lost: number } | null = null;
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
    this.#tell(frame.sequence, sentUs, true);
  }

  timedOut(sequence: number, sentUs: number): void {
    if (!this.#waiting.delete(sequence)) return;
    this.#lost += 1;
    this.#tell(sequence, sentUs, false);
  }

  /** Outages are told in the order of sending: a loss is known a timeout later than the replies around it. */
  #tell(sequence: number, sentUs: number, answered: boolean): void {
    this.#fates.set(sequence, { sentUs, answered });
    for (
      let fate = this.#fates.get(this.#told + 1);
      fate !== undefined;
      fate = this.#fates.get(this.#told + 1)
    ) {
      this.#told += 1;
      this.#fates.delete(this.#told);
      if (fate.answered) this.#endOutage(fate.sentUs);
      else if (this.#run === null) this.#run = { fromUs: fate.sentUs, lost: 1 };
      else this.#run.lost += 1;
    }
  }

  #silenceEnds(): void {
    const nowUs = this.#simulation.nowUs;
    this.#longestGapUs = Math.max(this.#longestGapUs, nowUs - this.#lastReplyUs);
    this.#lastReplyUs = nowUs;
  }

  #endOutage(toUs: number): void {
    if (this.#run === null) return;
    this.#outages.push({ fromUs: this.#run.fromUs, toUs, lost: this.#run.lost });
    this.#run = null;
  }

  /** What the probe saw up to now; requests that still wait count as neither received nor lost. */
  result(): PingResult {
    const nowUs = this.#simulation.nowUs;
    const open = this.#run === null ? [] : [{ fromUs: this.#run.fromUs, toUs: nowUs, lost: this.#run.lost }];
    return {
      name: this.#settings.name,
      ...(this.#settings.type === 'dhcp' ? { type: 'dhcp' } : {}),
      intervalUs: this.#settings.intervalUs,
      sent: this.#sent,
      received: this.#received,
      lost: this.#lost,
      longestGapUs: Math.max(this.#longestGapUs, nowUs - this.#lastReplyUs),
      outages: [...this.#outages, ...open],
    };
  }
}
