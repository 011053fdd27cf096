/** For programs: the whole result as one document, with stable keys. Results of failing runs are without their traces. */

import type { CaseOutcome, SuiteResult } from '../../suite/outcome.ts';
import type { SuiteReporter } from './reporter.ts';

/** Changes when a key does. */
export const SUITE_SCHEMA_VERSION = 1;

export function makeJson(): SuiteReporter {
  return { start: () => '', caseDone: () => '', end: render };
}

function render({ version, cases, milliseconds, end }: SuiteResult): string {
  const passed = cases.every(({ status }) => status === 'passed' || status === 'skipped');
  const document = {
    schemaVersion: SUITE_SCHEMA_VERSION,
    version,
    passed,
    end,
    milliseconds: Math.round(milliseconds),
    cases: cases.map(caseOf),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function caseOf({ failed, ...outcome }: CaseOutcome): object {
  return {
    ...outcome,
    milliseconds: Math.round(outcome.milliseconds),
    failed: failed.map(({ seed, result, failure, replay, excerpts }) => ({
      seed,
      failure,
      replay,
      digest: result?.digests.protocol ?? null,
      verdicts: (result?.verdicts ?? []).map((verdict) => ({
        ...verdict,
        excerpt: excerpts[verdict.index] ?? '',
      })),
      failovers: result?.failovers.length ?? null,
    })),
  };
}
