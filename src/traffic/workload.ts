/**
 * What users run through the pair: sessions of one kind that arrive, exchange packets for a while, and end.
 *
 * TCP opens with a SYN that is repeated after 1, 2, 4 … s, and closes with a FIN; UDP just asks. A session whose packet meets
 * a firewall that does not know it is lost: PAN-OS drops a TCP packet that is no SYN and belongs to no session.
 */

import { sampler, type Distribution } from '../kernel/distribution.ts';
import { NO_HANDLE, type Handle } from '../kernel/queue.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { FLAG, FRAME, makeFrame, type Frame } from '../network/frame.ts';
import type { LossCause } from './loss.ts';
import type { Conversation, Traffic } from './traffic.ts';

export const WORKLOAD_EVENTS = ['flow.arrive', 'flow.step'] as const;

export interface WorkloadSettings {
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  /** Spacing of new sessions, or how many are open from the start. */
  readonly arrivals: Distribution | { readonly kind: 'concurrent'; readonly sessions: number };
  /** How long a session lasts; null = to the end of the run. */
  readonly holding: Distribution | null;
  readonly packetIntervalUs: number;
  readonly packetBytes: number;
}

/** The books of one workload: every session that was started is in exactly one of the other boxes. */
export interface WorkloadBooks {
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  readonly started: number;
  readonly completed: number;
  /** Never got an answer to their opening packets. */
  readonly failed: number;
  readonly lost: Readonly<Partial<Record<LossCause, number>>>;
  /** Being set up, open, or being closed when the run ended. */
  readonly open: number;
}

const FIRST_RETRY_US = 1_000_000;
/** Linux: tcp_syn_retries = 6; the same patience is used for the FIN. */
const RETRIES = 6;

type FlowState = 'opening' | 'open' | 'closing';

export class WorkloadRoutes {
  readonly arrive: Route<Workload>;
  readonly step: Route<Workload>;

  constructor(simulation: Simulation) {
    this.arrive = new Route(simulation, 'flow.arrive', (workload) => workload.arrive());
    this.step = new Route(simulation, 'flow.step', (workload, flow) => workload.step(flow));
  }
}

/** One session, as its client sees it. */
export class Flow implements Conversation {
  readonly workload: Workload;
  id = 0;
  state: FlowState;
  endUs = Number.POSITIVE_INFINITY;
  tries = 0;
  sequence = 0;
  heard = false;
  next: Handle = NO_HANDLE;
  /** Set when a takeover left the new active without this session. */
  missing: LossCause | null = null;

  constructor(workload: Workload, state: FlowState) {
    this.workload = workload;
    this.state = state;
  }

  answered(frame: Frame): void {
    this.workload.answered(this, frame);
  }
}

export class Workload {
  readonly #simulation: Simulation;
  readonly #routes: WorkloadRoutes;
  readonly #traffic: Traffic;
  readonly #number: number;
  readonly #client: Endpoint;
  readonly #serverIp: number;
  readonly #settings: WorkloadSettings;
  readonly #flows = new Map<number, Flow>();
  readonly #spacing: (() => number) | null;
  readonly #holding: (() => number) | null;
  readonly #lost: Partial<Record<LossCause, number>> = {};
  #started = 0;
  #completed = 0;
  #failed = 0;

  constructor(
    simulation: Simulation,
    routes: WorkloadRoutes,
    traffic: Traffic,
    client: Endpoint,
    serverIp: number,
    settings: WorkloadSettings,
  ) {
    this.#simulation = simulation;
    this.#routes = routes;
    this.#traffic = traffic;
    this.#number = routes.arrive.add(this);
    routes.step.add(this);
    this.#client = client;
    this.#serverIp = serverIp;
    this.#settings = settings;
    const stream = (what: string) => simulation.random.stream(`traffic/${settings.name}/${what}`);
    const { arrivals, holding } = settings;
    this.#spacing = arrivals.kind === 'concurrent' ? null : sampler(arrivals, stream('arrivals'));
    this.#holding = holding === null ? null : sampler(holding, stream('holding-time'));
  }

  get protocol(): 'tcp' | 'udp' {
    return this.#settings.protocol;
  }

