/**
 * Values outside the ranges of PAN-OS. The ranges stand in the schema, each at its value; this walks the file along the
 * schema, so that a range is checked wherever the value is written, even while other parts of the file are wrong.
 */

import type { z } from 'zod';
import { describeNode, type Located, type Path } from '../../located.ts';
import { PAN_OS_RANGES, expectedOf, type PanOsRange } from '../../schema/pan-os.ts';

type Schema = z.core.$ZodType;

/** A value that can be simulated and that PAN-OS does not accept. */
export interface RangeBreach {
  readonly range: PanOsRange;
  readonly path: Path;
  readonly message: string;
}

/** Every value of a tree that is outside its range of PAN-OS. */
export function* rangeBreaches(schema: Schema, node: Located, path: Path = []): Generator<RangeBreach> {
  const range = PAN_OS_RANGES.get(schema);
  if (range !== undefined) return yield* breachOf(range, node, path);
  for (const [child, value, step] of childrenOf(schema, node)) {
    yield* rangeBreaches(child, value, step === null ? path : [...path, step]);
  }
}

type Child = readonly [schema: Schema, node: Located, step: string | number | null];

/** The parts of a schema with the parts of the tree to which they apply; a wrapper applies to the same part, without a step. */
function childrenOf(schema: Schema, node: Located): readonly Child[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
      return [[def.innerType, node, null]];
    case 'pipe':
      return [[def.in, node, null]];
    case 'union':
      return def.options.map((option) => [option, node, null]);
    case 'array':
      return node.kind === 'list' ? node.items.map((item, index) => [def.element, item, index]) : [];
    case 'record':
      return entriesOf(node).map(([key, value]) => [def.valueType, value, key]);
    case 'object':
      return entriesOf(node).flatMap(([key, value]): Child[] => {
        const child = Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
        return child === undefined ? [] : [[child, value, key]];
      });
    default:
      return [];
  }
}

function entriesOf(node: Located): [key: string, value: Located][] {
  return node.kind === 'map' ? Array.from(node.entries, ([key, { value }]) => [key, value]) : [];
}

function* breachOf(range: PanOsRange, node: Located, path: Path): Generator<RangeBreach> {
  const value = node.kind === 'scalar' ? range.read(node.value) : null;
  if (value === null || range.accepts(value)) return;
  yield { range, path, message: `${expectedOf(range)}, got ${describeNode(node)}` };
}
