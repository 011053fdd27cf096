/** What the README shows is what hasim prints; when it moves, the README has to be read again. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario, parseScenario, renderExplanation, renderText, run } from '../../src/index.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { hasim, MAIN, ROOT, Workshop } from '../helpers/command.ts';
import { allTitles } from '../helpers/conformance.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

function block(after: string): string {
  const start = README.indexOf(after);
  const [, text = ''] = /```\w*\n([\s\S]*?)```/.exec(README.slice(start)) ?? [];
  return text;
}

function reboot(): ReturnType<typeof run> {
  const readText = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
  const loaded = parseScenario(block('How long is traffic gone'), { file: 'reboot.yaml', readText });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
  return run(loaded.scenario, { file: 'reboot.yaml' });
}

test('README: the two commands: stand first, each on a line of its own', () => {
  const commands = README.split('\n').filter((line) => line.startsWith('    npm '));

  expect(commands).toEqual(['    npm ci && npm start', '    npm ci && npm test']);
});

test('README: its scenario: prints what the README shows', () => {
  expect(renderText(reboot())).toContain(block('`npx hasim run reboot.yaml` prints'));
});

test('README: its question why: is answered as the README shows', () => {
  const [command = '', ...answer] = block('above can be asked why').split('\n');
  const event = Number(/--event (\d+)/.exec(command)?.[1]);

  expect(renderExplanation(reboot(), event)).toBe(answer.join('\n'));
});

test('README: its failover that did not happen: is explained as the README shows', () => {
  const [command = '', ...answer] = block('a failover that did not happen').split('\n');

  expect(hasim(command.replace('$ npx hasim ', '').split(' ')).out).toBe(answer.join('\n'));
});

test('README: the number of rules that hold: is the number of conformance tests', () => {
  const rules = (begins: string): string => {
    const titles = allTitles().filter(({ id }) => id.startsWith(begins));
    const holds = titles.filter(({ verdict }) => verdict !== 'not simulated');
    return `${holds.length} of the ${titles.length} rules`;
  };
  const claims = README.match(/\d+ of the \d+ rules/g) ?? [];

  expect(claims).toContain(rules('R-'));
  expect([rules('R-'), rules('C-'), rules('')]).toEqual(expect.arrayContaining(claims));
});

test('README: its table of HA3: is what the active/active walk-through prints', () => {
  const file = 'scenarios/active-active/walkthrough.yaml';
  const loaded = loadScenario(join(ROOT, file), (path) => readFileSync(path, 'utf8'));
  if (!loaded.ok) throw new Error('the walk-through does not load');

  expect(renderText(run(loaded.scenario, { file }))).toContain(block('what crossed HA3'));
});

test('README: its takeover in AWS: is what the scenario prints', () => {
  const file = 'scenarios/aws/interface-move.yaml';
  const loaded = loadScenario(join(ROOT, file), (path) => readFileSync(path, 'utf8'));
  if (!loaded.ok) throw new Error('the scenario does not load');

  expect(renderText(run(loaded.scenario, { file }))).toContain(
    block('who is active beside who has the data path'),
  );
});

test('README: what lint says: is what lint says', () => {
  const [command = '', ...answer] = block('and with `--simulate` what it would cost').split('\n');

  expect(hasim(command.replace('$ npx hasim ', '').split(' ')).out).toBe(answer.join('\n'));
});

/** Wall time is not what the page is about. */
function untimed(text: string): string {
  return text.replace(/\d+(\.\d+)? m?s\)/g, '… s)');
}

test('README: its tests: come out as the README shows', () => {
  const workshop = new Workshop();
  try {
    symlinkSync(join(ROOT, 'scenarios'), join(workshop.path, 'scenarios'));
    const lines = block('makes several of one file').split('\n').slice(1);
    workshop.file('reboot-tests.yaml', lines.join('\n'));
    const [command = '', ...answer] = block('```\n$ npx hasim test').split('\n');
    const words = command.replace('$ npx hasim ', '').split(' ');
    const { stdout } = spawnSync(process.execPath, [MAIN, ...words], {
      cwd: workshop.path,
      encoding: 'utf8',
    });

    expect(untimed(stdout)).toBe(untimed(answer.join('\n')));
  } finally {
    workshop.remove();
  }
});

test('README: its sweep: comes out as the README shows', () => {
  const [command = '', ...answer] = block('with the same luck for each').split('\n');

  expect(hasim(command.replace('$ npx hasim ', '').split(' ')).out).toContain(answer.join('\n'));
});

test('README: its table of commands: has every command', () => {
  for (const { name } of COMMANDS) expect(README).toContain(`| \`hasim ${name}`);
});

test('README: its list of pages: has every page', () => {
  for (const page of readdirSync(join(ROOT, 'docs'))) expect(README).toContain(page);
});

test('README: its table of scenarios: names every one that ships', () => {
  for (const mode of ['active-passive', 'active-active', 'aws', 'tuning', 'suite']) {
    for (const file of readdirSync(join(ROOT, 'scenarios', mode))) {
      expect(README).toContain(`\`${file.replace('.yaml', '')}\``);
    }
  }
});
