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
import { FLAG, makeFrame, type Frame } from '../network/frame.ts';
import { fateOf, type Decryption, type PfsFate } from './decryption.ts';
import type { LossCause, LossEntry } from './loss.ts';
import { LossLog } from './loss-log.ts';
import { FRAME_KINDS, type WorkloadProtocol } from './protocol.ts';
import type { Conversation, Traffic } from './traffic.ts';

export const WORKLOAD_EVENTS = ['flow.arrive', 'flow.step'] as const;

export interface WorkloadSettings {
  readonly name: string;
  readonly protocol: WorkloadProtocol;
  /** What the firewall's policy does with the sessions of a TCP workload. */
  readonly decryption?: Decryption;
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
  readonly protocol: WorkloadProtocol;
  readonly started: number;
  readonly completed: number;
  /** Never got an answer to their opening packets. */
  readonly failed: number;
  readonly lost: Readonly<Partial<Record<LossCause, number>>>;
  /** The same by the record that is to blame, in the order of the first loss of each. */
  readonly losses?: readonly LossEntry[];
  /** Being set up, open, or being closed when the run ended. */
  readonly open: number;
  /** Of all started: those that were set up under a decryption policy. */
  readonly decrypted: number;
  /** Of these: so often one went on undecrypted after a takeover. */
  readonly undecrypted: number;
  /** So often the new active did not know a session that its next packet makes anew, or a tunnel that is negotiated anew. */
  readonly recreated: number;
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
  /** Record of that takeover; 0 = none. */
  missedBy = 0;
  /** The firewall decrypts it. */
  decrypted = false;

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
  readonly #losses = new LossLog();
  #started = 0;
  #completed = 0;
  #failed = 0;
  #decrypted = 0;
  #undecrypted = 0;
  #recreated = 0;

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

  /** A session that the firewall does not know is lost; of other protocols, the next packet makes it anew. */
  get needsSession(): boolean {
    return this.#settings.protocol === 'tcp';
  }

  /** HA2 is believed not to carry ICMP (section 6.1): a copy from a bulk sync, which copies the table as it is, does not count. */
  get synced(): boolean {
    return this.#settings.protocol !== 'icmp';
  }

  /** What a firewall that takes over, and knows this session, does with it. */
  fateOf(flow: Flow, pfs: PfsFate): ReturnType<typeof fateOf> {
    const { decryption = 'none' } = this.#settings;
    if (!flow.decrypted) return 'kept';
    if (decryption === 'ssl-inbound-inspection-pfs') this.#simulation.assume('pfs-after-failover');
    return fateOf(decryption, pfs);
  }

  /** A takeover leaves the new active without this session. */
  misses(flow: Flow, cause: LossCause): void {
    flow.missing = cause;
    flow.missedBy = this.#simulation.cause;
  }

  /** The session goes on, but the new active has not the keys to decrypt it. */
  losesDecryption(flow: Flow): void {
    flow.decrypted = false;
    this.#undecrypted += 1;
  }

  /** The new active does not know a session that its next packet makes anew. */
  recreates(): void {
    this.#recreated += 1;
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
      if (!this.needsSession) return this.#end(flow, flow.heard ? 'completed' : 'failed');
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
    const { name, protocol, packetBytes } = this.#settings;
    flow.sequence += 1;
    const toServer = protocol === 'icmp' ? 0 : FLAG.toServer;
    const options = {
      flow: flow.id,
      sequence: flow.sequence,
      flags: flags | toServer,
      bytes: packetBytes,
      body: protocol === 'ipsec' ? name : null,
    };
    this.#client.send(makeFrame(FRAME_KINDS[protocol], 0, 0, this.#client.ip, this.#serverIp, options));
  }

  answered(flow: Flow, frame: Frame): void {
    flow.heard = true;
    if (flow.state === 'opening' && (frame.flags & FLAG.syn) !== 0) {
      flow.state = 'open';
      this.#simulation.cancel(flow.next);
      this.#decrypt(flow);
      this.#beginHolding(flow);
      this.#exchange(flow);
    } else if (flow.state === 'closing' && (frame.flags & FLAG.fin) !== 0) {
      this.#end(flow, 'completed');
    }
  }

  /** The firewall that sets a session up decrypts it by its policy, before a failover as after it. */
  #decrypt(flow: Flow): void {
    if ((this.#settings.decryption ?? 'none') === 'none') return;
    flow.decrypted = true;
    this.#decrypted += 1;
  }

  /** A firewall dropped the flow's packet because it has no session for it. */
  dropped(flow: Flow, cause: LossCause): void {
    if (flow.state === 'opening') return; // A SYN would have made one; the next try does.
    // A repeated FIN after the firewall has seen the whole close is no loss.
    if (flow.state === 'closing' && flow.missing === null && cause === 'asymmetric')
      return this.#end(flow, 'completed');
    const booked = flow.missing ?? cause;
    this.#lost[booked] = (this.#lost[booked] ?? 0) + 1;
    this.#losses.add(booked, this.#simulation.nowUs, flow.missedBy);
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
      losses: this.#losses.entries(),
      open: this.#flows.size,
      decrypted: this.#decrypted,
      undecrypted: this.#undecrypted,
      recreated: this.#recreated,
    };
  }
}
