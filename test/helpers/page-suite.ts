/** The tests of pages: every command is run and prints what its page shows, or is at least understood. */

import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { MAIN, ROOT, Workshop } from './command.ts';
import { mismatch, wordsOf, type Page, type PageCommand } from './page.ts';

/** Long enough for a search of some thousand runs on a machine that is busy with other tests. */
const PATIENCE_MS = 600_000;

const has = (tool: string): boolean => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

/** Tools of others that pages use; where one is missing, its commands are skipped. */
const TOOLS: Readonly<Record<string, boolean>> = { tshark: has('tshark') };

/** Declares the tests of these pages. */
export function testPages(pages: readonly Page[]): void {
  describe.each(pages.filter(({ run, read }) => run.length + read.length > 0))('$name', testPage);
}

function testPage({ files, run, read }: Page): void {
  const workshop = new Workshop();
  beforeAll(() => {
    symlinkSync(join(ROOT, 'scenarios'), join(workshop.path, 'scenarios'));
    for (const { name, text } of files) workshop.file(name, text);
  });
  afterAll(() => workshop.remove());

  const runnable = run.filter(({ command }) => toolsOf(command).every((tool) => TOOLS[tool]));
  const toolless = run.filter((command) => !runnable.includes(command));

  test.each(runnable)(
    'line $line: $command: prints what the page shows',
    ({ command, shown }) => {
      const { status, stdout, stderr } = shell(command, workshop.path);
      const wrong = mismatch(shown, stdout);

      expect(wrong?.printed).toBe(wrong?.shown);
      // 1 is an answer (an expectation is not met, lint has found something); above it are mistakes, of the page unless it shows them.
      if (!command.endsWith('2>&1')) expect(status, stderr).toBeLessThan(2);
    },
    PATIENCE_MS,
  );

  test.skip.each(toolless)('line $line: $command: its tool is not installed here', () => {});

  test.each(read)('line $line: $command: is understood', ({ command }: PageCommand) => {
    const [first, ...words] = wordsOf(command);
    const request = readArguments(words, COMMANDS);

    expect(first).toBe('hasim');
    expect(request).toMatchObject({ kind: 'command', command: { name: words[0] } });
  });
}

function toolsOf(command: string): string[] {
  return Object.keys(TOOLS).filter((tool) => new RegExp(`\\b${tool}\\b`).test(command));
}

/** A line of shell in which `hasim` and `npx hasim` are the command. */
function shell(line: string, cwd: string) {
  const script = `hasim() { "${process.execPath}" "${MAIN}" "$@"; }; npx() { "$@"; }; ${line}`;
  return spawnSync('bash', ['-o', 'pipefail', '-c', script], { cwd, encoding: 'utf8', maxBuffer: 1e9 });
}
