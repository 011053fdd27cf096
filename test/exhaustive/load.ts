/** Loads a counterexample as if it stood in the library of scenarios, beside the others of its mode. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HaMode } from '../../src/ha/config.ts';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import { parseScenario } from '../../src/scenario/load.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';

export function loadCounterexample(text: string, mode: HaMode): ResolvedScenario {
  const file = fileURLToPath(new URL(`../../scenarios/${mode}/counterexample.yaml`, import.meta.url));
  const loaded = parseScenario(text, { file, readText: (name) => readFileSync(name, 'utf8') });
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
  return loaded.scenario;
}
