/**
 * Where settings are tried: makes a scenario of every combination of values, once, and carries out runs of it, never the same twice. All
 * settings are run with the same seeds in the same order, so that they differ by nothing else.
 */

import { timersOf } from '../../run/ha-settings.ts';
import { resolveTree } from '../../scenario/load.ts';
import type { LocatedMap } from '../../scenario/located.ts';
import type { ReadText } from '../../scenario/read.ts';
import type { ResolvedScenario } from '../../scenario/schema/scenario.ts';
import { findPath, withSettings, writeSetting, type Setting } from '../../scenario/settings.ts';
import type { Device } from '../../scenario/schema/device.ts';
import type { RunOutcome } from '../outcome.ts';
import {
  closedForm,
  computedRate,
  countedRate,
  ENOUGH,
  faultFree,
  type FalseFailoverRate,
} from './false-failovers.ts';
import { plain, settingsFor, timersIn, type Timer, type Values } from './space.ts';

/** Carries out runs. Fewer than asked for come back when it was stopped. */
export type Runs = (
  settings: readonly Setting[],
  seeds: readonly string[],
  untilUs?: number,
) => Promise<readonly RunOutcome[]>;

/** A setting under trial. */
export interface Candidate {
  readonly values: Values;
  readonly settings: readonly Setting[];
  readonly scenario: ResolvedScenario;
  /** Takeovers for nothing per second, or why they cannot be computed. */
  readonly closed: ReturnType<typeof closedForm>;
  /** What lint says of it. */
  readonly findings: readonly string[];
  /** Of the first seeds. */
  outcomes: readonly RunOutcome[];
  rate: FalseFailoverRate | null;
}

export interface BenchOptions {
  /** Of the scenario with what is fixed. */
  readonly tree: LocatedMap;
  readonly readText: ReadText;
  readonly scenario: ResolvedScenario;
  readonly timers: readonly Timer[];
  readonly seeds: readonly string[];
  readonly runs: Runs;
  readonly budget: number;
  readonly lint: (scenario: ResolvedScenario) => readonly string[];
  readonly confidence: number;
}

/** Seeds of runs without faults, and the longest that each is. */
const QUIET_SEEDS = ['1', '2', '3', '4'];
const LONGEST_QUIET_US = 24 * 3_600_000_000;
const SHORTEST_QUIET_US = 1_800_000_000;

export class Bench {
  readonly #options: BenchOptions;
  readonly #candidates = new Map<string, Candidate | null>();
  /** Runs carried out. */
  spent = 0;
  /** Runs of the budget that are not to be spent yet. */
  held = 0;
  /** Runs were cut short: somebody wants an end. */
  interrupted = false;

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  get tried(): number {
    return this.#candidates.size;
  }

