/**
 * How the sessions of a workload arrive: so many from the start, one process by which more come, or both.
 */

import { z } from 'zod';
import { duration, line, rate, wholeNumber } from './units.ts';

const onOff = z.strictObject({
  rate: rate().describe('While it is on.'),
  on: duration({ from: '1ms' }).describe('Mean time that it is on; exponential, as off is.'),
  off: duration({ from: '1ms' }).describe('Mean time that it is off.'),
});

const diurnal = z
  .strictObject({
    mean: rate().describe('Over a whole period.'),
    peak: rate().describe('At most twice the mean: the rate follows a sine that does not go below zero.'),
    period: duration({ from: '1s' }).prefault('24h').describe('Length of a day.'),
    'peak-at': duration().prefault('0s').describe('When the peak is; 0s: when the run begins.'),
  })
  .superRefine(({ mean, peak }, context) => {
    // Both are spacings: the higher the rate, the shorter. 60/s is twice 30/s, whatever the last bit of their spacings.
    const timesMean = mean / peak;
    const complain = (message: string): void => context.addIssue({ code: 'custom', path: ['peak'], message });
    if (timesMean < 1 - 1e-9) complain('expected a peak of at least the mean');
    if (timesMean > 2 + 1e-9)
      complain('expected a peak of at most twice the mean, which a sine does not exceed');
  });

const PROCESSES = ['poisson', 'constant', 'on-off', 'diurnal', 'csv'] as const;

export const arrivalsSchema = z
  .strictObject({
    concurrent: wholeNumber(1, 5_000_000)
      .optional()
      .describe('This many sessions open at the start, alone or beside one of the other keys.'),
    poisson: rate().optional().describe('Of many users who know nothing of each other.'),
    constant: rate().optional().describe('One after the other, evenly.'),
    'on-off': onOff.optional().describe('Bursts: as poisson while it is on, none while it is off.'),
    diurnal: diurnal.optional().describe('As poisson, at a rate that goes up and down with the day.'),
    csv: line(1_000)
      .optional()
      .describe(
        'A file of timestamps, its name relative to this one: in the first column of each line a time from the start of the run, ascending, in seconds (12.5) or with its unit (12500ms). The first line may be a heading; further columns, empty lines and lines that begin with # do not count.',
      ),
  })
  .superRefine((arrivals, context) => {
    const given = PROCESSES.filter((key) => arrivals[key] !== undefined);
    const processes = `${PROCESSES.slice(0, -1).join(', ')} or ${PROCESSES.at(-1)}`;
    const complain = (message: string): void => context.addIssue({ code: 'custom', message });
    if (given.length > 1) complain(`expected at most one of ${processes}, got ${given.join(' and ')}`);
    if (given.length === 0 && arrivals.concurrent === undefined)
      complain(`expected concurrent, or one of ${processes}, or both, got none`);
  });

export type ArrivalsEntry = z.output<typeof arrivalsSchema>;
