/** The JSON Schema: what editors need of it, without a validator at hand. */

import { expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../../src/scenario/json-schema.ts';
import { parseDurationUs } from '../../../src/scenario/schema/units.ts';

type Json = Record<string, unknown>;

/** Every object in a JSON value, with its path. */
function* objectsIn(value: unknown, path = ''): Generator<[string, Json]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Json];
  for (const [key, child] of Object.entries(value)) yield* objectsIn(child, `${path}/${key}`);
}

const schema = scenarioJsonSchema() as Json;

test('JSON Schema: head: draft, identity and title', () => {
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:hasim:scenario',
    title: 'hasim scenario',
    type: 'object',
    additionalProperties: false,
  });
});

test('JSON Schema: plain JSON, the same at every call', () => {
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  expect(JSON.stringify(scenarioJsonSchema())).toBe(JSON.stringify(schema));
});

test('JSON Schema: patterns: each compiles as editors compile it', () => {
  const patterns = [...objectsIn(schema)].flatMap(([, { pattern }]) =>
    typeof pattern === 'string' ? [pattern] : [],
  );
  expect(patterns.length).toBeGreaterThan(20);
  for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
});

test('JSON Schema: required keys: none but in items of lists', () => {
  const requiring = [...objectsIn(schema)].filter(
    ([path, one]) => Array.isArray(one['required']) && path !== '',
  );
  const outside = requiring.filter(([path]) => !path.includes('/items') && !path.startsWith('/anyOf/'));
  expect(outside.map(([path]) => path)).toEqual([]);
  expect(schema['anyOf']).toEqual([
    { required: ['extends'] },
    { required: ['name', 'until', 'devices', 'network'] },
  ]);
});

test('JSON Schema: defaults of durations: written as in a scenario', () => {
  const properties = [...objectsIn(schema)].filter(([path]) =>
    /(-time|interval|arp-timeout|aging)$/.test(path),
  );
  const defaults = properties.flatMap(([, one]) => ('default' in one ? [one['default']] : []));
  expect(defaults.length).toBeGreaterThan(8);
  expect(defaults.filter((value) => typeof value !== 'string' || parseDurationUs(value) === null)).toEqual(
    [],
  );
});

test('JSON Schema: enums: the words of PAN-OS', () => {
  const enums = [...objectsIn(schema)].map(([, one]) => one['enum']);
  expect(enums).toContainEqual(['shutdown', 'auto']);
  expect(enums).toContainEqual(['recommended', 'aggressive']);
});
