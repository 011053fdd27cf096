/**
 * Single settings of a scenario by their paths, as `--set`, `--vary`, `matrix:` and `tune` change them:
 * `devices.palo-1.group-id=7`, `network.links.ha1.loss=2%`, `timeline[0].at=12s`. The end of a path is enough where it
 * means one place: `heartbeat-interval=2s`.
 *
 * A value is read as YAML, so that it is what it would be in the file. A path that leads into the shared `high-availability` is
 * meant for both firewalls, also where a device gives a value of its own. What is set is then checked and resolved like any file.
 */

import { parse as parseYaml } from 'yaml';
import { edited, type Edit } from './edit.ts';
import { SHARED_BLOCK, isShared } from './inherit.ts';
import { entriesAt, nodeAt, writePath, type Located, type LocatedMap, type Path } from './located.ts';
import { nearest } from './nearest.ts';
import { keysAt } from './schema-walk.ts';
import { scenarioSchema } from './schema/scenario.ts';
import { makeSource, type Span } from './source.ts';
import { profileWrittenOut } from './timer-profile.ts';

/** A setting and its value, plain and as a scenario file would have it. */
export interface Setting {
  readonly path: Path;
  readonly value: unknown;
  /** Where it is written, of one that a file gives. */
  readonly span?: Span;
}

/** A path or a value that a scenario cannot have: "expected X, got Y", and a hint that may be empty. */
export interface SettingMistake {
  readonly message: string;
  readonly hint: string;
}

/** Deepest path of a scenario; the schema has no deeper one. */
const DEEPEST = 12;
const LONGEST_VALUE = 10_000;

/**
 * Finds the place that a text names in a scenario.
 *
 * @param tree of a scenario that was loaded (`LoadResult.tree`)
 */
export function findPath(tree: LocatedMap, text: string): Path | SettingMistake {
  const path = follow(tree, text.trim());
  if (Array.isArray(path)) return path as Path;
  const ends = pathsThatEnd(tree, text.trim());
  const shared = ends.filter(isShared);
  const [only, other] = shared.length === 1 ? shared : ends;
  if (only === undefined) return path as SettingMistake;
  if (other === undefined) return only;
  const some = ends.slice(0, 3).map(writePath).join(', ');
  return {
    message: `expected a path to one setting, got ${text}`,
    hint: `It may be ${some}${ends.length > 3 ? ', …' : ''}.`,
  };
}

/** Reads `PATH=VALUE`. */
export function readSetting(tree: LocatedMap, text: string): Setting | SettingMistake {
  const equals = text.indexOf('=');
  if (equals < 1) return { message: `expected PATH=VALUE, got ${text}`, hint: '' };
  const path = findPath(tree, text.slice(0, equals));
  if ('message' in path) return path;
  const value = readValue(text.slice(equals + 1));
  return 'message' in value ? value : { path, value: value.value };
}

/** A value as YAML would read it. */
export function readValue(text: string): { readonly value: unknown } | SettingMistake {
  const mistake = { message: `expected a value as in a scenario file, got ${text.slice(0, 100)}`, hint: '' };
  if (text.length > LONGEST_VALUE) return mistake;
  try {
    return { value: parseYaml(text, { maxAliasCount: 0, version: '1.2' }) as unknown };
  } catch {
    return mistake;
  }
}

/** `PATH=VALUE`, as {@link readSetting} reads it. */
export function writeSetting({ path, value }: Setting): string {
  return `${writePath(path)}=${writeValue(value)}`;
}

/** A value as text, such that {@link readValue} gives it back. */
export function writeValue(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const read = readValue(value);
  return 'value' in read && read.value === value ? value : JSON.stringify(value);
}

/** A tree with the settings, one after the other; not checked yet (`resolveTree` does). */
export function withSettings(tree: LocatedMap, settings: readonly Setting[]): LocatedMap {
  return settings.reduce((whole, setting) => edited(whole, editsOf(whole, setting)), tree);
}

function editsOf(tree: LocatedMap, setting: Setting): Edit[] {
  const { path, value } = setting;
  const text = writeSetting(setting);
  const span = setting.span ?? {
    source: makeSource('--set', text),
    start: text.indexOf('=') + 1,
    end: text.length,
  };
  const devices = isShared(path) ? [...entriesAt(tree, ['devices']).keys()] : [];
  const places = [path, ...devices.map((device) => ['devices', device, ...path])];
  return places.flatMap((place) => [
    ...profileWrittenOut(tree, place, span),
    { path: place, set: value, span },
  ]);
}

