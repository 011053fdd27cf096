/** Findings as JSON, for programs: one document for all files of a command. */

import type { Finding } from '../lint.ts';
import type { LintedFile } from './report.ts';
import { totalOf } from './text.ts';

const SCHEMA_VERSION = 1;

/** Ends with a line break. */
export function renderLintJson(files: readonly LintedFile[]): string {
  const document = {
    schemaVersion: SCHEMA_VERSION,
    counts: totalOf(files),
    files: files.map(({ file, findings, unneeded, effects }) => ({
      file,
      findings: findings.map(plain),
      unneededDeliberate: unneeded,
      ...(effects === undefined ? {} : { simulated: effects }),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function plain({ rule, severity, deliberate, at, consequence, source, repair }: Finding) {
  const { file, line, column, endColumn, path, message } = at;
  return {
    rule,
    severity,
    deliberate,
    file,
    line,
    column,
    endColumn,
    path,
    message,
    consequence,
    source,
    repair: repair ?? null,
  };
}
