import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingPaths } from '../../../src/cli/setting-paths.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { PARAMETERS } from '../../../src/scenario/parameters.ts';
import { findPath } from '../../../src/scenario/settings.ts';
import { ROOT, WALKTHROUGH } from '../../helpers/command.ts';

describe('settings that completion offers', () => {
  it('every parameter of unpublished, and timers both as a word and one by one', () => {
    expect(settingPaths()).toEqual(expect.arrayContaining(PARAMETERS.map(({ name }) => name)));
    expect(settingPaths()).toEqual(expect.arrayContaining(['timers', 'heartbeat-interval', 'preemptive']));
  });

  it.each(['timers', 'mode', 'threshold', 'boot-time'])('%s: means one place in a scenario', (path) => {
    const loaded = loadScenario(join(ROOT, WALKTHROUGH), (file) => readFileSync(file, 'utf8'));
    if (!loaded.ok) throw new Error('the walk-through does not load');
    expect(settingPaths()).toContain(path);
    expect(findPath(loaded.tree, path)).toBeInstanceOf(Array);
  });

  it('each once', () => {
    expect(new Set(settingPaths()).size).toBe(settingPaths().length);
  });
});
