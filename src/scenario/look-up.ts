/**
 * The entry of a mapping by a name that a scenario uses. Names are any words: without asking whether the entry is the mapping's own,
 * one called `constructor` would find what every object inherits.
 */

/** The entry, or undefined where the mapping has none of this name. */
export function lookUp<T>(record: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
