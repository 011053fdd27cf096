/**
 * What a search is for: objectives (`p99 failover`) and constraints (`false failovers < 1 per 10 years`, `p95 outage of ping < 4s`), in
 * the grammar of statements about many runs (`scenario/schema/aggregate.ts`), held against the metrics of the scenario.
 */

import type { Metric } from '../../run/metrics.ts';
import { nearest } from '../../scenario/nearest.ts';
import { parseAggregate, type Aggregate, type AggregateMistake } from '../../scenario/schema/aggregate.ts';
import type { Comparison } from '../../scenario/schema/comparison.ts';
import { YEAR_US } from './false-failovers.ts';

/** A statistic of a metric over runs. */
export interface Objective extends Omit<Aggregate, 'metric' | 'comparison'> {
  /** Index among the metrics. */
  readonly metric: number;
  /** Of two values, which is better. */
  readonly better: 'smaller' | 'larger';
}

/** A constraint on the runs of the scenario, or on the rate of false failovers without its faults. */
export type Constraint =
  | (Objective & { readonly kind: 'runs'; readonly comparison: Comparison })
  | {
      readonly kind: 'false failovers';
      readonly text: string;
      /** Per year. */
      readonly comparison: Comparison;
      readonly confidence: number;
    };

const FALSE_FAILOVERS = 'false failovers';

/** Of these more is better. */
const LARGER: ReadonlySet<string> = new Set(['availability', 'sessions carried']);

/** Reads an objective. */
export function parseObjective(text: string, metrics: readonly Metric[]): Objective | AggregateMistake {
  const read = parseAggregate(text);
  if ('message' in read) return read;
  if (read.comparison !== undefined)
    return mistake(
      `expected an objective without a comparison, got ${text}`,
      'A comparison belongs to --subject-to.',
    );
  return ofRuns(read, metrics);
}

/** Reads a constraint. */
export function parseConstraint(text: string, metrics: readonly Metric[]): Constraint | AggregateMistake {
  const read = parseAggregate(text);
  if ('message' in read) return read;
  const { comparison, statistic, metric } = read;
  if (comparison === undefined)
    return mistake(
      `expected a constraint with a comparison, got ${text}`,
      'What is only to be small belongs to --objective.',
    );
  if (statistic.kind === 'rate' && metric === FALSE_FAILOVERS) {
    const perYear = (value: number | null) => (value === null ? null : (value * YEAR_US) / statistic.perUs);
    const { minimum, maximum } = comparison;
    return {
      ...read,
      kind: FALSE_FAILOVERS,
      comparison: { ...comparison, minimum: perYear(minimum), maximum: perYear(maximum) },
    };
  }
  const runs = ofRuns(read, metrics);
  return 'message' in runs ? runs : { ...runs, kind: 'runs', comparison };
}

function ofRuns(read: Aggregate, metrics: readonly Metric[]): Objective | AggregateMistake {
  if (read.statistic.kind === 'rate')
    return mistake(
      `expected a statistic of the runs, such as p99 failover, got ${read.text}`,
      'Of rates there is that of false failovers, in --subject-to.',
    );
  const names = metrics.map(({ name }) => name);
  const metric = names.indexOf(read.metric);
  if (metric < 0) {
    const near = nearest(read.metric, names);
    const hint = near === null ? `It has ${names.join(', ')}.` : `Did you mean ${near}?`;
    return mistake(`expected a metric of this scenario, got ${read.metric}`, hint);
  }
  return { ...read, metric, better: LARGER.has(read.metric) ? 'larger' : 'smaller' };
}

function mistake(message: string, hint: string): AggregateMistake {
  return { message, hint };
}
