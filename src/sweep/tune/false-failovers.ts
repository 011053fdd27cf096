/**
 * How often a healthy pair fails over for nothing: the rate of false failovers of a setting, each marked by how it was found.
 *
 * - `simulation`: the scenario without its timeline and its users is run for a long virtual time, and takeovers without a cause
 *   are counted; where at least 20 are to be expected, so that the interval is narrow enough to say something
 * - `closed form`: where they are too rare to wait for, the rate follows from what the links lose and from the rules by which a
 *   peer or a path is declared lost (`heartbeat-runs.ts`, `monitor-runs.ts`); nothing is estimated, so it has no interval
 * - `bound`: neither is possible; nothing was seen in the time that was simulated, and that says "at most 3 ÷ time"
 *
 * The two are never mixed: a rate is wholly of one kind.
 */

import { timersOf } from '../../run/ha-settings.ts';
import { metricsOf } from '../../run/metrics.ts';
import type { Device } from '../../scenario/schema/device.ts';
import type { ResolvedScenario } from '../../scenario/schema/scenario.ts';
import type { Setting } from '../../scenario/settings.ts';
import { poissonInterval } from '../../statistics/poisson.ts';
import type { RunOutcome } from '../outcome.ts';
import { controlLosses, type NotCovered, type PathLoss } from './control-loss.ts';
import { takeoversBySilence, type HeartbeatRun } from './heartbeat-runs.ts';
import { failuresByPings, pingRuns } from './monitor-runs.ts';

/** A year of 365 days, as in `per year`. */
export const YEAR_US = 365 * 86_400_000_000;
const YEAR_S = YEAR_US / 1e6;

export interface FalseFailoverRate {
  readonly method: 'simulation' | 'closed form' | 'bound';
  /** Per year; null of a bound. */
  readonly perYear: number | null;
  /** Ends of the interval per year; of a closed form the value itself. */
  readonly low: number;
  readonly high: number;
  /** How many were counted, and in how much virtual time; null of a closed form. */
  readonly counted: { readonly events: number; readonly years: number } | null;
  /** Why there is no closed form, or what makes the rate 0; empty otherwise. */
  readonly note: string;
}

/** Expected number from which simulation decides. */
export const ENOUGH = 20;

/** The rate per second in closed form, or why there is none. */
export function closedForm(scenario: ResolvedScenario): number | NotCovered {
  const losses = controlLosses(scenario);
  if ('why' in losses) return losses;
  let worst = 0;
  for (const index of [0, 1]) {
    // The rate of whichever firewall is worse off: luck decides which of them is passive after the first takeover.
    const bySilence = silenceOf(scenario, index, losses);
    if (typeof bySilence !== 'number') return bySilence;
    const pings = pingRuns(scenario, index);
    if ('why' in pings) return pings;
    worst = Math.max(worst, bySilence + pings.reduce((sum, run) => sum + failuresByPings(run), 0));
  }
  return worst;
}

/** Takeovers per second because the standby at this place hears nothing of a healthy peer. */
function silenceOf(
  scenario: ResolvedScenario,
  index: number,
  losses: readonly PathLoss[],
): number | NotCovered {
  if (losses.length === 0 || losses.some(({ loss, burst }) => loss === 0 && burst === null)) return 0;
  const device = Object.values(scenario.devices)[index] as Device;
  const timers = timersOf(device);
  const { unpublished } = scenario;
  const replyTimeoutUs = Math.round(timers.heartbeatIntervalUs * unpublished['heartbeat-reply-timeout']);
  const slow = losses.find(({ longestRoundTripUs }) => longestRoundTripUs >= replyTimeoutUs);
  if (slow !== undefined) return { why: `a round trip of ${slow.name} may outlast the reply timeout` };
  const rates = losses.map((path) => (holdUs: number) => {
    return computed({
      intervalUs: timers.heartbeatIntervalUs,
      replyTimeoutUs,
      losses: unpublished['heartbeat-losses'],
      holdUs,
      helloIntervalUs: timers.helloIntervalUs,
      helloLosses: unpublished['hello-losses'],
      retransmissionUs: unpublished['control-retransmission'],
      roundTripUs: path.roundTripUs,
      loss: path.loss,
      burst: path.burst,
    });
  });
  return together(rates, timers.promotionHoldUs, timers.heartbeatIntervalUs);
}

