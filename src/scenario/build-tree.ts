/**
 * From the yaml package's nodes to located values: keys become text, aliases become what they stand for.
 *
 * An alias shares the node of its anchor, so a file that expands a thousandfold costs nothing here; it is refused by
 * counting what it would expand to, before anything writes it out.
 */

import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Pair, type YAMLMap } from 'yaml';
import { diagnose, type Diagnostic } from './diagnostics.ts';
import { MAX_DIAGNOSTICS, MAX_NODES } from './limits.ts';
import { writePath, type Located, type LocatedEntry, type LocatedScalar, type Path } from './located.ts';
import { quoted } from './safe-text.ts';
import { positionAt, type Source, type Span } from './source.ts';

export interface BuiltTree {
  /** Null when aliases loop or expand without measure. */
  readonly tree: Located | null;
  readonly diagnostics: readonly Diagnostic[];
}

interface Anchor {
  /** Null while the anchored node is still being built: an alias to it there is a loop. */
  readonly node: Located | null;
  readonly size: number;
}

interface Builder {
  readonly source: Source;
  readonly diagnostics: Diagnostic[];
  readonly anchors: Map<string, Anchor>;
  /** Values so far, aliases written out. */
  size: number;
  broken: boolean;
}

/** Names that every JavaScript object has; as keys they would be mistaken for what is there already. */
const RESERVED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

export function buildTree(source: Source, contents: Node | null): BuiltTree {
  const builder: Builder = { source, diagnostics: [], anchors: new Map(), size: 0, broken: false };
  const tree = build(builder, contents, [], source.text.length);
  return { tree: builder.broken ? null : tree, diagnostics: builder.diagnostics };
}

/** @param at offset that stands for a value that is not written at all */
function build(builder: Builder, node: unknown, path: Path, at: number): Located {
  builder.size += 1;
  if (isAlias(node)) return resolveAlias(builder, node, path);
  const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  const sizeBefore = builder.size - 1;
  if (anchor !== undefined) builder.anchors.set(anchor, { node: null, size: 0 });
  const built = buildPlain(builder, node, path, at);
  if (anchor !== undefined) builder.anchors.set(anchor, { node: built, size: builder.size - sizeBefore });
  return built;
}

function buildPlain(builder: Builder, node: unknown, path: Path, at: number): Located {
  if (isMap(node)) {
    return { kind: 'map', span: spanOf(builder, node, at), entries: buildEntries(builder, node, path) };
  }
  if (isSeq(node)) {
    const span = spanOf(builder, node, at);
    const items = node.items.map((item, index) => build(builder, item, [...path, index], span.start));
    return { kind: 'list', span, items };
  }
  if (isScalar(node)) {
    return { kind: 'scalar', span: spanOf(builder, node, at), value: plainScalar(node.value) };
  }
  return nothing({ source: builder.source, start: at, end: at });
}

function buildEntries(builder: Builder, map: YAMLMap, path: Path): ReadonlyMap<string, LocatedEntry> {
  const entries = new Map<string, LocatedEntry>();
  for (const pair of map.items) {
    const entry = buildEntry(builder, pair, path, entries);
    if (entry !== null) entries.set(entry.name, { key: entry.key, value: entry.value });
  }
  return entries;
}

function buildEntry(
  builder: Builder,
  pair: Pair,
  path: Path,
  before: ReadonlyMap<string, LocatedEntry>,
): { name: string; key: Span; value: Located } | null {
  const key = spanOf(builder, pair.key, 0);
  if (!isScalar(pair.key)) {
    report(builder, key, 'expected a plain word as a key, got an alias or a collection', path);
    return null;
  }
  const name = keyText(builder, pair.key.value, key);
  const inner = [...path, name];
  const value = build(builder, pair.value, inner, key.end);
  const earlier = before.get(name);
  if (earlier !== undefined) {
    const { line } = positionAt(builder.source, earlier.key.start);
    report(builder, key, `expected each key once, got ${quoted(name)} again after line ${line}`, inner);
    return null;
  }
  if (RESERVED.has(name)) {
    report(builder, key, `expected a key that JavaScript does not reserve, got ${quoted(name)}`, inner);
    return null;
  }
  return { name, key, value };
}

/** A key is its text as written: `1:`, `null:` and `1e3:` are names like any other. */
function keyText(builder: Builder, value: unknown, span: Span): string {
  return typeof value === 'string' ? value : builder.source.text.slice(span.start, span.end);
}

function resolveAlias(builder: Builder, alias: Alias, path: Path): Located {
  const span = spanOf(builder, alias, 0);
  const anchor = builder.anchors.get(alias.source);
  if (anchor === undefined) {
    report(builder, span, `expected an alias of an anchor above it, got *${alias.source}`, path);
    return nothing(span);
  }
  if (anchor.node === null) {
    builder.broken = true;
    report(builder, span, `expected an alias that does not contain itself, got *${alias.source}`, path);
    return nothing(span);
  }
  builder.size += anchor.size;
  if (builder.size > MAX_NODES) {
    if (!builder.broken) {
      report(builder, span, `expected aliases that expand to at most ${MAX_NODES} values, got more`, path);
    }
    builder.broken = true;
    return nothing(span);
  }
  return anchor.node;
}

function plainScalar(value: unknown): LocatedScalar['value'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  // The core schema knows no other scalars.
  return null;
}

function nothing(span: Span): LocatedScalar {
  return { kind: 'scalar', span, value: null };
}

function spanOf(builder: Builder, node: unknown, at: number): Span {
  const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : undefined;
  const start = range?.[0] ?? at;
  return { source: builder.source, start, end: range?.[1] ?? start };
}

function report(builder: Builder, span: Span, message: string, path: Path): void {
  if (builder.diagnostics.length >= MAX_DIAGNOSTICS) return;
  builder.diagnostics.push(diagnose(span, message, { path: writePath(path) }));
}
