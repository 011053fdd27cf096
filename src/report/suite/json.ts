/** For programs: the whole result as one document, with stable keys. Results of failing runs are without their traces. */

import type { Verdict } from '../../check/verdict.ts';
import type { RunResult } from '../../run/result.ts';
import type { CaseOutcome, SuiteResult } from '../../suite/outcome.ts';
import { describeRecord } from '../records.ts';
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
  return `${escapeUnseen(JSON.stringify(document, null, 2))}\n`;
}

/** The same document, in which nothing from a scenario turns the text of a terminal around. */
function escapeUnseen(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (text) =>
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'))
      .map((code) => `\\u${code}`)
      .join(''),
  );
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
        causes: result === null ? [] : causesOf(verdict, result),
        excerpt: excerpts[verdict.index] ?? '',
      })),
      failovers: result?.failovers.length ?? null,
    })),
  };
}

/** The chain that led to a verdict, the effect first, in words: whoever reads this has no trace to look numbers up in. */
function causesOf({ causes }: Verdict, { records, devices }: RunResult): object[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return causes.map((id) => {
    const record = byId.get(id);
    if (record === undefined) return { id };
    const { timeUs, kind, subject } = record;
    return { id, timeUs, kind, subject, text: describeRecord(record, devices) };
  });
}
