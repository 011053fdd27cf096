/**
 * Findings as SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code-scanning services read. Deliberate ones
 * are there, suppressed; so a service can show that somebody meant it.
 */

import { VERSION } from '../../version.ts';
import type { Finding } from '../lint.ts';
import { RULES } from '../rules.ts';
import type { LintedFile } from './report.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Ends with a line break. */
export function renderSarif(files: readonly LintedFile[]): string {
  const driver = {
    name: 'hasim lint',
    version: VERSION,
    rules: RULES.map(({ id, severity, title, consequence, source }) => ({
      id,
      shortDescription: { text: `${title}.` },
      fullDescription: { text: `${title}: ${consequence}.` },
      help: { text: `${source.reference}; ${source.url}` },
      helpUri: source.url.split(/[ ,]/)[0],
      defaultConfiguration: { level: severity },
    })),
  };
  const results = files.flatMap(({ findings }) => findings.map(resultOf));
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function resultOf({ rule, severity, at, consequence, deliberate }: Finding) {
  const { file, line, column, endColumn, message, path } = at;
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${message}: ${consequence}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column, endColumn },
        },
        logicalLocations: [{ fullyQualifiedName: path }],
      },
    ],
    ...(deliberate
      ? { suppressions: [{ kind: 'inSource', justification: 'listed under deliberate:' }] }
      : {}),
  };
}

/** A relative reference, or a file: URI of an absolute path. */
function uriOf(file: string): string {
  const parts = file.split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? `file://${parts}` : parts;
}
