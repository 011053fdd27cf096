/**
 * What users run through the pair: sessions of one kind that arrive, exchange packets for a while, and end.
 *
 * TCP opens with a SYN, repeats what is not answered with doubled waits, and gives up as Linux does (tcp.ts); UDP just asks. A user
 * whose session survives still feels a stall, from the first packet without an answer to the next with one. A session whose
 * packet meets a firewall that does not know it is lost: PAN-OS drops a TCP packet that is no SYN and belongs to no session.
 */

import { sampler } from '../kernel/distribution.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { FLAG, makeFrame, type Frame } from '../network/frame.ts';
import type { Network } from '../network/network.ts';
import { arrivals } from './arrivals.ts';
import { fateOf, type PfsFate } from './decryption.ts';
import { slotOf } from './flow-numbers.ts';
import { FLOW, FOREVER_US, type FlowOwner, type Flows } from './flows.ts';
import type { LossCause } from './loss.ts';
import type { LossCourse } from './loss-log.ts';
import { packetIntervals } from './packet-spacing.ts';
import { FRAME_KINDS } from './protocol.ts';
import { mostRepetitions, rtoUs, type TcpPhase, type TcpSettings } from './tcp.ts';
import type { Way } from './ways.ts';
import { WorkloadLedger, type WorkloadBooks } from './workload-books.ts';
import type { WorkloadSettings } from './workload-settings.ts';

export const WORKLOAD_EVENTS = ['flow.arrive'] as const;

const PHASES: Readonly<Record<number, TcpPhase>> = {
  [FLOW.opening]: 'opening',
  [FLOW.open]: 'open',
  [FLOW.closing]: 'closing',
};

/** Kinds of packets that can fare differently. */
const PACKET = { opening: 0, data: 1, closing: 2 } as const;

export class WorkloadRoutes {
  readonly arrive: Route<Workload>;

  constructor(simulation: Simulation) {
    this.arrive = new Route(simulation, 'flow.arrive', (workload) => workload.arrive());
  }
}

/** What a TCP packet says in each state of its flow. */
const TCP_FLAGS: Readonly<Record<number, number>> = {
  [FLOW.opening]: FLAG.syn,
  [FLOW.open]: 0,
  [FLOW.closing]: FLAG.fin,
};

/** Decides why a session is lost whose TCP has given up, for it may be more than a long outage. */
export type GiveUpJudge = (flow: number) => LossCause;

export class Workload implements FlowOwner {
  readonly settings: WorkloadSettings;
  readonly #network: Network;
  readonly #simulation: Simulation;
  readonly #routes: WorkloadRoutes;
  readonly #flows: Flows;
  readonly #number: number;
  readonly #owner: number;
  readonly #client: Endpoint;
  readonly #serverIp: number;
  readonly #tcp: TcpSettings;
  readonly #nextGap: (() => number) | null;
  readonly #holding: (() => number) | null;
  readonly #packetInterval: () => number;
  readonly #ledger = new WorkloadLedger();
  readonly #track: number;
  /** The flow whose packet is being sent, and the answer to it. */
  #inHand = 0;
  #answerUs = -1;
  /** Record that kept the latest packet from being answered. */
  #latestBlame = 0;
  judgeGivingUp: GiveUpJudge = () => 'timed-out';

  constructor(
    network: Network,
    routes: WorkloadRoutes,
    flows: Flows,
    client: Endpoint,
    serverIp: number,
    settings: WorkloadSettings,
  ) {
    this.settings = settings;
    this.#network = network;
    this.#simulation = network.simulation;
    this.#routes = routes;
    this.#flows = flows;
    this.#number = routes.arrive.add(this);
    this.#owner = flows.addOwner(this);
    this.#client = client;
    this.#serverIp = serverIp;
    this.#tcp = settings.tcp;
    this.#track = network.track();
    const stream = (what: string) => this.#simulation.random.stream(`traffic/${settings.name}/${what}`);
    const { holding } = settings;
    this.#nextGap = settings.arrivals === null ? null : arrivals(settings.arrivals, stream('arrivals'));
    this.#holding = holding === null ? null : sampler(holding, stream('holding-time'));
    this.#packetInterval = packetIntervals(settings.packetInterval, stream('packet-interval'));
  }

  /** A session that the firewall does not know is lost; of other protocols, the next packet makes it anew. */
  get needsSession(): boolean {
    return this.settings.protocol === 'tcp';
  }

  /** HA2 is believed not to carry ICMP (section 6.1): a copy from a bulk sync, which copies the table as it is, does not count. */
  get synced(): boolean {
    return this.settings.protocol !== 'icmp';
  }

  // --- at a takeover -------------------------------------------------------------------------------------------------

