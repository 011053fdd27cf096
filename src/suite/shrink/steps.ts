/**
 * The candidates of `hasim shrink`, one after the other: hierarchical delta debugging. Of every mapping and list, from the outside in,
 * halves, quarters and at last single entries are left out; then times are made earlier and rounder.
 *
 * A step knows which comes after it, both when it is kept and when it is not. So several can be tried at once, supposing that none is
 * kept, and what comes out does not depend on how many.
 */

import type { Path } from '../../scenario/located.ts';
import { isMap, keysOf, pathsOf, valueAt, without, withValue, type Plain, type PlainMap } from './plain.ts';
import { earlier, rounder } from './simpler.ts';

/** A smaller scenario to be tried. */
export interface Step {
  readonly tree: PlainMap;
  /** What comes next when it fails the same way. @param tree as it was run */
  kept(tree: PlainMap): Step | null;
  /** What comes next when it does not. */
  dropped(): Step | null;
}

/** What comes after, in a tree. */
type Then = (tree: PlainMap) => Step | null;

/** Never left out: the name, what is expected, which is what fails, and the seeds with which it does. */
const STAYS: ReadonlySet<string> = new Set(['name', 'expect', 'seeds']);

/** One round: every way to make a tree smaller, each once. Null where there is none. */
export function roundOf(tree: PlainMap): Step | null {
  return shortened(tree, (now) => outermost(now, 0));
}

/** What costs most time goes first. */
const FIRST = ['timeline', 'workloads', 'probes', 'unpublished'];

function outermost(tree: PlainMap, index: number): Step | null {
  const key = FIRST[index];
  if (key === undefined) return removals(tree, [], 1, 0, inside);
  return removals(tree, [key], sizeAt(tree, [key]), 0, (now) => outermost(now, index + 1));
}

function inside(tree: PlainMap): Step | null {
  return level(tree, 1, 0, rounded);
}

// --- leaving out -------------------------------------------------------------------------------------------------------

/** All at once, then halves, then quarters … of what is at a path. */
function removals(tree: PlainMap, path: Path, size: number, from: number, then: Then): Step | null {
  const keys = keysOf(valueAt(tree, path));
  if (size < 1 || keys.length === 0) return then(tree);
  if (from >= keys.length) return removals(tree, path, size === 1 ? 0 : Math.ceil(size / 2), 0, then);
  const chosen = keys.slice(from, from + size).filter((key) => path.length > 0 || !STAYS.has(String(key)));
  if (chosen.length === 0) return removals(tree, path, size, from + size, then);
  return {
    tree: without(tree, path, chosen),
    kept: (now) => removals(now, path, size, from, then),
    dropped: () => removals(tree, path, size, from + size, then),
  };
}

function sizeAt(tree: PlainMap, path: Path): number {
  return keysOf(valueAt(tree, path)).length;
}

/** Every mapping and list of one level, in the order of the file; then the next level. */
function level(tree: PlainMap, depth: number, index: number, then: Then): Step | null {
  const ofLevel = containers(tree).filter((path) => path.length === depth);
  if (ofLevel.length === 0) return then(tree);
  const path = ofLevel[index];
  if (path === undefined) return level(tree, depth + 1, 0, then);
  return removals(tree, path, sizeAt(tree, path), 0, (now) => level(now, depth, index + 1, then));
}

function containers(tree: PlainMap): Path[] {
  return pathsOf(tree).filter((path) => {
    const value = valueAt(tree, path);
    return path.length > 0 && path[0] !== 'expect' && (Array.isArray(value) || isMap(value));
  });
}

// --- simpler values ----------------------------------------------------------------------------------------------------

/** The earliest plain end of the run. */
function shortened(tree: PlainMap, then: Then): Step | null {
  return values(tree, ['until'], earlier(tree['until'] ?? null), 0, then);
}

/** Each time and length that the scenario still has: those of the timeline earlier, then all rounder. */
function rounded(tree: PlainMap): Step | null {
  return scalars(tree, 0, (path, value) => [...(isTime(path) ? earlier(value) : []), ...rounder(value)]);
}

function isTime(path: Path): boolean {
  return path[0] === 'timeline' && (path.at(-1) === 'at' || path.at(-1) === 'for');
}

function scalars(
  tree: PlainMap,
  index: number,
  simpler: (path: Path, value: Plain) => string[],
): Step | null {
  const paths = pathsOf(tree).filter(
    (path) => path[0] !== 'expect' && typeof valueAt(tree, path) === 'string',
  );
  const path = paths[index];
  if (path === undefined) return null;
  const candidates = simpler(path, valueAt(tree, path) ?? null);
  return values(tree, path, candidates, 0, (now) => scalars(now, index + 1, simpler));
}

/** The first of several values with which it still fails. */
function values(
  tree: PlainMap,
  path: Path,
  candidates: readonly string[],
  index: number,
  then: Then,
): Step | null {
  const value = candidates[index];
  if (value === undefined) return then(tree);
  return {
    tree: withValue(tree, path, value),
    kept: then,
    dropped: () => values(tree, path, candidates, index + 1, then),
  };
}
