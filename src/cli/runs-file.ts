/**
 * The file of a sweep's runs on a disk: every run is written when its turn has come, so that what is done is there whatever happens, and
 * read back to go on or to be merged. What a full disk has cut short is overwritten when the sweep goes on.
 *
 * Runs that came out of turn before a Ctrl-C stand at the end, behind a line that says so; going on puts them where they belong.
 */

import { closeSync, existsSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import {
  headerLine,
  readHeader,
  readRun,
  runLine,
  type RunLine,
  type RunsHeader,
} from '../sweep/runs-file.ts';
import type { RunOutcome } from '../sweep/outcome.ts';
import type { SweepPlan } from '../sweep/plan.ts';
import { TroubleError, UsageError } from './exit.ts';
import { linesOf } from './lines.ts';

/** In front of runs that stand out of their order. */
export const OUT_OF_TURN = '{"kind":"out of turn"}';

/** What a file of runs has. */
export interface RunsRead {
  readonly header: RunsHeader;
  /** Runs that came before their turn. */
  readonly outOfTurn: ReadonlyMap<number, RunOutcome>;
  /** Index behind the last run that stands in its order. */
  readonly next: number;
  /** Length in bytes of what stands in its order. */
  readonly length: number;
}

/**
 * Reads a file of runs.
 *
 * @param check looks at the header before anything else is read, and throws where the file is not the one that is wanted
 * @param take is given every run that stands in its order
 * @throws TroubleError, UsageError for a file that is none of a sweep
 */
export async function readRuns(
  file: string,
  check: (header: RunsHeader) => void,
  take: (run: RunLine) => void | Promise<void>,
): Promise<RunsRead> {
  let header: RunsHeader | null = null;
  let [length, next, inOrder] = [0, 0, true];
  const outOfTurn = new Map<number, RunOutcome>();
  for await (const { text, end, whole } of linesOf(file)) {
    if (header === null) {
      const read = whole ? readHeader(text) : 'expected a file that hasim sweep has written, got another';
      if (typeof read === 'string') throw new UsageError(file, read);
      check(read);
      [header, length, next] = [read, end, read.range[0]];
      continue;
    }
    if (text === OUT_OF_TURN) {
      inOrder = false;
      continue;
    }
    const run = whole ? readRun(header.plan, text) : null;
    if (run === null && !whole) break; // Cut short by a kill or a full disk: it is run again.
    if (run === null)
      throw new UsageError(file, `expected a run of its sweep on every line, got ${excerpt(text)}`);
    if (!inOrder) {
      outOfTurn.set(run.index, run.outcome);
      continue;
    }
    if (run.index < next || run.index >= header.range[1]) {
      throw new UsageError(
        file,
        `expected runs in their order up to ${header.range[1]}, got run ${run.index}`,
      );
    }
    await take(run);
    [next, length] = [run.index + 1, end];
  }
  if (header === null)
    throw new UsageError(file, 'expected a file that hasim sweep has written, got an empty one');
  return { header, outOfTurn, next, length };
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text || 'an empty one';
}

/** A file of runs that is being written. */
export class RunsWriter {
  readonly #name: string;
  readonly #plan: SweepPlan;
  readonly #descriptor: number;
  #length: number;

  private constructor(name: string, plan: SweepPlan, descriptor: number, length: number) {
    this.#length = length;
    this.#name = name;
    this.#plan = plan;
    this.#descriptor = descriptor;
  }

  /** A new file. @throws UsageError when there is one of that name, TroubleError */
  static create(name: string, plan: SweepPlan, range: RunsHeader['range']): RunsWriter {
    if (existsSync(name)) {
      throw new UsageError(
        '--out',
        `expected the name of a new file, got ${name}`,
        '--resume goes on from what it has.',
      );
    }
    const writer = new RunsWriter(name, plan, opened(name, 'wx'), 0);
    writer.#write(headerLine(plan, range));
    return writer;
  }

  /** Goes on behind what stands in its order. @throws TroubleError */
  static resume(name: string, { header, length }: RunsRead): RunsWriter {
    const writer = new RunsWriter(name, header.plan, opened(name, 'r+'), length);
    writer.#attempt(() => ftruncateSync(writer.#descriptor, length));
    return writer;
  }

  /** @throws TroubleError */
  add(index: number, outcome: RunOutcome): void {
    this.#write(runLine(this.#plan, index, outcome));
  }

  /** Ends the file. @param outOfTurn what it is to keep although its turn has not come @throws TroubleError */
  finish(outOfTurn: ReadonlyMap<number, RunOutcome>): void {
    if (outOfTurn.size > 0) {
      const indices = [...outOfTurn.keys()].toSorted((a, b) => a - b);
      const lines = indices.map((index) => runLine(this.#plan, index, outOfTurn.get(index)!));
      this.#write([`${OUT_OF_TURN}\n`, ...lines].join(''));
    }
    this.close();
  }

  close(): void {
    this.#attempt(() => closeSync(this.#descriptor));
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    this.#attempt(() => {
      for (let at = 0; at < bytes.length;) {
        at += writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#length + at);
      }
      this.#length += bytes.length;
    });
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      throw new TroubleError(`cannot write ${this.#name}`, error);
    }
  }
}

function opened(name: string, flags: 'wx' | 'r+'): number {
  try {
    return openSync(name, flags);
  } catch (error) {
    throw new TroubleError(`cannot write ${name}`, error);
  }
}