  /** What a firewall that takes over, and knows this session, does with it. */
  fateOf(slot: number, pfs: PfsFate): ReturnType<typeof fateOf> {
    const { decryption } = this.settings;
    if (!this.#flows.decrypted(slot)) return 'kept';
    if (decryption === 'ssl-inbound-inspection-pfs') this.#simulation.assume('pfs-after-failover');
    return fateOf(decryption, pfs);
  }

  /** The session goes on, but the new active has not the keys to decrypt it. */
  losesDecryption(slot: number): void {
    this.#flows.setDecrypted(slot, false);
    this.#ledger.undecrypted += 1;
  }

  /** The new active does not know a session that its next packet makes anew. */
  recreates(): void {
    this.#ledger.recreated += 1;
  }

  // --- a session's life ----------------------------------------------------------------------------------------------

  /** Starts the arrivals. Sessions that are open from the start begin spread over their first packet interval. */
  start(): void {
    const { concurrent, name } = this.settings;
    const source = this.#nextGap === null ? 'arrivals' : 'concurrent';
    const stream = this.#simulation.random.stream(`traffic/${name}/${source}`);
    for (let i = 0; i < concurrent; i += 1) {
      const intervalUs = this.#packetInterval();
      this.#open(Math.floor(stream.next() * intervalUs), intervalUs);
    }
    this.#scheduleArrival();
  }

  #scheduleArrival(): void {
    const gapUs = this.#nextGap?.() ?? Number.POSITIVE_INFINITY;
    if (gapUs !== Number.POSITIVE_INFINITY) this.#routes.arrive.schedule(gapUs, this.#number);
  }

  arrive(): void {
    this.#scheduleArrival();
    this.#open(0, this.#packetInterval());
  }

