/**
 * "Why did it *not* fail over?": every fault and operator action of a run with the takeovers that followed from it, and where there
 * are none, how far its consequences went and why they ended there.
 *
 * An answer is the first of an ordered list of explanations that fits. Each looks at the trace for what happened, at the settings
 * for why, and names its rule; none looks at how anything is worded.
 */

import type { TraceRecord } from '../kernel/trace.ts';
import { actionsOf, type Action } from './action.ts';
import type { Failover } from './failover.ts';
import type { PairState } from './history.ts';
import { Case, finding, type Explanation, type Finding } from './missed/case.ts';
import { backupPath, promotionHold, tooLittleSilence } from './missed/control.ts';
import { dataPathLeftBehind, dataPathOnly, type LeftBehind } from './missed/data-path.ts';
import {
  configuration,
  forwardingLink,
  nothingMonitored,
  repair,
  splitBrainHealed,
  standbyMonitor,
  standbyOnly,
  stateLink,
  unusedPort,
} from './missed/harmless.ts';
import { holdUp } from './missed/hold.ts';
import { linkIsNoFailure, linkUndetected } from './missed/links.ts';
import { pathIsNoFailure, pathUndetected, targetUnmonitored } from './missed/paths.ts';
import { preemption } from './missed/preemption.ts';
import { alreadyActive, otherCause, survivorUnable } from './missed/survivor.ts';
import type { PairSettings } from './pair-settings.ts';

export type { Finding } from './missed/case.ts';
export type { LeftBehind } from './missed/data-path.ts';

/** One fault or operator action, and what became of the service. */
export interface ActionOutcome {
  /** Id of its record. */
  readonly record: number;
  readonly timeUs: number;
  readonly kind: 'fault' | 'repair' | 'operator';
  /** As the timeline of the scenario has it: `interface-down palo-1:ethernet1/1`. */
  readonly text: string;
  readonly verdict: 'takeover' | 'no-takeover';
  /** Ordinals of the takeovers that followed from it. */
  readonly failovers: readonly number[];
  /** Null where a takeover followed. */
  readonly finding: Finding | null;
  /** In a cloud: those of the takeovers that the data path did not follow, and why not. */
  readonly leftBehind: readonly LeftBehind[];
}

/** A run, as far as it is looked at. */
export interface Observation {
  readonly settings: PairSettings;
  readonly states: readonly PairState[];
  readonly records: readonly TraceRecord[];
  readonly failovers: readonly Failover[];
  readonly endUs: number;
}

/** In the order in which they are asked: first what ends no service, then from the survivor back to the fault. */
const EXPLANATIONS: readonly Explanation[] = [
  configuration,
  dataPathOnly,
  splitBrainHealed,
  preemption,
  repair,
  unusedPort,
  alreadyActive,
  otherCause,
  promotionHold,
  survivorUnable,
  standbyOnly,
  stateLink,
  forwardingLink,
  backupPath,
  tooLittleSilence,
  holdUp,
  standbyMonitor,
  linkIsNoFailure,
  linkUndetected,
  pathIsNoFailure,
  targetUnmonitored,
  pathUndetected,
  nothingMonitored,
];

/** What became of every fault and operator action of a run, in order. */
export function missedTakeovers(run: Observation): readonly ActionOutcome[] {
  return actionsOf(run.records, run.settings).map((action) => outcomeOf(action, run));
}

/**
 * Only those that were in force at a time, and as if the run had ended then; all of them undone: the last one.
 *
 * @param atUs the time, in microseconds since the start of the run
 */
export function missedTakeoversAt(run: Observation, atUs: number): readonly ActionOutcome[] {
  const early: Observation = {
    settings: run.settings,
    states: run.states.filter(({ timeUs }) => timeUs <= atUs),
    records: run.records.filter(({ timeUs }) => timeUs <= atUs),
    failovers: run.failovers.filter(({ takeoverUs }) => takeoverUs <= atUs),
    endUs: Math.min(run.endUs, atUs),
  };
  const actions = actionsOf(early.records, early.settings);
  const inForce = actions.filter(({ repairs, undoneBy }) => !repairs && undoneBy === null);
  const outcomes = inForce.map((action) => outcomeOf(action, early));
  // A commit is in force for ever, and would be told at every time.
  const told = outcomes.filter(({ finding: found }) => found?.reason !== 'configuration');
  return told.length > 0 ? told : actions.slice(-1).map((action) => outcomeOf(action, early));
}

function outcomeOf(action: Action, run: Observation): ActionOutcome {
  const { record, consequences } = action;
  const ids = new Set(consequences.map(({ id }) => id));
  const failovers = run.failovers.filter(({ takeoverRecord }) => ids.has(takeoverRecord));
  const common = {
    record: record.id,
    timeUs: record.timeUs,
    kind: kindOf(action),
    text: String(record.data['text']),
    failovers: failovers.map(({ ordinal }) => ordinal),
    leftBehind: failovers.flatMap((failover) => leftBehind(failover, run)),
  };
  if (failovers.length > 0) return { ...common, verdict: 'takeover', finding: null };
  return { ...common, verdict: 'no-takeover', finding: explain(new Case(action, run)) };
}

function leftBehind(
  failover: Failover,
  { records, settings, failovers }: Observation,
): readonly LeftBehind[] {
  const next = failovers.find(({ ordinal, to }) => ordinal > failover.ordinal && to === failover.to);
  const found = dataPathLeftBehind(failover, records, settings, next?.takeoverRecord);
  return found === null ? [] : [found];
}

function kindOf({ record, repairs }: Action): ActionOutcome['kind'] {
  if (record.kind === 'operator') return 'operator';
  return repairs ? 'repair' : 'fault';
}

function explain(facts: Case): Finding {
  for (const explanation of EXPLANATIONS) {
    const found = explanation(facts);
    if (found !== null) return found;
  }
  const last = facts.action.consequences.at(-1);
  const text =
    last === undefined ? 'nothing followed from it' : `what followed from it ended with #${last.id}`;
  return finding('ended', null, null, text, [last]);
}
