/**
 * What every check has at hand: the scenario's tree for positions, and one way to report.
 */

import { diagnose, nearest, type Diagnostic } from '../diagnostics.ts';
import { entriesAt, spanAt, writePath, type Located, type Path } from '../located.ts';

/** Kinds of things that a scenario names. */
export type Kind = 'device' | 'switch' | 'host' | 'router' | 'link' | 'probe' | 'workload';

const PLACES: Readonly<Record<Kind, Path>> = {
  device: ['devices'],
  switch: ['network', 'switches'],
  host: ['network', 'hosts'],
  router: ['network', 'routers'],
  link: ['network', 'links'],
  probe: ['probes'],
  workload: ['workloads'],
};

/** Collects the mistakes that checks find. */
export class Reporter {
  readonly tree: Located;
  readonly diagnostics: Diagnostic[] = [];
  readonly #names = new Map<Kind, readonly string[]>();

  constructor(tree: Located) {
    this.tree = tree;
  }

  /** Reports a mistake at the value of a path, or where it is not there at what should hold it. */
  at(path: Path, message: string, hint?: string): void {
    const span = spanAt(this.tree, path);
    this.diagnostics.push(diagnose(span, message, { path: writePath(path), hint }));
  }

  /** Reports a mistake at the key of a path. */
  atKey(path: Path, message: string, hint?: string): void {
    const span = spanAt(this.tree, path, 'key');
    this.diagnostics.push(diagnose(span, message, { path: writePath(path), hint }));
  }

  /** Names that the scenario gives to things of a kind, right or wrong otherwise. */
  names(kind: Kind): readonly string[] {
    const known = this.#names.get(kind) ?? [...entriesAt(this.tree, PLACES[kind]).keys()];
    this.#names.set(kind, known);
    return known;
  }
}

/** "Did you mean …?" for a word, or undefined when nothing is near. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(word, candidates);
  return near === null ? undefined : `Did you mean ${near}?`;
}

/** ` (a, b or c)` for a message; nothing when there are too many to read. */
export function listed(words: readonly string[]): string {
  if (words.length === 0 || words.length > 8) return '';
  const last = words.at(-1);
  return words.length === 1 ? ` (${last})` : ` (${words.slice(0, -1).join(', ')} or ${last})`;
}
