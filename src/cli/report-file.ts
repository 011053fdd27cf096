/** Carries out `hasim report`: runs a scenario and writes its page, or what another tool opens. */

import { basename, extname } from 'node:path';
import type { Exporter } from '../report/export/exporter.ts';
import type { Format } from '../report/export/formats.ts';
import { renderText } from '../report/text.ts';
import type { RunOptions } from '../run/run.ts';
import type { Context, Given } from './command.ts';
import { complain } from './complain.ts';
import { EXIT, FAILURE_EXIT, TroubleError, UsageError, type ExitCode } from './exit.ts';
import { withOutput } from './output.ts';
import { PAGE_PACKETS } from './packets.ts';
import { refuseForeign, writePieces } from './page-file.ts';
import { readScenario, type ReadScenario } from './read-scenario.ts';
import { breakdownOf, runInSlices, runOptions } from './scenario-run.ts';
import type { Sink } from './sink.ts';

interface Job {
  readonly read: ReadScenario;
  readonly options: RunOptions;
  /** Null for the page. */
  readonly exporter: Exporter | null;
  /** Who is told how the run went, and where it is written; null when the output is all there is to see. */
  readonly tell: { readonly err: Sink; readonly target: string } | null;
}

/** Carries out `hasim report`. */
export async function reportFile(given: Given, context: Context): Promise<ExitCode> {
  const file = given.files[0] ?? '';
  const options = runOptions(given, file); // A wrong option is told before any file is read.
  const format = given.texts['export'] as Format | undefined;
  const exporter = format === undefined ? null : (await import('../report/export/all.ts')).EXPORTERS[format];
  const target = targetOf(given, exporter, context.out);
  const read = await readScenario(file, given, context);
  if (read === null) return EXIT.mistake;
  const packets = exporter === null || exporter.packets ? { packets: PAGE_PACKETS } : {};
  const tell = target === '-' || given.flags['quiet'] === true ? null : { err: context.err, target };
  const job: Job = { read, options: { ...options, ...packets }, exporter, tell };
  // None of the files that the scenario is made of is written over.
  const asked = { ...given, files: Object.keys(read.texts), texts: { ...given.texts, output: target } };
  try {
    return await withOutput(asked, context.out, (sink) => write(job, sink));
  } catch (error) {
    if (error instanceof UsageError || error instanceof TroubleError) throw error;
    const { kind, message, details } = breakdownOf(error);
    await complain(context.err, `hasim: ${file}: ${message}.`, [...details, `Again: ${read.replay}`]);
    return FAILURE_EXIT[kind];
  }
}

/** Where it goes: unless told, a page into a file of the scenario's name, all else to standard output. @throws UsageError */
function targetOf({ files: [file = ''], texts }: Given, exporter: Exporter | null, out: Sink): string {
  if (exporter === null && texts['output'] === undefined) {
    const name = `${file === '-' ? 'report' : basename(file, extname(file))}.html`;
    refuseForeign(name);
    return name;
  }
  const target = texts['output'] ?? '-';
  if (target === '-' && exporter?.binary === true && out.terminal !== undefined) {
    throw new UsageError('--output', 'expected a file, for this format is no text, got a terminal');
  }
  return target;
}

async function write({ read, options, exporter, tell }: Job, sink: Sink): Promise<ExitCode> {
  const { scenario, replay } = read;
  const { result, aborted } = await runInSlices(scenario, options, sink);
  if (exporter !== null) await writePieces(exporter.render(result, { replay }), sink);
  else await sink.write((await import('./page.ts')).pageOf([{ label: '', result, scenario: read }]));
  if (tell !== null) {
    const { style, width } = tell.err;
    await tell.err.write(renderText(result, { style, width, quiet: true, replay }));
    await tell.err.write(`Written: ${tell.target}\n`);
  }
  if (aborted) return EXIT.interrupted;
  return result.passed || result.end === 'interrupted' ? EXIT.ok : EXIT.failed;
}
