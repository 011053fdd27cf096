/**
 * `matrix:` — one scenario file as many cases. Every axis has values, and every combination of them is a cell: the scenario with other
 * settings, and with a name that stays the same as long as the axes do.
 *
 *     matrix:
 *       heartbeat-interval: [1s, 2s]                  # a path of the scenario and its values
 *       site: { near: { ha1.latency: 1ms }, far: { ha1.latency: 40ms, ha2.latency: 40ms } }
 *       exclude: [{ heartbeat-interval: 2s, site: far }]
 *
 * An empty `{}` is the scenario as it is written. A mistake is told at its place in the file, with the cell in which it shows.
 */

import { compareText, diagnose, nearest, sortDiagnostics, type Diagnostic } from './diagnostics.ts';
import { MAX_CELLS, MAX_DIAGNOSTICS } from './limits.ts';
import { resolveTree } from './load.ts';
import {
  entriesAt,
  nodeAt,
  spanAt,
  toPlain,
  writePath,
  type Located,
  type LocatedMap,
  type Path,
} from './located.ts';
import type { ReadText } from './read.ts';
import { safeText } from './safe-text.ts';
import { findPath, undone, withSettings, writeValue, type Setting, type SettingMistake } from './settings.ts';

/** One combination. */
export interface Cell {
  /** `heartbeat-interval=1s, site=far`: in the order of the file. */
  readonly name: string;
  readonly settings: readonly Setting[];
}

