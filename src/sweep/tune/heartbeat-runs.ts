/**
 * How often a healthy peer is declared failed and taken over from, because a control path happens to lose so many heartbeats or hellos
 * in a row: the closed form, exact where simulation would have to wait for years.
 *
 * A heartbeat is lost when its request or its reply is. `losses` in a row declare the peer failed, the promotion hold
 * begins, and a peer that is heard before it ends stops the takeover: by a further heartbeat that is answered and the
 * hellos that then open the connection, or by a hello of its own, which TCP sends again until it arrives. Hellos alone declare it
 * failed too, after so many intervals of silence, which matters where heartbeats are far apart. So this walks through the
 * packets of one such run in their order and carries along the probability of every state in which nothing has been heard. What
 * it averages over are the phases of the clocks.
 *
 * Both kinds of loss that a link can have are Markov chains over packets: independent loss, and bursts (Gilbert). Hellos,
 * their retransmissions and the peer's own heartbeats are part of the walk, because a burst counts every packet.
 */

/** The clocks and what the path loses; times in microseconds. */
export interface HeartbeatRun {
  readonly intervalUs: number;
  readonly replyTimeoutUs: number;
  /** Heartbeats in a row that declare the peer failed. */
  readonly losses: number;
  /** From then until the takeover: the promotion hold. */
  readonly holdUs: number;
  readonly helloIntervalUs: number;
  /** Intervals without a hello that declare the peer failed. */
  readonly helloLosses: number;
  /** First retransmission of a hello; doubled each time. */
  readonly retransmissionUs: number;
  readonly roundTripUs: number;
  readonly loss: number;
  readonly burst: { readonly meanGap: number; readonly meanLength: number } | null;
}

/** Combinations of phases that are averaged over: enough for some percent, and a rate matters by its powers of ten. */
const PHASES = 64;
/** Of silences of many seconds, over which phases even out. */
const HELLO_PHASES = 16;
/** A walk begins so long before its run, so that hellos and bursts may be under way. */
const AHEAD_US = 2_000_000;

/** The retransmission is doubled so often at most (`hello.ts`). */
const MAX_BACKOFF = 6;

/**
 * Bits of a state: the next packet of a direction is lost in a burst; a hello has no acknowledgement yet; the peer's latest heartbeat is
 * lost, and it knows.
 */
const BURST_OUT = 1;
const BURST_IN = 2;
const PEER_HELLO_OPEN = 4;
const OWN_HELLO_OPEN = 8;
const PEER_LOST = 16;
const PEER_MISSES = 32;
/** From here on, how many of one's own heartbeats were lost in a row. */
const LEVEL = 64;

/** A step needs fewer than half as many arrays. */
const SCRATCH = 24;

/** The weight of every state. */
type Weights = Float64Array;

type What = 'own-heartbeat' | 'peer-heartbeat' | 'peer-timeout' | 'own-hello' | 'peer-hello';

interface Packet {
  readonly what: What;
  readonly atUs: number;
  /** Of a heartbeat its number, 0 for the first of the run; of a hello how often it was sent before. */
  readonly index: number;
}

/**
 * Runs of losses that end in a takeover, per second of a healthy pair.
 *
 * @returns 0 only where nothing is ever lost
 */
export function takeoversBySilence(run: HeartbeatRun): number {
  const mean = (phases: number, of: typeof byHeartbeats): number => {
    let sum = 0;
    for (let index = 0; index < phases; index += 1) {
      sum += of(run, phaseAt(index, 0), phaseAt(index, 1), phaseAt(index, 2));
    }
    return sum / phases;
  };
  const heartbeats = mean(PHASES, byHeartbeats) / run.intervalUs;
  const hellos = mean(HELLO_PHASES, byHellos) / run.helloIntervalUs;
  return (heartbeats + hellos) * 1e6;
}

/** A point of a sequence that fills the cube of three phases evenly (powers of the root of x⁴ = x + 1). */
function phaseAt(index: number, dimension: number): number {
  const root = 1.2207440846057596;
  return (0.5 + (index + 1) / root ** (dimension + 1)) % 1;
}

