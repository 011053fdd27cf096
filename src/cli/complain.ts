/**
 * How mistakes are shown: text on standard error for people, and with --json also a document on standard output for
 * programs: `{ schemaVersion, file?, error: { kind, … } }`.
 */

import { RESULT_SCHEMA_VERSION } from '../run/result.ts';
import { renderDiagnostics, type Diagnostic } from '../scenario/diagnostics.ts';
import type { Sink } from './sink.ts';

interface Manner {
  readonly out: Sink;
  readonly err: Sink;
  /** Also as JSON on standard output. */
  readonly json: boolean;
  /** One of several files: its mistakes get a heading. */
  readonly several: boolean;
}

/** Shows what is wrong with a scenario. */
export async function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  file: string,
  { out, err, json, several }: Manner,
): Promise<void> {
  const { style } = err;
  const count = `${diagnostics.length} mistake${diagnostics.length === 1 ? '' : 's'}`;
  const head = several ? `${style.bold(`${file}: ${count}`)}\n` : '';
  const foot = several ? '\n' : `\n${count}; nothing was run.\n`;
  const text = renderDiagnostics(diagnostics, { colour: (name, part) => style[name](part) });
  await err.write(head + text + foot);
  if (json) await out.write(errorJson('scenario', { diagnostics }, file));
}

/** An error as one line of JSON. */
export function errorJson(kind: string, detail: object, file?: string): string {
  const where = file === undefined ? {} : { file };
  return `${JSON.stringify({ schemaVersion: RESULT_SCHEMA_VERSION, ...where, error: { kind, ...detail } })}\n`;
}

/** One sentence on standard error. */
export async function complain(err: Sink, sentence: string, details: readonly string[] = []): Promise<void> {
  await err.write([err.style.red(sentence), ...details, ''].join('\n'));
}
