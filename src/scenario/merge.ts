/**
 * Lays one located value over another: mappings are merged key by key, anything else is replaced. `null` over an
 * inherited key removes it; over nothing it stays, for the schema to refuse, since it is then most likely a slip.
 */

import type { Located, LocatedEntry, LocatedMap } from './located.ts';

/** `over` wins; keys that both have keep the place of `base`, so that the order of devices does not change. */
export function mergeLocated(base: Located, over: Located): Located {
  return base.kind === 'map' && over.kind === 'map' ? mergeMaps(base, over) : over;
}

/** As {@link mergeLocated}, of two mappings. */
export function mergeMaps(base: LocatedMap, over: LocatedMap): LocatedMap {
  const entries = new Map<string, LocatedEntry>(base.entries);
  for (const [name, entry] of over.entries) {
    const inherited = base.entries.get(name);
    if (inherited === undefined) {
      entries.set(name, entry);
    } else if (entry.value.kind === 'scalar' && entry.value.value === null) {
      entries.delete(name);
    } else {
      entries.set(name, { key: entry.key, value: mergeLocated(inherited.value, entry.value) });
    }
  }
  return { kind: 'map', span: over.span, entries };
}

/** A mapping without one of its keys. */
export function withoutKey(map: LocatedMap, name: string): LocatedMap {
  if (!map.entries.has(name)) return map;
  const entries = new Map(map.entries);
  entries.delete(name);
  return { ...map, entries };
}

/** A mapping with one key set, in its place if it is there already. */
export function withKey(map: LocatedMap, name: string, entry: LocatedEntry): LocatedMap {
  return { ...map, entries: new Map(map.entries).set(name, entry) };
}
