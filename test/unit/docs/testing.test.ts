/** The page on testing: its scenarios are right, with all of their cells, and its commands are understood. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../src/cli/arguments.ts';
import { COMMANDS } from '../../../src/cli/commands/all.ts';
import { renderDiagnostics } from '../../../src/scenario/diagnostics.ts';
import { readCases } from '../../../src/suite/cases.ts';
import { ROOT } from '../../helpers/command.ts';

const PAGE = readFileSync(join(ROOT, 'docs/testing.md'), 'utf8');

function blocks(language: string): string[] {
  return Array.from(
    PAGE.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g')),
    ([, text = '']) => text,
  );
}

describe('docs/testing.md', () => {
  test.each(blocks('yaml'))('%#: a scenario: is right', (text) => {
    const file = 'scenarios/suite/page.yaml';
    const found = readCases(file, (name) => (name === file ? text : readFileSync(join(ROOT, name), 'utf8')));
    expect(renderDiagnostics(found.diagnostics)).toBe('');
  });

  test('its matrix: has three cells', () => {
    const text = blocks('yaml').find((one) => one.includes('exclude:')) ?? '';
    const { cases } = readCases('scenarios/suite/page.yaml', (name) =>
      name.endsWith('page.yaml') ? text : readFileSync(join(ROOT, name), 'utf8'),
    );
    expect(cases.map(({ id }) => id.split(' › ')[1])).toEqual([
      'timers=recommended, ha1=clean',
      'timers=recommended, ha1=lossy',
      'timers=aggressive, ha1=clean',
    ]);
  });

  const lines = blocks('sh').flatMap((text) => text.trim().split('\n'));

  test.each(lines)('%s: is understood', (line) => {
    const words = line.replaceAll('"', '').split(' ');
    expect(words[0]).toBe('hasim');
    const request = readArguments(words.slice(1), COMMANDS);
    expect(request).toMatchObject({ kind: 'command', command: { name: words[1] } });
  });
});
