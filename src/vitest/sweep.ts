/** Many runs of one scenario on all cores, for statements about what happens with any luck. */

import { judgeOverSeeds, type AggregateVerdict } from '../check/over-seeds.ts';
import { metricsOf } from '../run/metrics.ts';
import { ready } from '../statistics/special.ts';
import type { RunOutcome } from '../sweep/outcome.ts';
import type { Scenario } from './scenario.ts';

export interface SweepOptions {
  /** Worker threads; one for each core unless told. */
  readonly workers?: number;
}

/** Runs that a worker is given at once. */
const AT_ONCE = 10;

/** What came of every run, in the order of the seeds. */
export class Sweep {
  readonly outcomes: readonly RunOutcome[];
  /** @internal */
  readonly of: Scenario;

  /** @internal */
  constructor(of: Scenario, outcomes: readonly RunOutcome[]) {
    this.of = of;
    this.outcomes = outcomes;
  }

  /**
   * Whether a statement over seeds holds: `p99 failover < 4.2s with 95 % confidence`.
   *
   * @throws ScenarioMistake when it is none
   */
  judge(statement: string): AggregateVerdict {
    const expect = [...this.of.expectation({ 'over-seeds': statement }, 'toHold')];
    const { scenario } = this.of.loaded;
    const names = metricsOf(scenario).map(({ name }) => name);
    const [verdict] = judgeOverSeeds(expect, {
      valuesOf: (metric) => this.outcomes.map(({ metrics }) => metrics[names.indexOf(metric)] ?? null),
      totalUs: this.outcomes.length * scenario.until,
    });
    if (verdict === undefined) throw new Error('expected a verdict on a statement over seeds');
    return verdict;
  }
}

/** @internal Runs a scenario with each of some seeds. @throws Error when a run breaks off */
export async function sweep(
  of: Scenario,
  seeds: readonly string[],
  { workers }: SweepOptions,
): Promise<Sweep> {
  void of.loaded; // What is wrong with it is told before a worker is opened.
  const [{ RunPool }] = await Promise.all([import('../sweep/pool.ts'), ready()]);
  const pool = new RunPool(workers === undefined ? {} : { workers });
  try {
    const pieces = Array.from({ length: Math.ceil(seeds.length / AT_ONCE) }, (_, index) =>
      pool.run('outcomes', {
        ...of.parts,
        seeds: seeds.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
      }),
    );
    const outcomes = (await Promise.all(pieces)).flat();
    for (const { seed, failure } of outcomes) {
      if (failure !== null)
        throw new Error(`seed ${seed}: ${failure.message}\n\n  Again: ${of.replay(seed)}`);
    }
    return new Sweep(of, outcomes);
  } finally {
    await pool.close();
  }
}
