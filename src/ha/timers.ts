/**
 * HA timers: the profiles that PAN-OS ships (Recommended and Aggressive), their documented ranges, and the
 * names of the timers that the protocol itself sets.
 *
 * Values and ranges: reference sections 2.1 and 2.2 (D03, D04). The stored copy of D03 lost its column headings,
 * so the assignment of platforms to columns is believed rather than proven; a scenario may override any timer.
 */

/** Every duration in integer microseconds. */
export interface HaTimers {
  readonly heartbeatIntervalUs: number;
  readonly helloIntervalUs: number;
  readonly promotionHoldUs: number;
  readonly preemptionHoldUs: number;
  readonly monitorFailHoldUpUs: number;
  readonly additionalMasterHoldUpUs: number;
  /** Flaps before suspension; 0 = never. */
  readonly flapMax: number;
}

export type TimerProfile = 'recommended' | 'aggressive';

/** Column 1 of D03: larger hardware. Column 2: entry hardware and VM-Series. */
export type PlatformColumn = 'hardware' | 'entry';

/** Platform families, as PAN-OS names them, with the timer column they are believed to use (section 2.2). */
export const PLATFORMS = {
  'PA-7000': 'hardware',
  'PA-5400': 'hardware',
  'PA-5200': 'hardware',
  'PA-3400': 'hardware',
  'PA-3200': 'hardware',
  'PA-1400': 'hardware',
  'PA-800': 'entry',
  'PA-400': 'entry',
  'PA-220': 'entry',
  'VM-Series': 'entry',
} as const satisfies Record<string, PlatformColumn>;

export type Platform = keyof typeof PLATFORMS;

const MS = 1_000;
const MIN = 60_000_000;

/** The timer values of a profile on a platform (D03). */
export function profileTimers(profile: TimerProfile, platform: Platform): HaTimers {
  const aggressive = profile === 'aggressive';
  const slowHeartbeat = PLATFORMS[platform] === 'entry' && !aggressive;
  return {
    heartbeatIntervalUs: (slowHeartbeat ? 2000 : 1000) * MS,
    helloIntervalUs: 8000 * MS,
    promotionHoldUs: (aggressive ? 500 : 2000) * MS,
    preemptionHoldUs: 1 * MIN,
    monitorFailHoldUpUs: 0,
    additionalMasterHoldUpUs: 500 * MS,
    flapMax: 3,
  };
}

/** Timers that the protocol sets through effects and hears back from as `timer` events. */
export const TIMER_NAMES = [
  'initial-timeout',
  'session-sync-wait',
  'monitor-fail-hold-up-time',
  'monitor-fail-hold-down-time',
  'promotion-hold-time',
  'preemption-hold-time',
  'tentative-hold-time',
  'flap-window',
  'loop-suspension',
] as const;

export type TimerName = (typeof TIMER_NAMES)[number];
