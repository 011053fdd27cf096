import { describe, expect, test } from 'vitest';
import { resolveTree } from '../../../src/scenario/load.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { toPlain } from '../../../src/scenario/located.ts';
import {
  findPath,
  readSetting,
  readValue,
  undone,
  withSettings,
  writeSetting,
  writeValue,
} from '../../../src/scenario/settings.ts';
import { readTextFile } from '../../../src/cli/read.ts';
import { timersOf as inForce } from '../../../src/run/ha-settings.ts';

const FILE = 'scenarios/active-passive/walkthrough.yaml';
const HEARTBEAT = ['high-availability', 'election-option', 'timers', 'advanced', 'heartbeat-interval'];

function walkthrough() {
  const loaded = loadScenario(FILE, readTextFile);
  if (!loaded.ok) throw new Error('expected a right scenario');
  return loaded;
}

function resolved(...texts: string[]) {
  const { tree } = walkthrough();
  const settings = texts.map((text) => {
    const setting = readSetting(tree, text);
    if ('message' in setting) throw new Error(setting.message);
    return setting;
  });
  return resolveTree(withSettings(tree, settings), readTextFile);
}

describe('findPath', () => {
  const { tree } = walkthrough();

  test.each([
    ['high-availability.election-option.timers.advanced.heartbeat-interval', HEARTBEAT],
    ['heartbeat-interval', HEARTBEAT],
    ['advanced.heartbeat-interval', HEARTBEAT],
    ['timeline[0].at', ['timeline', 0, 'at']],
    ['devices.palo-1.high-availability.group-id', ['devices', 'palo-1', 'high-availability', 'group-id']],
    ['unpublished.heartbeat-losses', ['unpublished', 'heartbeat-losses']],
  ])('%s: the one place that it means', (text, path) => {
    expect(findPath(tree, text)).toEqual(path);
  });

  test('an end that several paths have: says which', () => {
    expect(findPath(tree, 'latency')).toMatchObject({
      message: 'expected a path to one setting, got latency',
      hint: expect.stringContaining('network.links.'),
    });
  });

  test.each([
    [
      'heartbeat-intervall',
      'Did you mean high-availability.election-option.timers.advanced.heartbeat-interval?',
    ],
    ['high-availability.electionoption', 'Did you mean high-availability.election-option?'],
    ['timeline[99].at', 'Did you mean timeline[0].at?'],
    ['nothing.like.this', ''],
  ])('%s: unknown, with the nearest: %s', (text, hint) => {
    expect(findPath(tree, text)).toEqual({ message: `expected a path of this scenario, got ${text}`, hint });
  });

  test.each(['', '.', '[0]', '[', 'timeline[-1]', '__proto__', 'constructor', `${'a.'.repeat(50)}a`])(
    '%j: no path',
    (text) => {
      expect(findPath(tree, text)).toHaveProperty('message');
    },
  );
});

describe('readSetting and writeSetting', () => {
  const { tree } = walkthrough();

  test.each(['seed=4', 'until=40s', 'seed="4"', 'timeline[0].at=12s', 'probes.ping.interval=1s'])(
    '%s: there and back',
    (text) => {
      const setting = readSetting(tree, text);
      expect('message' in setting ? setting : writeSetting(setting)).toBe(text);
    },
  );

  test.each(['2s', 'yes', '4', ' x', 'a: b', '- a', 'null', '', '[1', '#', "it's", '"', 'a\nb'])(
    'the text %j: read back as it is',
    (value) => {
      expect(readValue(writeValue(value))).toEqual({ value });
    },
  );

  test.each(['seed', '=4', 'until={', 'until=&a [*a]', `seed=${'x'.repeat(10_001)}`])(
    '%s: a mistake',
    (text) => {
      expect(readSetting(tree, text)).toHaveProperty('message');
    },
  );
});

describe('withSettings', () => {
  test('a setting of the shared block: for both firewalls, also where one has its own', () => {
    const loaded = resolved('device-priority=70');
    expect(
      loaded.ok &&
        Object.values(loaded.scenario.devices).map(
          (device) => device['high-availability']['election-option']['device-priority'],
        ),
    ).toEqual([70, 70]);
  });

  test('a value that the schema refuses: a mistake at the setting', () => {
    const loaded = resolved('heartbeat-interval=2m');
    expect(loaded.ok || loaded.diagnostics.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      '--set: expected a duration such as 200ms, 3s or 1min, got "2m"',
    ]);
  });

  test('no setting: the tree as it was', () => {
    const { tree } = walkthrough();
    expect(toPlain(withSettings(tree, []))).toEqual(toPlain(tree));
  });
});

describe('a single timer where the scenario names a profile', () => {
  const timersOf = (...texts: string[]) => {
    const loaded = resolved(...texts);
    if (!loaded.ok) throw new Error(loaded.diagnostics[0]?.message);
    return Object.values(loaded.scenario.devices).map((device) => {
      const { heartbeatIntervalUs, promotionHoldUs } = inForce(device);
      return [heartbeatIntervalUs / 1e6, promotionHoldUs / 1e6];
    });
  };

  test('aggressive: the others stay aggressive', () => {
    expect(timersOf('timers=aggressive')).toEqual([
      [1, 0.5],
      [1, 0.5],
    ]);
    expect(timersOf('timers=aggressive', 'heartbeat-interval=3s')).toEqual([
      [3, 0.5],
      [3, 0.5],
    ]);
  });

  test('of one device: recommended of its platform, beside a shared profile', () => {
    const own = 'devices.palo-2.high-availability.election-option.timers';
    const texts = ['devices.palo-1.platform=PA-220', 'devices.palo-2.platform=PA-220', 'timers=aggressive'];
    expect(timersOf(...texts, `${own}=recommended`, 'promotion-hold-time=4s')).toEqual([
      [1, 4],
      [2, 4],
    ]);
  });

  test('the profile after the timer: the later counts', () => {
    expect(timersOf('heartbeat-interval=3s', 'timers=aggressive')[0]).toEqual([1, 0.5]);
  });
});

describe('undone', () => {
  const TIMERS = HEARTBEAT.slice(0, 3);
  const ofDevice = ['devices', 'palo-1', ...HEARTBEAT];

  test('a path in what a later one sets, also of a device and what is shared; not the other way round', () => {
    expect(undone([HEARTBEAT, ['until'], TIMERS])).toEqual([HEARTBEAT, TIMERS]);
    expect(undone([HEARTBEAT, HEARTBEAT])).toEqual([HEARTBEAT, HEARTBEAT]);
    expect(undone([ofDevice, TIMERS])).toEqual([ofDevice, TIMERS]);
    expect(undone([TIMERS, HEARTBEAT])).toBeNull();
    expect(undone([TIMERS, ofDevice])).toBeNull();
    expect(
      undone([
        ['timeline', 0, 'at'],
        ['timeline', 1],
      ]),
    ).toBeNull();
  });
});
