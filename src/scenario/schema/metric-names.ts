/**
 * Names of the metrics that a run comes down to, as statements about many runs use them, each with its unit. What they mean is in
 * src/run/metrics.ts; a test holds the two to each other.
 */

import { nearest } from '../nearest.ts';
import { lossCauses } from './loss-causes.ts';

/** `us`: microseconds; `percent`: 0..100. */
export type MetricUnit = 'us' | 'count' | 'percent';

const FIXED: Readonly<Record<string, MetricUnit>> = {
  failover: 'us',
  detection: 'us',
  hold: 'us',
  promotion: 'us',
  cloud: 'us',
  port: 'us',
  announcement: 'us',
  learning: 'us',
  restoration: 'us',
  failovers: 'count',
  'false failovers': 'count',
  down: 'us',
  degraded: 'us',
  'dual-active': 'us',
  availability: 'percent',
  sessions: 'count',
  'sessions lost': 'count',
  'sessions failed': 'count',
  'longest-stall': 'us',
  'api-calls': 'count',
  throttled: 'count',
  ...Object.fromEntries(Object.keys(lossCauses.shape).map((cause) => [`sessions ${cause}`, 'count'])),
};

/** Metrics of a probe, `outage of ping`. */
const OF_PROBE: Readonly<Record<string, MetricUnit>> = { outage: 'us', 'longest-gap': 'us', lost: 'count' };

/** The unit of a metric; null when there is none of that name. */
export function unitOfMetric(name: string): MetricUnit | null {
  const [, kind = '', probe] = /^(\S+) of (\S+)$/.exec(name) ?? [];
  const units = probe === undefined ? FIXED : OF_PROBE;
  const key = probe === undefined ? name : kind;
  return Object.hasOwn(units, key) ? (units[key] ?? null) : null;
}

/** The probe that a metric is about, or null. */
export function probeOfMetric(name: string): string | null {
  return /^\S+ of (\S+)$/.exec(name)?.[1] ?? null;
}

/** The nearest name to a wrong one, or null. */
export function nearestMetric(name: string): string | null {
  const [, kind, probe] = /^(\S+) of (\S+)$/.exec(name) ?? [];
  if (kind !== undefined && probe !== undefined) {
    const near = nearest(kind, Object.keys(OF_PROBE));
    return near === null ? null : `${near} of ${probe}`;
  }
  return nearest(name, Object.keys(FIXED)) ?? (Object.hasOwn(OF_PROBE, name) ? `${name} of PROBE` : null);
}