/**
 * Of paths that are set one after the other, the first that a later one undoes, with that one: it is the same, or lies in it.
 *
 * @returns null where each takes effect
 */
export function undone(paths: readonly Path[]): readonly [first: Path, later: Path] | null {
  for (const [index, first] of paths.entries()) {
    const later = paths.slice(index + 1).find((other) => liesIn(first, other));
    if (later !== undefined) return [first, later];
  }
  return null;
}

function liesIn(inner: Path, outer: Path): boolean {
  // What is shared is set in every device, too.
  const own = isShared(outer) && inner[0] === 'devices' ? inner.slice(2) : inner;
  return outer.length <= own.length && outer.every((step, index) => step === own[index]);
}

// --- finding -----------------------------------------------------------------------------------------------------------

function follow(tree: LocatedMap, text: string): (string | number)[] | SettingMistake {
  const path: (string | number)[] = [];
  let rest = text;
  while (rest !== '' && path.length < DEEPEST) {
    const step = nextStep(tree, path, rest);
    if (step === null) return unknownStep(tree, path, rest, text);
    path.push(step.name);
    rest = step.rest;
  }
  if (rest === '' && path.length > 0) return path;
  return { message: `expected a path such as ${SHARED_BLOCK}.group-id, got ${text || 'nothing'}`, hint: '' };
}

/** Names may have dots in them: the longest that fits is the step. */
function nextStep(
  tree: LocatedMap,
  path: Path,
  rest: string,
): { name: string | number; rest: string } | null {
  const index = /^\[(\d{1,6})\]\.?/.exec(rest);
  if (index !== null) {
    const name = Number(index[1]);
    return nodeAt(tree, [...path, name]) === undefined ? null : { name, rest: rest.slice(index[0].length) };
  }
  const fits = namesAt(tree, path).filter(
    (name) => rest.startsWith(name) && ['', '.', '['].includes(rest.charAt(name.length)),
  );
  const [name] = fits.toSorted((a, b) => b.length - a.length);
  if (name === undefined) return null;
  const behind = rest.slice(name.length);
  return { name, rest: behind.startsWith('.') ? behind.slice(1) : behind };
}

/** What a mapping at a path has, and what else the schema knows there. */
function namesAt(tree: LocatedMap, path: Path): string[] {
  return [...new Set([...entriesAt(tree, path).keys(), ...keysAt(scenarioSchema, path)])];
}

function unknownStep(tree: LocatedMap, path: Path, rest: string, text: string): SettingMistake {
  const wrong = /^\[?[^.[]*/.exec(rest)?.[0] ?? rest;
  const here = nearest(wrong, namesAt(tree, path));
  const last = text.split('.').at(-1) ?? text;
  const end = here === null ? nearest(last, knownEnds(tree)) : null;
  const found = end === null ? [] : pathsThatEnd(tree, end);
  const near = here === null ? (found.find(isShared) ?? found[0]) : [...path, here];
  const message = `expected a path of this scenario, got ${text}`;
  return { message, hint: near === undefined ? '' : `Did you mean ${writePath(near)}?` };
}

function knownEnds(tree: LocatedMap): Set<string> {
  return new Set(everyPath(tree).map((path) => String(path.at(-1))));
}

function pathsThatEnd(tree: LocatedMap, text: string): Path[] {
  return everyPath(tree).filter((path) => writePath(path).endsWith(`.${text}`));
}

/** Every place that the scenario has or might have, without the keys of mappings whose names are the author's. */
function everyPath(tree: LocatedMap): Path[] {
  const found: Path[] = [];
  const visit = (path: Path, node: Located | undefined): void => {
    // What a matrix varies is elsewhere.
    if (path[0] === 'matrix') return;
    if (path.length > 0) found.push(path);
    if (path.length >= DEEPEST) return;
    if (node?.kind === 'list') node.items.forEach((item, index) => visit([...path, index], item));
    else for (const name of namesAt(tree, path)) visit([...path, name], nodeAt(tree, [...path, name]));
  };
  visit([], tree);
  return found;
}
