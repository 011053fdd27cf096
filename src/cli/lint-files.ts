/**
 * Lints scenario files for `hasim lint`. A file that is no scenario has its mistakes printed, and does not keep the others from being
 * linted; the exit code is the worst of all.
 */

import { nearest } from '../scenario/nearest.ts';
import { lint, type LintOptions } from '../lint/lint.ts';
import { renderLintJson } from '../lint/output/json.ts';
import type { LintedFile } from '../lint/output/report.ts';
import { renderSarif } from '../lint/output/sarif.ts';
import { renderRules } from '../lint/output/table.ts';
import { renderCounts, renderFile, totalOf } from '../lint/output/text.ts';
import { RULE_IDS } from '../lint/rules.ts';
import type { Context, Given } from './command.ts';
import { showDiagnostics } from './complain.ts';
import { EXIT, UsageError, worse, type ExitCode } from './exit.ts';
import { simulateRepairs } from './lint-simulation.ts';
import { loadFile } from './scenario-run.ts';
import { withOutput } from './output.ts';
import type { Sink } from './sink.ts';

/** Carries out `hasim lint`. */
export async function lintFiles(given: Given, context: Context): Promise<ExitCode> {
  const maxWarnings = maxWarningsOf(given);
  const options = { ...filterOf(given, 'rule', 'only'), ...filterOf(given, 'ignore', 'ignore') };
  return withOutput(given, context.out, async (out) => {
    if (given.flags['rules'] === true) {
      await out.write(renderRules());
      return EXIT.ok;
    }
    return lintAll(given, { ...context, out }, options, maxWarnings);
  });
}

async function lintAll(
  given: Given,
  { out, err }: Context,
  options: LintOptions,
  maxWarnings: number,
): Promise<ExitCode> {
  const format = given.texts['format'] ?? 'text';
  const quiet = given.flags['quiet'] === true;
  const simulate = given.flags['simulate'] === true;
  const linted: LintedFile[] = [];
  let code: ExitCode = EXIT.ok;
  for (const file of given.files) {
    if (out.closed) break;
    const loaded = await loadFile(file, err);
    if (!loaded.ok) {
      const several = given.files.length > 1;
      await showDiagnostics(loaded.diagnostics, file, { out, err, json: false, several });
      code = EXIT.mistake;
      continue;
    }
    const found = lint(loaded.scenario, loaded.tree, options);
    const simulation = simulate ? await simulateRepairs(loaded, found.findings, out) : null;
    const one: LintedFile = { file, ...found, ...(simulation && { effects: simulation.effects }) };
    linted.push(one);
    if (format === 'text') await writeText(one, out, quiet);
    if (simulation?.aborted === true && !out.closed) return EXIT.interrupted;
  }
  const total = totalOf(linted);
  if (format === 'json') await out.write(renderLintJson(linted));
  else if (format === 'sarif') await out.write(renderSarif(linted));
  else if (!quiet && linted.length > 0) await out.write(renderCounts(total, linted.length));
  return total.error > 0 || total.warning > maxWarnings ? worse(code, EXIT.failed) : code;
}

async function writeText(one: LintedFile, out: Sink, quiet: boolean): Promise<void> {
  const findings = quiet ? one.findings.filter(({ severity }) => severity === 'error') : one.findings;
  const shown = { ...one, findings, unneeded: quiet ? [] : one.unneeded };
  await out.write(renderFile(shown, (style, text) => out.style[style](text)));
}

function maxWarningsOf({ texts }: Given): number {
  const text = texts['max-warnings'];
  if (text === undefined) return Infinity;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError('--max-warnings', `expected a whole number, got ${text}`);
  return Number(text);
}

/** Ids behind an option: `X03,H01`, in any case. */
function filterOf({ texts }: Given, option: string, key: keyof LintOptions): LintOptions {
  const text = texts[option];
  if (text === undefined) return {};
  const ids = text.split(',').map((word) => word.trim().toUpperCase());
  for (const id of ids) {
    if (RULE_IDS.includes(id)) continue;
    const near = nearest(id, RULE_IDS);
    const hint = near === null ? 'hasim lint --rules lists them.' : `Did you mean ${near}?`;
    throw new UsageError(
      `--${option}`,
      `expected ids of rules such as X03,H01, got ${id || 'nothing'}`,
      hint,
    );
  }
  return { [key]: ids };
}
