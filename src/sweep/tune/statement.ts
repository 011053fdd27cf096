/**
 * What a search is for, as text: an objective (`p99 failover`) and constraints (`false failovers < 1 per 10 years`,
 * `p95 outage of ping < 4s with 95 % confidence`, `maximum failovers <= 1`).
 *
 *     OBJECTIVE   STATISTIC METRIC
 *     CONSTRAINT  STATISTIC METRIC COMPARISON [with N % confidence]
 *                 false failovers COMPARISON per N years
 */

import type { Metric, MetricUnit } from '../../run/metrics.ts';
import { nearest } from '../../scenario/nearest.ts';
import type { Statistic } from '../../scenario/schema/aggregate.ts';
import { parseComparison, type Comparison } from '../../scenario/schema/comparison.ts';
import { parseDurationUs } from '../../scenario/schema/units.ts';

export interface Objective {
  /** As written. */
  readonly text: string;
  readonly statistic: Statistic;
  /** Index among the metrics. */
  readonly metric: number;
  readonly unit: MetricUnit;
  /** Of two values, which is better. */
  readonly better: 'smaller' | 'larger';
}

/** A constraint on the runs of the scenario, or on the rate of false failovers without its faults. */
export type Constraint =
  | (Omit<Objective, 'better'> & {
      readonly kind: 'runs';
      readonly comparison: Comparison;
      /** 0..1. */
      readonly confidence: number;
    })
  | {
      readonly kind: 'false failovers';
      readonly text: string;
      /** Per year. */
      readonly comparison: Comparison;
      readonly confidence: number;
    };

/** "expected X, got Y", and a hint that may be empty. */
export interface StatementMistake {
  readonly message: string;
  readonly hint: string;
}

const CONFIDENCE = /\s+with\s+(\d{1,2}(?:\.\d+)?)\s*%\s+confidence\s*$/;
const COMPARISON = /^(.*?)\s*((?:<=|>=|<|>|=).*)$/;
const RATE = /^(.*?)\s+per\s+(?:(\d+(?:\.\d+)?)\s+)?years?$/;
const QUANTILE = /^p(\d{1,2}(?:\.\d+)?)$/;
const STATISTICS = 'p99, p95, p50, median, mean, minimum or maximum';
const FALSE_FAILOVERS = 'false failovers';

/** Reads an objective. */
export function parseObjective(text: string, metrics: readonly Metric[]): Objective | StatementMistake {
  if (COMPARISON.test(text))
    return mistake(
      `expected an objective without a comparison, got ${text}`,
      'A comparison belongs to --subject-to.',
    );
  const subject = parseSubject(text, metrics);
  if ('message' in subject) return subject;
  const better = metrics[subject.metric]?.name === 'availability' ? 'larger' : 'smaller';
  return { text: text.trim(), ...subject, better };
}

/** Reads a constraint. */
export function parseConstraint(text: string, metrics: readonly Metric[]): Constraint | StatementMistake {
  const given = CONFIDENCE.exec(text);
  const confidence = given === null ? 0.95 : Number(given[1]) / 100;
  const [, subject = '', compared = ''] = COMPARISON.exec(text.replace(CONFIDENCE, '').trim()) ?? [];
  if (compared === '')
    return mistake(`expected a constraint with a comparison, such as "${text.trim()} < 4s", got ${text}`);
  if (subject === FALSE_FAILOVERS) return parseRate(text, compared, confidence);
  const parsed = parseSubject(subject, metrics);
  if ('message' in parsed) return parsed;
  const comparison = parseComparison(compared, (operand) => readOperand(operand, parsed.unit));
  if (comparison === null) return mistake(`expected a comparison ${EXAMPLE[parsed.unit]}, got ${compared}`);
  return { kind: 'runs', text: text.trim(), ...parsed, comparison, confidence };
}

const EXAMPLE: Readonly<Record<MetricUnit, string>> = {
  us: 'with a duration, such as "< 4s"',
  count: 'with a number, such as "<= 1"',
  percent: 'with a percentage, such as "> 99.9 %"',
  flag: 'with a number, such as "< 1"',
};

function parseRate(text: string, compared: string, confidence: number): Constraint | StatementMistake {
  const [, left = '', years = '1'] = RATE.exec(compared) ?? [];
  const comparison = parseComparison(left, (operand) => readOperand(operand, 'count'));
  if (comparison === null || Number(years) === 0)
    return mistake(`expected a rate such as "${FALSE_FAILOVERS} < 1 per 10 years", got ${text}`);
  const perYear = (value: number | null) => (value === null ? null : value / Number(years));
  return {
    kind: FALSE_FAILOVERS,
    text: text.trim(),
    comparison: {
      ...comparison,
      minimum: perYear(comparison.minimum),
      maximum: perYear(comparison.maximum),
    },
    confidence,
  };
}

type Subject = Pick<Objective, 'statistic' | 'metric' | 'unit'>;

function parseSubject(text: string, metrics: readonly Metric[]): Subject | StatementMistake {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const statistic = readStatistic(first);
  if (statistic === null)
    return mistake(
      `expected a statistic and a metric, such as "p99 failover", got ${text.trim() || 'nothing'}`,
      `A statistic is ${STATISTICS}.`,
    );
  const name = rest.join(' ');
  const metric = metrics.findIndex((candidate) => candidate.name === name);
  if (metric >= 0) return { statistic, metric, unit: metrics[metric]?.unit ?? 'count' };
  const known = metrics.map((candidate) => candidate.name);
  const near = nearest(name, known);
  const hint = near === null ? `It has ${known.join(', ')}.` : `Did you mean ${first} ${near}?`;
  return mistake(`expected a metric of this scenario behind ${first}, got ${name || 'nothing'}`, hint);
}

function readStatistic(word: string): Statistic | null {
  if (word === 'median') return { kind: 'quantile', quantile: 0.5 };
  if (word === 'mean' || word === 'minimum' || word === 'maximum') return { kind: word };
  const percent = Number(QUANTILE.exec(word)?.[1] ?? Number.NaN);
  return percent > 0 ? { kind: 'quantile', quantile: percent / 100 } : null;
}

function readOperand(text: string, unit: MetricUnit): number | null {
  if (unit === 'us') return parseDurationUs(text);
  const number = (unit === 'percent' ? text.replace('%', '') : text).trim();
  return /^\d{1,15}(\.\d{1,9})?$/.test(number) ? Number(number) : null;
}

function mistake(message: string, hint = ''): StatementMistake {
  return { message, hint };
}
