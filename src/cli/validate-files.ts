/**
 * Checks scenario files for `hasim validate`, and says of each right one in a line what it holds.
 */

import { counted } from '../report/table.ts';
import type { Diagnostic } from '../scenario/diagnostics.ts';
import type { LoadResult } from '../scenario/load.ts';
import { checkCells, readMatrix, type Matrix } from '../scenario/matrix.ts';
import { writeDuration } from '../scenario/schema/units.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { RESULT_SCHEMA_VERSION } from '../run/result.ts';
import type { Context, Given } from './command.ts';
import { showDiagnostics } from './complain.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { readTextFile } from './read.ts';
import { loadFile } from './scenario-run.ts';

/** Carries out `hasim validate`. */
export async function validateFiles({ files, flags }: Given, { out, err }: Context): Promise<ExitCode> {
  const json = flags['json'] === true;
  let code: ExitCode = EXIT.ok;
  for (const file of files) {
    if (out.closed) break;
    const loaded = await loadFile(file, err);
    const cells = loaded.ok ? readMatrix(loaded.tree) : null;
    const diagnostics = diagnosticsOf(loaded, cells);
    if (!loaded.ok || diagnostics.length > 0) {
      await showDiagnostics(diagnostics, file, { out, err, json, several: files.length > 1 });
      code = EXIT.mistake;
    } else if (json) await out.write(validJson(file, loaded.scenario, loaded.files));
    else if (flags['quiet'] !== true)
      await out.write(
        `${file}: ${validText(loaded.scenario, cells?.cells.length ?? 0, out.style.green('valid'))}\n`,
      );
  }
  return code;
}

/** What is wrong with a file, or with the cells of its matrix. */
function diagnosticsOf(loaded: LoadResult, matrix: Matrix | null): readonly Diagnostic[] {
  if (!loaded.ok) return loaded.diagnostics;
  if (matrix === null || matrix.diagnostics.length > 0) return matrix?.diagnostics ?? [];
  return checkCells(loaded.tree, matrix.cells, readTextFile);
}

function validJson(file: string, { name }: ResolvedScenario, files: readonly string[]): string {
  return `${JSON.stringify({ schemaVersion: RESULT_SCHEMA_VERSION, file, valid: true, name, files })}\n`;
}

function validText(
  { devices, until, timeline, expect }: ResolvedScenario,
  cells: number,
  verdict: string,
): string {
  const pair = Object.keys(devices).join(' and ');
  const counts = `${counted(timeline.length, 'action')}, ${counted(expect.length, 'expectation')}`;
  const matrix = cells === 0 ? '' : `, ${counted(cells, 'cell')} of its matrix`;
  return `${verdict} (${pair}, ${writeDuration(until)}, ${counts}${matrix})`;
}