/** That a heartbeat is answered, the next `losses` are not, and nothing is heard until the hold ends. Phases 0..1. */
function byHeartbeats(run: HeartbeatRun, peerPhase: number, peerHello: number, ownHello: number): number {
  const { intervalUs, replyTimeoutUs, losses, helloIntervalUs } = run;
  const declaredUs = (losses - 1) * intervalUs + replyTimeoutUs;
  const endUs = declaredUs + run.holdUs;
  const walk = new Walk(run, 1);
  const phases = [
    0,
    peerPhase * intervalUs,
    peerHello * helloIntervalUs,
    ownHello * helloIntervalUs,
  ] as const;
  for (const { what, atUs, index } of packetsOf(run, phases, endUs)) {
    const inHold = atUs >= declaredUs;
    if (what === 'peer-heartbeat') walk.peerHeartbeat();
    else if (what === 'peer-timeout') walk.peerTimeout();
    else if (what === 'peer-hello') walk.peerHello(index, inHold ? 'if-answered' : 'no-matter');
    else if (what === 'own-hello') {
      if (!inHold) walk.ownHello(index); // A path that is down carries none.
    } else if (index < -1) walk.ownHeartbeat(1, 1);
    else if (index === -1) walk.ownHeartbeat(1, 0);
    else if (index < losses) walk.ownHeartbeat(0, 1);
    else walk.ownHeartbeat(openingFails(run, endUs - atUs), 1);
  }
  return walk.total();
}

/** That a hello arrives, and then none until the hold ends, while heartbeats say nothing: never `losses` of them in a row are lost. */
function byHellos(run: HeartbeatRun, ownPhase: number, peerPhase: number, ownHello: number): number {
  const { intervalUs, helloIntervalUs, helloLosses, retransmissionUs, holdUs, losses } = run;
  const declaredUs = helloIntervalUs * helloLosses + retransmissionUs;
  const walk = new Walk(run, losses);
  const phases = [ownPhase * intervalUs, peerPhase * intervalUs, 0, ownHello * helloIntervalUs] as const;
  for (const { what, atUs, index } of packetsOf(run, phases, declaredUs + holdUs)) {
    if (what === 'peer-heartbeat') walk.peerHeartbeat();
    else if (what === 'peer-timeout') walk.peerTimeout();
    else if (what === 'own-heartbeat') walk.countedHeartbeat();
    else if (what === 'own-hello') walk.ownHello(index, atUs >= declaredUs);
    else if (atUs < 0) walk.peerHello(index, 'no-matter');
    else if (atUs === 0) walk.heardHello();
    // Sent again for want of an acknowledgement, the hello that was heard is not news.
    else walk.peerHello(index, atUs < helloIntervalUs ? 'no-matter' : 'always');
  }
  return walk.total();
}

/** Phases in microseconds: of one's own heartbeats, the peer's, its hellos, one's own hellos. */
type Phases = readonly [number, number, number, number];

/** Every packet up to an end, in the order in which they are sent. */
function packetsOf(run: HeartbeatRun, [own, peer, peerHello, ownHello]: Phases, endUs: number): Packet[] {
  const { intervalUs, replyTimeoutUs } = run;
  const beginUs = -intervalUs * Math.ceil(1 + AHEAD_US / intervalUs);
  return [
    ...heartbeats('own-heartbeat', run, own, beginUs, endUs),
    ...heartbeats('peer-timeout', run, peer + replyTimeoutUs, beginUs, endUs),
    ...heartbeats('peer-heartbeat', run, peer, beginUs, endUs),
    ...hellos('peer-hello', run, peerHello, beginUs, endUs),
    ...hellos('own-hello', run, ownHello, beginUs, endUs),
  ].toSorted((a, b) => a.atUs - b.atUs);
}

function heartbeats(what: What, run: HeartbeatRun, phaseUs: number, fromUs: number, toUs: number): Packet[] {
  const packets: Packet[] = [];
  const first = Math.ceil((fromUs - phaseUs) / run.intervalUs);
  for (let index = first; phaseUs + index * run.intervalUs < toUs; index += 1) {
    packets.push({ what, atUs: phaseUs + index * run.intervalUs, index });
  }
  return packets;
}

/** Every hello with its retransmissions, which end where the next hello takes its place. */
function hellos(what: What, run: HeartbeatRun, phaseUs: number, fromUs: number, toUs: number): Packet[] {
  const { helloIntervalUs } = run;
  const packets: Packet[] = [];
  for (
    let sentUs = phaseUs + helloIntervalUs * Math.floor(fromUs / helloIntervalUs);
    sentUs < toUs;
    sentUs += helloIntervalUs
  ) {
    for (const [index, delayUs] of attempts(run, helloIntervalUs).entries()) {
      const atUs = sentUs + delayUs;
      if (atUs >= fromUs && atUs < toUs) packets.push({ what, atUs, index });
    }
  }
  return packets;
}

