/**
 * Runs a scenario for `hasim explain` and writes the chain of causes of one record.
 */

import { renderExplanation } from '../report/explain.ts';
import type { Context, Given } from './command.ts';
import { complain, showDiagnostics } from './complain.ts';
import { EXIT, UsageError, type ExitCode } from './exit.ts';
import { breakdownOf, codeOf, loadFile, replayOf, runInSlices, runOptions } from './scenario-run.ts';

/**
 * Carries out `hasim explain`.
 *
 * @param event id of the record
 */
export async function explainFile(given: Given, event: number, { out, err }: Context): Promise<ExitCode> {
  const file = given.files[0] ?? '';
  const options = runOptions(given, file);
  const loaded = await loadFile(file, err);
  if (!loaded.ok) {
    await showDiagnostics(loaded.diagnostics, file, { out, err, json: false, several: false });
    return EXIT.mistake;
  }
  try {
    const { result, aborted } = await runInSlices(loaded.scenario, options, out);
    const text = renderExplanation(result, event, { style: out.style, width: out.width });
    if (text === null) throw noSuchEvent(event, result.records.length, aborted);
    await out.write(text);
    return aborted ? EXIT.interrupted : EXIT.ok;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const breakdown = breakdownOf(error);
    const replay = replayOf(loaded.scenario, given, file);
    await complain(err, `hasim: ${file}: ${breakdown.message}.`, [...breakdown.details, `Again: ${replay}`]);
    return codeOf(breakdown);
  }
}

function noSuchEvent(event: number, count: number, aborted: boolean): UsageError {
  const range = count === 0 ? 'but the run has none' : `from 1 to ${count}`;
  const hint = aborted ? 'The run was interrupted before it.' : '';
  return new UsageError('--event', `expected a number of this run's timeline, ${range}, got ${event}`, hint);
}
