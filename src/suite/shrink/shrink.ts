/**
 * `hasim shrink`: the smallest scenario that still fails the same way. Rounds of candidates (steps.ts) are tried until a whole round
 * leaves nothing out any more.
 *
 * How candidates are tried is handed in, several at a time; the first of them that fails the same way is kept, in their order. The
 * result is the same whatever their number.
 */

import type { PlainMap } from './plain.ts';
import { roundOf, type Step } from './steps.ts';
import { isSameWay, type Symptom } from './symptom.ts';
import type { Trial } from './trial.ts';

export interface ShrinkOptions {
  /** Tries candidates; the answers in their order, or null when it was interrupted. */
  readonly attempt: (trees: readonly PlainMap[]) => Promise<readonly Trial[] | null>;
  /** So many are tried at once. */
  readonly atOnce: number;
  /** Most runs; candidates that are no scenarios do not count. */
  readonly maxRuns: number;
  readonly progress?: (progress: Progress) => void;
}

export interface Progress {
  readonly runs: number;
  readonly tree: PlainMap;
}

export interface Shrunk {
  readonly tree: PlainMap;
  /** As it fails: the same way, with its own numbers. */
  readonly symptom: Symptom;
  readonly runs: number;
  /** `smallest`: nothing more can be left out; else it may be that something can. */
  readonly end: 'smallest' | 'budget' | 'interrupted';
}

/**
 * Makes a scenario smaller for as long as it fails the same way.
 *
 * @param tree fails in this way
 */
export async function shrink(tree: PlainMap, symptom: Symptom, options: ShrinkOptions): Promise<Shrunk> {
  const search = new Search(tree, symptom, options);
  while (search.end === null) await search.round();
  return { tree: search.tree, symptom: search.symptom, runs: search.runs, end: search.end };
}

class Search {
  tree: PlainMap;
  runs = 0;
  end: Shrunk['end'] | null = null;
  symptom: Symptom;
  readonly #options: ShrinkOptions;
  /** Candidates that do not fail the same way: rounds come by some of them again. */
  readonly #tried = new Set<string>();

  constructor(tree: PlainMap, symptom: Symptom, options: ShrinkOptions) {
    this.tree = tree;
    this.symptom = symptom;
    this.#options = options;
  }

  async round(): Promise<void> {
    const before = this.tree;
    let step = roundOf(this.tree);
    while (step !== null && this.end === null) step = await this.#next(step);
    if (this.tree === before) this.end ??= 'smallest';
  }

  /** Tries this step and some of those that come if it is not kept. */
  async #next(first: Step): Promise<Step | null> {
    const steps = this.#following(first);
    if (steps.length === 0) return null;
    const trials = await this.#options.attempt(steps.map(({ tree }) => tree));
    if (trials === null) {
      this.end = 'interrupted';
      return null;
    }
    for (const [index, step] of steps.entries()) {
      const trial = trials[index];
      if (trial === undefined) throw new Error('expected an answer for each candidate, got fewer');
      this.runs += trial.runs;
      const found =
        trial.kind === 'ran' ? trial.symptoms.find((one) => isSameWay(one, this.symptom)) : undefined;
      const kept = trial.kind === 'ran' && found !== undefined ? trial.tree : null;
      if (found !== undefined) this.symptom = found;
      if (kept !== null) this.tree = kept;
      this.#options.progress?.({ runs: this.runs, tree: this.tree });
      if (this.runs >= this.#options.maxRuns) {
        this.end = 'budget';
        return null;
      }
      if (kept !== null) return step.kept(kept);
      this.#tried.add(JSON.stringify(step.tree));
    }
    return steps.at(-1)?.dropped() ?? null;
  }

  /** The next candidates that have not been tried, each once. */
  #following(first: Step): Step[] {
    const steps = new Map<string, Step>();
    const { atOnce } = this.#options;
    for (let step: Step | null = first; step !== null && steps.size < atOnce; step = step.dropped()) {
      const key = JSON.stringify(step.tree);
      if (!this.#tried.has(key) && !steps.has(key)) steps.set(key, step);
    }
    return [...steps.values()];
  }
}
