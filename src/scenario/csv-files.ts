/**
 * The CSV files that workloads name (`arrivals: { csv: FILE }`), read by the same reader as scenario files. A name is
 * relative to the file that gives it, which for an inherited workload is the base.
 */

import type { Diagnostic } from './diagnostics.ts';
import { resolveBeside } from './extends.ts';
import { entriesAt, nodeAt, writePath, type Located, type Path } from './located.ts';
import { readSource, type FileKind, type ReadText } from './read.ts';
import { parseTimestamps, type Timestamps } from './timestamps.ts';

export interface CsvFiles {
  /** Ascending, in microseconds, by workload; only of files without mistakes. */
  readonly timesUs: ReadonlyMap<string, readonly number[]>;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly string[];
}

/** Reads what the workloads of a tree name. Never throws on what a user may write. */
export function readTimestamps(tree: Located, readText: ReadText): CsvFiles {
  const timesUs = new Map<string, readonly number[]>();
  const diagnostics: Diagnostic[] = [];
  // Each file once, however many workloads name it: thousands of names are cheap, thousands of readings are not.
  const parsed = new Map<string, Timestamps>();
  for (const workload of entriesAt(tree, ['workloads']).keys()) {
    const path = ['workloads', workload, 'arrivals', 'csv'];
    const node = nodeAt(tree, path);
    // What is no name of a file, the schema tells.
    if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.value.trim() === '') continue;
    const file = resolveBeside(node.span.source.file, node.value.trim());
    let found = parsed.get(file);
    if (found === undefined) {
      const read = readSource(file, readText, node.span, csvNamedAt(path));
      if (!read.ok) {
        diagnostics.push(read.diagnostic);
        continue;
      }
      found = parseTimestamps(read.source, writePath(path));
      parsed.set(file, found);
      diagnostics.push(...found.diagnostics);
    }
    if (found.diagnostics.length === 0) timesUs.set(workload, found.timesUs);
  }
  return { timesUs, diagnostics, files: [...parsed.keys()] };
}

function csvNamedAt(path: Path): FileKind {
  return {
    file: 'CSV file',
    content: 'at least one timestamp',
    path: writePath(path),
    hint: 'Its name is relative to the scenario file that gives it.',
  };
}
