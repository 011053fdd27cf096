import { expect, test } from 'vitest';
import { readTextFile } from '../../../src/cli/read.ts';
import { filledScenario } from '../../../src/scenario/filled.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { scenarioSchema } from '../../../src/scenario/schema/scenario.ts';
import { toPlain } from '../../../src/scenario/located.ts';
import { withoutKey } from '../../../src/scenario/merge.ts';
import { ROOT } from '../../helpers/command.ts';
import { scenarioNames } from '../../helpers/library.ts';

function load(name: string) {
  const loaded = loadScenario(`${ROOT}/scenarios/${name}`, readTextFile);
  if (!loaded.ok) throw new Error(`${name}: ${loaded.diagnostics[0]?.message}`);
  return loaded;
}

test.each(scenarioNames())('%s with every default filled in: reads as the same scenario', (name) => {
  const { tree } = load(name);
  const written = toPlain(withoutKey(tree, 'high-availability'));
  expect(scenarioSchema.parse(filledScenario(tree))).toEqual(scenarioSchema.parse(written));
});

test('filled in: what is written stays as written, what is not gets the text of the schema', () => {
  const { tree } = load('active-passive/walkthrough.yaml');
  const filled = filledScenario(tree) as {
    network: { switches: Record<string, unknown>; links: Record<string, unknown> };
    unpublished: Record<string, unknown>;
  };
  expect(filled.network.links['palo-1-uplink']).toMatchObject({ latency: '10us' });
  expect(filled.network.switches['trust-switch']).toMatchObject({ 'mac-aging': '5min' });
  expect(filled.unpublished['heartbeat-losses']).toBe(3);
});
