/**
 * The parameters of `unpublished:` as a list to show: default, range and note of each, read off the schema, so that a key
 * that is added there is listed without more.
 */

import type { z } from 'zod';
import { STEP_BY_STEP } from './check-context.ts';
import { DURATION_LIMITS, SHARES, writeDuration } from './schema/units.ts';
import { unpublishedSchema, type Unpublished } from './schema/unpublished.ts';

/** Everything in words, as a scenario would write it. */
export interface Parameter {
  readonly name: string;
  readonly default: string;
  /** `1ms to 500ms`, or the words to choose from. */
  readonly range: string;
  readonly note: string;
  /** Whether section 14.A of the reference lists it, or it is ours. */
  readonly source: '14.A' | 'ours';
  /** Writes a value that the schema has read. */
  readonly write: (value: unknown) => string;
}

/** At the end of the note of a parameter that section 14.A does not list. */
const OURS = /; ours\.$/;

const DEFAULTS: Unpublished = unpublishedSchema.parse({}, STEP_BY_STEP);

/** Every parameter of `unpublished:`, in the order of the schema. */
export const PARAMETERS: readonly Parameter[] = Object.entries(unpublishedSchema.shape).map(
  ([name, schema]) => {
    const { range, write } = rangeOf(name, schema);
    const described = schema.description ?? '';
    return {
      name,
      default: write(DEFAULTS[name as keyof Unpublished]),
      range,
      note: described.replace(OURS, '.'),
      source: OURS.test(described) ? 'ours' : '14.A',
      write,
    };
  },
);

function rangeOf(name: string, schema: z.core.$ZodType): Pick<Parameter, 'range' | 'write'> {
  const limits = DURATION_LIMITS.get(schema as Parameters<typeof DURATION_LIMITS.get>[0]);
  if (limits !== undefined) {
    const range = `${writeDuration(limits.fromUs)} to ${writeDuration(limits.toUs)}`;
    return { range, write: (value) => writeDuration(value as number) };
  }
  if (SHARES.has(schema as Parameters<typeof SHARES.has>[0])) {
    return { range: '0% to 100%', write: (value) => `${Number(value) * 100}%` };
  }
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'default':
    case 'prefault':
      return rangeOf(name, def.innerType);
    case 'number': {
      const { minValue, maxValue } = schema as z.ZodNumber;
      return { range: `${minValue} to ${maxValue}`, write: String };
    }
    case 'enum':
      return { range: Object.values(def.entries).join(' or '), write: String };
    case 'boolean':
      return { range: 'true or false', write: String };
    default:
      throw new Error(`expected a parameter of unpublished: with a range, got ${def.type} for ${name}`);
  }
}
