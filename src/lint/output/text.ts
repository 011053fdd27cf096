/** Findings as text for a terminal: place, severity, rule and what is there; then the source line, what will happen, and who says so. */

import { renderExcerpt } from '../../scenario/diagnostics.ts';
import { safeText } from '../../scenario/safe-text.ts';
import { countOf, type Counts, type Finding } from '../lint.ts';
import type { Severity } from '../rule.ts';
import type { LintedFile } from './report.ts';

/** Puts a style on a text; the caller knows whether its stream takes colour. */
export type LintStyle = (style: 'bold' | 'red' | 'yellow' | 'cyan' | 'dim', text: string) => string;

const COLOURS = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<Severity, string>;

/** The findings of one file, and what repairs would do; empty when there is nothing to say. */
export function renderFile({ findings, unneeded, effects = [] }: LintedFile, style: LintStyle): string {
  const told = findings.filter(({ deliberate }) => !deliberate).map((one) => renderFinding(one, style));
  const idle = unneeded.map((one) => {
    const place = style('bold', `${safeText(one.file)}:${one.line}:${one.column}`);
    return `${place}  ${style('yellow', 'warning')}  deliberate  ${safeText(one.message)}.\n${renderExcerpt(one, style)}`;
  });
  const simulated = effects.map(({ rules, text, alone }) => {
    const what = rules.length === 1 ? `${rules[0]}` : `all of them (${rules.join(', ')})`;
    const by = alone === undefined ? '' : `    were it the only mistake: ${safeText(alone.text)}\n`;
    return `  ${style('bold', what)}: ${safeText(text)}\n${by}`;
  });
  const simulation = simulated.length === 0 ? [] : [`Simulated:\n${simulated.join('')}`];
  return [...told, ...idle, ...simulation].map((block) => `${block}\n`).join('');
}

function renderFinding({ rule, severity, at, consequence, source }: Finding, style: LintStyle): string {
  const place = style('bold', `${safeText(at.file)}:${at.line}:${at.column}`);
  const head = `${place}  ${style(COLOURS[severity], severity)}  ${rule}  ${safeText(at.message)}.\n`;
  const then = `     ${style('dim', '→')} ${safeText(consequence)}.\n`;
  const who = `     ${style('dim', `${source.reference}; ${source.url}`)}\n`;
  return head + renderExcerpt(at, style) + then + who;
}

/** `2 errors, 3 warnings, 1 note` */
export function renderCounts(counts: Counts, files: number): string {
  const { error, warning, note, deliberate } = counts;
  const parts = [counted(error, 'error'), counted(warning, 'warning'), counted(note, 'note')];
  const purpose = deliberate === 0 ? '' : `, ${deliberate} deliberate`;
  return `${parts.join(', ')}${purpose}${files === 1 ? '' : ` in ${files} files`}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Totals over files. */
export function totalOf(files: readonly LintedFile[]): Counts {
  const counts = countOf(files.flatMap(({ findings }) => findings));
  const idle = files.reduce((sum, { unneeded }) => sum + unneeded.length, 0);
  return { ...counts, warning: counts.warning + idle };
}