/** When a message is sent, from its first time on, for as long as it is not acknowledged. */
function attempts({ retransmissionUs }: HeartbeatRun, withinUs: number): number[] {
  const times: number[] = [];
  for (let atUs = 0, retries = 0; atUs < withinUs; retries += 1) {
    times.push(atUs);
    atUs += retransmissionUs * 2 ** Math.min(retries, MAX_BACKOFF);
  }
  return times;
}

/**
 * A heartbeat has been answered in the hold: the path is up, and the connection opens with a hello each way. The probability that
 * this does not happen in time.
 *
 * @param leftUs from the sending of the heartbeat to the end of the hold
 */
function openingFails(run: HeartbeatRun, leftUs: number): number {
  const { roundTripUs, loss, burst } = run;
  const roomUs = leftUs - 2 * roundTripUs;
  if (roomUs <= 0) return 1;
  // The reply has just passed both ways: no burst is on, but one may begin.
  const lost = burst === null ? loss : loss + (1 - loss) / burst.meanGap;
  const times = attempts(run, roomUs);
  return times.reduce((fails, atUs, index) => {
    const answers = attempts(run, roomUs - atUs).length;
    return fails + lost ** index * (1 - lost) * lost ** answers;
  }, lost ** times.length);
}

/** The weights of all states, moved on by one packet after the other. */
class Walk {
  readonly #run: HeartbeatRun;
  /** Those that can be reached. */
  readonly #states: readonly number[];
  readonly #scratch: readonly Weights[];
  #taken = 0;
  #weights: Weights;

