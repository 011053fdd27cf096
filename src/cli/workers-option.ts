/** `--workers N` of commands that run on several cores. */

import type { Given } from './command.ts';
import { UsageError } from './exit.ts';

const MAX_WORKERS = 256;

/** Null = one for each core. @throws UsageError */
export function workersOf({ texts }: Given): number | null {
  const text = texts['workers'];
  if (text === undefined) return null;
  const workers = Number(text);
  if (/^\d{1,3}$/.test(text) && workers >= 1 && workers <= MAX_WORKERS) return workers;
  throw new UsageError('--workers', `expected a number from 1 to ${MAX_WORKERS}, got ${text}`);
}
