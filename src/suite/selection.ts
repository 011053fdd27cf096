/**
 * Which cases of a suite are run: by a part of the name, by tag, those that failed last time, one part of several. What `skip:` and
 * `only:` leave out stays in the result, as skipped and with the reason.
 */

import type { TestCase } from './cases.ts';

export interface Selection {
  /** Any of these is a part of its id or name, in any case; empty = every name. */
  readonly names: readonly string[];
  /** It has one of these tags, and none of those behind a `!`. */
  readonly tags: readonly string[];
  /** Ids; null = every one. */
  readonly failed: ReadonlySet<string> | null;
  /** The n-th of so many parts, from 1. */
  readonly shard: { readonly part: number; readonly of: number };
}

export const EVERYTHING: Selection = { names: [], tags: [], failed: null, shard: { part: 1, of: 1 } };

/** A case that was selected, and why it is not run all the same. */
export interface SelectedCase<T extends TestCase = TestCase> {
  readonly test: T;
  /** Empty when it is run. */
  readonly why: string;
}

/** Cases that a selection has, without looking at parts. */
export function matching<T extends TestCase>(cases: readonly T[], { names, tags, failed }: Selection): T[] {
  const lower = names.map((name) => name.toLowerCase());
  const wanted = tags.filter((tag) => !tag.startsWith('!'));
  const unwanted = tags.filter((tag) => tag.startsWith('!')).map((tag) => tag.slice(1));
  return cases.filter((test) => {
    const text = `${test.id}\n${test.name}`.toLowerCase();
    if (failed !== null && !failed.has(test.id)) return false;
    if (test.broken) return true; // Its mistakes are told whatever is looked for.
    return (
      (lower.length === 0 || lower.some((name) => text.includes(name))) &&
      (wanted.length === 0 || wanted.some((tag) => test.tags.includes(tag))) &&
      !unwanted.some((tag) => test.tags.includes(tag))
    );
  });
}

/**
 * The cases of a part, in their order. Parts are dealt out like cards, since cases that stand together take a similar time; every case
 * is in exactly one.
 */
export function inPart<T>(cases: readonly T[], { part, of }: Selection['shard']): T[] {
  return cases.filter((_, index) => index % of === part - 1);
}

/** Cases with the reason why they are not run; `only:` counts among those that are given. */
export function withReasons<T extends TestCase>(cases: readonly T[]): SelectedCase<T>[] {
  const first = cases.find(({ only, skip }) => only && skip === '');
  return cases.map((test) => {
    if (test.skip !== '') return { test, why: test.skip };
    return {
      test,
      why: first === undefined || test.only ? '' : `only ${first.file} is run, it has only: true`,
    };
  });
}
