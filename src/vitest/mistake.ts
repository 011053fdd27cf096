/** A mistake in what a test says of its scenario, in the words in which a mistake of a scenario file is told. */

import { renderDiagnostics, type Diagnostic } from '../scenario/diagnostics.ts';
import type { SettingMistake } from '../scenario/settings.ts';

/** Thrown where a test cannot mean what it says: the file has mistakes, or a setting or an expectation is none. */
export class ScenarioMistake extends Error {
  override readonly name = 'ScenarioMistake';
}

/** All mistakes of a scenario at once, each with its place. */
export function mistakes(diagnostics: readonly Diagnostic[]): ScenarioMistake {
  return new ScenarioMistake(`\n${renderDiagnostics(diagnostics).trimEnd()}`);
}

/** A mistake of one call: "expected X, got Y. Did you mean Z?" */
export function mistake(call: string, { message, hint }: SettingMistake): ScenarioMistake {
  return new ScenarioMistake(`${call}: ${message}${hint === '' ? '' : `. ${hint}`}`);
}
