/**
 * `extends`: a scenario that stands on another. The base is read first, the file is laid over it (merge.ts), and the
 * base may stand on a third. A base's name is relative to the file that gives it.
 */

import { diagnose, type Diagnostic } from './diagnostics.ts';
import { MAX_LAYERS } from './limits.ts';
import { describeNode, type LocatedMap } from './located.ts';
import { mergeMaps, withoutKey } from './merge.ts';
import { parseSource } from './parse.ts';
import { readSource, type ReadText } from './read.ts';
import type { Source, Span } from './source.ts';

export interface Layers {
  /** All layers as one mapping, without `extends`; null when one of them cannot be read. */
  readonly tree: LocatedMap | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, the scenario itself first. */
  readonly files: readonly string[];
}

/** Reads the bases of a source, and lays them under it. */
export function loadLayers(source: Source, readText: ReadText): Layers {
  const layers: LocatedMap[] = [];
  const diagnostics: Diagnostic[] = [];
  const files: string[] = [];
  let broken = false;
  let next: Source | null = source;
  while (next !== null) {
    files.push(next.file);
    const parsed = parseSource(next);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.tree === null) return { tree: null, diagnostics, files };
    layers.push(withoutKey(parsed.tree, 'extends'));
    const base = findBase(parsed.tree, files, readText);
    if (base !== null && 'message' in base) {
      diagnostics.push(base);
      broken = true;
    }
    next = base !== null && 'text' in base ? base : null;
  }
  const tree = broken ? null : layers.reduceRight((base, over) => mergeMaps(base, over));
  return { tree, diagnostics, files };
}

/** The base that a layer names: its source, the mistake in naming it, or null when it names none. */
function findBase(
  layer: LocatedMap,
  files: readonly string[],
  readText: ReadText,
): Source | Diagnostic | null {
  const entry = layer.entries.get('extends');
  if (entry === undefined) return null;
  const { value } = entry;
  const named = value.kind === 'scalar' && typeof value.value === 'string' ? value.value.trim() : '';
  const place: Span = value.span.end > value.span.start && value.kind === 'scalar' ? value.span : entry.key;
  const refuse = (message: string) => diagnose(place, message, { path: 'extends' });
  if (named === '') return refuse(`expected the name of a scenario file, got ${describeNode(value)}`);

  const file = resolveBeside(layer.span.source.file, named);
  const before = files.map(tidy).indexOf(file);
  if (before !== -1) {
    const circle = [...files.slice(before), file].join(' → ');
    return refuse(`expected a base that does not lead back here, got ${circle}`);
  }
  if (files.length >= MAX_LAYERS) {
    return refuse(`expected at most ${MAX_LAYERS} files in a chain of extends, got more`);
  }
  const read = readSource(file, readText, place);
  return read.ok ? read.source : read.diagnostic;
}

/** The name of a file that `from` calls `named`, with `/` between its parts and without `.` and `..` where possible. */
export function resolveBeside(from: string, named: string): string {
  if (/^(\/|[A-Za-z]:[\\/])/.test(named)) return tidy(named);
  const slash = Math.max(from.lastIndexOf('/'), from.lastIndexOf('\\'));
  return tidy(from.slice(0, slash + 1) + named);
}

function tidy(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    const last = parts.at(-1);
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && last !== undefined && last !== '..' && last !== '') parts.pop();
    else if (part !== '..' || last !== '') parts.push(part);
  }
  return parts.join('/');
}
