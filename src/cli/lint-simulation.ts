/**
 * `hasim lint --simulate`: what a mistake does to the outage. The scenario is run as it is and with the mistake repaired, with the same
 * seed, so that nothing else differs; and once more with everything repaired, for one mistake may hide another.
 */

import { formatDuration } from '../kernel/time.ts';
import type { Finding } from '../lint/lint.ts';
import type { Effect, Measure } from '../lint/output/report.ts';
import { edited, type Edit } from '../scenario/edit.ts';
import type { RunResult } from '../run/result.ts';
import { resolveTree, type LoadResult } from '../scenario/load.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { readTextFile } from './read.ts';
import { breakdownOf, runInSlices } from './scenario-run.ts';
import type { Sink } from './sink.ts';

type Loaded = Extract<LoadResult, { ok: true }>;

/** How a run went: what it measured, or why there is nothing to measure. */
type Outcome =
  | {
      readonly ok: true;
      readonly measures: ReadonlyMap<string, Omit<Measure, 'asIs' | 'repaired'> & { value: number | null }>;
    }
  | { readonly ok: false; readonly why: string };

export interface Simulation {
  readonly effects: readonly Effect[];
  /** Ctrl-C, or nobody reads any more. */
  readonly aborted: boolean;
}

/** Simulates every error and warning that says how it is repaired, rule by rule. */
export async function simulateRepairs(
  loaded: Loaded,
  findings: readonly Finding[],
  out: Sink,
): Promise<Simulation> {
  const grave = findings.filter(({ severity }) => severity !== 'note');
  const rules = [...new Set(grave.map(({ rule }) => rule))].toSorted();
  const repairs = new Map(rules.map((rule) => [rule, repairOf(grave, rule)]));
  const able = rules.filter((rule) => repairs.get(rule)?.length !== 0);
  const unable = rules.filter((rule) => !able.includes(rule));
  const effects: Effect[] = unable.map((rule) => ({
    rules: [rule],
    text: 'not simulated, for how it is repaired depends on what is wanted',
    measures: null,
  }));
  if (able.length === 0) return { effects, aborted: false };
  const runs = new Runs(out);
  const editsOf = (some: readonly string[]): Edit[] => some.flatMap((rule) => repairs.get(rule) ?? []);
  const asIs = await runs.of(loaded.scenario);
  const sound = able.length > 1 ? await runs.repaired(loaded, editsOf(able)) : null;
  for (const rule of able) {
    const effect = compare([rule], asIs, await runs.repaired(loaded, editsOf([rule])));
    // Where something else is broken as well, repairing this alone may change nothing.
    const others = able.filter((other) => other !== rule);
    const alone = sound && compare([rule], await runs.repaired(loaded, editsOf(others)), sound);
    if (runs.aborted) return { effects, aborted: true };
    effects.push({ ...effect, ...(alone && { alone: { text: alone.text, measures: alone.measures } }) });
  }
  if (sound !== null) effects.push(compare(able, asIs, sound));
  return { effects, aborted: runs.aborted };
}

/** All edits of a rule, each once; none when one of its findings has none. */
function repairOf(findings: readonly Finding[], rule: string): Edit[] {
  const own = findings.filter((finding) => finding.rule === rule);
  if (own.some(({ repair }) => repair === undefined)) return [];
  const edits = new Map(own.flatMap(({ repair = [] }) => repair).map((edit) => [JSON.stringify(edit), edit]));
  return [...edits.values()];
}

class Runs {
  readonly #out: Sink;
  aborted = false;

  constructor(out: Sink) {
    this.#out = out;
  }

  async repaired({ tree }: Loaded, edits: readonly Edit[]): Promise<Outcome> {
    const loaded = resolveTree(edited(tree, edits), readTextFile);
    if (loaded.ok) return this.of(loaded.scenario);
    return { ok: false, why: `the repair needs more than this: ${loaded.diagnostics[0]?.message}` };
  }

  async of(scenario: ResolvedScenario): Promise<Outcome> {
    if (this.aborted) return { ok: false, why: 'interrupted' };
    try {
      const { result, aborted } = await runInSlices(scenario, {}, this.#out);
      this.aborted ||= aborted;
      return { ok: true, measures: measuresOf(result) };
    } catch (error) {
      return { ok: false, why: `a run broke off: ${breakdownOf(error).message}` };
    }
  }
}

function measuresOf({ probes, failovers, dualActive, workloads, availability }: RunResult) {
  const measures = new Map<string, { what: string; unit: 'us' | 'count'; value: number | null }>();
  const measure = (what: string, unit: 'us' | 'count', value: number | null): void =>
    void measures.set(what, { what, unit, value });
  for (const { name, longestGapUs } of probes) measure(`longest gap of ${name}`, 'us', longestGapUs);
  const totals = failovers.map(({ totalUs }) => totalUs ?? Infinity);
  const longestUs = Math.max(0, ...totals);
  if (failovers.length > 0) measure('longest failover', 'us', longestUs === Infinity ? null : longestUs);
  measure('failovers', 'count', failovers.length);
  measure('down', 'us', availability.timesUs.down);
  measure(
    'dual-active',
    'us',
    dualActive.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0),
  );
  const lost = workloads.flatMap((books) => Object.values(books.lost));
  if (workloads.length > 0)
    measure(
      'sessions lost',
      'count',
      lost.reduce((sum, count) => sum + count, 0),
    );
  return measures;
}

function compare(rules: readonly string[], asIs: Outcome, mended: Outcome): Effect {
  const failed = [asIs, mended].find((outcome) => !outcome.ok);
  if (failed?.ok === false) return { rules, text: `not simulated: ${failed.why}`, measures: null };
  if (!asIs.ok || !mended.ok) throw new Error('unreachable');
  const names = new Set([...asIs.measures.keys(), ...mended.measures.keys()]);
  const measures = [...names].flatMap((name): Measure[] => {
    const [with_, without] = [asIs.measures.get(name), mended.measures.get(name)];
    const known = with_ ?? without;
    if (known === undefined) return [];
    const value = (of: typeof known | undefined): number | null => (of === undefined ? 0 : of.value);
    return [{ what: known.what, unit: known.unit, asIs: value(with_), repaired: value(without) }];
  });
  const differing = measures.filter((one) => say(one, one.asIs) !== say(one, one.repaired));
  const [it, verb] = rules.length === 1 ? ['it', 'with it'] : ['them', 'with them'];
  const texts = differing.map(
    (one) => `${one.what} ${say(one, one.asIs)} ${verb}, ${say(one, one.repaired)} without`,
  );
  const none = `this run measures the same without ${it}`;
  return { rules, text: texts.length === 0 ? none : texts.join('; '), measures };
}

function say({ unit }: Measure, value: number | null): string {
  if (value === null) return 'without end';
  return unit === 'us' ? formatDuration(value) : String(value);
}
