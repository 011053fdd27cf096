/**
 * Statements about many runs, as text: `p99 failover < 4.2s with 95 % confidence`, `median outage of ping <= 3s`,
 * `share with dual-active > 0s < 1 %`, `false failovers < 1 per 10 years`. One grammar for `over-seeds:` of an expectation, for
 * `sweep --stop-at` and for the objective and the constraints of `hasim tune`.
 *
 *     STATISTIC METRIC [COMPARISON] [with N % confidence]
 *     share with METRIC COMPARISON [COMPARISON] [with N % confidence]
 *     METRIC [COMPARISON per TIME] [with N % confidence]                     a rate; METRIC counts something
 */

import { z } from 'zod';
import { nearest } from '../nearest.ts';
import { parseComparison, type Comparison } from './comparison.ts';
import { nearestMetric, unitOfMetric, type MetricUnit } from './metric-names.ts';
import { parseDurationUs } from './units.ts';

/** Of the values of a metric over runs. `quantile` is 0..1. */
export type Statistic =
  | { readonly kind: 'mean' | 'minimum' | 'maximum' }
  | { readonly kind: 'quantile'; readonly quantile: number }
  /** The share of runs whose value lies in a range, 0..1. */
  | { readonly kind: 'share'; readonly range: Comparison }
  /** How many there are in so much simulated time. */
  | { readonly kind: 'rate'; readonly perUs: number };

export interface Aggregate {
  /** As written. */
  readonly text: string;
  readonly statistic: Statistic;
  /** Name of a metric: see src/run/metrics.ts. */
  readonly metric: string;
  readonly unit: MetricUnit;
  /** What is expected of the statistic, in its unit (of a share 0..1); absent in an objective. */
  readonly comparison?: Comparison;
  /** Above 0.5 and below 1; 0.95 unless told. */
  readonly confidence: number;
}

/** What is wrong with a statement: "expected X, got Y", and a hint that may be empty. */
export interface AggregateMistake {
  readonly message: string;
  readonly hint: string;
}

const YEAR_US = 365 * 86_400_000_000;
const CONFIDENCE = /\s+with\s+(\d{1,2}(?:\.\d{1,6})?)\s*%\s*confidence$/;
const COMPARED = /^(.*?)\s*((?:<=|>=|<|>|=).*)$/;
const RATE =
  /^(.*?)\s+per\s+(?:(\d{1,9}(?:\.\d+)?)\s*years?|(?:a\s+)?(year|day|hour)|(\d+(?:\.\d+)?\s*(?:s|min|h|d)))$/;
const WORDS = ['median', 'mean', 'minimum', 'maximum', 'share with', 'p50', 'p90', 'p95', 'p99'] as const;

/** Reads a statement. */
export function parseAggregate(text: string): Aggregate | AggregateMistake {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  const told = CONFIDENCE.exec(trimmed);
  const confidence = told === null ? 0.95 : Number(`${told[1]}e-2`);
  if (confidence <= 0.5) return mistake('expected a confidence above 50 % and below 100 %', text);
  const statement = told === null ? trimmed : trimmed.slice(0, told.index);
  const read = statement.startsWith('share with ')
    ? readShare(statement.slice('share with '.length), text)
    : (readRate(statement, text) ?? readStatistic(statement, text));
  return 'message' in read ? read : { text: trimmed, confidence, ...read };
}

/** A statement with a comparison, as a zod type. */
export function aggregate() {
  const example = 'expected a statement about many runs, such as "p99 failover < 4.2s with 95 % confidence"';
  return z.string({ error: example }).transform((text, context): Aggregate => {
    const read = parseAggregate(text);
    if ('message' in read) {
      context.addIssue({
        code: 'custom',
        message: [read.message, read.hint].filter(Boolean).join('. ').replace(/\.$/, ''),
      });
      return z.NEVER;
    }
    if (read.comparison !== undefined) return read;
    context.addIssue({ code: 'custom', message: `${example}, got no comparison` });
    return z.NEVER;
  });
}

type Read = Omit<Aggregate, 'text' | 'confidence'> | AggregateMistake;

function readStatistic(statement: string, text: string): Read {
  const [, head = statement, compared] = COMPARED.exec(statement) ?? [];
  const [, word = '', metric = ''] = /^(\S+) (.+)$/.exec(head) ?? [];
  const statistic = statisticOf(word);
  if (statistic === null) {
    const near = nearest(word === '' ? head : word, WORDS);
    const hint =
      unitOfMetric(head) === null
        ? near === null
          ? ''
          : `Did you mean ${near}?`
        : `Did you mean p99 ${head}?`;
    return mistake(
      'expected a statistic (p99, median, mean, minimum, maximum, share with) of a metric',
      text,
      hint,
    );
  }
  return readCompared(metric, statistic, compared, text);
}

