/**
 * The cases of a scenario file: the file itself, or every cell of its matrix. What makes them tests (`tags:`, `skip:`, `only:`, `seeds:`)
 * is the file's, and counts for all of its cells.
 */

import { compareText, type Diagnostic } from '../scenario/diagnostics.ts';
import type { LoadResult } from '../scenario/load.ts';
import { checkCells, readMatrix, type Cell } from '../scenario/matrix.ts';
import type { ReadText } from '../scenario/read.ts';
import { safeText } from '../scenario/safe-text.ts';
import type { Setting } from '../scenario/settings.ts';
import { loadWithSource, type ScenarioSource } from '../sweep/source.ts';
import type { SuiteCase } from './outcome.ts';

export type Loaded = Extract<LoadResult, { readonly ok: true }>;

/** A case, and what it takes to run it. */
export interface TestCase extends SuiteCase {
  /** What its cell lays over the file. */
  readonly settings: readonly Setting[];
  /** Why it is not run; empty when it is. */
  readonly skip: string;
  readonly only: boolean;
  /** The file has mistakes: nobody knows what it would be called, or how it would be tagged. */
  readonly broken: boolean;
}

export interface TestFile {
  readonly file: string;
  readonly source: ScenarioSource;
  /** In the order of the file; one that is not right has one case, which is broken. */
  readonly cases: readonly TestCase[];
  /** Null when the file, or a cell of it, has mistakes. */
  readonly loaded: Loaded | null;
  /** Every file that it is made of, or would be if it were there. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a file and all of its cells.
 *
 * @param seeds what every case is run with, instead of what its file says
 */
export function readCases(
  file: string,
  readText: ReadText,
  seeds: readonly string[] | null = null,
): TestFile {
  const asked = new Set([file]);
  const { loaded, source } = loadWithSource(file, (name) => {
    asked.add(name);
    return readText(name);
  });
  const of = { file, source, files: [...asked].sort(compareText) };
  if (!loaded.ok) return broken(of, loaded.diagnostics);
  const matrix = readMatrix(loaded.tree);
  const diagnostics =
    matrix.diagnostics.length > 0 ? matrix.diagnostics : checkCells(loaded.tree, matrix.cells, readText);
  if (diagnostics.length > 0) return broken(of, diagnostics);
  const cells: readonly (Cell | null)[] = matrix.cells.length === 0 ? [null] : matrix.cells;
  return { ...of, loaded, diagnostics: [], cases: cells.map((cell) => caseOf(file, loaded, cell, seeds)) };
}

function broken(
  of: Pick<TestFile, 'file' | 'source' | 'files'>,
  diagnostics: readonly Diagnostic[],
): TestFile {
  const id = safeText(of.file);
  const only: TestCase = {
    id,
    file: of.file,
    name: id,
    tags: [],
    seeds: [],
    settings: [],
    skip: '',
    only: false,
    broken: true,
  };
  return { ...of, loaded: null, diagnostics, cases: [only] };
}

function caseOf(
  file: string,
  { scenario }: Loaded,
  cell: Cell | null,
  seeds: readonly string[] | null,
): TestCase {
  const suffix = cell === null ? '' : ` › ${cell.name}`;
  return {
    id: safeText(file) + suffix,
    file,
    name: scenario.name + suffix,
    tags: scenario.tags,
    seeds: seeds ?? scenario.seeds ?? [scenario.seed],
    // A place in the file is of no use elsewhere, and would take the whole text along.
    settings: (cell?.settings ?? []).map(({ path, value }) => ({ path, value })),
    skip: scenario.skip ?? '',
    only: scenario.only,
    broken: false,
  };
}
