/**
 * Lints a scenario: asks every rule, and gives each finding its place in the file. Nothing is run.
 */

import { compareText, diagnose, type Diagnostic } from '../scenario/diagnostics.ts';
import { spanAt, writePath, type LocatedMap } from '../scenario/located.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { pairOf } from './pair.ts';
import { SEVERITIES, type Edit, type Rule, type RuleSource, type Severity } from './rule.ts';
import { RULES } from './rules.ts';

/** Something that a rule found, as plain data. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Place, excerpt, and what is there. */
  readonly at: Diagnostic;
  /** What will happen; no full stop. */
  readonly consequence: string;
  readonly source: RuleSource;
  /** Listed under `deliberate:` by the scenario: it is counted, and no more. */
  readonly deliberate: boolean;
  /** What would mend it; absent where that depends on what its author wants. */
  readonly repair?: readonly Edit[];
}

export interface LintOptions {
  /** Ids of the only rules that are asked; all unless told. */
  readonly only?: readonly string[];
  /** Ids of rules that are not asked. */
  readonly ignore?: readonly string[];
}

export interface Linted {
  /** Sorted by place. */
  readonly findings: readonly Finding[];
  /** Rules under `deliberate:` that were asked and found nothing. */
  readonly unneeded: readonly Diagnostic[];
}

/**
 * Lints a scenario.
 *
 * @param tree the tree that the scenario was resolved from, as `loadScenario` hands it out
 */
export function lint(scenario: ResolvedScenario, tree: LocatedMap, options: LintOptions = {}): Linted {
  const { only, ignore = [] } = options;
  const pair = pairOf(scenario, tree);
  const asked = RULES.filter(({ id }) => (only ?? [id]).includes(id) && !ignore.includes(id));
  const findings = asked.flatMap((rule) => findingsOf(rule, pair.scenario, tree, rule.check(pair)));
  const sorted = findings.toSorted(byPlace);
  const unneeded = scenario.deliberate.flatMap((id, index) => {
    if (!asked.some((rule) => rule.id === id) || findings.some(({ rule }) => rule === id)) return [];
    const path = ['deliberate', index];
    const message = `${id} is listed as deliberate, and finds nothing`;
    return [diagnose(spanAt(tree, path), message, { path: writePath(path) })];
  });
  const [one, other] = pair.firewalls;
  return { findings: together(sorted, one.name, other.name), unneeded };
}

function findingsOf(
  rule: Rule,
  { deliberate }: ResolvedScenario,
  tree: LocatedMap,
  problems: ReturnType<Rule['check']>,
): Finding[] {
  return problems.map(({ path, part = 'value', message, consequence, severity, repair }) => ({
    rule: rule.id,
    severity: severity ?? rule.severity,
    at: diagnose(spanAt(tree, path, part), message, { path: writePath(path) }),
    consequence: consequence ?? rule.consequence,
    source: rule.source,
    deliberate: deliberate.includes(rule.id),
    ...(repair === undefined ? {} : { repair }),
  }));
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compareText(a.at.file, b.at.file) ||
    a.at.line - b.at.line ||
    a.at.column - b.at.column ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.rule, b.rule) ||
    compareText(a.at.message, b.at.message)
  );
}

/** What the shared block gives both firewalls is told once, and repaired at both. */
function together(sorted: readonly Finding[], one: string, other: string): Finding[] {
  const told: Finding[] = [];
  for (const finding of sorted) {
    const of = told.findIndex((earlier) => isSamePlace(earlier, finding));
    const first = told[of];
    const isTwin = first?.at.message.replaceAll(one, other) === finding.at.message;
    if (first === undefined || (!isTwin && first.at.message !== finding.at.message)) {
      told.push(finding);
    } else if (isTwin && first.at.message !== finding.at.message) {
      const repair = [...(first.repair ?? []), ...(finding.repair ?? [])];
      const at = { ...first.at, message: `${first.at.message}, and ${other} likewise` };
      told[of] = { ...first, at, ...(repair.length > 0 && { repair }) };
    }
  }
  return told;
}

function isSamePlace(one: Finding, other: Finding): boolean {
  const [a, b] = [one.at, other.at];
  return one.rule === other.rule && a.file === b.file && a.line === b.line && a.column === b.column;
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly note: number;
  readonly deliberate: number;
}

export function countOf(findings: readonly Finding[]): Counts {
  const of = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity && !finding.deliberate).length;
  return {
    error: of('error'),
    warning: of('warning'),
    note: of('note'),
    deliberate: findings.filter(({ deliberate }) => deliberate).length,
  };
}
