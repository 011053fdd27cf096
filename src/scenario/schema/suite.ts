/**
 * What makes a scenario file a test: its tags, whether and with which seeds `hasim test` runs it, and the matrix of cases that it stands
 * for. `hasim run` takes no notice of any of it. What a matrix means is src/scenario/matrix.ts's.
 */

import { z } from 'zod';
import { line, name } from './units.ts';

/** Seeds of one case. */
export const MAX_TEST_SEEDS = 100_000;

const SEEDS = `expected seeds such as 1..100 or [1, 2, blue], at most ${MAX_TEST_SEEDS}`;

/** The seed of a run, as text. */
export const seed = z
  .union([line(100), z.number().int()], { error: 'expected a whole number or a text' })
  .transform(String);

const seedRange = z
  .string({ error: SEEDS })
  .regex(/^\s*\d{1,9}\s*\.\.\s*\d{1,9}\s*$/, SEEDS)
  .transform((text, context) => {
    const [first = 0, last = 0] = text.split('..').map(Number);
    if (last >= first && last - first < MAX_TEST_SEEDS)
      return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
    context.addIssue({ code: 'custom', message: SEEDS });
    return z.NEVER;
  });

const seedList = z
  .array(seed)
  .min(1)
  .max(MAX_TEST_SEEDS)
  .refine((seeds) => new Set(seeds).size === seeds.length, 'expected each seed once, got one twice');

const values = z
  .array(z.unknown())
  .min(1)
  .describe('The key is a path of this scenario; these are its values.');

const bundles = z
  .record(line(100), z.record(line(200), z.unknown()))
  .describe('Several settings that go together: LABEL: { PATH: VALUE, … }.');

const matrix = z
  .object({
    exclude: z
      .array(z.record(line(200), z.unknown()))
      .optional()
      .describe('Combinations that are left out: { AXIS: VALUE, … }.'),
  })
  .catchall(z.union([values, bundles]))
  .describe('Axes; `hasim test` runs every combination of their values as a case of its own.');

/** Keys of a scenario that are about tests. */
export const suiteKeys = {
  tags: z.array(name()).default([]).describe('What `hasim test --tag` looks at.'),
  skip: line(300).optional().describe('Why `hasim test` leaves it out.'),
  only: z.boolean().default(false).describe('`hasim test` runs only such files; for a while, at one’s desk.'),
  seeds: z
    .union([seedRange, seedList], { error: SEEDS })
    .optional()
    .describe('What `hasim test` runs it with, `1..100` or a list; its `seed` alone unless told.'),
  matrix: matrix.optional(),
};
