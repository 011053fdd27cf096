import type { Finding } from '../lint/lint.ts';
import type { Effect } from '../lint/output/report.ts';
import type { LoadResult } from '../scenario/load.ts';
import type { Sink } from './sink.ts';

export async function simulateRepairs(
  _l: Extract<LoadResult, { ok: true }>,
  _f: readonly Finding[],
  _o: Sink,
): Promise<Effect[]> {
  return [];
}
