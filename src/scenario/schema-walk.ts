/**
 * What the schema has at a path: its valid keys and words. Diagnostics ask it for the nearest right word, so that no
 * list of keys is kept anywhere but in the schema.
 */

import type { z } from 'zod';
import type { Path } from './located.ts';
import { PAN_OS_RANGES, type PanOsRange } from './schema/pan-os.ts';

type Schema = z.core.$ZodType;

/** Every schema that may apply at a path, with wrappers taken off; several where there is a union. */
export function schemasAt(root: Schema, path: Path): Schema[] {
  let schemas = unwrap(root);
  for (const step of path) schemas = schemas.flatMap((schema) => childrenOf(schema, step).flatMap(unwrap));
  return schemas;
}

/** Keys that a mapping at this path may have; empty where any name is a key. */
export function keysAt(root: Schema, path: Path): string[] {
  return schemasAt(root, path).flatMap((schema) => {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    return def.type === 'object' ? Object.keys(def.shape) : [];
  });
}

/** Words that a value at this path may be, where the schema lists them. */
export function wordsAt(root: Schema, path: Path): string[] {
  return schemasAt(root, path).flatMap((schema) => {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    if (def.type === 'enum') return Object.values(def.entries).map(String);
    return def.type === 'literal' ? def.values.filter((value) => typeof value === 'string') : [];
  });
}

/** The range of PAN-OS for the value at this path; null where PAN-OS restricts nothing, or nothing is known. */
export function rangeAt(root: Schema, path: Path): PanOsRange | null {
  const [step, ...rest] = path;
  const layers = layersOf(root);
  if (step === undefined) return layers.map((layer) => PAN_OS_RANGES.get(layer)).find(Boolean) ?? null;
  for (const layer of layers) {
    for (const child of childrenOf(layer, step)) {
      const range = rangeAt(child, rest);
      if (range !== null) return range;
    }
  }
  return null;
}

/** A schema and everything that it wraps, from the outside in. */
function layersOf(schema: Schema): Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'union') return [schema, ...def.options.flatMap(layersOf)];
  const inner = 'innerType' in def ? def.innerType : def.type === 'pipe' ? def.in : undefined;
  return inner === undefined ? [schema] : [schema, ...layersOf(inner)];
}

function unwrap(schema: Schema): Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
      return unwrap(def.innerType);
    case 'pipe':
      return unwrap(def.in);
    case 'union':
      return def.options.flatMap(unwrap);
    default:
      return [schema];
  }
}

function childrenOf(schema: Schema, step: string | number): Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'object') {
    const child = Object.hasOwn(def.shape, step) ? def.shape[step] : undefined;
    return child === undefined ? [] : [child];
  }
  if (def.type === 'record') return [def.valueType];
  if (def.type === 'array') return [def.element];
  return [];
}
