/**
 * Every scenario of the library: it meets its own expectations, and it is the run that the golden file pins.
 *
 * A failure here lists what moved and by how much. When the change is meant, `npm run golden` writes the file anew.
 */

import { beforeAll, describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/run/result.ts';
import { run } from '../../src/run/run.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import { libraryScenario, scenarioNames } from '../helpers/library.ts';
import { accountOf, differences, readGolden } from './golden.ts';

const golden = readGolden();
const names = scenarioNames();

test('golden file: the library as it is: one account for each scenario', () => {
  expect(Object.keys(golden)).toEqual(names);
});

describe.each(names)('%s', (name) => {
  let scenario: ResolvedScenario;
  let result: RunResult;
  beforeAll(() => {
    scenario = libraryScenario(name);
    result = run(scenario, { traceLevel: 'full' });
  });

  test(`${name}: as it stands: meets its expectations`, () => {
    const failed = result.verdicts.filter(({ passed }) => !passed);
    expect(failed.map((verdict) => `${verdict.name}: measured ${verdict.measured}`)).toEqual([]);
    expect(result.passed).toBe(true);
  });

  test(`${name}: against the golden file: nothing has moved`, () => {
    expect(differences(golden[name] ?? {}, accountOf(result))).toEqual([]);
  });

  test(`${name}: run twice: the same digests`, () => {
    const again = run(scenario, { traceLevel: 'full' });
    expect(again.digests).toEqual(result.digests);
    expect(again.events).toBe(result.events);
  });

  test.each(['off', 'protocol'] as const)(
    `${name}: trace level %s: the same protocol digest`,
    (traceLevel) => {
      const quieter = run(scenario, { traceLevel });
      expect(quieter.digests).toEqual({ protocol: result.digests.protocol, full: null });
      expect(accountOf(quieter)['failovers']).toEqual(accountOf(result)['failovers']);
    },
  );
});