  /** Starts the arrivals. Sessions that are open from the start begin spread over the first packet interval. */
  start(): void {
    const { arrivals, name, packetIntervalUs } = this.#settings;
    if (arrivals.kind !== 'concurrent') return this.#scheduleArrival();
    const stream = this.#simulation.random.stream(`traffic/${name}/arrivals`);
    for (let i = 0; i < arrivals.sessions; i += 1) {
      this.#routes.arrive.schedule(Math.floor(stream.next() * packetIntervalUs), this.#number);
    }
  }

  #scheduleArrival(): void {
    if (this.#spacing !== null) this.#routes.arrive.schedule(this.#spacing(), this.#number);
  }

  arrive(): void {
    this.#scheduleArrival();
    this.#started += 1;
    const flow = new Flow(this, this.#settings.protocol === 'tcp' ? 'opening' : 'open');
    flow.id = this.#traffic.open(flow);
    this.#flows.set(flow.id, flow);
    if (flow.state === 'open') this.#beginHolding(flow);
    this.step(flow.id);
  }

  #beginHolding(flow: Flow): void {
    if (this.#holding !== null) flow.endUs = this.#simulation.nowUs + this.#holding();
  }

  /** The flow's next packet is due. */
  step(id: number): void {
    const flow = this.#flows.get(id);
    if (flow === undefined) return;
    if (flow.state === 'open' && this.#simulation.nowUs >= flow.endUs) {
      if (this.#settings.protocol === 'udp') return this.#end(flow, flow.heard ? 'completed' : 'failed');
      flow.state = 'closing';
      flow.tries = 0;
    }
    if (flow.state === 'open') this.#exchange(flow);
    else this.#repeat(flow);
  }

  #exchange(flow: Flow): void {
    this.#send(flow, 0);
    const leftUs = flow.endUs - this.#simulation.nowUs;
    this.#later(flow, Math.min(this.#settings.packetIntervalUs, leftUs));
  }

  /** SYN or FIN, with exponential backoff. */
  #repeat(flow: Flow): void {
    if (flow.tries > RETRIES) return this.#end(flow, flow.state === 'opening' ? 'failed' : 'completed');
    this.#send(flow, flow.state === 'opening' ? FLAG.syn : FLAG.fin);
    this.#later(flow, FIRST_RETRY_US * 2 ** flow.tries);
    flow.tries += 1;
  }

  #later(flow: Flow, delayUs: number): void {
    flow.next = this.#routes.step.schedule(delayUs, this.#number, flow.id);
  }

  #send(flow: Flow, flags: number): void {
    const { protocol, packetBytes } = this.#settings;
    flow.sequence += 1;
    const kind = protocol === 'tcp' ? FRAME.tcp : FRAME.udp;
    const options = {
      flow: flow.id,
      sequence: flow.sequence,
      flags: flags | FLAG.toServer,
      bytes: packetBytes,
    };
    this.#client.send(makeFrame(kind, 0, 0, this.#client.ip, this.#serverIp, options));
  }

  answered(flow: Flow, frame: Frame): void {
    flow.heard = true;
    if (flow.state === 'opening' && (frame.flags & FLAG.syn) !== 0) {
      flow.state = 'open';
      this.#simulation.cancel(flow.next);
      this.#beginHolding(flow);
      this.#exchange(flow);
    } else if (flow.state === 'closing' && (frame.flags & FLAG.fin) !== 0) {
      this.#end(flow, 'completed');
    }
  }

  /** A firewall dropped the flow's packet because it has no session for it. */
  dropped(flow: Flow, cause: LossCause): void {
    if (flow.state === 'opening') return; // A SYN would have made one; the next try does.
    // A repeated FIN after the firewall has seen the whole close is no loss.
    if (flow.state === 'closing' && flow.missing === null && cause === 'asymmetric')
      return this.#end(flow, 'completed');
    const booked = flow.missing ?? cause;
    this.#lost[booked] = (this.#lost[booked] ?? 0) + 1;
    this.#remove(flow);
  }

  #end(flow: Flow, how: 'completed' | 'failed'): void {
    if (how === 'completed') this.#completed += 1;
    else this.#failed += 1;
    this.#remove(flow);
  }

  #remove(flow: Flow): void {
    this.#simulation.cancel(flow.next);
    this.#flows.delete(flow.id);
    this.#traffic.close(flow.id);
  }

  books(): WorkloadBooks {
    return {
      name: this.#settings.name,
      protocol: this.#settings.protocol,
      started: this.#started,
      completed: this.#completed,
      failed: this.#failed,
      lost: { ...this.#lost },
      open: this.#flows.size,
    };
  }
}
