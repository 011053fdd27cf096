/**
 * Answers a question of `hasim explain` about a finished run, as text and as data.
 */

import { formatDuration } from '../kernel/time.ts';
import { causesOf } from '../kernel/trace.ts';
import { failoverStory } from '../measure/failover-story.ts';
import { lossNames, lossStories, type LossQuestion } from '../measure/loss-story.ts';
import { renderExplanation, type ExplainOptions } from '../report/explain.ts';
import { renderFailover, renderFailovers } from '../report/explain-failover.ts';
import { renderLoss, renderLosses } from '../report/explain-losses.ts';
import { renderOutcomes } from '../report/explain-missed.ts';
import { pairSettings } from '../run/pair-settings.ts';
import type { RunResult } from '../run/result.ts';
import { outcomesOf } from '../run/why.ts';
import { nearest } from '../scenario/nearest.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { UsageError } from './exit.ts';

export type Question =
  | { readonly kind: 'event'; readonly id: number }
  | { readonly kind: 'failovers' }
  | { readonly kind: 'failover'; readonly ordinal: number }
  | { readonly kind: 'losses' }
  | { readonly kind: 'loss'; readonly of: LossQuestion; readonly text: string }
  /** The time in microseconds; null = of the whole run. */
  | { readonly kind: 'why-not'; readonly atUs: number | null };

export interface Answer {
  readonly text: string;
  /** What it says, for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A run that can be asked. */
export interface Asked {
  readonly scenario: ResolvedScenario;
  readonly result: RunResult;
  readonly aborted: boolean;
  /** The command line that asks again, without an option. */
  readonly again: string;
}

/** @throws UsageError for what the run does not have */
export function answer(question: Question, asked: Asked, options: ExplainOptions): Answer {
  const { scenario, result } = asked;
  switch (question.kind) {
    case 'event':
      return event(question.id, asked, options);
    case 'failovers':
    case 'failover':
      return failovers(question, asked, options);
    case 'losses':
    case 'loss':
      return losses(question, asked, options);
    case 'why-not': {
      const { atUs } = question;
      if (atUs !== null && atUs > result.endedAtUs) throw tooLate(atUs, asked);
      const outcomes = outcomesOf(scenario, result, atUs ?? undefined);
      return { text: renderOutcomes(outcomes, result, atUs, options), data: { atUs, actions: outcomes } };
    }
  }
}

function event(id: number, { result, aborted }: Asked, options: ExplainOptions): Answer {
  const { records } = result;
  const text = renderExplanation(result, id, options);
  if (text === null) {
    const range = records.length === 0 ? 'but the run has none' : `from 1 to ${records.length}`;
    throw new UsageError(
      '--event',
      `expected a number of this run's timeline, ${range}, got ${id}`,
      aborted ? 'The run was interrupted before it.' : '',
    );
  }
  const consequences = records.filter(({ cause }) => cause === id);
  return { text, data: { event: id, chain: causesOf(records, id).toReversed(), consequences } };
}

function failovers(
  question: Extract<Question, { kind: 'failovers' | 'failover' }>,
  { scenario, result, again }: Asked,
  options: ExplainOptions,
): Answer {
  const settings = pairSettings(scenario);
  const stories = result.failovers.map((failover) => failoverStory(failover, result.records, settings));
  if (question.kind === 'failovers') {
    const text = renderFailovers(stories, result, `${again} --failover`, options);
    return { text, data: { failovers: stories } };
  }
  const { ordinal } = question;
  const story = stories.find(({ failover }) => failover.ordinal === ordinal);
  if (story === undefined) {
    const range = stories.length === 0 ? 'but it has none' : `from 1 to ${stories.length}`;
    const hint = stories.length === 0 ? '--why-not says why.' : '';
    throw new UsageError('--failover', `expected a failover of this run, ${range}, got ${ordinal}`, hint);
  }
  return { text: renderFailover(story, result, options), data: { failovers: [story] } };
}

function losses(
  question: Extract<Question, { kind: 'losses' | 'loss' }>,
  { scenario, result, again }: Asked,
  options: ExplainOptions,
): Answer {
  const { workloads, records, devices } = result;
  const of = question.kind === 'loss' ? question.of : { workload: null, cause: null };
  const stories = lossStories(workloads, records, { settings: pairSettings(scenario), devices }, of);
  const data = { losses: stories };
  if (question.kind === 'losses') return { text: renderLosses(stories, `${again} --loss`, options), data };
  if (stories.length === 0) throw nothingLost(question.text, result);
  return { text: renderLoss(stories, result, options), data };
}

function nothingLost(text: string, { workloads }: RunResult): UsageError {
  const names = lossNames(workloads);
  if (names.length === 0) {
    return new UsageError(
      '--loss',
      `expected a cause for which this run lost sessions, but it lost none, got ${text}`,
    );
  }
  const near = nearest(text, names);
  const hint = near === null || near === text ? '' : `Did you mean ${near}?`;
  return new UsageError('--loss', `expected a loss of this run (${names.join(', ')}), got ${text}`, hint);
}

function tooLate(atUs: number, { result: { endedAtUs }, aborted }: Asked): UsageError {
  const hint = aborted ? 'The run was interrupted before it.' : '';
  const expected = `expected a time within the run, up to ${formatDuration(endedAtUs)}`;
  return new UsageError('--why-not', `${expected}, got ${formatDuration(atUs)}`, hint);
}
