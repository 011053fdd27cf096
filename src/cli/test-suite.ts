/** Carries out `hasim test`. */

import type { Context, Given } from './command.ts';
import type { ExitCode } from './exit.ts';
import { interruptible } from './interrupt.ts';
import { withOutput } from './output.ts';
import { findTests } from './test-files.ts';
import { TestPool, testOnce } from './test-once.ts';
import { readTestRequest } from './test-request.ts';

/** Carries out `hasim test`. */
export async function testFiles(given: Given, context: Context): Promise<ExitCode> {
  const request = readTestRequest(given);
  const pool = new TestPool(request.workers);
  try {
    if (request.watch) {
      const { watchTests } = await import('./test-watch.ts');
      return await watchTests(request, context, pool);
    }
    const found = findTests(request.paths, request.seeds);
    const files = found.files.flatMap((file) => file.files);
    return await withOutput({ ...given, files }, context.out, (out) =>
      interruptible((signal) => testOnce(found, request, { ...context, out }, pool, signal)),
    );
  } finally {
    await pool.close();
  }
}