function statisticOf(word: string): Statistic | null {
  const [, digits] = /^p(\d{1,2}(?:\.\d{1,6})?)$/.exec(word) ?? [];
  if (digits !== undefined && Number(digits) > 0)
    return { kind: 'quantile', quantile: Number(`${digits}e-2`) };
  if (word === 'median') return { kind: 'quantile', quantile: 0.5 };
  if (word === 'mean') return { kind: 'mean' };
  if (word === 'min' || word === 'minimum') return { kind: 'minimum' };
  return word === 'max' || word === 'maximum' ? { kind: 'maximum' } : null;
}

function readCompared(
  metric: string,
  statistic: Statistic,
  compared: string | undefined,
  text: string,
): Read {
  const unit = unitOfMetric(metric);
  if (unit === null) return unknownMetric(metric, text);
  if (compared === undefined) return { statistic, metric, unit };
  const comparison = parseComparison(compared, operandOf(unit));
  if (comparison === null) return mistake(`expected a comparison with ${NOUNS[unit]}`, text);
  return { statistic, metric, unit, comparison };
}

/** `METRIC COMPARISON [COMPARISON]`: of the metric, and of the share. */
function readShare(statement: string, text: string): Read {
  const [, metric = statement, both = ''] = COMPARED.exec(statement) ?? [];
  const unit = unitOfMetric(metric);
  if (unit === null) return unknownMetric(metric, text);
  const [, first = both, second] = /^(\S+\s*[^<>=]*?)\s*((?:<=|>=|<|>|=).*)?$/.exec(both) ?? [];
  const range = parseComparison(first, operandOf(unit));
  if (range === null) return mistake(`expected a comparison of ${metric} with ${NOUNS[unit]}`, text);
  const statistic: Statistic = { kind: 'share', range };
  if (second === undefined) return { statistic, metric, unit };
  const comparison = parseComparison(second, (operand) => {
    const share = percentOf(operand);
    return share === null ? null : share / 100;
  });
  if (comparison === null) return mistake('expected a comparison of the share with a percentage', text);
  return { statistic, metric, unit, comparison };
}

const A_RATE = 'expected a rate per time, such as < 1 per 10 years, per day or per 30d';

/** Null for a statement that is about no rate. */
function readRate(statement: string, text: string): Read | null {
  const [, front = '', years, word = '', time] = RATE.exec(statement) ?? [];
  if (front === '' && /[<>=]\s*[\d.]+\s+per\s/.test(statement)) return mistake(A_RATE, text);
  if (front === '')
    return unitOfMetric(statement) === 'count' ? readRate(`${statement} per year`, text) : null;
  const words: Readonly<Record<string, number>> = { year: YEAR_US, day: 86_400_000_000, hour: 3_600_000_000 };
  const perUs =
    years === undefined ? (words[word] ?? parseDurationUs(time ?? '') ?? 0) : Number(years) * YEAR_US;
  if (perUs <= 0) return mistake(A_RATE, text);
  const [, metric = front, compared] = COMPARED.exec(front) ?? [];
  const unit = unitOfMetric(metric);
  if (unit === null) return unknownMetric(metric, text);
  if (unit !== 'count')
    return mistake('expected a rate of what can be counted, such as false failovers', text);
  return readCompared(metric, { kind: 'rate', perUs }, compared, text);
}

const NOUNS: Readonly<Record<MetricUnit, string>> = {
  us: 'a duration, such as < 4.2s',
  count: 'a number, such as <= 5',
  percent: 'a percentage, such as > 99.9 %',
};

function operandOf(unit: MetricUnit): (text: string) => number | null {
  if (unit === 'us') return parseDurationUs;
  if (unit === 'percent') return percentOf;
  return (text) => (/^\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : null);
}

function percentOf(text: string): number | null {
  const [, digits] = /^(\d{1,3}(?:\.\d{1,9})?)\s*%?$/.exec(text.trim()) ?? [];
  return digits === undefined || Number(digits) > 100 ? null : Number(digits);
}

function unknownMetric(metric: string, text: string): AggregateMistake {
  const near = nearestMetric(metric);
  return mistake(
    'expected a metric, such as failover, outage of PROBE or sessions lost',
    text,
    near === null ? '' : `Did you mean ${near}?`,
  );
}

function mistake(message: string, text: string, hint = ''): AggregateMistake {
  return { message: `${message}, got ${text}`, hint };
}