  #open(delayUs: number, intervalUs: number): void {
    this.#ledger.started += 1;
    const state = this.needsSession ? FLOW.opening : FLOW.open;
    const slot = this.#flows.open(this.#owner, state, intervalUs);
    const atUs = this.#simulation.nowUs + delayUs;
    if (!this.needsSession) this.#beginHolding(slot, atUs);
    this.#flows.schedule(slot, atUs);
  }

  #beginHolding(slot: number, fromUs: number): void {
    this.#flows.begin(slot, fromUs, this.#holding === null ? FOREVER_US : fromUs + this.#holding());
  }

  step(slot: number): void {
    const flows = this.#flows;
    const state = flows.state(slot);
    if (this.needsSession && flows.tries(slot) > mostRepetitions(this.#tcp, PHASES[state]!)) {
      return this.#giveUp(slot, state);
    }
    if (state === FLOW.opening) return this.#knock(slot);
    if (state === FLOW.closing) return this.#hangUp(slot);
    const over = this.#simulation.nowUs >= flows.endUs(slot);
    // TCP first gets across what was not acknowledged.
    if (over && !(this.needsSession && flows.tries(slot) > 0)) return this.#endHolding(slot);
    this.#exchange(slot);
  }

  #endHolding(slot: number): void {
    if (!this.needsSession) return this.#end(slot, this.#flows.heard(slot) ? 'completed' : 'failed');
    this.#flows.setState(slot, FLOW.closing);
    this.#hangUp(slot);
  }

  /** The SYN. */
  #knock(slot: number): void {
    const flow = this.#flows.numbers.numberOf(slot);
    const way = this.#flows.pass(slot, PACKET.opening, this.#send);
    if (!this.#flows.has(flow)) return;
    if (way.answered) this.#opened(slot, way.wayUs);
    else this.#repeatLater(slot, 'opening');
  }

  /** The firewall that sets a session up decrypts it by its policy, before a failover as after it. */
  #opened(slot: number, roundTripUs: number): void {
    const flows = this.#flows;
    const fromUs = this.#simulation.nowUs + roundTripUs;
    const tries = flows.tries(slot);
    if (tries > 0) this.#ledger.stalled(this.#waitedUs('opening', tries));
    flows.setState(slot, FLOW.open);
    flows.setTries(slot, 0);
    flows.setMissing(slot, 0);
    if (this.settings.decryption !== 'none') {
      flows.setDecrypted(slot, true);
      this.#ledger.decrypted += 1;
    }
    this.#beginHolding(slot, fromUs);
    flows.schedule(slot, fromUs);
  }

  #exchange(slot: number): void {
    const flow = this.#flows.numbers.numberOf(slot);
    const way = this.#flows.pass(slot, PACKET.data, this.#send);
    if (!this.#flows.has(flow)) return; // A firewall did not know its session.
    if (way.answered) return this.#acknowledged(slot);
    this.#latestBlame = way.blame;
    if (this.needsSession) return this.#repeatLater(slot, 'open');
    this.#flows.setTries(slot, this.#flows.tries(slot) + 1);
    this.#flows.scheduleNext(slot);
  }

  #acknowledged(slot: number): void {
    this.#stallEnds(slot);
    this.#flows.hear(slot);
    this.#flows.sleepOrSchedule(slot);
  }

  /** The user's packets pass again. */
  #stallEnds(slot: number): void {
    const flows = this.#flows;
    const tries = flows.tries(slot);
    if (tries === 0) return;
    const { nowUs } = this.#simulation;
    const waitedUs = this.needsSession ? this.#waitedUs('open', tries) : tries * flows.intervalUs(slot);
    this.#ledger.stalled(Math.min(waitedUs, nowUs));
    flows.setTries(slot, 0);
  }

  /** From the first of so many transmissions to now, when one more is made. */
  #waitedUs(phase: TcpPhase, tries: number): number {
    let us = 0;
    for (let i = 0; i < tries; i += 1) us += rtoUs(this.#tcp, phase, i);
    return us;
  }

  /** The FIN. Nobody misses an answer to it. */
  #hangUp(slot: number): void {
    const flow = this.#flows.numbers.numberOf(slot);
    const way = this.#flows.pass(slot, PACKET.closing, this.#send);
    if (!this.#flows.has(flow)) return;
    if (way.answered) this.#end(slot, 'completed');
    else this.#repeatLater(slot, 'closing');
  }

  #repeatLater(slot: number, phase: TcpPhase): void {
    const repetitions = this.#flows.tries(slot);
    this.#flows.setTries(slot, repetitions + 1);
    this.#flows.schedule(slot, this.#simulation.nowUs + rtoUs(this.#tcp, phase, repetitions));
  }

  /** The last repetition was not answered in its time either. */
  #giveUp(slot: number, state: number): void {
    if (state === FLOW.opening) return this.#end(slot, 'failed');
    if (state === FLOW.closing) return this.#end(slot, 'completed');
    const cause = this.judgeGivingUp(this.#flows.numbers.numberOf(slot));
    this.#lose(slot, cause, this.#latestBlame);
  }

  // --- packets -------------------------------------------------------------------------------------------------------

  /** Sends the packet that the flow's state asks for, and says what became of it. */
  readonly #send = (slot: number, way: Way): void => {
    const flow = this.#flows.numbers.numberOf(slot);
    this.#inHand = flow;
    this.#answerUs = -1;
    this.#network.blame(this.#track, 0);
    this.#client.send(this.#packet(slot, flow));
    this.#inHand = 0;
    way.answered = this.#answerUs >= 0;
    way.wayUs = Math.max(0, this.#answerUs);
    way.blame = way.answered ? 0 : this.#network.lossCause(this.#track);
  };

  #packet(slot: number, flow: number): Frame {
    const { name, protocol, packetBytes, port } = this.settings;
    const state = this.#flows.state(slot);
    const tcp = protocol === 'tcp' ? TCP_FLAGS[state]! : 0;
    const toServer = protocol === 'icmp' ? 0 : FLAG.toServer;
    return makeFrame(FRAME_KINDS[protocol], 0, 0, this.#client.ip, this.#serverIp, {
      flow,
      flags: tcp | toServer | FLAG.atOnce,
      bytes: packetBytes,
      port,
      track: this.#track,
      body: protocol === 'ipsec' ? name : null,
    });
  }

  /** An answer has arrived at the client. */
  answered(flow: number, frame: Frame): void {
    if (flow === this.#inHand) this.#answerUs = this.#network.wayUs;
    else this.#answeredLate(flow, frame);
  }

  /** The packet had to wait for an address to be resolved; its answer comes before it is repeated. */
  #answeredLate(flow: number, frame: Frame): void {
    const slot = slotOf(flow);
    const state = this.#flows.state(slot);
    const syn = (frame.flags & FLAG.syn) !== 0;
    // Its latest transmission has been counted as one without an answer.
    this.#flows.setTries(slot, Math.max(0, this.#flows.tries(slot) - 1));
    if (state === FLOW.opening) {
      if (syn) this.#opened(slot, this.#network.wayUs);
    } else if (state === FLOW.closing) {
      if ((frame.flags & FLAG.fin) !== 0) this.#end(slot, 'completed');
    } else {
      this.#stallEnds(slot);
      this.#flows.hear(slot);
      this.#flows.scheduleNext(slot);
    }
  }

  /** A firewall dropped the flow's packet because it has no session for it; `blame` is the index of why. */
  dropped(flow: number, blame: number): void {
    const slot = slotOf(flow);
    const state = this.#flows.state(slot);
    if (state === FLOW.opening) return; // A SYN would have made one; the next try does.
    const marked = this.#flows.missing(slot);
    const { cause, record } = this.#flows.blames.at(marked === 0 ? blame : marked);
    // A repeated FIN after the firewall has seen the whole close is no loss.
    if (state === FLOW.closing && marked === 0 && cause === 'asymmetric') return this.#end(slot, 'completed');
    this.#lose(slot, cause, record);
  }

  #lose(slot: number, cause: LossCause, record: number): void {
    this.#ledger.lose({ cause, record }, this.#simulation.nowUs);
    this.#flows.close(slot, cause);
  }

  #end(slot: number, how: 'completed' | 'failed'): void {
    this.#ledger[how] += 1;
    this.#flows.close(slot, how);
  }

  /** How many of its sessions were lost by when. */
  get losses(): LossCourse {
    return this.#ledger.losses;
  }

  books(): WorkloadBooks {
    let open = 0;
    this.#flows.each((slot) => {
      if (this.#flows.ownerOf(slot) === this.#owner) open += 1;
    });
    return this.#ledger.books(this.settings, open);
  }
}
