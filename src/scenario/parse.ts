/**
 * The second stage of loading: from text to one located YAML value. YAML 1.2 core schema, one document, no custom tags.
 *
 * The yaml package's lexer, parser and composer are driven one after the other instead of by `parseDocument`, because
 * its composer recurses and its errors are costly: depth and number of tokens are bounded before it starts.
 */

import { Composer, Lexer, Parser, type Document, type ParsedNode } from 'yaml';
import { diagnose, type Diagnostic } from './diagnostics.ts';
import { MAX_BACKSLASHES, MAX_DEPTH, MAX_DIAGNOSTICS, MAX_TOKENS } from './limits.ts';
import type { LocatedMap } from './located.ts';
import { buildTree } from './build-tree.ts';
import type { Source } from './source.ts';
import { explainYamlError } from './yaml-errors.ts';

type Token = ReturnType<Parser['next']> extends Generator<infer T> ? T : never;

export interface Parsed {
  /** The file's mapping; null when the text is too broken to go on. */
  readonly tree: LocatedMap | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses a text; the mistakes of all its lines are collected. Never throws. */
export function parseSource(source: Source): Parsed {
  const tokens = tokenize(source);
  if (!Array.isArray(tokens)) return { tree: null, diagnostics: [tokens] };
  const [document, next] = compose(source, tokens);
  const diagnostics = documentErrors(source, document);
  if (next !== undefined) {
    const place = { source, start: next.range[0], end: next.range[0] + 3 };
    diagnostics.push(diagnose(place, 'expected one YAML document, got another one here'));
  }
  if (diagnostics.length > 0) return { tree: null, diagnostics };
  return rootMapping(source, document);
}

function rootMapping(source: Source, document: Document.Parsed): Parsed {
  const { tree, diagnostics } = buildTree(source, document.contents);
  if (tree === null) return { tree, diagnostics };
  if (tree.kind === 'map' && tree.entries.size > 0) return { tree, diagnostics };
  const empty = tree.kind === 'scalar' && tree.value === null && tree.span.end === tree.span.start;
  const got = empty ? 'only comments' : describeKind(tree.kind, source.text[tree.span.start]);
  const message = empty
    ? 'expected a scenario, got only comments'
    : `expected a mapping of keys such as name, until, devices and network, got ${got}`;
  const place = empty ? { source, start: 0, end: 0 } : tree.span;
  return { tree: null, diagnostics: [...diagnostics, diagnose(place, message)] };
}

function describeKind(kind: 'map' | 'list' | 'scalar', first: string | undefined): string {
  if (kind === 'map') return 'an empty one';
  if (kind === 'list') return 'a list';
  return first === '|' || first === '>' ? 'a block of text' : 'a single value';
}

/** Lexes and parses, stopping at the first thing that is out of all proportion. */
function tokenize(source: Source): Token[] | Diagnostic {
  const backslashes = source.text.split('\\', MAX_BACKSLASHES + 2);
  if (backslashes.length > MAX_BACKSLASHES + 1) {
    const start = backslashes.slice(0, -1).join('\\').length;
    const place = { source, start, end: start + 1 };
    return diagnose(place, `expected a scenario of at most ${MAX_BACKSLASHES} backslashes, got more`);
  }
  const parser = new Parser();
  const tokens: Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    count += 1;
    const start = Math.min(parser.offset, source.text.length);
    const place = { source, start, end: start + 1 };
    if (count > MAX_TOKENS) {
      return diagnose(place, `expected a scenario of at most ${MAX_TOKENS} YAML tokens, got more`);
    }
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH && depthOf(parser) > MAX_DEPTH) {
      return diagnose(place, `expected at most ${MAX_DEPTH} levels of nesting, got more`);
    }
  }
  tokens.push(...parser.end());
  return tokens;
}

function depthOf(parser: Parser): number {
  return parser.stack.filter(
    ({ type }) => type === 'block-map' || type === 'block-seq' || type === 'flow-collection',
  ).length;
}

/** The first document, and the second if there is one. */
function compose(source: Source, tokens: readonly Token[]): [Document.Parsed, Document.Parsed | undefined] {
  // Unique keys are checked by buildTree: the composer's own check takes quadratic time.
  const composer = new Composer<ParsedNode>({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    resolveKnownTags: false,
  });
  const documents = composer.compose(tokens, true, source.text.length);
  const first = documents.next();
  const second = documents.next();
  // Always set: forceDoc makes the composer yield at least one.
  const document = first.value as Document.Parsed;
  return [document, second.done === true ? undefined : second.value];
}

function documentErrors(source: Source, document: Document.Parsed): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const error of [...document.errors, ...document.warnings].slice(0, MAX_DIAGNOSTICS)) {
    const [start, end] = error.pos;
    const place = { source, start, end: Math.max(end, start + 1) };
    const { message, hint } = explainYamlError(error, place);
    diagnostics.push(diagnose(place, message, { hint }));
  }
  const version = document.directives?.yaml.version;
  if (diagnostics.length === 0 && version !== undefined && version !== '1.2') {
    const start = Math.max(0, source.text.indexOf('%YAML'));
    const place = { source, start, end: start + 5 };
    diagnostics.push(diagnose(place, `expected YAML 1.2, got %YAML ${version}`));
  }
  return diagnostics;
}
