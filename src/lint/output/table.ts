/** The table of rules, for `hasim lint --rules` and for docs/lint.md. */

import type { Rule, UnjudgedRule } from '../rule.ts';
import { RULES, UNJUDGED } from '../rules.ts';

/** All rules in the order of the references: X.., then H... */
function allRules(): readonly (Rule | UnjudgedRule)[] {
  return [...RULES, ...UNJUDGED].toSorted((a, b) => order(a.id) - order(b.id));
}

function order(id: string): number {
  return (id.startsWith('X') ? 0 : 1_000) + Number(id.slice(1));
}

/** As text: id, severity, pairs, title; beneath, the source, or why it is not judged. */
export function renderRules(): string {
  const rows = allRules().map((rule) => {
    const where = 'why' in rule ? `${rule.why}.` : `${rule.source.reference}; ${rule.source.url}`;
    const severity = ('why' in rule ? 'not judged' : rule.severity).padEnd(10);
    return `${rule.id}  ${severity}  ${rule.mode.padEnd(14)}  ${rule.title}\n${' '.repeat(33)}${where}\n`;
  });
  return rows.join('');
}

/** As Markdown. */
export function renderRulesMarkdown(): string {
  const rows = allRules().map((rule) => {
    const then = 'why' in rule ? `not judged: ${rule.why}` : rule.consequence;
    const severity = 'why' in rule ? '–' : rule.severity;
    const source = `[${rule.source.reference}](${rule.source.url.split(/[ ,]/)[0]})`;
    return `| ${[rule.id, severity, rule.mode, rule.title, then, source].join(' | ')} |`;
  });
  return [
    '| id | severity | pairs | what is there | what will happen | source |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
