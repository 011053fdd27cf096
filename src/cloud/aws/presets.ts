/**
 * How fast EC2 answers and how many calls it takes, where a scenario does not say: the latency model of the reference (aws-ha.md,
 * section 7.1, fitted to what vendors and users report) and token buckets (sections 1.8 and 7.4).
 */

import type { LatencyDistribution } from '../latency.ts';
import type { BucketSettings } from '../throttle.ts';
import { CHANGING_ACTIONS, EC2_ACTIONS, READING_ACTIONS, type Ec2Action } from './ec2-actions.ts';
import { LATENCY_STEPS } from './latency-steps.ts';
import type { Ec2ThrottleSettings, Latencies } from './settings.ts';

const SECOND_US = 1_000_000;

/** LogN(median, sigma), and with a probability of `share` U(min, max) on top; in seconds, as the reference's table has it. */
function logN(
  median: number,
  sigma: number,
  tail?: { readonly share: number; readonly min: number; readonly max: number },
): LatencyDistribution {
  return {
    medianUs: Math.round(median * SECOND_US),
    sigma,
    tail:
      tail === undefined
        ? null
        : { share: tail.share, minUs: tail.min * SECOND_US, maxUs: tail.max * SECOND_US },
  };
}

const PROPAGATION_TAIL = { share: 0.005, min: 5, max: 30 };

/** `guest` and the two `bind` steps are the firewall's own: the mood of the region does not multiply them. */
const REFERENCE: Latencies = {
  describe: logN(0.3, 0.35),
  'detach-call': logN(0.5, 0.35),
  detach: logN(3.5, 0.45, { share: 0.004, min: 30, max: 200 }),
  'attach-call': logN(0.7, 0.35),
  attach: logN(2.2, 0.45, { share: 0.002, min: 20, max: 55 }),
  guest: logN(1.2, 0.6, { share: 0.003, min: 20, max: 150 }),
  'assign-call': logN(0.6, 0.35),
  assign: logN(1.2, 0.5, PROPAGATION_TAIL),
  'associate-call': logN(0.6, 0.35),
  associate: logN(1.5, 0.5, PROPAGATION_TAIL),
  'replace-route-call': logN(0.4, 0.35),
  'replace-route': logN(1, 0.5, PROPAGATION_TAIL),
  'bind-interface-move': logN(1.5, 0.4),
  'bind-secondary-ip': logN(0.5, 0.4),
};

/** By the values of `aws-latency`. */
export const LATENCIES: Readonly<Record<'reference' | 'none', Latencies>> = {
  reference: REFERENCE,
  none: Object.fromEntries(LATENCY_STEPS.map((step) => [step, logN(0, 0)])) as Latencies,
};

/** The bucket of each changing action, by the values of `aws-throttle`; null = nothing is throttled, reading neither. */
const CHANGING = {
  /** AWS's default for actions that change something. */
  documented: { capacity: 50, refill: 5 },
  /** The best round compromise with what F5 measured for 50 to 500 routes. */
  'calibrated-f5': { capacity: 100, refill: 5 },
  /** Goes through F5's 200 and 500 routes exactly. */
  'exact-fit': { capacity: 140, refill: 4 },
  none: null,
} as const satisfies Readonly<Record<string, BucketSettings | null>>;

/** AWS's default for actions that only read. */
const READING: BucketSettings = { capacity: 100, refill: 20 };

export type ThrottlePreset = keyof typeof CHANGING;

/** The token buckets of all actions, by preset and what a scenario says of single actions. */
export function throttleOf(
  preset: ThrottlePreset,
  overrides: Partial<Ec2ThrottleSettings> = {},
): Ec2ThrottleSettings {
  const changing = CHANGING[preset];
  const buckets: Partial<Record<Ec2Action, BucketSettings>> = {};
  if (changing !== null) {
    for (const action of READING_ACTIONS) buckets[action] = READING;
    for (const action of CHANGING_ACTIONS) buckets[action] = changing;
  }
  for (const action of EC2_ACTIONS) {
    const bucket = overrides.buckets?.[action];
    if (bucket !== undefined) buckets[action] = bucket;
  }
  return { buckets, backgroundUs: overrides.backgroundUs ?? {} };
}
