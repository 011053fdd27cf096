/**
 * From zod's issues to diagnostics: our sentences instead of zod's, a place in the file for every path, one diagnostic
 * for every unknown key, and of a union the branch that the author most likely meant.
 */

import type { z } from 'zod';
import { diagnose, nearest, type Diagnostic } from './diagnostics.ts';
import { isShared } from './inherit.ts';
import { describeNode, nodeAt, spanAt, writePath, type Located, type Path } from './located.ts';
import { quoted } from './safe-text.ts';
import { keysAt, wordsAt } from './schema-walk.ts';

type Issue = z.core.$ZodIssue;

/** Sentences for issues to which the schema gives none; handed to zod with every parse. */
export function phraseIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${oneOf(issue.values.map(String))}`;
    case 'too_small':
      return `expected ${sizeOf(issue.origin)} at least ${issue.minimum}`;
    case 'too_big':
      return `expected ${sizeOf(issue.origin)} at most ${issue.maximum}`;
    case 'invalid_union':
      return `expected ${oneOf(branchesOf(issue))}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'expected another name';
    default:
      return 'expected another value';
  }
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  never: 'nothing',
};

function sizeOf(origin: string): string {
  if (origin === 'array') return 'a list of';
  return origin === 'string' ? 'a text with a number of characters of' : 'a number of';
}

function branchesOf(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string[] {
  const phrases = issue.errors.map((branch) => branch[0]?.message.replace(/^expected /, '') ?? '');
  return phrases.filter((phrase) => phrase !== '');
}

/** `a, b or c` */
export function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nothing';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** Diagnostics for the issues of a parse of `tree` by `schema`. */
export function diagnoseIssues(
  schema: z.core.$ZodType,
  tree: Located,
  issues: readonly Issue[],
): Diagnostic[] {
  const misspelt = new Map(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? [[joinPath(issue.path), issue.keys]] : [],
    ),
  );
  return issues
    .filter((issue) => !isConsequence(tree, issue, misspelt))
    .flatMap((issue) => diagnoseIssue(schema, tree, issue, []));
}

/** A misspelt key makes its mapping lack a key, and breaks its rules; the spelling is the one mistake to tell. */
function isConsequence(
  tree: Located,
  issue: Issue,
  misspelt: ReadonlyMap<string, readonly string[]>,
): boolean {
  const path = issue.path as Path;
  const rule = issue.code === 'custom';
  if (!rule && nodeAt(tree, path) !== undefined) return false;
  const unknown = misspelt.get(joinPath(rule ? path : path.slice(0, -1)));
  if (unknown === undefined) return false;
  const key = String(path.at(-1));
  return rule || unknown.some((word) => nearest(word, [key]) !== null);
}

function joinPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('\n');
}

function diagnoseIssue(schema: z.core.$ZodType, tree: Located, issue: Issue, prefix: Path): Diagnostic[] {
  const path = [...prefix, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(schema, tree, path, key));
  }
  const node = nodeAt(tree, path);
  if (node === undefined) return missing(tree, path);
  if (issue.code === 'invalid_union') {
    const branch = likelyBranch(issue);
    if (branch !== null) return branch.flatMap((inner) => diagnoseIssue(schema, tree, inner, path));
    const unknown = unknownKeys(schema, node, path);
    if (unknown.length > 0) return unknown.map((key) => unknownKey(schema, tree, path, key));
  }
  if (issue.code === 'invalid_key') {
    const message = `${issue.issues[0]?.message ?? 'expected another name'}, got ${quoted(String(path.at(-1)))}`;
    return [diagnose(spanAt(tree, path, 'key'), message, { path: writePath(path) })];
  }
  const tellsGot = issue.message.includes(', got ') || (issue.code === 'custom' && node.kind !== 'scalar');
  const message = tellsGot ? issue.message : `${issue.message}, got ${describeNode(node)}`;
  const hint = hintFor(schema, path, node, issue.message);
  return [diagnose(spanAt(tree, path), message, { path: writePath(path), hint })];
}

/** The one branch of a union that fits the kind of the value, and fails only inside it or at its keys. */
function likelyBranch(issue: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] | null {
  const fitting = issue.errors.filter(
    (branch) => branch.length > 0 && !branch.some((inner) => inner.path.length === 0 && isMismatch(inner)),
  );
  const [best, second] = fitting.toSorted((a, b) => a.length - b.length);
  if (best === undefined || best.length === second?.length) return null;
  return best;
}

/** Keys that no branch of a union has. */
function unknownKeys(schema: z.core.$ZodType, node: Located, path: Path): string[] {
  const keys = keysAt(schema, path);
  return node.kind === 'map' ? [...node.entries.keys()].filter((key) => !keys.includes(key)) : [];
}

function isMismatch(issue: Issue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union';
}

function missing(tree: Located, path: Path): Diagnostic[] {
  // The shared high-availability may leave to the devices what only the whole needs.
  if (isShared(path)) return [];
  const message = `expected the key ${String(path.at(-1))}, got none`;
  return [diagnose(spanAt(tree, path), message, { path: writePath(path) })];
}

/** Keys that a person may well expect to be there. */
const HINTS: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  '<<': 'YAML 1.2 has no merge key; see extends.',
  'ha3-backup': 'PAN-OS has no backup of HA3; it is made redundant by an aggregate (D11).',
});

function unknownKey(schema: z.core.$ZodType, tree: Located, path: Path, key: string): Diagnostic {
  const inner = [...path, key];
  const keys = keysAt(schema, path);
  const near = nearest(key, keys);
  const whole = path.length === 0 ? 'a scenario' : describeStep(path);
  const expected = near === null && keys.length > 0 ? `one of ${keys.join(', ')}` : `a key of ${whole}`;
  return diagnose(spanAt(tree, inner, 'key'), `expected ${expected}, got ${quoted(key)}`, {
    path: writePath(inner),
    hint: HINTS[key] ?? (near === null ? undefined : `Did you mean ${near}?`),
  });
}

/** `election-option`, or for an item of a list `timeline[3]`. */
function describeStep(path: Path): string {
  const names = path.findLastIndex((step) => typeof step === 'string');
  return writePath(path.slice(names));
}

const YAML_1_1_WORDS: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  y: 'true',
  no: 'false',
  off: 'false',
  n: 'false',
};

function hintFor(schema: z.core.$ZodType, path: Path, node: Located, message: string): string | undefined {
  if (node.kind !== 'scalar') return undefined;
  if (node.value === null) {
    return node.span.end > node.span.start ? 'null takes away only what is inherited.' : undefined;
  }
  if (typeof node.value !== 'string') {
    if (/^expected a (duration|percentage|bandwidth)/.test(message)) return 'Write the unit with the number.';
    return message.startsWith('expected a text') ? 'Put it in quotes.' : undefined;
  }
  if (message.startsWith('expected true or false')) {
    const word = node.value.toLowerCase();
    return Object.hasOwn(YAML_1_1_WORDS, word) ? `Did you mean ${YAML_1_1_WORDS[word]}?` : undefined;
  }
  if (/^expected a (whole )?number|\ba whole number from/.test(message) && /^\s*\d+\s*$/.test(node.value)) {
    return 'Write it without quotes.';
  }
  const near = nearest(node.value, wordsAt(schema, path));
  return near === null ? undefined : `Did you mean ${near}?`;
}
