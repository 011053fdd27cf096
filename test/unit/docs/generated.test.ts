/** The pages that are made from the code: they are what it says now, and say something of every key. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../../src/run/run.ts';
import { renderDiagnostics } from '../../../src/scenario/diagnostics.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { PARAMETERS } from '../../../src/scenario/parameters.ts';
import { ACTION_KEYS, actionShape } from '../../../src/scenario/schema/timeline.ts';
import { EXAMPLES, GROUPS } from '../../docs/faults.ts';
import { GENERATED } from '../../docs/pages.ts';
import { sections } from '../../docs/scenario-reference.ts';
import { ROOT } from '../../helpers/command.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('generated pages', () => {
  test.each(Object.entries(GENERATED))('%s: is what the code says now', (file, render) => {
    const isCurrent = read(file) === render();

    expect(isCurrent, `${file} is out of date: npm run protocol`).toBe(true);
  });
});

describe('docs/scenario-reference.md', () => {
  test('every key: has a meaning', () => {
    const mute = sections().flatMap(({ path, keys, as }) =>
      as === null ? keys.filter(({ meaning }) => meaning === '').map(({ key }) => `${path}.${key}`) : [],
    );

    expect(mute).toEqual([]);
  });
});

describe('docs/parameters.md', () => {
  test('every parameter: stands there with its default, its range and its note', () => {
    const page = read('docs/parameters.md');
    for (const { name, default: value, range, note } of PARAMETERS) {
      expect(page).toContain(`| \`${name}\` | \`${value}\` | ${range} | ${note} |`);
    }
  });
});

describe('docs/faults.md', () => {
  test('every action: says what it does', () => {
    expect(ACTION_KEYS.filter((key) => (actionShape[key].description ?? '') === '')).toEqual([]);
  });

  const examples = GROUPS.flatMap(({ pair, actions }) =>
    actions.map((key) => [EXAMPLES[key], pair] as const),
  );

  test.each(examples)('its example %s: is right, and runs', (example, pair) => {
    const text = `name: An example\nextends: scenarios/topology/${pair}.yaml\nuntil: 30s\ntimeline:\n  - { at: 20s, ${example} }\n`;
    const loaded = parseScenario(text, { file: 'example.yaml', readText: read });
    if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
    const { records } = run(loaded.scenario);

    const acted = records.filter(
      ({ kind, timeUs }) => ['fault', 'operator'].includes(kind) && timeUs === 20_000_000,
    );

    expect(acted).toHaveLength(1);
  });
});
