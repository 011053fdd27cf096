/** A scenario file with the texts that it is made of, for what shows them beside the run. */

import type { LocatedMap } from '../scenario/located.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { loadWithSource, resolveWith } from '../sweep/source.ts';
import type { Context, Given } from './command.ts';
import { showDiagnostics } from './complain.ts';
import { readerFor, replayOf, settingsOf } from './scenario-run.ts';

export interface ReadScenario {
  readonly scenario: ResolvedScenario;
  readonly tree: LocatedMap;
  /** Files by their names, the scenario's own first. */
  readonly texts: Readonly<Record<string, string>>;
  /** The command that repeats its run. */
  readonly replay: string;
}

/**
 * Reads a scenario with its settings; mistakes are shown.
 *
 * @returns null where there are mistakes
 * @throws UsageError for a path that the scenario does not have
 */
export async function readScenario(
  file: string,
  given: Given,
  { out, err }: Context,
): Promise<ReadScenario | null> {
  const { name, readText } = await readerFor(file, err);
  const { loaded: asWritten, source } = loadWithSource(name, readText);
  const settings = asWritten.ok ? settingsOf(asWritten.tree, given.lists['set'] ?? []) : [];
  const loaded = resolveWith(asWritten, settings, readText);
  if (!loaded.ok) {
    await showDiagnostics(loaded.diagnostics, file, { out, err, json: false, several: false });
    return null;
  }
  const { scenario, tree } = loaded;
  return { scenario, tree, texts: source.texts, replay: replayOf(scenario, given, file) };
}
