/** What a user asks of `hasim test`, checked. */

import { nearest } from '../scenario/nearest.ts';
import { REPORTERS, type ReporterName } from '../report/suite/reporter.ts';
import type { SuiteTestCase } from '../suite/run-suite.ts';
import { matching, type Selection } from '../suite/selection.ts';
import type { Given } from './command.ts';
import { UsageError } from './exit.ts';
import { readFailed } from './failed-state.ts';
import { seedsOf } from './seeds-option.ts';
import { shardOf, wholeOption, workersOf } from './sweep-request.ts';

export interface TestRequest {
  readonly paths: readonly string[];
  readonly seeds: readonly string[] | null;
  readonly names: readonly string[];
  readonly tags: readonly string[];
  readonly failed: boolean;
  readonly shard: Selection['shard'];
  readonly bail: number;
  readonly workers: number;
  readonly reporter: ReporterName;
  readonly quiet: boolean;
  readonly watch: boolean;
}

/** Reads the options. @throws UsageError */
export function readTestRequest(given: Given): TestRequest {
  const { files, texts, lists, flags } = given;
  const bail = texts['bail'];
  const watch = flags['watch'] === true;
  if (watch && (texts['output'] ?? '-') !== '-')
    throw new UsageError('--watch', 'expected no --output beside it, for it does not end, got both');
  return {
    paths: files,
    seeds: seedsOf(given),
    names: lists['name'] ?? [],
    tags: lists['tag'] ?? [],
    failed: flags['failed'] === true,
    shard: shardOf(texts['shard']),
    bail: bail === undefined ? Infinity : wholeOption('--bail', bail === '' ? '1' : bail, 1, 1e9 - 1),
    workers: workersOf(given),
    reporter: REPORTERS.find((name) => name === texts['reporter']) ?? 'default',
    quiet: flags['quiet'] === true,
    watch,
  };
}

/** The cases that are selected, all parts together; what to say about `--failed`, if anything. */
export interface Matched {
  readonly cases: readonly SuiteTestCase[];
  readonly note: string;
}

/** @throws UsageError when nothing is selected */
export function matchCases(cases: readonly SuiteTestCase[], request: TestRequest): Matched {
  const { names, tags, shard } = request;
  if (cases.length === 0) {
    const where = request.paths.length === 0 ? 'this folder' : request.paths.join(', ');
    throw new UsageError('test', `expected a scenario with expectations below ${where}, got none`);
  }
  const [failed, note] = request.failed ? failedOf(cases) : [null, ''];
  const matched = matching(cases, { names, tags, failed, shard });
  if (matched.length > 0) return { cases: matched, note };
  const filters = [
    ...names.map((name) => `--name ${name}`),
    ...tags.map((tag) => `--tag ${tag}`),
    ...(failed === null ? [] : ['--failed']),
  ];
  const count = cases.length === 1 ? 'the one case' : `one of ${cases.length} cases`;
  throw new UsageError(
    'test',
    `expected ${count} to fit ${filters.join(' ')}, got none`,
    tagHint(cases, tags),
  );
}

/** Nobody is kept from testing by what is remembered: without it, all cases are run. */
function failedOf(cases: readonly SuiteTestCase[]): [ids: ReadonlySet<string> | null, note: string] {
  const ids = readFailed();
  if (ids === null) return [null, '--failed: nothing is remembered of an earlier run, so every case is run'];
  if (cases.some(({ id }) => ids.has(id))) return [ids, ''];
  return [null, '--failed: none of these failed last time, so every case is run'];
}

function tagHint(cases: readonly SuiteTestCase[], tags: readonly string[]): string {
  const known = [...new Set(cases.flatMap((one) => one.tags))].sort();
  const unknown = tags.find((tag) => !tag.startsWith('!') && !known.includes(tag));
  if (unknown === undefined) return '';
  const near = nearest(unknown, known);
  if (near !== null) return `Did you mean --tag ${near}?`;
  return known.length === 0 ? 'None of them has a tag.' : `Their tags are ${known.slice(0, 10).join(', ')}.`;
}
