/**
 * Workers that carry out tasks on all cores. Results do not depend on how many there are, nor on the order in which they finish: a task
 * is a pure function of its data, and whoever sends several puts their results in order.
 *
 * A worker that dies takes nothing with it: its task is done again by another. A task that kills its worker twice is given back as a
 * `WorkerDeath`, for whoever sent it to cut into smaller ones.
 */

import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { CasePart } from '../suite/case-task.ts';
import type { CoverageOutcome, CoverageTask } from '../suite/coverage-task.ts';
import type { Trial, TrialTask } from '../suite/shrink/trial.ts';
import type { RunsTask } from './tasks.ts';
import type { RunOutcome } from './outcome.ts';

/** Tasks by name: what each takes, and what it gives. */
export interface Tasks {
  outcomes: { takes: RunsTask; gives: RunOutcome[] };
  case: { takes: RunsTask; gives: CasePart };
  coverage: { takes: CoverageTask; gives: CoverageOutcome };
  trial: { takes: TrialTask; gives: Trial };
}

export type TaskName = keyof Tasks;

export interface PoolOptions {
  /** As many as there are cores, unless told. */
  readonly workers?: number;
  /** The file that a worker opens; its own beside this one unless told (tests give one that dies). */
  readonly worker?: URL;
}

/** A task has killed its worker twice. */
export class WorkerDeath extends Error {
  override readonly name = 'WorkerDeath';
}

/**
 * What a run leaves behind is collected in the young generation; in a worker node makes it small, and a fifth of the time went into
 * collecting it more often than in the main thread (`bench/sweep.ts`).
 */
const YOUNG_MB = 64;

export class RunPool {
  readonly workers: number;
  readonly #piscina: Piscina;
  #closed = false;

  constructor({ workers = availableParallelism(), worker = workerFile() }: PoolOptions = {}) {
    this.workers = workers;
    this.#piscina = new Piscina({
      filename: worker.href,
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: Number.POSITIVE_INFINITY,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    // Closing ends the workers whatever they do; an answer that was on its way then belongs to nobody, which Piscina calls an error.
    this.#piscina.on('error', (error: Error) => {
      if (!this.#closed) throw error;
    });
  }

  /** Carries out a task. @throws what the task throws, WorkerDeath when two workers died of it */
  async run<Name extends TaskName>(name: Name, task: Tasks[Name]['takes']): Promise<Tasks[Name]['gives']> {
    try {
      return await this.#once(name, task);
    } catch (error) {
      if (!isDeath(error)) throw error;
    }
    try {
      return await this.#once(name, task);
    } catch (error) {
      if (isDeath(error))
        throw new WorkerDeath(`a worker died twice: ${(error as Error).message}`, { cause: error });
      throw error;
    }
  }

  async #once<Name extends TaskName>(name: Name, task: Tasks[Name]['takes']): Promise<Tasks[Name]['gives']> {
    return (await this.#piscina.run(task, { name })) as Tasks[Name]['gives'];
  }

  /** Ends the workers, whatever they do. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#piscina.destroy();
  }
}

/** Piscina tells of a dead worker by these. */
function isDeath(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' || error.message.startsWith('worker exited with code');
}

/** Beside this file; run from its source (tests, benches) it opens what was built, for node reads no TypeScript. */
function workerFile(): URL {
  const own = import.meta.url;
  return new URL(own.endsWith('.ts') ? '../../dist/sweep/worker.js' : './worker.js', own);
}
