/** The findings as people read them: the table of `npm run conformance`, and `docs/conformance.md`. Pure. */

import type { Finding, Sources, Verdict } from './conformance.ts';

const VERDICTS = ['holds', 'holds in part', 'fails', 'not simulated'] as const satisfies readonly Verdict[];

/** From the strongest basis to the weakest. */
const BASES = {
  O: 'official documentation',
  K: 'vendor knowledge base',
  C: 'community',
  'O?': 'official, from memory',
  I: 'our inference alone',
} as const;

/** Where the rules come from, by how their ids begin, and how to read them. */
const REFERENCES = [
  {
    begins: 'R-',
    title: 'PAN-OS high availability',
    legend: `Timers: HB heartbeat-interval, PH promotion-hold-time, MH HA1 monitor-hold-time, HU monitor-fail-hold-up-time, MU
additional-master-hold-up-time.`,
  },
  {
    begins: 'C-',
    title: 'VM-Series pairs on AWS',
    legend: `IM interface-move, SIP secondary-IP; rec and agg: the recommended and aggressive timers, hb heartbeat-interval; SG security group.
Numbers are in seconds unless said.`,
  },
] as const;

function count(findings: readonly Finding[], verdict: Verdict): number {
  return findings.filter((finding) => finding.verdict === verdict).length;
}

/** Rules that hold, whole or in part. */
function held(findings: readonly Finding[]): number {
  return count(findings, 'holds') + count(findings, 'holds in part');
}

/** `120 of 159 rules hold, 5 of them in part; 39 are not simulated`. */
export function totals(findings: readonly Finding[]): string {
  const failing = count(findings, 'fails');
  const fails = failing === 0 ? '' : `; ${failing} ${failing === 1 ? 'fails' : 'fail'}`;
  const parts = count(findings, 'holds in part');
  const missing = count(findings, 'not simulated');
  return `${held(findings)} of ${findings.length} rules hold, ${parts} of them in part${fails}; ${missing} are not simulated`;
}

/** The findings whose strongest basis is each of those. */
function byBasis(findings: readonly Finding[]): [tag: string, basis: string, of: Finding[]][] {
  const tags = Object.keys(BASES) as (keyof typeof BASES)[];
  const strongest = ({ confidence }: Finding) => tags.find((tag) => confidence.split('/').includes(tag));
  return tags.map((tag) => [tag, BASES[tag], findings.filter((finding) => strongest(finding) === tag)]);
}

// --- on the terminal -------------------------------------------------------------------------------------------------

const RULE_WIDTH = 70;

function shortened(text: string): string {
  return text.length <= RULE_WIDTH ? text : `${text.slice(0, RULE_WIDTH - 1)}…`;
}

function ofReference(findings: readonly Finding[], begins: string): Finding[] {
  return findings.filter(({ id }) => id.startsWith(begins));
}

/** The table and the totals, one line each. */
export function renderTable(findings: readonly Finding[]): string[] {
  const widest = Math.max(...findings.map(({ sources }) => sources.join(' ').length));
  const row = (id: string, verdict: string, sources: string, text: string) =>
    `${id.padEnd(5)}  ${verdict.padEnd(13)}  ${sources.padEnd(widest)}  ${text}`.trimEnd();
  const rows = findings.flatMap(({ id, verdict, sources, rule, note }) => [
    row(id, verdict, sources.join(' '), shortened(rule)),
    ...(note === '' ? [] : [row('', '', '', `→ ${note}`)]),
  ]);
  const bases = byBasis(findings).map(
    ([tag, basis, of]) =>
      `  ${tag.padEnd(2)}  ${String(held(of)).padStart(3)} of ${String(of.length).padStart(3)}  ${basis}`,
  );
  return [
    row('rule', 'verdict', 'source', 'given, when, then'),
    ...rows,
    '',
    totals(findings),
    ...REFERENCES.map(({ begins, title }) => `  ${title}: ${totals(ofReference(findings, begins))}`),
    'by strongest basis:',
    ...bases,
  ];
}

// --- as a page -------------------------------------------------------------------------------------------------------

const HEAD = `# Conformance

<!-- Written by \`npm run conformance\`; a test holds it against the rules and the tests. Do not edit. -->

Every rule that hasim takes from the sources on PAN-OS high availability, and on pairs of VM-Series firewalls on AWS, whether it
holds, and the test that shows it. A rule that holds has exactly one test, which fails when the simulator behaves otherwise; a rule
that is not simulated stays in the table with its reason.

Confidence: **O** official documentation, **K** vendor knowledge base, **C** community, **O?** official documentation from memory, not
read again, **I** inferred by us from the cited facts. A source \`§\` is a section of our own digest of the sources, which argues the
rule from them: there is one for each of the two groups of rules.
`;

function cell(text: string): string {
  return text.replaceAll(/[|*<]/g, '\\$&');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function citation(key: string, sources: Sources): string {
  const url = sources[key]?.url;
  return url === undefined ? key : `[${key}](${url})`;
}

function ruleRow({ id, rule, verdict, note, sources, confidence, file }: Finding, known: Sources): string[] {
  const outcome = verdict === 'holds' ? verdict : `**${verdict}**${note === '' ? '' : `: ${cell(note)}`}`;
  const cited = sources.map((key) => citation(key, known)).join(', ');
  const shownBy = verdict === 'not simulated' ? '' : `[${file}](../test/conformance/${file})`;
  return [id, cell(rule), outcome, cited, confidence, shownBy];
}

/** The whole page. The same findings and sources give the same text. */
export function renderMarkdown(findings: readonly Finding[], sources: Sources): string {
  const verdicts = VERDICTS.filter((verdict) => verdict !== 'fails' || count(findings, verdict) > 0);
  const bases = byBasis(findings).map(([tag, basis, of]) => [
    `${tag}: ${basis}`,
    ...verdicts.map((verdict) => String(count(of, verdict))),
    String(of.length),
  ]);
  const rules = REFERENCES.flatMap(({ begins, title, legend }) => {
    const of = ofReference(findings, begins);
    const rows = of.map((finding) => ruleRow(finding, sources));
    const head = ['rule', 'given, when, then', 'verdict', 'source', 'confidence', 'shown by'];
    return [`## Rules: ${title}\n`, `${totals(of)}.\n\n${legend}\n`, `${table(head, rows)}\n`];
  });
  const cited = Object.entries(sources).map(([key, { title, url }]) => [
    key,
    cell(title),
    url ?? 'no address',
  ]);
  return [
    HEAD,
    `${totals(findings)}.\n`,
    `${table(['strongest basis', ...verdicts, 'rules'], bases)}\n`,
    ...rules,
    '## Sources\n',
    `${table(['key', 'title', 'address'], cited)}\n`,
  ].join('\n');
}
