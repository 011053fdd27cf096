/**
 * `hasim shrink` on random faults: whatever makes a pair fail, what comes out fails in the same way, is a scenario as it is written, and
 * has no entry in its timeline without which it would fail so too.
 */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../src/run/run.ts';
import { parseScenario } from '../../src/scenario/load.ts';
import { keysOf, without, type PlainMap } from '../../src/suite/shrink/plain.ts';
import { shrink } from '../../src/suite/shrink/shrink.ts';
import { expectingOnly } from '../../src/suite/shrink/standalone.ts';
import { isSameWay, symptomsOf, type Symptom } from '../../src/suite/shrink/symptom.ts';
import { trialTask, type Trial } from '../../src/suite/shrink/trial.ts';
import { writeScenario } from '../../src/suite/shrink/yaml.ts';
import { ROOT } from '../helpers/command.ts';
import { ACTIVE_PASSIVE_LINKS, randomEntry, tell, type Entry } from '../helpers/random-faults.ts';

const FUZZ = Number(process.env['HASIM_FUZZ'] ?? 1);
const TOPOLOGY = parse(
  readFileSync(`${ROOT}scenarios/topology/active-passive-pair.yaml`, 'utf8'),
) as PlainMap;

function scenarioOf(entries: readonly Entry[], seed: number): PlainMap {
  const told = entries.map((entry) => tell(ACTIVE_PASSIVE_LINKS, entry).entry);
  const timeline = JSON.parse(JSON.stringify(told)) as PlainMap[];
  return {
    name: 'random faults',
    seed,
    until: '150s',
    ...TOPOLOGY,
    probes: {},
    workloads: {},
    timeline,
    expect: [{ failovers: 0 }, { always: { role: { 'palo-1': 'active', 'palo-2': 'passive' } } }],
  };
}

function attempt(tree: PlainMap): Trial {
  return trialTask({ tree, texts: {}, file: 'small.yaml', mostEvents: 1e6, seeds: [] });
}

function fails(trial: Trial, symptom: Symptom): boolean {
  return trial.kind === 'ran' && trial.symptoms.some((one) => isSameWay(one, symptom));
}

const anyCase = fc
  .record({
    entries: fc.array(randomEntry, { minLength: 2, maxLength: 4, size: 'max' }),
    seed: fc.integer({ min: 1, max: 999 }),
  })
  .map(({ entries, seed }) => scenarioOf(entries, seed))
  .filter((tree) => {
    const trial = attempt(tree);
    return trial.kind === 'ran' && trial.symptoms.length > 0;
  });

test('shrink: any faults that make a pair fail: what is left fails the same way, and needs every entry of its timeline', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async (tree) => {
      const trial = attempt(tree);
      const symptom = (trial.kind === 'ran' ? trial.symptoms : []).at(-1) as Symptom;
      const begin = expectingOnly(tree, symptom);

      const shrunk = await shrink(begin, symptom, {
        attempt: async (trees) => trees.map(attempt),
        atOnce: 3,
        maxRuns: 1_000,
      });

      const text = writeScenario(shrunk.tree, ['Shrunk.']);
      const loaded = parseScenario(text, { file: 'small.yaml', readText: () => '' });
      if (!loaded.ok) throw new Error('expected a scenario without mistakes');
      expect(symptomsOf(run(loaded.scenario)).some((one) => isSameWay(one, symptom))).toBe(true);
      expect(shrunk.end).toBe('smallest');
      expect(text.length).toBeLessThan(writeScenario(tree).length);
      for (const index of keysOf(shrunk.tree['timeline'])) {
        expect(fails(attempt(without(shrunk.tree, ['timeline'], [index])), symptom)).toBe(false);
      }
    }),
    { numRuns: 3 * FUZZ, endOnFailure: true },
  );
}, 300_000);
