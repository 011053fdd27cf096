/**
 * A scenario as plain data, as a YAML file has it: what `hasim shrink` takes things away from. No change is made in place.
 */

import type { Path } from '../../scenario/located.ts';

export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;
export type PlainMap = { readonly [key: string]: Plain };

export function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is at a path; undefined where nothing is. */
export function valueAt(tree: Plain, path: Path): Plain | undefined {
  let value: Plain | undefined = tree;
  for (const step of path) {
    if (Array.isArray(value)) value = (value as readonly Plain[])[Number(step)];
    else if (isMap(value) && Object.hasOwn(value, step)) value = value[String(step)];
    else return undefined;
  }
  return value;
}

/** The keys of a mapping or the indices of a list; none of a scalar. */
export function keysOf(value: Plain | undefined): readonly (string | number)[] {
  if (Array.isArray(value)) return Array.from(value.keys());
  return isMap(value) ? Object.keys(value) : [];
}

/** A tree with another value at a path that it has. */
export function withValue(tree: PlainMap, path: Path, value: Plain): PlainMap {
  return change(tree, path, () => value) as PlainMap;
}

/** A tree without these keys of the mapping, or items of the list, at a path. */
export function without(tree: PlainMap, path: Path, keys: readonly (string | number)[]): PlainMap {
  const gone = new Set(keys.map(String));
  return change(tree, path, (value) => {
    if (Array.isArray(value))
      return (value as readonly Plain[]).filter((_, index) => !gone.has(String(index)));
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([key]) => !gone.has(key)));
  }) as PlainMap;
}

function change(tree: Plain, [step, ...rest]: Path, action: (value: Plain) => Plain): Plain {
  if (step === undefined) return action(tree);
  if (Array.isArray(tree)) {
    return (tree as readonly Plain[]).map((item, index) =>
      index === Number(step) ? change(item, rest, action) : item,
    );
  }
  if (!isMap(tree) || !Object.hasOwn(tree, step)) return tree;
  // In its place: the order of devices and links is part of a scenario.
  return Object.fromEntries(
    Object.entries(tree).map(([key, item]) => [
      key,
      key === String(step) ? change(item, rest, action) : item,
    ]),
  );
}

/** Every path, parents before what is in them, level by level. */
export function pathsOf(tree: Plain): Path[] {
  const found: Path[] = [[]];
  for (const path of found) {
    for (const key of keysOf(valueAt(tree, path))) found.push([...path, key]);
  }
  return found;
}
