/** The page on expectations: its examples hold for a pair that loses its uplink, and it names every mode and every key. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderDiagnostics } from '../../../src/scenario/diagnostics.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { condition } from '../../../src/scenario/schema/condition.ts';
import { expectationSchema } from '../../../src/scenario/schema/expectation.ts';
import { run } from '../../../src/run/run.ts';
import { ROOT } from '../../helpers/command.ts';

const PAGE = readFileSync(join(ROOT, 'docs/expectations.md'), 'utf8');

const EXAMPLES = Array.from(PAGE.matchAll(/```yaml\n([\s\S]*?)```/g), ([, text = '']) =>
  text.trim().split('\n'),
).flat();

describe('docs/expectations.md', () => {
  test('its examples: hold, one by one', () => {
    const text = `
name: The page on expectations
extends: scenarios/topology/active-passive-pair.yaml
until: 60s
timeline:
  - { at: 20s, interface-down: 'palo-1:ethernet1/1' }
expect:
${EXAMPLES.map((line) => `  ${line}`).join('\n')}
`;
    const loaded = parseScenario(text, {
      file: 'page.yaml',
      readText: (file) => readFileSync(join(ROOT, file), 'utf8'),
    });
    expect(loaded.ok ? '' : renderDiagnostics(loaded.diagnostics)).toBe('');
    if (!loaded.ok) return;
    const { verdicts, unjudged } = run(loaded.scenario);
    expect(
      verdicts.filter(({ passed }) => !passed).map(({ name, measured }) => `${name}: ${measured}`),
    ).toEqual([]);
    expect(verdicts.length + unjudged.length).toBe(EXAMPLES.length);
  });

  test('every key of a condition and of an expectation: is on it', () => {
    const keys = [...Object.keys(condition.shape), ...Object.keys(expectationSchema.shape)];
    expect(keys.filter((key) => key !== 'name' && !PAGE.includes(key))).toEqual([]);
  });
});
