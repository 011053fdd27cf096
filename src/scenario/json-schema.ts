/**
 * The JSON Schema that editors use for completion and hover, made from the one schema that also validates.
 *
 * It is more lenient than the loader on purpose: a file may extend another, a device may override a part of the shared
 * `high-availability`, and an editor sees one file only. So no key is required except in the items of a list, which are
 * replaced whole. What an editor cannot see, `hasim validate` tells.
 */

import { z } from 'zod';
import { scenarioSchema } from './schema/scenario.ts';

type JsonSchema = Record<string, unknown>;

/** The JSON Schema (draft 2020-12) of a scenario file; a new object with every call. */
export function scenarioJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' });
  relax(schema as JsonSchema);
  return {
    $schema,
    $id: 'urn:hasim:scenario',
    title: 'hasim scenario',
    description:
      'A pair of PAN-OS firewalls, the network around it, what happens to it, and what is expected of it.',
    ...schema,
    anyOf: [{ required: ['extends'] }, { required: ['name', 'until', 'devices', 'network'] }],
  };
}

/** Takes `required` off every mapping, but not inside the items of a list. */
function relax(schema: JsonSchema): void {
  delete schema['required'];
  for (const key of ['properties', '$defs']) {
    for (const child of Object.values(asRecord(schema[key]))) relax(asRecord(child));
  }
  for (const key of ['additionalProperties', 'propertyNames']) relaxChild(schema[key]);
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const branches: unknown = schema[key];
    if (Array.isArray(branches)) branches.forEach(relaxChild);
  }
}

function relaxChild(child: unknown): void {
  if (typeof child === 'object' && child !== null) relax(child as JsonSchema);
}

function asRecord(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {};
}
