/**
 * A YAML value that still knows where it was written: the currency between the stages of loading.
 *
 * Layers (a file, the files it extends, the shared `high-availability`) are merged in this form. Each node keeps the
 * span of the file it came from, so that a mistake found in the merged whole is shown in the layer that holds it.
 */

import { quoted, safeText } from './safe-text.ts';
import type { Span } from './source.ts';

export type Path = readonly (string | number)[];

export type Located = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  /** Where the key stands. */
  readonly key: Span;
  readonly value: Located;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Located[];
}

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
}

/** The node at a path, or undefined. */
export function nodeAt(root: Located, path: Path): Located | undefined {
  let node: Located | undefined = root;
  for (const step of path) node = node === undefined ? undefined : childOf(node, step);
  return node;
}

function childOf(node: Located, step: string | number): Located | undefined {
  if (node.kind === 'map') return node.entries.get(String(step))?.value;
  return node.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
}

/** Entries of the mapping at a path; none when there is no mapping. */
export function entriesAt(root: Located, path: Path): ReadonlyMap<string, LocatedEntry> {
  const node = nodeAt(root, path);
  return node?.kind === 'map' ? node.entries : new Map();
}

/**
 * The stretch to point at for a path: a scalar or a one-line value itself, the key of anything longer, and for what is
 * not there the key of the nearest mapping around it.
 */
export function spanAt(root: Located, path: Path, part: 'key' | 'value' = 'value'): Span {
  let span = headOf(root);
  let node = root;
  for (const [index, step] of path.entries()) {
    const next = childOf(node, step);
    if (next === undefined) break;
    const key = node.kind === 'map' ? node.entries.get(String(step))?.key : undefined;
    const last = index === path.length - 1;
    span = last && part === 'value' && isOnOneLine(next) ? next.span : (key ?? headOf(next));
    node = next;
  }
  return span;
}

/** Where a mapping without a key of its own begins: its first key. */
function headOf(node: Located): Span {
  if (node.kind !== 'map') return isOnOneLine(node) ? node.span : startOf(node.span);
  const [first] = node.entries.values();
  return first?.key ?? startOf(node.span);
}

function startOf(span: Span): Span {
  return { ...span, end: span.start + 1 };
}

function isOnOneLine(node: Located): boolean {
  if (node.kind === 'scalar' && node.value === null) return node.span.end > node.span.start;
  const first = node.span.source.text[node.span.start];
  if (node.kind !== 'scalar' && first !== '{' && first !== '[') return false;
  const lineBreak = node.span.source.text.indexOf('\n', node.span.start);
  return lineBreak === -1 || lineBreak >= node.span.end;
}

/** The plain value, without positions. Keys are checked beforehand: none can reach an object's prototype. */
export function toPlain(node: Located): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries(Array.from(node.entries, ([key, entry]) => [key, toPlain(entry.value)]));
}

/** `timeline[2].suspend` */
export function writePath(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** A value in a few words, for "got …". */
export function describeNode(node: Located | undefined): string {
  if (node === undefined) return 'none';
  if (node.kind === 'map') return describeMap(node);
  if (node.kind === 'list')
    return node.items.length === 0 ? 'an empty list' : `a list of ${node.items.length}`;
  return describeScalar(node);
}

function describeMap(node: LocatedMap): string {
  if (node.entries.size === 0) return 'an empty mapping';
  const names = Array.from(node.entries.keys(), (name) => quoted(name).slice(1, -1));
  return `a mapping with ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
}

function describeScalar(node: LocatedScalar): string {
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return quoted(node.value);
  // As written: 1.10 is read as the number 1.1, and 0x10 as 16.
  const written = node.span.source.text.slice(node.span.start, Math.min(node.span.end, node.span.start + 41));
  return written.length > 0 && written.length <= 40 ? safeText(written) : String(node.value);
}
