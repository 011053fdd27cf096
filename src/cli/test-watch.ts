/**
 * `hasim test --watch`: runs the selected cases, and then again those that a changed file concerns: itself, what it extends, its CSV
 * files. A q or Ctrl-C ends it.
 */

import { resolve } from 'node:path';
import type { TestFile } from '../suite/cases.ts';
import type { Context } from './command.ts';
import { EXIT, UsageError, type ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import type { Sink } from './sink.ts';
import { findTests, type FoundTests } from './test-files.ts';
import type { TestRequest } from './test-request.ts';
import { testOnce, type TestPool } from './test-once.ts';
import { FileWatch } from './watch-files.ts';

/** Carries out `hasim test --watch`. */
export async function watchTests(request: TestRequest, context: Context, pool: TestPool): Promise<ExitCode> {
  const watch = new FileWatch();
  const keys = new Keys(context.out);
  try {
    return await interruptible(async (signal) => {
      const stop = AbortSignal.any([signal, keys.signal]);
      const code = await watchUntil(stop, { request, context, pool, watch });
      return signal.aborted || keys.interrupted ? EXIT.interrupted : code;
    });
  } finally {
    keys.close();
    watch.close();
  }
}

interface Watching {
  readonly request: TestRequest;
  readonly context: Context;
  readonly pool: TestPool;
  readonly watch: FileWatch;
}

async function watchUntil(stop: AbortSignal, { request, context, pool, watch }: Watching): Promise<ExitCode> {
  let found = findTests(request.paths, request.seeds);
  let concerned: FoundTests | null = found;
  let code: ExitCode = EXIT.ok;
  while (!stop.aborted && !context.out.closed) {
    watch.watch(
      found.files.flatMap(({ files }) => files),
      found.folders,
    );
    if (concerned !== null) {
      code = await attempt(concerned, request, context, pool, stop);
      if (stop.aborted) break;
      await context.err.write('\nWaiting for changes; q or Ctrl-C ends.\n');
    }
    const changed = await watch.changes(stop);
    if (stop.aborted) break;
    const known = new Set(found.files.map(({ file }) => file));
    found = findTests(request.paths, request.seeds);
    const files = found.files.filter((file) => !known.has(file.file) || isConcerned(file, changed));
    concerned = files.length === 0 ? null : { ...found, files, leftOut: 0 };
  }
  return code;
}

function isConcerned({ files }: TestFile, changed: ReadonlySet<string>): boolean {
  return files.some((file) => changed.has(resolve(file)));
}

/** A selection that is empty for now is no reason to end. */
async function attempt(
  found: FoundTests,
  request: TestRequest,
  context: Context,
  pool: TestPool,
  stop: AbortSignal,
): Promise<ExitCode> {
  try {
    return await testOnce(found, request, context, pool, stop);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await context.err.write(`${error.sentence}\n`);
    return EXIT.mistake;
  }
}

/** What is typed while it waits. */
class Keys {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  /** It was Ctrl-C, which a terminal sends as a key once it has to send every key. */
  interrupted = false;
  readonly #raw: boolean;

  constructor(out: Sink) {
    const { stdin } = process;
    this.#raw = stdin.isTTY && !out.closed;
    if (this.#raw) stdin.setRawMode(true);
    stdin.on('data', this.#hear);
    stdin.on('error', () => undefined);
  }

  readonly #hear = (data: Buffer): void => {
    const text = data.toString();
    this.interrupted = text.includes('\u0003');
    if (this.interrupted || /^q/im.test(text)) this.#controller.abort();
  };

  close(): void {
    const { stdin } = process;
    stdin.off('data', this.#hear);
    if (this.#raw) stdin.setRawMode(false);
    stdin.pause();
  }
}
