/**
 * A scenario with every default filled in, in the words in which a file would say it: what is written stays as it is written, and what
 * is not written gets the text that the schema has for it. Reading it gives the same scenario.
 */

import type { z } from 'zod';
import type { Platform } from '../ha/timers.ts';
import { STEP_BY_STEP } from './check-context.ts';
import { SHARED_BLOCK } from './inherit.ts';
import { toPlain, type LocatedMap } from './located.ts';
import { withoutKey } from './merge.ts';
import { scenarioSchema } from './schema/scenario.ts';
import { timersInFull } from './timer-profile.ts';

type Schema = z.core.$ZodType;
type Plain = Readonly<Record<string, unknown>>;

/** @param tree of a scenario without mistakes, its layers laid over each other */
export function filledScenario(tree: LocatedMap): Plain {
  return filled(scenarioSchema, toPlain(withoutKey(tree, SHARED_BLOCK))) as Plain;
}

/** The same with every election timer of its own, a profile or not: so two scenarios are compared timer by timer. */
export function filledWithTimers(tree: LocatedMap): Plain {
  const all = filledScenario(tree);
  return { ...all, devices: mapValues(all['devices'] as Plain, withTimers) };
}

function withTimers(device: unknown): Plain {
  const { platform, [SHARED_BLOCK]: ha } = device as { platform: Platform } & Record<string, Plain>;
  const election = ha?.['election-option'] as Plain;
  const timers = timersInFull(election['timers'], platform);
  return { ...(device as Plain), [SHARED_BLOCK]: { ...ha, 'election-option': { ...election, timers } } };
}

function filled(schema: Schema, value: unknown): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'prefault':
      // A prefault is what somebody would have written.
      return filled(def.innerType, value === undefined ? def.defaultValue : value);
    case 'default':
      return value === undefined ? def.defaultValue : filled(def.innerType, value);
    case 'optional':
    case 'nullable':
      return value === undefined || value === null ? value : filled(def.innerType, value);
    case 'pipe':
      return filled(def.in, value);
    case 'union':
      return filledOption(def.options, value);
    case 'object':
      return filledObject(def.shape, value as Plain);
    case 'record':
      return mapValues(value as Plain, (item) => filled(def.valueType, item));
    case 'array':
      return (value as readonly unknown[]).map((item) => filled(def.element, item));
    default:
      return value;
  }
}

/** The option that the value is one of. */
function filledOption(options: readonly Schema[], value: unknown): unknown {
  const option = options.find((candidate) => (candidate as z.ZodType).safeParse(value, STEP_BY_STEP).success);
  return option === undefined ? value : filled(option, value);
}

function filledObject(shape: Readonly<Record<string, Schema>>, value: Plain): Plain {
  const entries = Object.entries(shape).map(([key, schema]) => [key, filled(schema, value[key])] as const);
  // A loose object has keys of its own behind those of the schema.
  return { ...Object.fromEntries(entries.filter(([, item]) => item !== undefined)), ...beside(shape, value) };
}

function beside(shape: Readonly<Record<string, Schema>>, value: Plain): Plain {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(shape, key)));
}

function mapValues(value: Plain, change: (item: unknown) => unknown): Plain {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
