/**
 * `probes:` and `workloads:` — what measures the outage, and what users run through the pair meanwhile.
 */

import { z } from 'zod';
import { duration, ipv4, name, rate, wholeNumber } from './units.ts';

const pingSchema = z.strictObject({
  type: z.literal('ping'),
  from: name(),
  to: ipv4().or(name()),
  interval: duration({ from: '1ms', to: '1h' }).prefault('1s'),
  timeout: duration({ from: '1ms', to: '1h' })
    .prefault('1s')
    .describe('A reply later than this counts as lost.'),
});

export const probeSchema = pingSchema;

const holdingTime = z.union(
  [
    z.strictObject({ exponential: duration({ from: '1ms' }) }),
    z.strictObject({ constant: duration({ from: '1ms' }) }),
    z.literal('forever'),
  ],
  { error: 'expected forever, or a mapping with exponential or constant' },
);

export const workloadSchema = z.strictObject({
  from: name(),
  to: name(),
  protocol: z.enum(['tcp', 'udp']),
  port: wholeNumber(1, 65535),
  arrivals: z
    .strictObject({
      concurrent: wholeNumber(1, 100_000).optional().describe('This many sessions open at the start.'),
      poisson: rate().optional(),
      constant: rate().optional(),
    })
    .superRefine((arrivals, context) => {
      const given = Object.keys(arrivals);
      if (given.length === 1) return;
      const got = given.length === 0 ? 'none' : given.join(' and ');
      const message = `expected exactly one of concurrent, poisson, constant, got ${got}`;
      context.addIssue({ code: 'custom', message });
    }),
  'holding-time': holdingTime,
  'packet-interval': duration({ from: '1ms', to: '1h' }).prefault('1s'),
  'packet-size': wholeNumber(64, 9000).default(500).describe('Bytes on the wire.'),
});

export type Probe = z.output<typeof probeSchema>;
export type Workload = z.output<typeof workloadSchema>;
