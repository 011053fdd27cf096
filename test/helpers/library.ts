/** The scenarios that ship, as files: which there are, and each loaded as `hasim run` loads it. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';

const SCENARIOS = fileURLToPath(new URL('../../scenarios/', import.meta.url));

/** Folders that hold parts of scenarios, and nothing to run. */
const PARTS = new Set(['topology']);

/** Every scenario that can be run, as `active-passive/walkthrough.yaml`, sorted. */
export function scenarioNames(): string[] {
  const folders = readdirSync(SCENARIOS, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !PARTS.has(entry.name),
  );
  const files = folders.flatMap(({ name }) => readdirSync(SCENARIOS + name).map((file) => `${name}/${file}`));
  return files.filter((file) => file.endsWith('.yaml')).toSorted((a, b) => (a < b ? -1 : 1));
}

/** A scenario of the library, which has no mistakes. */
export function libraryScenario(name: string): ResolvedScenario {
  const loaded = loadScenario(SCENARIOS + name, (file) => readFileSync(file, 'utf8'));
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
  return loaded.scenario;
}
