import { describe, expect, test } from 'vitest';
import { setCommands } from '../../../../src/sweep/tune/set-commands.ts';
import { settingsFor, timersIn } from '../../../../src/sweep/tune/space.ts';
import { scenarioWith } from '../../../helpers/tune.ts';

/** The lines for the first firewall, with these values (microseconds, or pieces). */
function lines(
  values: Readonly<Record<string, number>>,
  set: readonly string[] = [],
  file = 'active-passive/power-loss.yaml',
) {
  const { scenario } = scenarioWith(file, set);
  const every = timersIn(scenario);
  const timers = every.filter(({ name }) => name in values);
  const settings = settingsFor(
    scenario,
    timers,
    timers.map(({ name }) => values[name] as number),
  );
  return setCommands(scenario, every, settings);
}

describe('set commands', () => {
  test('an election timer: all of them, in the units of PAN-OS, for both firewalls', () => {
    const blocks = lines({ 'heartbeat-interval': 2_500_000 });
    const advanced = 'set deviceconfig high-availability group election-option timers advanced';
    expect(blocks.map(({ device }) => device)).toEqual(['palo-1', 'palo-2']);
    expect(blocks[0]?.lines).toEqual([
      `${advanced} heartbeat-interval 2500`,
      `${advanced} hello-interval 8000`,
      `${advanced} promotion-hold-time 2000`,
      `${advanced} preemption-hold-time 1`,
      `${advanced} monitor-fail-hold-up-time 0`,
      `${advanced} additional-master-hold-up-time 500`,
      `${advanced} flap-max 3`,
    ]);
  });

  test('a path monitor: in its path group', () => {
    const [block] = lines({ 'ping-interval': 400_000, 'ping-count': 5 });
    const group =
      'set deviceconfig high-availability group monitoring path-monitoring path-group virtual-router default';
    expect(block?.lines).toEqual([`${group} ping-interval 400`, `${group} ping-count 5`]);
  });

  test('HA1 and the hold-down: beside the group, and below the mode', () => {
    const [block] = lines({ 'monitor-hold-time': 2_000_000, 'monitor-fail-hold-down-time': 120_000_000 });
    expect(block?.lines).toEqual([
      'set deviceconfig high-availability interface ha1 monitor-hold-time 2000',
      'set deviceconfig high-availability group mode active-passive monitor-fail-hold-down-time 2',
    ]);
  });

  test('before PAN-OS 8.1: the group has its number in the path', () => {
    const versions = ['palo-1', 'palo-2'].map((name) => `devices.${name}.sw-version=8.0.5`);
    const [block] = lines({ 'ping-count': 5 }, [...versions, 'group-id=7']);
    expect(block?.lines[0]).toMatch(/^set deviceconfig high-availability group 7 monitoring /);
  });
});
