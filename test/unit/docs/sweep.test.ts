/** The page on sweeps: its commands are understood, its ranges are ranges, and it names every metric. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../src/cli/arguments.ts';
import { COMMANDS } from '../../../src/cli/commands/all.ts';
import { readTextFile } from '../../../src/cli/read.ts';
import { metricsOf } from '../../../src/run/metrics.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { readAxis } from '../../../src/sweep/axis.ts';
import { ROOT } from '../../helpers/command.ts';

const PAGE = readFileSync(join(ROOT, 'docs/sweep.md'), 'utf8');
const COMMAND_LINES = Array.from(PAGE.matchAll(/```sh\n([\s\S]*?)```/g), ([, text = '']) =>
  text.trim().split('\n'),
).flat();

describe('docs/sweep.md', () => {
  test.each(COMMAND_LINES)('%s: is understood, and what it varies can be', (line) => {
    const words = Array.from(line.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word).slice(1);
    const request = readArguments(words, COMMANDS);
    if (request.kind !== 'command') throw new Error('expected a command');
    const { files, lists } = request.given;
    const loaded = loadScenario(join(ROOT, files[0] ?? ''), readTextFile);
    for (const text of lists['vary'] ?? []) {
      if (!loaded.ok) throw new Error('expected a right scenario');
      expect(readAxis(loaded.tree, text)).toHaveProperty('path');
    }
  });

  test('every metric: is on it', () => {
    const metrics = metricsOf({
      probes: { ping: {} as never },
      workloads: { web: {} as never },
      aws: {} as never,
    });
    const parts = ['detection', 'hold', 'promotion', 'port', 'announcement', 'learning', 'restoration'];
    const names = metrics
      .map(({ name }) => name.replace(/ of ping$/, ' of'))
      .filter((name) => !parts.includes(name));
    const causes = names.filter(
      (name) => name.startsWith('sessions ') && !['sessions lost', 'sessions failed'].includes(name),
    );
    expect(names.filter((name) => !causes.includes(name) && !PAGE.includes(name))).toEqual([]);
  });
});
