/**
 * The rules of the references, and what the conformance tests say of each.
 *
 * A rule's test names it first in its title, and the title is the one place for what is short of the whole rule: one that is
 * held in part ends in `(partly: …)`, one that is not simulated is a `test.todo` that ends in `— reason`. The table of
 * `docs/conformance.md` is read from there, so it cannot say more than the tests do; that a test passes, the test run shows.
 */

import { readdirSync, readFileSync } from 'node:fs';

const TESTS = new URL('../conformance/', import.meta.url);
/** The page that `npm run conformance` writes. */
export const PAGE = new URL('../../docs/conformance.md', import.meta.url);

export interface Rule {
  readonly id: string;
  /** Given, when, then, in our own words. */
  readonly rule: string;
  /** Keys of `sources.json`; `§` is a section of the rule's reference, which infers it from the sources. */
  readonly sources: readonly string[];
  /** O, K, C, O?, I; several are several bases: `O/I`. */
  readonly confidence: string;
}

export type Sources = Readonly<Record<string, { readonly title: string; readonly url?: string }>>;

export type Verdict = 'holds' | 'holds in part' | 'fails' | 'not simulated';

export interface Finding extends Rule {
  readonly verdict: Verdict;
  /** What is missing, or why the rule is not simulated. */
  readonly note: string;
  /** File in test/conformance. */
  readonly file: string;
}

/** A test's title as its source has it; prettier keeps it on one line, after the bracket or on the next. */
const TITLE =
  /\btest(?<todo>\.todo)?\(\s*(?<quote>['"`])(?<id>[CR]-\d{3}): (?<rest>(?:\\.|(?!\k<quote>)[^\\\n])*)/g;
const PARTLY = /\(partly: (?<note>.+)\)$/;
const REASON = /^.* — (?<note>.+)$/;

export interface Title {
  readonly id: string;
  readonly verdict: Verdict;
  readonly note: string;
  readonly file: string;
}

/** Every title of a rule in these test files, in the order of the files. */
export function titlesIn(file: string, source: string): Title[] {
  return [...source.matchAll(TITLE)].map(({ groups = {} }) => {
    const { id = '', rest = '', todo } = groups;
    const note = (todo === undefined ? PARTLY : REASON).exec(rest)?.groups?.['note'] ?? '';
    const holds = note === '' ? 'holds' : 'holds in part';
    return { id, verdict: todo === undefined ? holds : 'not simulated', note, file };
  });
}

/** The titles of all conformance tests. */
export function allTitles(): Title[] {
  const files = readdirSync(TESTS).filter((file) => file.endsWith('.test.ts'));
  return files.toSorted().flatMap((file) => titlesIn(file, readFileSync(new URL(file, TESTS), 'utf8')));
}

export function readRules(): Rule[] {
  return JSON.parse(readFileSync(new URL('rules.json', TESTS), 'utf8')) as Rule[];
}

export function readSources(): Sources {
  return JSON.parse(readFileSync(new URL('sources.json', TESTS), 'utf8')) as Sources;
}

/**
 * The rules with their verdicts, as the titles have them.
 *
 * @param failing ids of rules whose test did not pass
 * @throws when a rule has no title
 */
export function findings(failing: ReadonlySet<string> = new Set()): Finding[] {
  const titles = new Map(allTitles().map((title) => [title.id, title]));
  return readRules().map((rule) => {
    const title = titles.get(rule.id);
    if (title === undefined) throw new Error(`${rule.id} has neither a test nor a reason for having none`);
    return { ...rule, ...title, verdict: failing.has(rule.id) ? 'fails' : title.verdict };
  });
}