/** Computed once: a search comes back to the same clocks with other monitors. */
const known = new Map<string, number>();

function computed(run: HeartbeatRun): number {
  const key = JSON.stringify(run);
  let rate = known.get(key);
  if (rate === undefined) known.set(key, (rate = takeoversBySilence(run)));
  return rate;
}

/**
 * Silence on every one of several paths that lose packets independently of each other: one goes silent for a whole hold while all the
 * others are, and stay, so.
 *
 * @param rates per second of each path: silences that last longer than a hold
 */
export function together(
  rates: readonly ((holdUs: number) => number)[],
  holdUs: number,
  stepUs: number,
): number {
  const [only] = rates;
  if (rates.length === 1 && only !== undefined) return only(holdUs);
  const silent = rates.map((rate) => shareBeyond(rate, holdUs, stepUs));
  return rates.reduce((sum, rate, index) => {
    const others = silent.reduce((product, share, other) => (other === index ? product : product * share), 1);
    return sum + rate(holdUs) * others;
  }, 0);
}

/** The share of time in which a path is silent and goes on to be for longer than a hold: the rates of all longer silences, summed. */
function shareBeyond(rate: (holdUs: number) => number, holdUs: number, stepUs: number): number {
  let sum = 0;
  let before = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 200; step += 1) {
    const term = (rate(holdUs + (step + 0.5) * stepUs) * stepUs) / 1e6;
    sum += term;
    if (term < sum * 1e-4 || term >= before) break;
    before = term;
  }
  return sum;
}

// --- by simulation -----------------------------------------------------------------------------------------------------

/**
 * What makes the scenario one in which nothing is done to the pair: no timeline, no users, nothing to expect of them; and no suspension by
 * flap-max, behind which a bad setting would hide.
 */
export function faultFree(settings: readonly Setting[]): readonly Setting[] {
  const flapMax = ['high-availability', 'election-option', 'timers', 'advanced', 'flap-max'];
  const quiet: Setting[] = [
    ...['timeline', 'expect'].map((key) => ({ path: [key], value: [] })),
    ...['probes', 'workloads'].map((key) => ({ path: [key], value: {} })),
  ];
  const timers = settings.filter(({ path }) => path.at(-1) !== 'flap-max');
  return [...quiet, ...timers, { path: flapMax, value: 0 }];
}

/** What was counted in runs of the fault-free scenario, as a rate. */
export function countedRate(
  outcomes: readonly RunOutcome[],
  untilUs: number,
  confidence: number,
  note: string,
): FalseFailoverRate {
  const column = metricsOf({ probes: {}, workloads: {}, aws: undefined }).findIndex(
    ({ name }) => name === 'false failovers',
  );
  const rows = outcomes.filter(({ failure }) => failure === null);
  const events = rows.reduce((sum, { metrics }) => sum + (metrics[column] ?? 0), 0);
  const years = (rows.length * untilUs) / YEAR_US;
  const { low, high } = poissonInterval(events, confidence);
  return {
    method: events === 0 ? 'bound' : 'simulation',
    perYear: events === 0 ? null : events / years,
    low: low / years,
    high: high / years,
    counted: { events, years },
    note,
  };
}

/** A closed form as a rate. */
export function computedRate(perSecond: number): FalseFailoverRate {
  const perYear = perSecond * YEAR_S;
  const note =
    perYear === 0
      ? 'no link in the way of heartbeats and pings loses packets of its own (give HA1 a loss to see what short timers cost)'
      : '';
  return { method: 'closed form', perYear, low: perYear, high: perYear, counted: null, note };
}
