/** A scenario as a test arranges it: what it changes, what it refuses, and that one line of the command repeats it. */

import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ScenarioMistake, scenario } from '../../../src/vitest/index.ts';
import { shell } from '../../helpers/command.ts';

const FILE = 'scenarios/topology/active-passive-pair.yaml';
const pair = scenario(FILE).until('30s');

describe('scenario', () => {
  test('a call: gives another scenario, and leaves the first as it was', () => {
    const changed = pair.at('10s', { 'power-off': 'palo-1' });
    expect(changed.run().result.failovers).toHaveLength(1);
    expect(pair.run().result.failovers).toHaveLength(0);
  });

  test('a setting that is given twice: the last counts', () => {
    const { result } = pair.with('heartbeat-interval', '3s').with('heartbeat-interval', '2s').run();
    expect(result.devices.map(({ heartbeatIntervalUs }) => heartbeatIntervalUs)).toEqual([2e6, 2e6]);
  });

  test('entries of a timeline: each is added, and can be changed by its path', () => {
    const twice = pair.at('10s', { suspend: 'palo-1' }).at('20s', { functional: 'palo-1' });
    const faults = (one: typeof twice) =>
      one
        .run()
        .result.records.filter(({ kind }) => kind === 'operator')
        .map(({ timeUs }) => timeUs);
    expect(faults(twice)).toEqual([10e6, 20e6]);
    expect(faults(twice.with('timeline[0].at', '12s'))).toEqual([12e6, 20e6]);
  });

  test('a URL: the same file', () => {
    const other = scenario(pathToFileURL(FILE)).until('30s');
    expect(other.run().replay).toBe(pair.run().replay);
  });

  test('a run of its own seed: that of the file', () => {
    expect(scenario('scenarios/active-passive/walkthrough.yaml').run().result.seed).toBe('7');
  });

  test('the line that replays it: gives the same digest', () => {
    const run = pair
      .with('palo-1-management.loss', '2%')
      .at('10s', { 'interface-down': 'palo-1:ethernet1/1', for: '5s' })
      .seed("it's 8")
      .run();
    expect(JSON.parse(shell(`${run.replay} --json`).out)).toMatchObject({
      seed: "it's 8",
      digests: run.result.digests,
    });
  });
});

describe('a mistake', () => {
  test.each([
    ['a file that is not there', () => scenario('nowhere.yaml'), 'nowhere.yaml'],
    ['a path that is none', () => pair.with('hartbeat-interval', '2s'), 'Did you mean'],
    ['a value that it cannot have', () => pair.with('heartbeat-interval', '2 parsecs').run(), '2 parsecs'],
    ['no length', () => scenario(FILE).run(), 'until'],
    ['two actions', () => pair.at('1s', { suspend: 'palo-1', reboot: 'palo-1' }).run(), 'exactly one action'],
    ['a device that is none', () => pair.at('1s', { reboot: 'palo-3' }).run(), 'Did you mean palo-1?'],
    ['seeds that are none', () => pair.seeds('many'), 'expected a range such as 1..100'],
    ['too many seeds', () => pair.seeds('1..1000000'), 'at most 100000'],
  ])('%s: is thrown in the words of a scenario file', (_, action, words) => {
    expect(action).toThrow(ScenarioMistake);
    expect(action).toThrow(words);
  });

  test('of a sweep: is told before a worker is opened', async () => {
    await expect(scenario(FILE).sweep('1..10')).rejects.toThrow(ScenarioMistake);
  });
});
