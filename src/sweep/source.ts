/**
 * A scenario as it travels to a worker: the text of every file it is made of, and the settings that are laid over it. A worker reads
 * the texts once and resolves each combination of settings once, so that what travels is small and a run there is the run here.
 */

import { loadScenario, resolveTree, type LoadResult } from '../scenario/load.ts';
import type { ReadText } from '../scenario/read.ts';
import { withSettings, type Setting } from '../scenario/settings.ts';

/** Files by their names, the scenario's own under `file`. */
export interface ScenarioSource {
  readonly file: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** Loads a scenario and keeps what it was made of. */
export function loadWithSource(
  file: string,
  readText: ReadText,
): { readonly loaded: LoadResult; readonly source: ScenarioSource } {
  const texts: Record<string, string> = {};
  const loaded = loadScenario(file, (name) => (texts[name] = readText(name)));
  return { loaded, source: { file, texts } };
}

/** Reads from a source. @throws Error for a file that is not of it */
export function readerOf({ texts }: ScenarioSource): ReadText {
  return (name) => {
    const text = texts[name];
    if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return text;
  };
}

/** A loaded scenario with settings laid over it. */
export function resolveWith(
  loaded: LoadResult,
  settings: readonly Setting[],
  readText: ReadText,
): LoadResult {
  if (!loaded.ok || settings.length === 0) return loaded;
  return resolveTree(withSettings(loaded.tree, settings), readText);
}
