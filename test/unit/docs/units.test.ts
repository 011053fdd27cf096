/** docs/units.md: every example is read by the schema as the page says, and its lists are whole. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import {
  countComparison,
  durationComparison,
  percentComparison,
} from '../../../src/scenario/schema/comparison.ts';
import { distribution } from '../../../src/scenario/schema/distribution.ts';
import { seed, suiteKeys } from '../../../src/scenario/schema/suite.ts';
import {
  bandwidth,
  cidr,
  duration,
  interfaceReference,
  ipv4,
  mac,
  name,
  panOsVersion,
  rate,
  share,
} from '../../../src/scenario/schema/units.ts';
import { parse } from 'yaml';

const PAGE = readFileSync(new URL('../../../docs/units.md', import.meta.url), 'utf8');

const KINDS: Readonly<Record<string, z.ZodType>> = {
  duration: duration(),
  share: share(),
  rate: rate(),
  bandwidth: bandwidth(),
  address: ipv4(),
  network: cidr(),
  'MAC address': mac(),
  name: name(),
  port: interfaceReference(),
  version: panOsVersion(),
  seed,
  seeds: suiteKeys.seeds,
  'a duration': durationComparison(),
  'a count': countComparison(),
  'a percentage': percentComparison(),
};

const rows = Array.from(
  PAGE.matchAll(/^\| (.*?) *\| (`.*?) *\|/gm),
  ([, kind = '', written = '']) =>
    [kind, Array.from(written.matchAll(/`(.*?)`/g), ([, example = '']) => example)] as const,
);

test('docs/units.md: every kind: has examples', () => {
  expect(rows.map(([kind]) => kind).filter((kind) => kind !== 'size')).toEqual(Object.keys(KINDS));
});

test.each(rows.flatMap(([kind, examples]) => examples.map((example) => [kind, example] as const)))(
  'docs/units.md: %s: %s is one',
  (kind, example) => {
    const schema = KINDS[kind] ?? name().or(duration()).or(countComparison());
    expect(schema.safeParse(/^(\[.*|0)$/.test(example) ? parse(example) : example).error).toBeUndefined();
  },
);

test('docs/units.md: its distributions: are some, each of another kind', () => {
  const examples = Array.from(PAGE.matchAll(/`(\{ \w+: .*?\})`/g), ([, text = '']) => parse(text) as object);
  for (const example of examples) expect(distribution('1ms').safeParse(example).error).toBeUndefined();

  expect(new Set(examples.flatMap(Object.keys))).toEqual(
    new Set(['exponential', 'lognormal', 'pareto', 'uniform', 'constant', 'empirical']),
  );
});