export interface Matrix {
  /** In the order of the file, the last axis changing fastest; none where there is no matrix, or where it has mistakes. */
  readonly cells: readonly Cell[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The key of a matrix that is no axis. */
const EXCLUDE = 'exclude';

interface Choice {
  readonly label: string;
  readonly settings: readonly Setting[];
}

interface Axis {
  readonly name: string;
  readonly choices: readonly Choice[];
}

/**
 * The cells of a scenario. They are not resolved yet, see {@link checkCells}.
 *
 * @param tree of a scenario that was loaded (`LoadResult.tree`)
 */
export function readMatrix(tree: LocatedMap): Matrix {
  const entries = entriesAt(tree, ['matrix']);
  if (entries.size === 0) return { cells: [], diagnostics: [] };
  const reader = new Reader(tree);
  const names = [...entries.keys()].filter((name) => name !== EXCLUDE);
  const axes = names.map((name) => ({ name, choices: reader.choices(name) }));
  reader.refuseShared(axes);
  const excluded = reader.exclusions(axes);
  const count = axes.reduce((product, { choices }) => product * choices.length, 1);
  if (count > MAX_CELLS) {
    const sizes = axes.map(({ choices }) => choices.length).join(' × ');
    reader.refuse(['matrix'], 'key', `expected at most ${MAX_CELLS} cells, got ${count} (${sizes})`);
  }
  if (reader.diagnostics.length > 0) return { cells: [], diagnostics: sortDiagnostics(reader.diagnostics) };
  const cells =
    axes.length === 0 ? [] : combinations(axes).filter((cell) => !excluded.some((out) => out(cell)));
  if (cells.length === 0) reader.refuse(['matrix'], 'key', 'expected at least one cell, got none');
  return { cells: cells.map((choices) => cellOf(axes, choices)), diagnostics: reader.diagnostics };
}

/** Resolves every cell; a mistake names the first cell that has it. */
export function checkCells(tree: LocatedMap, cells: readonly Cell[], readText: ReadText): Diagnostic[] {
  const found = new Map<string, { readonly one: Diagnostic; readonly first: string; count: number }>();
  for (const { name, settings } of cells) {
    const resolved = resolveTree(withSettings(tree, settings), readText);
    for (const one of resolved.ok ? [] : sortDiagnostics(resolved.diagnostics)) {
      const key = [one.file, one.line, one.column, one.message].join('\0');
      const before = found.get(key);
      if (before !== undefined) before.count++;
      else if (found.size < MAX_DIAGNOSTICS) found.set(key, { one, first: name, count: 1 });
    }
  }
  const told = Array.from(found.values(), ({ one, first, count }) => {
    const where = count === 1 ? `with ${first}` : `in ${count} of ${cells.length} cells, such as ${first}`;
    return { ...one, message: `${one.message} (${where})` };
  });
  return sortDiagnostics(told);
}

class Reader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #tree: LocatedMap;
  readonly #paths = new Map<string, Path | SettingMistake>();

  constructor(tree: LocatedMap) {
    this.#tree = tree;
  }

  refuse(path: Path, part: 'key' | 'value', message: string, hint = ''): void {
    const detail = { path: writePath(path), ...(hint === '' ? {} : { hint }) };
    this.diagnostics.push(diagnose(spanAt(this.#tree, path, part), message, detail));
  }

  /** What an axis may be. */
  choices(axis: string): Choice[] {
    const place = ['matrix', axis];
    const node = nodeAt(this.#tree, place);
    if (node?.kind === 'list') return this.#values(axis, place, node.items);
    return Array.from(entriesAt(this.#tree, place).keys(), (label) => ({
      label: safeText(label),
      settings: Array.from(entriesAt(this.#tree, [...place, label]), ([text, { value }]) =>
        this.#setting(text, [...place, label, text], value, [...place, label, text]),
      ).flatMap((setting) => setting ?? []),
    }));
  }

  #values(axis: string, place: Path, items: readonly Located[]): Choice[] {
    const choices = items.map((item, index) => {
      const setting = this.#setting(axis, place, item, [...place, index]);
      return { label: labelOf(item), settings: setting === null ? [] : [setting] };
    });
    for (const [index, { label }] of choices.entries()) {
      if (choices.findIndex((other) => other.label === label) === index) continue;
      this.refuse([...place, index], 'value', `expected each value once, got ${label} again`);
    }
    return choices;
  }

  /** @param key where the path is written */
  #setting(text: string, key: Path, item: Located, valueAt: Path): Setting | null {
    const path = this.#path(text);
    if (!('message' in path)) return { path, value: toPlain(item), span: spanAt(this.#tree, valueAt) };
    this.refuse(key, 'key', path.message, path.hint);
    return null;
  }

  #path(text: string): Path | SettingMistake {
    const known = this.#paths.get(text) ?? findPath(this.#tree, text);
    this.#paths.set(text, known);
    return known;
  }

  /** Of two axes of which the later sets what the earlier does, or what it lies in, only that one would count. */
  refuseShared(axes: readonly Axis[]): void {
    for (const [index, { name, choices }] of axes.entries()) {
      for (const before of axes.slice(0, index)) {
        for (const [path, later] of undoneBetween(before.choices, choices)) {
          const [one, two] = [safeText(before.name), safeText(name)];
          const message =
            path === later
              ? `expected each setting in one axis, got ${path} in ${one} and ${two}`
              : `expected settings that leave each other be, got ${later} in ${two}, which undoes ${path} in ${one}`;
          const hint = path === later ? '' : 'Given first, it is what the other is laid over.';
          this.refuse(['matrix', name], 'key', message, hint);
        }
      }
    }
  }

  /** What is left out, each as a question about a combination. */
  exclusions(axes: readonly Axis[]): ((cell: readonly Choice[]) => boolean)[] {
    const list = nodeAt(this.#tree, ['matrix', EXCLUDE]);
    const items = list?.kind === 'list' ? list.items : [];
    return items.map((_, index) => {
      const place = ['matrix', EXCLUDE, index];
      const wanted = Array.from(entriesAt(this.#tree, place), ([name, { value }]) =>
        this.#excluded(axes, name, value, [...place, name]),
      );
      return (cell) => wanted.every(({ axis, label }) => cell[axis]?.label === label);
    });
  }

  #excluded(
    axes: readonly Axis[],
    name: string,
    value: Located,
    place: Path,
  ): { axis: number; label: string } {
    const axis = axes.findIndex((one) => one.name === name);
    const label = labelOf(value);
    const labels = axes[axis]?.choices.map((choice) => choice.label);
    if (labels === undefined)
      this.#unknown(
        place,
        'key',
        'an axis',
        name,
        axes.map((one) => one.name),
      );
    else if (!labels.includes(label))
      this.#unknown(place, 'value', `a value of ${safeText(name)}`, label, labels);
    return { axis, label };
  }

  #unknown(place: Path, part: 'key' | 'value', what: string, got: string, known: readonly string[]): void {
    const near = nearest(got, known);
    const some = known.slice(0, 5).map(safeText).join(', ');
    const message = `expected ${what} of this matrix (${some}${known.length > 5 ? ', …' : ''}), got ${safeText(got)}`;
    this.refuse(place, part, message, near === null ? '' : `Did you mean ${safeText(near)}?`);
  }
}

/** Settings of one axis that settings of a later one undo, as text and in a fixed order. */
function undoneBetween(before: readonly Choice[], after: readonly Choice[]): (readonly [string, string])[] {
  const pathsOf = (choices: readonly Choice[]): Map<string, Path> =>
    new Map(choices.flatMap(({ settings }) => settings.map(({ path }) => [writePath(path), path])));
  const [first, later] = [pathsOf(before), pathsOf(after)];
  const pairs = [...first].flatMap(([one, path]) =>
    [...later].flatMap(([two, other]) => (undone([path, other]) === null ? [] : [[one, two] as const])),
  );
  return pairs.toSorted((a, b) => compareText(a.join(), b.join()));
}

/** A value as it stands in the name of a cell. */
function labelOf(node: Located): string {
  return safeText(writeValue(toPlain(node)));
}

/** Every combination, the last axis changing fastest. */
function combinations(axes: readonly Axis[]): (readonly Choice[])[] {
  return axes.reduce<(readonly Choice[])[]>(
    (before, { choices }) => before.flatMap((some) => choices.map((choice) => [...some, choice])),
    [[]],
  );
}

function cellOf(axes: readonly Axis[], choices: readonly Choice[]): Cell {
  return {
    name: choices.map(({ label }, index) => `${safeText(axes[index]?.name ?? '')}=${label}`).join(', '),
    settings: choices.flatMap(({ settings }) => settings),
  };
}