  /** @param levels how many lost heartbeats in a row are told apart */
  constructor(run: HeartbeatRun, levels: number) {
    this.#run = run;
    const { burst } = run;
    const every = Array.from({ length: LEVEL * levels }, (_, state) => state);
    this.#states = burst === null ? every.filter((state) => (state & (BURST_OUT | BURST_IN)) === 0) : every;
    const bad = burst === null ? 0 : burst.meanLength / (burst.meanGap + burst.meanLength);
    const size = (this.#states.at(-1) ?? 0) + LEVEL;
    this.#scratch = Array.from({ length: SCRATCH }, () => new Float64Array(size));
    this.#weights = this.#none();
    for (const out of [0, BURST_OUT]) {
      for (const back of [0, BURST_IN]) {
        this.#weights[out | back] = (out === 0 ? 1 - bad : bad) * (back === 0 ? 1 - bad : bad);
      }
    }
  }

  /** Taken from those that were used some steps ago, of which none looks so far back. */
  #none(): Weights {
    this.#taken = (this.#taken + 1) % this.#scratch.length;
    return (this.#scratch[this.#taken] as Weights).fill(0);
  }

  total(): number {
    return this.#weights.reduce((sum, weight) => sum + weight, 0);
  }

  /** Keeps these shares of the states in which it is answered, and in which it is not. */
  ownHeartbeat(answered: number, lost: number): void {
    const there = this.#send(this.#weights, BURST_OUT);
    const back = this.#send(there.passed, BURST_IN);
    this.#weights = this.#add([back.passed, answered], [there.lost, lost], [back.lost, lost]);
  }

  /** Counts those that are lost in a row; the states in which they say that the peer has failed are gone. */
  countedHeartbeat(): void {
    const there = this.#send(this.#weights, BURST_OUT);
    const back = this.#send(there.passed, BURST_IN);
    const next = this.#none();
    for (const state of this.#states) {
      (next[state % LEVEL] as number) += back.passed[state] as number;
      const missed = (there.lost[state] as number) + (back.lost[state] as number);
      if (state + LEVEL < next.length) (next[state + LEVEL] as number) += missed;
    }
    this.#weights = next;
  }

  peerHeartbeat(): void {
    const there = this.#send(this.#weights, BURST_IN);
    const back = this.#send(there.passed, BURST_OUT);
    const missed = this.#add([there.lost, 1], [back.lost, 1]);
    const answered = this.#marked(this.#marked(back.passed, PEER_MISSES, false), PEER_LOST, false);
    this.#weights = this.#add([answered, 1], [this.#marked(missed, PEER_LOST, true), 1]);
  }

  /** Only now does the peer know that its heartbeat is lost. */
  peerTimeout(): void {
    const lost = this.#marked(this.#only(this.#weights, PEER_LOST, true), PEER_LOST, false);
    this.#weights = this.#add(
      [this.#only(this.#weights, PEER_LOST, false), 1],
      [this.#marked(lost, PEER_MISSES, true), 1],
    );
  }

  /** @param asks it asks for a hello in return, and that it comes is what shall not happen */
  ownHello(index: number, asks = false): void {
    if (!asks) return this.#hello(index, OWN_HELLO_OPEN, BURST_OUT, BURST_IN);
    const { sent, others } = this.#opened(index, OWN_HELLO_OPEN);
    const there = this.#send(sent, BURST_OUT);
    const back = this.#send(there.passed, BURST_IN);
    this.#weights = this.#add([others, 1], [there.lost, 1], [back.lost, 1]);
  }

  /** One that arrives. */
  heardHello(): void {
    const { passed } = this.#send(this.#weights, BURST_IN);
    const acknowledgement = this.#send(passed, BURST_OUT);
    this.#weights = this.#add(
      [this.#marked(acknowledgement.passed, PEER_HELLO_OPEN, false), 1],
      [this.#marked(acknowledgement.lost, PEER_HELLO_OPEN, true), 1],
    );
  }

  /**
   * @param heard whether the states in which it arrives are gone: a path that is down hears it if the peer's latest heartbeats were
   *   answered (`control-plane.ts`)
   */
  peerHello(index: number, heard: 'no-matter' | 'if-answered' | 'always'): void {
    if (heard === 'no-matter') return this.#hello(index, PEER_HELLO_OPEN, BURST_IN, BURST_OUT);
    const { sent, others } = this.#opened(index, PEER_HELLO_OPEN);
    const { passed, lost } = this.#send(sent, BURST_IN);
    const unheard = heard === 'always' ? this.#none() : this.#only(passed, PEER_MISSES, true);
    this.#weights = this.#add([others, 1], [lost, 1], [unheard, 1]);
  }

  #hello(index: number, open: number, there: number, back: number): void {
    const { sent, others } = this.#opened(index, open);
    const hello = this.#send(sent, there);
    const acknowledgement = this.#send(hello.passed, back);
    const acknowledged = this.#marked(acknowledgement.passed, open, false);
    this.#weights = this.#add([others, 1], [hello.lost, 1], [acknowledgement.lost, 1], [acknowledged, 1]);
  }

  /** The states in which this message goes out: all when it is new, else those in which it is not acknowledged. */
  #opened(index: number, open: number): { readonly sent: Weights; readonly others: Weights } {
    if (index === 0) return { sent: this.#marked(this.#weights, open, true), others: this.#none() };
    return { sent: this.#only(this.#weights, open, true), others: this.#only(this.#weights, open, false) };
  }

  /** One packet of a direction: a burst ends behind one that is lost, and begins behind one that passes. */
  #send(weights: Weights, burstBit: number): { readonly passed: Weights; readonly lost: Weights } {
    const { loss, burst } = this.#run;
    const begins = burst === null ? 0 : 1 / burst.meanGap;
    const ends = burst === null ? 1 : 1 / burst.meanLength;
    const passed = this.#none();
    const lost = this.#none();
    for (const state of this.#states) {
      const weight = weights[state] as number;
      if (weight === 0) continue;
      const good = state & ~burstBit;
      const bad = state | burstBit;
      (lost[state] as number) += weight * loss; // An independent loss takes no part in the bursts (`impairment.ts`).
      const rest = weight * (1 - loss);
      if (state === good) {
        (passed[good] as number) += rest * (1 - begins);
        (passed[bad] as number) += rest * begins;
      } else {
        (lost[good] as number) += rest * ends;
        (lost[bad] as number) += rest * (1 - ends);
      }
    }
    return { passed, lost };
  }

  #add(...parts: readonly (readonly [Weights, number])[]): Weights {
    const sum = this.#none();
    for (const [weights, share] of parts) {
      if (share === 0) continue;
      for (const state of this.#states) (sum[state] as number) += (weights[state] as number) * share;
    }
    return sum;
  }

  /** Every state with this bit set, or cleared. */
  #marked(weights: Weights, bit: number, on: boolean): Weights {
    const result = this.#none();
    for (const state of this.#states) {
      (result[on ? state | bit : state & ~bit] as number) += weights[state] as number;
    }
    return result;
  }

  /** The states with this bit set, or cleared. */
  #only(weights: Weights, bit: number, on: boolean): Weights {
    const result = this.#none();
    for (const state of this.#states) {
      if (((state & bit) !== 0) === on) result[state] = weights[state] as number;
    }
    return result;
  }
}