  get refused(): number {
    return [...this.#candidates.values()].filter((candidate) => candidate === null).length;
  }

  get left(): number {
    return this.interrupted ? 0 : Math.max(0, this.#options.budget - this.spent - this.held);
  }

  /** In the order in which they were first asked for. */
  candidates(): readonly Candidate[] {
    return [...this.#candidates.values()].filter((candidate) => candidate !== null);
  }

  has(values: Values): boolean {
    return this.#candidates.has(values.join());
  }

  /** The candidate with these values; null where PAN-OS or the scenario refuses them. */
  candidate(values: Values): Candidate | null {
    const key = values.join();
    const known = this.#candidates.get(key);
    if (known !== undefined) return known;
    const { timers } = this.#options;
    const present = timers.every((timer, index) => values[index] === timer.present);
    const made = this.trial(timers, present ? null : values);
    this.#candidates.set(key, made);
    return made;
  }

  /** A candidate that is not kept. @param values null = the scenario as it is */
  trial(timers: readonly Timer[], values: Values | null): Candidate | null {
    const { tree, readText, scenario, lint } = this.#options;
    const settings = values === null ? [] : settingsFor(scenario, timers, values);
    const resolved = settings.length === 0 ? null : resolveTree(withSettings(tree, settings), readText);
    if (resolved !== null && !resolved.ok) return null;
    const own = resolved?.scenario ?? scenario;
    return {
      values: values ?? timers.map(({ present }) => present),
      settings,
      scenario: own,
      closed: closedForm(own),
      findings: lint(own),
      outcomes: [],
      rate: null,
    };
  }

  /** What of its settings is to be changed: single timers that are other than they are, and the election timers all or none. */
  changed({ values }: Candidate): readonly Setting[] {
    const { timers, scenario } = this.#options;
    const differs = (timer: Timer): boolean => values[timers.indexOf(timer)] !== timer.present;
    const election = timers.some((timer) => timer.election !== null && differs(timer));
    const kept = timers.filter((timer) => (timer.election === null ? differs(timer) : election));
    return settingsFor(
      scenario,
      kept,
      kept.map((timer) => values[timers.indexOf(timer)] as number),
    );
  }

  /** `--set` options that make this candidate of the scenario: of the election timers those that are other than they are. */
  options(settings: readonly Setting[]): readonly string[] {
    const { scenario } = this.#options;
    const device = Object.values(scenario.devices)[0] as Device;
    const anyway = timersOf(device);
    const election = timersIn(scenario).filter((timer) => timer.election !== null);
    return settings.flatMap((setting) => {
      const timer = election.find(({ name }) => name === setting.path.at(-1));
      const key = timer?.election ?? null;
      const kept = timer === undefined || key === null ? null : plain(timer, anyway[key]);
      return kept === setting.value ? [] : [this.#shortest(setting)];
    });
  }

  /** With the end of the path where that is enough. */
  #shortest(setting: Setting): string {
    const end = String(setting.path.at(-1));
    const found = findPath(this.#options.tree, end);
    const path = 'message' in found || found.join() !== setting.path.join() ? setting.path : [end];
    return writeSetting({ ...setting, path });
  }

  /** Runs of each with the first seeds, as far as the budget goes. */
  async measure(candidates: readonly Candidate[], count: number): Promise<void> {
    const { seeds, runs } = this.#options;
    const jobs: Promise<void>[] = [];
    for (const candidate of new Set(candidates)) {
      const missing = seeds.slice(candidate.outcomes.length, count);
      if (missing.length === 0) continue;
      if (missing.length > this.left) break;
      this.spent += missing.length;
      jobs.push(
        runs(candidate.settings, missing).then((outcomes) => {
          if (outcomes.length < missing.length) this.interrupted = true;
          candidate.outcomes = [...candidate.outcomes, ...outcomes];
        }),
      );
    }
    await Promise.all(jobs);
  }

  /** Finds the rate of false failovers of each: by counting where there is enough to count, else in closed form. */
  async rate(candidates: readonly Candidate[]): Promise<void> {
    await Promise.all([...new Set(candidates)].map(async (one) => (one.rate ??= await this.#rateOf(one))));
  }

  async #rateOf({ closed, scenario, settings }: Candidate): Promise<FalseFailoverRate> {
    const { runs, confidence } = this.#options;
    const why = typeof closed === 'number' ? '' : closed.why;
    const rate = typeof closed === 'number' ? closed : 0;
    const expected = (rate * LONGEST_QUIET_US * QUIET_SEEDS.length) / 1e6;
    if (typeof closed === 'number' && (expected < 2 * ENOUGH || this.left < QUIET_SEEDS.length))
      return computedRate(closed);
    // Long enough for twice as many as are needed; longest where nothing is known.
    const eachUs = rate === 0 ? LONGEST_QUIET_US : (4 * ENOUGH * 1e6) / rate / QUIET_SEEDS.length;
    const minute = 60_000_000;
    const untilUs = Math.min(
      LONGEST_QUIET_US,
      Math.max(SHORTEST_QUIET_US, Math.ceil(eachUs / minute) * minute),
    );
    this.spent += QUIET_SEEDS.length;
    const election = timersIn(scenario).filter((timer) => timer.election !== null);
    const own =
      settings.length > 0
        ? settings
        : settingsFor(
            scenario,
            election,
            election.map(({ present }) => present),
          );
    const outcomes = await runs(faultFree(own), QUIET_SEEDS, untilUs);
    if (outcomes.length < QUIET_SEEDS.length) this.interrupted = true;
    const counted = countedRate(outcomes, untilUs, confidence, why);
    const enough = (counted.counted?.events ?? 0) >= ENOUGH;
    return typeof closed === 'number' && !enough ? computedRate(closed) : counted;
  }
}
