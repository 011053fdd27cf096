/**
 * Durations that are drawn by chance, as a scenario writes them: `{ exponential: 10s }`, `{ pareto: { min: 1s, alpha: 1.5 } }`.
 *
 * One mapping with exactly one key, so that a misspelt distribution is told with the nearest right word.
 */

import { z } from 'zod';
import { duration, positiveNumber } from './units.ts';

/** Values in one empirical distribution. */
const MOST_VALUES = 10_000;

const KINDS = ['exponential', 'lognormal', 'pareto', 'uniform', 'constant', 'empirical'] as const;

/** `exponential, lognormal, … or empirical`, for messages. */
export const DISTRIBUTIONS = `${KINDS.slice(0, -1).join(', ')} or ${KINDS.at(-1)}`;

/** A distribution of durations none of whose parameters is shorter than `from`. */
export function distribution(from: string) {
  const length = () => duration({ from });
  return z
    .strictObject({
      exponential: length().optional().describe('Its mean.'),
      lognormal: z
        .strictObject({
          median: length().describe('Half are longer.'),
          sigma: z
            .number({ error: SIGMA })
            .min(0, SIGMA)
            .max(10, SIGMA)
            .describe('Standard deviation of its natural logarithm.'),
        })
        .optional()
        .describe('Most are short, a few are long.'),
      pareto: z
        .strictObject({
          min: length().describe('The shortest; half are longer than min × 2^(1 ÷ alpha).'),
          alpha: positiveNumber(100).describe('How fast the tail falls off; up to 1 it has no mean.'),
        })
        .optional()
        .describe('Most are short, very few are very long.'),
      uniform: z
        .strictObject({ min: length().describe('The shortest.'), max: length().describe('The longest.') })
        .refine(({ min, max }) => min <= max, { path: ['max'], error: 'expected a max of at least min' })
        .optional()
        .describe('Each length between them as likely as the others.'),
      constant: length().optional().describe('Always the same.'),
      empirical: z
        .array(weighted(from))
        .min(1, 'expected at least one value, got none')
        .max(MOST_VALUES, `expected at most ${MOST_VALUES} values`)
        .optional()
        .describe('Measured values, each as likely as the others, or by its weight.'),
    })
    .superRefine((entry, context) => {
      const given = Object.keys(entry);
      if (given.length === 1) return;
      const got = given.length === 0 ? 'none' : given.join(' and ');
      context.addIssue({ code: 'custom', message: `expected exactly one of ${DISTRIBUTIONS}, got ${got}` });
    });
}

const SIGMA = 'expected a number from 0 to 10';

function weighted(from: string) {
  const value = duration({ from });
  return z.union(
    [
      value,
      z.strictObject({
        value: value.describe('The length.'),
        weight: positiveNumber(1_000_000).describe('How likely it is, beside the others.'),
      }),
    ],
    {
      error: 'expected a duration such as 200ms, 3s or 1min, or a mapping with value and weight',
    },
  );
}

/** Exactly one of the keys is there; all lengths in microseconds. */
export type DistributionEntry = z.output<ReturnType<typeof distribution>>;
