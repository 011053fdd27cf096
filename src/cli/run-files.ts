/**
 * Runs one scenario file after the other and writes what became of each. A bad file does not keep the others from being run;
 * the exit code is the worst of all.
 */

import { jsonChunks } from '../report/json.ts';
import { renderText } from '../report/text.ts';
import { counted } from '../report/table.ts';
import type { RunResult } from '../run/result.ts';
import type { LocatedMap } from '../scenario/located.ts';
import { readMatrix } from '../scenario/matrix.ts';
import type { Context, Given } from './command.ts';
import { complain, errorJson, showDiagnostics } from './complain.ts';
import { EXIT, FAILURE_EXIT, TroubleError, worse, type ExitCode } from './exit.ts';
import { withOutput } from './output.ts';
import { breakdownOf, loadFile, replayOf, runInSlices, runOptions } from './scenario-run.ts';
import type { Sink } from './sink.ts';

/** Pieces of JSON are written together up to this length. */
const CHUNK = 65_536;

/** One report after another goes to `out`. */
interface Job {
  readonly given: Given;
  readonly out: Sink;
  readonly err: Sink;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly assumptions: boolean;
  readonly several: boolean;
  /** The reports go to a file: say on standard error how each run went. */
  readonly toFile: boolean;
}

/** Carries out `hasim run`. */
export async function runFiles(given: Given, { out, err }: Context): Promise<ExitCode> {
  runOptions(given, ''); // A wrong option is told before any file is read.
  const json = given.flags['json'] === true;
  const quiet = given.flags['quiet'] === true;
  const assumptions = given.flags['show-assumptions'] === true;
  const job = { given, err, json, quiet, assumptions, several: given.files.length > 1 };
  const toFile = (given.texts['output'] ?? '-') !== '-';
  return withOutput(given, out, (target) => runAll({ ...job, out: target, toFile }));
}

async function runAll(job: Job): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for (const [index, file] of job.given.files.entries()) {
    if (job.out.closed) break;
    const one = await runOne(file, job, index === 0);
    code = worse(code, one);
    if (one === EXIT.interrupted) break;
  }
  return code;
}

async function runOne(file: string, job: Job, first: boolean): Promise<ExitCode> {
  const { given, out, err, json } = job;
  const loaded = await loadFile(file, err, given.lists['set']);
  if (!loaded.ok) {
    await showDiagnostics(loaded.diagnostics, file, job);
    return EXIT.mistake;
  }
  if (!job.quiet && loaded.scenario.matrix !== undefined) await tellOfMatrix(loaded.tree, file, job.err);
  const replay = replayOf(loaded.scenario, given, file);
  try {
    const { result, aborted } = await runInSlices(loaded.scenario, runOptions(given, file), out);
    if (json) await writeJson(result, job);
    else await writeText(result, job, replay, first);
    if (job.toFile && !job.quiet)
      await err.write(renderText(result, { style: err.style, width: err.width, quiet: true, replay }));
    if (aborted) return EXIT.interrupted;
    return result.passed || result.end === 'interrupted' ? EXIT.ok : EXIT.failed;
  } catch (error) {
    if (error instanceof TroubleError) throw error;
    const breakdown = breakdownOf(error);
    const { kind, message, details } = breakdown;
    await complain(err, `hasim: ${file}: ${message}.`, [...details, `Again: ${replay}`]);
    if (json) await out.write(errorJson(kind, { message, replay }, file));
    return FAILURE_EXIT[breakdown.kind];
  }
}

/** A run is of the file as it is written. */
async function tellOfMatrix(tree: LocatedMap, file: string, err: Sink): Promise<void> {
  const { cells, diagnostics } = readMatrix(tree);
  const told =
    diagnostics.length > 0
      ? `${file} has mistakes in its matrix, which hasim validate tells`
      : `${file} has a matrix; hasim test runs its ${counted(cells.length, 'cell')}`;
  await err.write(`hasim: ${told}.\n`);
}

async function writeText(result: RunResult, job: Job, replay: string, first: boolean): Promise<void> {
  const { out, quiet, several, assumptions } = job;
  const rule = several && !quiet && !first ? `\n${out.style.dim('═'.repeat(out.width))}\n\n` : '';
  await out.write(
    rule + renderText(result, { style: out.style, width: out.width, quiet, replay, assumptions }),
  );
}

async function writeJson(result: RunResult, { out, several }: Job): Promise<void> {
  let text = '';
  for (const chunk of jsonChunks(result, { oneLine: several })) {
    text += chunk;
    if (text.length < CHUNK) continue;
    await out.write(text);
    text = '';
    if (out.closed) return;
  }
  await out.write(text);
}
