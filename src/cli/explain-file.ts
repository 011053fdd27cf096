/**
 * Runs a scenario for `hasim explain` and writes the answer to what was asked.
 */

import { RESULT_SCHEMA_VERSION, type RunResult } from '../run/result.ts';
import { answer, type Question } from './answer.ts';
import type { Context, Given } from './command.ts';
import { complain, errorJson, showDiagnostics } from './complain.ts';
import { EXIT, FAILURE_EXIT, TroubleError, UsageError, type ExitCode } from './exit.ts';
import { breakdownOf, loadFile, replayOf, runInSlices, runOptions } from './scenario-run.ts';

/** Carries out `hasim explain`. */
export async function explainFile(
  given: Given,
  question: Question,
  { out, err }: Context,
): Promise<ExitCode> {
  const file = given.files[0] ?? '';
  const json = given.flags['json'] === true;
  const options = runOptions(given, file);
  const loaded = await loadFile(file, err, given.lists['set']);
  if (!loaded.ok) {
    await showDiagnostics(loaded.diagnostics, file, { out, err, json, several: false });
    return EXIT.mistake;
  }
  const { scenario } = loaded;
  const replay = replayOf(scenario, given, file);
  try {
    const { result, aborted } = await runInSlices(scenario, options, out);
    const again = replay.replace(/^hasim run /, 'hasim explain ');
    const { text, data } = answer(
      question,
      { scenario, result, aborted, again },
      { style: out.style, width: out.width },
    );
    await out.write(json ? answerJson(result, data) : text);
    return aborted ? EXIT.interrupted : EXIT.ok;
  } catch (error) {
    if (error instanceof UsageError || error instanceof TroubleError) throw error;
    const breakdown = breakdownOf(error);
    const { kind, message, details } = breakdown;
    await complain(err, `hasim: ${file}: ${message}.`, [...details, `Again: ${replay}`]);
    if (json) await out.write(errorJson(kind, { message, replay }, file));
    return FAILURE_EXIT[breakdown.kind];
  }
}

/** One document: which run, and the answer. */
function answerJson({ version, scenario, seed, end }: RunResult, data: object): string {
  const { name, file } = scenario;
  return `${JSON.stringify({ schemaVersion: RESULT_SCHEMA_VERSION, version, scenario: { name, file }, seed, end, ...data }, null, 2)}\n`;
}
