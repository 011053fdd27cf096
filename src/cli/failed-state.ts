/**
 * What `--failed` remembers: the cases that failed when they were run last, in `.hasim/failed.json` beside where the user is. It is a
 * convenience: a file that is missing, broken or cannot be written keeps nobody from testing.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { compareText } from '../scenario/diagnostics.ts';
import { whyNot } from './exit.ts';

export const FAILED_FILE = '.hasim/failed.json';

const SCHEMA_VERSION = 1;

/** Ids of cases; null when there is no file, or none that can be understood. */
export function readFailed(): ReadonlySet<string> | null {
  try {
    const { schemaVersion, failed } = JSON.parse(readFileSync(FAILED_FILE, 'utf8')) as Record<
      string,
      unknown
    >;
    if (schemaVersion !== SCHEMA_VERSION || !Array.isArray(failed)) return null;
    return new Set(failed.filter((id) => typeof id === 'string'));
  } catch {
    return null;
  }
}

/** What became of the cases of one call. */
export interface CasesRun {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Whether a case that was not run is one still. */
  readonly exists: (id: string) => boolean;
}

/**
 * Remembers it; cases that were not run stay as they were.
 *
 * @returns why it could not be written; empty when it was
 */
export function rememberFailed({ passed, failed, exists }: CasesRun): string {
  const before = readFailed();
  const run = new Set([...passed, ...failed]);
  const others = [...(before ?? [])].filter((id) => !run.has(id) && exists(id));
  const now = [...failed, ...others].sort(compareText);
  if (now.length === 0 && before === null && !existsSync(FAILED_FILE)) return '';
  const temporary = `${FAILED_FILE}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(FAILED_FILE), { recursive: true });
    writeFileSync(temporary, `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, failed: now }, null, 2)}\n`);
    renameSync(temporary, FAILED_FILE);
    return '';
  } catch (error) {
    return `cannot write ${FAILED_FILE}: ${whyNot(error)}`;
  }
}
