/**
 * The books of a sweep under way: takes outcomes in the order of the plan, sums them up, and decides after every round which
 * combinations have runs enough. A decision rests on whole rounds alone, so it is the same wherever the sweep was interrupted.
 */

import type { RunFailure, RunOutcome } from './outcome.ts';
import { countRuns, runAt, settingTexts, settingValues, type SweepPlan } from './plan.ts';
import { SWEEP_SCHEMA_VERSION, type SweepResult } from './result.ts';
import { writeSeeds } from './seeds.ts';
import { isNarrow, readStop, type StopRule } from './stop.ts';
import { SweepSummary } from './summary.ts';

/** Failures that a result tells in full. */
const TOLD = 20;

export interface BooksOptions {
  readonly plan: SweepPlan;
  /** Confidence of every interval, 0..1. */
  readonly confidence: number;
  /** The command line that repeats a run with these settings (`PATH=VALUE`), without a seed when that is null. */
  readonly replay: (settings: readonly string[], seed: string | null) => string;
}

export class SweepBooks {
  readonly #options: BooksOptions;
  readonly #summary: SweepSummary;
  readonly #narrow = new Set<number>();
  readonly #stop: StopRule | null;
  readonly #failures: SweepResult['failures'][number][] = [];
  readonly #kinds = new Set<RunFailure['kind']>();
  #failed = 0;
  #runs = 0;
  #round = 0;

  constructor(options: BooksOptions) {
    this.#options = options;
    const { plan, confidence, replay } = options;
    this.#stop = stopOf(plan);
    const settings = plan.settings.map((places, setting) => ({
      values: settingValues(plan, setting),
      places,
      replay: replay(settingTexts(plan, setting), null),
    }));
    const { axes, metrics, expectations } = plan;
    this.#summary = new SweepSummary({
      axes,
      settings,
      grid: plan.sample === null,
      metrics,
      expectations,
      confidence,
    });
  }

  /** Takes the outcome of a run; runs come in the order of the plan, and some may be left out. */
  take(index: number, outcome: RunOutcome): void {
    const { round, setting } = runAt(this.#options.plan, index);
    this.#enter(round);
    this.#runs++;
    this.#summary.add(setting, outcome);
    if (outcome.failure !== null) this.#fail(setting, outcome, outcome.failure);
  }

  #fail(setting: number, { seed }: RunOutcome, failure: RunFailure): void {
    const { plan, replay } = this.#options;
    this.#failed++;
    this.#kinds.add(failure.kind);
    if (this.#failures.length < TOLD) {
      this.#failures.push({ ...failure, replay: replay(settingTexts(plan, setting), seed) });
    }
  }

  /** Kinds of failures that there were. */
  get failureKinds(): ReadonlySet<RunFailure['kind']> {
    return this.#kinds;
  }

  /** Whether a combination has runs in a round; every run of the rounds before has been taken. */
  goesOn(setting: number, round: number): boolean {
    this.#enter(round);
    return !this.#narrow.has(setting);
  }

  #enter(round: number): void {
    if (round === this.#round) return;
    this.#round = round;
    this.#summary.endRound();
    const { plan } = this.#options;
    const stop = this.#stop;
    if (stop === null) return;
    for (const setting of plan.settings.keys()) {
      if (!this.#narrow.has(setting) && isNarrow(stop, this.#summary.estimate(setting, stop.aggregate))) {
        this.#narrow.add(setting);
      }
    }
  }

  /** What has come of it so far. @param planned runs that were to be carried out */
  result(end: 'complete' | 'interrupted', planned: number): SweepResult {
    this.#summary.endRound();
    const { plan } = this.#options;
    const { version, scenario, digest, axes, sample, metrics } = plan;
    const stopped = this.#narrow.size > 0 && this.#runs < countRuns(plan);
    return {
      schemaVersion: SWEEP_SCHEMA_VERSION,
      version,
      scenario,
      digest,
      axes,
      sample,
      seeds: writeSeeds(plan.seeds),
      metrics,
      settings: this.#summary.settings(),
      effects: this.#summary.effects(),
      runs: this.#runs,
      planned,
      failures: this.#failures,
      failed: this.#failed,
      end: end === 'complete' && stopped ? 'narrow' : end,
    };
  }
}

/** @throws Error for a rule that was not read when the plan was made */
function stopOf({ stop, metrics }: SweepPlan): StopRule | null {
  if (stop === null) return null;
  const rule = readStop(
    stop,
    metrics.map(({ name }) => name),
  );
  if ('message' in rule) throw new Error(rule.message);
  return rule;
}
