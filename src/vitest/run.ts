/** Runs as a test has them: what happened, and whether an expectation holds of it, answered by the engine that answers those of a file. */

import type { Verdict } from '../check/verdict.ts';
import type { RunResult } from '../run/result.ts';
import { startRun, type ActiveRun } from '../run/run.ts';
import { mistake } from './mistake.ts';
import type { Scenario } from './scenario.ts';
import type { ExpectationWords } from './words.ts';

/** A finished run. */
export class Run {
  /** Everything that was measured, as `hasim run --json` writes it. */
  readonly result: RunResult;
  /** @internal */
  readonly of: Scenario;
  readonly #active: ActiveRun;

  /** @internal */
  constructor(of: Scenario, seed: string) {
    this.of = of;
    this.#active = startRun(of.loaded.scenario, { seed, file: of.parts.source.file });
    this.#active.advance(Number.POSITIVE_INFINITY);
    this.result = this.#active.result();
  }

  /** The command that repeats it. */
  get replay(): string {
    return this.of.replay(this.result.seed);
  }

  /**
   * Whether an expectation holds of it.
   *
   * @param matcher what mistakes are told of
   * @throws ScenarioMistake when it is no expectation, or not about one run
   */
  judge(expectation: ExpectationWords, matcher = 'toMeet'): Verdict {
    const [verdict] = this.#active.judge(this.of.expectation(expectation, matcher));
    if (verdict !== undefined) return verdict;
    const message = 'expected an expectation about one run, got one over seeds';
    throw mistake(matcher, { message, hint: "expect(await scenario.sweep('1..300')).toHold(…) takes it." });
  }
}

/** Runs of one scenario with several seeds, carried out one after the other as they are looked at. */
export class Seeds implements Iterable<Run> {
  readonly #of: Scenario;
  readonly #seeds: readonly string[];

  /** @internal */
  constructor(of: Scenario, seeds: readonly string[]) {
    this.#of = of;
    this.#seeds = seeds;
  }

  *[Symbol.iterator](): Generator<Run> {
    for (const seed of this.#seeds) yield new Run(this.#of, seed);
  }
}
