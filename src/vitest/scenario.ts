/**
 * A scenario as a test arranges it: a file, and what the test changes of it, in the words of a scenario file.
 *
 *     const pair = scenario('scenarios/topology/active-passive-pair.yaml').with('heartbeat-interval', '2s').until('60s');
 *     const run = pair.at('10s', { 'power-off': 'palo-1' }).seed(7).run();
 *
 * Every change is a setting as `hasim run --set` takes it, so that whatever a test runs, one line replays it.
 */

import { readFileSync } from 'node:fs';
import { basename, extname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replayCommand } from '../report/text.ts';
import { edited } from '../scenario/edit.ts';
import { loadScenario, resolveTree, type LoadResult } from '../scenario/load.ts';
import { nodeAt, toPlain, writePath, type LocatedMap, type Path } from '../scenario/located.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import { findPath, withSettings, writeSetting, type Setting } from '../scenario/settings.ts';
import { makeSource } from '../scenario/source.ts';
import { readSeeds } from '../sweep/seeds.ts';
import type { ScenarioSource } from '../sweep/source.ts';
import { mistake, mistakes } from './mistake.ts';
import { Run, Seeds } from './run.ts';
import { sweep, type Sweep, type SweepOptions } from './sweep.ts';
import type { Action, Duration, ExpectationWords } from './words.ts';

export type Loaded = Extract<LoadResult, { readonly ok: true }>;

/** Runs that are carried out by one call. */
const MOST_SEEDS = 100_000;

/**
 * The scenario of a file. A part of scenarios (a topology without a name) is called after its file.
 *
 * @param file relative to the working directory, or a URL such as `new URL('pair.yaml', import.meta.url)`
 * @throws ScenarioMistake when it cannot be read
 */
export function scenario(file: string | URL): Scenario {
  const name = typeof file === 'string' ? file : relative('.', fileURLToPath(file));
  const texts: Record<string, string> = {};
  const readText = (path: string): string => (texts[path] ??= readFileSync(path, 'utf8'));
  let tree: LocatedMap | null = null;
  const loaded = loadScenario(name, readText, (whole) => (tree = whole));
  if (tree === null) throw mistakes(loaded.ok ? [] : loaded.diagnostics);
  const whole = new Scenario({ source: { file: name, texts }, readText, tree, settings: [], seed: null });
  return nodeAt(tree, ['name']) === undefined ? whole.with('name', basename(name, extname(name))) : whole;
}

interface Draft {
  readonly source: ScenarioSource;
  readonly readText: (file: string) => string;
  /** With the settings. */
  readonly tree: LocatedMap;
  readonly settings: readonly Setting[];
  /** Null = the scenario's own. */
  readonly seed: string | null;
}

/** A scenario and what a test has changed of it. It never changes itself: every call gives another. */
export class Scenario {
  readonly #draft: Draft;
  #loaded: Loaded | null = null;
  readonly #expectations = new Map<string, readonly Expectation[]>();

  /** @internal */
  constructor(draft: Draft) {
    this.#draft = draft;
  }

  /**
   * With one setting changed; the end of a path is enough where it means one place: `heartbeat-interval`, `ha2.loss`.
   *
   * @throws ScenarioMistake for a path that the scenario does not have
   */
  with(path: string, value: unknown): Scenario {
    const found = findPath(this.#draft.tree, path);
    if ('message' in found) throw mistake(`with('${path}')`, found);
    return this.#set(found, value);
  }

  /** With one more fault or operator action on its timeline. */
  at(time: Duration, action: Action): Scenario {
    const before = nodeAt(this.#draft.tree, ['timeline']);
    const entries = before?.kind === 'list' ? (toPlain(before) as readonly unknown[]) : [];
    return this.#set(['timeline'], [...entries, { at: time, ...action }]);
  }

  /** With another length. */
  until(duration: Duration): Scenario {
    return this.#set(['until'], duration);
  }

  /** With another seed. */
  seed(seed: string | number): Scenario {
    return new Scenario({ ...this.#draft, seed: String(seed) });
  }

  #set(path: Path, value: unknown): Scenario {
    const setting = { path, value };
    const others = this.#draft.settings.filter((one) => writePath(one.path) !== writePath(path));
    const tree = withSettings(this.#draft.tree, [setting]);
    return new Scenario({ ...this.#draft, tree, settings: [...others, setting] });
  }

  /** Runs it. @throws ScenarioMistake with everything that is wrong with it; LimitError when it runs away */
  run(): Run {
    const { scenario } = this.loaded;
    return new Run(this, this.#draft.seed ?? scenario.seed);
  }

  /** Runs with each of these seeds (`1..20`), each carried out when it is looked at; a matcher looks at all of them. */
  seeds(range: string): Seeds {
    return new Seeds(this, seedsIn(range));
  }

  /** Runs with each of these seeds (`1..300`) on all cores, of which rows of metrics are kept, for statements over them. */
  sweep(range: string, options: SweepOptions = {}): Promise<Sweep> {
    return sweep(this, seedsIn(range), options);
  }

  /** @internal Checked and resolved, once. */
  get loaded(): Loaded {
    if (this.#loaded !== null) return this.#loaded;
    const { source, readText, tree } = this.#draft;
    const loaded = loadScenario(source.file, readText, () => tree);
    if (!loaded.ok) throw mistakes(loaded.diagnostics);
    return (this.#loaded = loaded);
  }

  /** @internal As it travels to a worker. */
  get parts(): Pick<Draft, 'source' | 'settings'> {
    const { source, settings } = this.#draft;
    return { source, settings };
  }

  /** @internal The line that repeats a run. */
  replay(seed: string): string {
    const { source, settings } = this.#draft;
    return replayCommand(
      source.file,
      seed,
      settings.flatMap((setting) => ['--set', writeSetting(setting)]),
    );
  }

  /** @internal An expectation in words as the engine takes it, checked like one that stands in the file. */
  expectation(words: ExpectationWords, matcher: string): readonly Expectation[] {
    const text = JSON.stringify(words);
    const before = this.#expectations.get(text);
    if (before !== undefined) return before;
    const span = { source: makeSource(`expect(…).${matcher}`, text), start: 0, end: text.length };
    const tree = edited(this.loaded.tree, [{ path: ['expect'], set: [words], span }]);
    const read = resolveTree(tree, this.#draft.readText);
    if (!read.ok) throw mistakes(read.diagnostics);
    this.#expectations.set(text, read.scenario.expect);
    return read.scenario.expect;
  }
}

function seedsIn(range: string): string[] {
  const read = readSeeds(range);
  const call = `seeds '${range}'`;
  if (read === null) throw mistake(call, { message: 'expected a range such as 1..100', hint: '' });
  const { first, count } = read;
  if (count > MOST_SEEDS)
    throw mistake(call, { message: `expected at most ${MOST_SEEDS} seeds, got ${count}`, hint: '' });
  return Array.from({ length: count }, (_, index) => String(first + index));
}
