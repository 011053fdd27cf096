/** `aws: api:` — how the EC2 API behaves where it behaves otherwise than the preset (reference aws-ha.md, section 7). */

import { z } from 'zod';
import { EC2_ACTIONS } from '../../cloud/aws/ec2-actions.ts';
import { LATENCY_STEPS, type LatencyStep } from '../../cloud/aws/latency-steps.ts';
import { duration, name, positiveNumber, rate, share, wholeNumber } from './units.ts';

/** A lognormal latency with, in a small share of cases, a uniform stall on top (reference section 7.1). */
const latency = z.strictObject({
  median: duration({ to: '10min' }).describe('Half of all take longer.'),
  sigma: z.number().min(0).max(3).default(0).describe('Standard deviation of its natural logarithm.'),
  tail: z
    .strictObject({
      share: share().describe('Of all.'),
      min: duration({ to: '1h' }).describe('The shortest stall.'),
      max: duration({ to: '1h' }).describe('The longest.'),
    })
    .refine(({ min, max }) => min <= max, { path: ['max'], error: 'expected a max of at least min' })
    .optional()
    .describe('Stalls on top, uniform from min to max.'),
});

const latencies = Object.fromEntries(
  LATENCY_STEPS.map((step) => [step, latency.optional().describe(`Of the step ${step}; see aws.md.`)]),
) as {
  [Step in LatencyStep]: z.ZodOptional<typeof latency>;
};

const bucket = z.strictObject({
  capacity: wholeNumber(1, 100_000).describe('Tokens that it holds.'),
  refill: positiveNumber(100_000).describe('Tokens per second.'),
});

/** The whole of it. */
export const awsApi = z.strictObject({
  latency: z.strictObject(latencies).prefault({}).describe('Instead of the preset, step by step.'),
  throttle: z
    .partialRecord(z.enum(EC2_ACTIONS), bucket)
    .default({})
    .describe('Buckets of single actions, instead of the preset.'),
  'background-load': z
    .partialRecord(z.enum(EC2_ACTIONS), rate())
    .default({})
    .describe('Calls of others in the account, that take tokens, too.'),
  stalls: z
    .array(
      z.strictObject({
        action: z.enum(['DetachNetworkInterface', 'AttachNetworkInterface']).describe('Which operation.'),
        'network-interface': name().describe('On which network interface.'),
        for: duration({ from: '1us', to: '1h' }).describe('So much longer.'),
      }),
    )
    .default([])
    .describe('The first such operation on the network interface takes this much longer.'),
});
