/**
 * From a scenario file to a scenario that can be run, or to all of its mistakes at once.
 *
 * The stages, each a file: read → parse → extends → inherit → CSV files → schema → references → expand. Each hands a plain value on;
 * none throws on what a user may write.
 */

import type { z } from 'zod';
import { STEP_BY_STEP } from './check-context.ts';
import { readTimestamps } from './csv-files.ts';
import { sortDiagnostics, type Diagnostic } from './diagnostics.ts';
import { expandScenario } from './expand.ts';
import { loadLayers, type Layers } from './extends.ts';
import { MAX_DIAGNOSTICS } from './limits.ts';
import { SHARED_BLOCK, inheritHighAvailability } from './inherit.ts';
import { diagnoseIssues, phraseIssue } from './issues.ts';
import { toPlain, type LocatedMap } from './located.ts';
import { checkText, readSource, type ReadResult, type ReadText } from './read.ts';
import { checkReferences } from './references.ts';
import { withoutKey } from './merge.ts';
import { highAvailabilitySchema } from './schema/high-availability.ts';
import { scenarioSchema, type ResolvedScenario, type Scenario } from './schema/scenario.ts';

export type LoadResult =
  | {
      readonly ok: true;
      readonly scenario: ResolvedScenario;
      /** Every file that was read, the scenario itself first, then its bases, then CSV files. */
      readonly files: readonly string[];
      /** The whole as it was written: where each value stands, and what can be changed and resolved again. */
      readonly tree: LocatedMap;
    }
  | { readonly ok: false; /** At least one, sorted. */ readonly diagnostics: readonly Diagnostic[] };

export interface ParseOptions {
  /** The name that diagnostics print, and beside which `extends` looks. */
  readonly file: string;
  readonly readText: ReadText;
}

/**
 * Loads a scenario file. Never throws on a user's mistake, whatever it is.
 *
 * @param change lays settings over it before it is checked, so that a part of scenarios (a topology) becomes one
 */
export function loadScenario(file: string, readText: ReadText, change?: Change): LoadResult {
  return loadRead(readSource(file, readText), readText, change);
}

type Change = (tree: LocatedMap) => LocatedMap;

/** Loads a scenario from a text that has been read already; `readText` is asked for its bases only. */
export function parseScenario(text: string, options: ParseOptions): LoadResult {
  return loadRead(checkText(options.file, text), options.readText);
}

function loadRead(read: ReadResult, readText: ReadText, change: Change = (tree) => tree): LoadResult {
  if (!read.ok) return { ok: false, diagnostics: [read.diagnostic] };
  const layers = loadLayers(read.source, readText);
  if (layers.tree === null) return refuse(layers.diagnostics);

  return resolveTree(change(inheritHighAvailability(layers.tree)), readText, layers);
}

/**
 * Checks a tree and makes a scenario of it.
 *
 * @param tree with all layers laid over each other, and the shared block under that of each device
 * @param layers what reading them has said already
 */
export function resolveTree(
  tree: LocatedMap,
  readText: ReadText,
  layers: Pick<Layers, 'diagnostics' | 'files'> = { diagnostics: [], files: [] },
): LoadResult {
  const csv = readTimestamps(tree, readText);
  const parsed = validate(tree);
  const references = checkReferences(parsed.scenario, tree, csv.timesUs);
  const diagnostics = [...layers.diagnostics, ...csv.diagnostics, ...parsed.diagnostics, ...references];
  if (parsed.scenario === null || diagnostics.length > 0) return refuse(diagnostics);
  const scenario = expandScenario(parsed.scenario, csv.timesUs);
  return { ok: true, scenario, files: [...layers.files, ...csv.files], tree };
}

interface Validated {
  readonly scenario: Scenario | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Validates the whole, in which every device has its share of the shared block; and the shared block once more alone, so
 * that a mistake is told even where both devices override it.
 */
function validate(tree: LocatedMap): Validated {
  const whole = withoutKey(tree, SHARED_BLOCK);
  const result = scenarioSchema.safeParse(toPlain(whole), { ...STEP_BY_STEP, error: phraseIssue });
  const cables = cableIssues(tree);
  const issues = [...(result.error?.issues ?? []), ...cables, ...sharedIssues(tree)];
  return {
    scenario: cables.length === 0 ? (result.data ?? null) : null,
    diagnostics: diagnoseIssues(scenarioSchema, tree, issues),
  };
}

/** Cables have to be given, but in AWS, where network interfaces stand for them. */
function cableIssues(tree: LocatedMap): z.core.$ZodIssue[] {
  if (tree.entries.has('aws')) return [];
  const network = tree.entries.get('network')?.value;
  const path = network === undefined ? ['network'] : ['network', 'links'];
  const isGiven = network !== undefined && (network.kind !== 'map' || network.entries.has('links'));
  return isGiven ? [] : [{ code: 'invalid_type', expected: 'record', path, message: '', input: undefined }];
}

function sharedIssues(tree: LocatedMap): z.core.$ZodIssue[] {
  const shared = tree.entries.get(SHARED_BLOCK);
  if (shared === undefined) return [];
  const result = highAvailabilitySchema.safeParse(toPlain(shared.value), {
    ...STEP_BY_STEP,
    error: phraseIssue,
  });
  return (result.error?.issues ?? []).map((issue) => ({ ...issue, path: [SHARED_BLOCK, ...issue.path] }));
}

function refuse(diagnostics: readonly Diagnostic[]): LoadResult {
  if (diagnostics.length === 0) throw new Error('expected a mistake in a scenario that is refused, got none');
  return { ok: false, diagnostics: sortDiagnostics(diagnostics).slice(0, MAX_DIAGNOSTICS) };
}
