import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { hasim, shell, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());
mkdirSync(join(workshop.path, 'lab'));
for (const name of ['pair.yaml', 'my pair.yml', 'a*.yaml', 'notes.txt', 'pair.yml.html'])
  writeFileSync(join(workshop.path, name), '');

/** What bash offers for these words, the last of which is being written. */
function offered(...words: string[]): string[] {
  const script = join(workshop.path, '.completion');
  writeFileSync(script, hasim(['completion', 'bash']).out);
  const list = words.map((word) => `'${word}'`).join(' ');
  const line = `source ${script}; COMP_WORDS=(hasim ${list}); COMP_CWORD=${words.length}; _hasim; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', line], {
    cwd: workshop.path,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('hasim completion bash', () => {
  it('nothing yet: every command', () => {
    expect(offered('')).toEqual([...COMMANDS.map(({ name }) => name), '--help', '--version']);
  });

  it('the beginning of a command', () => {
    expect(offered('re')).toEqual(['report']);
  });

  it.each(COMMANDS.map(({ name }) => name))('%s: all of its options', (name) => {
    const { options = {} } = COMMANDS.find((command) => command.name === name) ?? {};
    expect(offered(name, '--')).toEqual(
      [...Object.keys(options), 'help', 'no-color'].map((option) => `--${option}`),
    );
  });

  it('the values of an option, behind a blank and behind =', () => {
    expect(offered('run', '--trace', '')).toEqual(['off', 'protocol', 'full']);
    expect(offered('run', '--trace', '=', 'fu')).toEqual(['full']);
    expect(offered('report', '--export', 'p')).toEqual(['perfetto', 'pcapng']);
  });

  it('scenarios and folders, also with blanks in their names; all files where the output goes', () => {
    expect(offered('run', '').toSorted()).toEqual(['a*.yaml', 'lab', 'my pair.yml', 'pair.yaml']);
    expect(offered('run', 'my')).toEqual(['my pair.yml']);
    expect(offered('report', '-o', 'no')).toEqual(['notes.txt']);
  });

  it('a value that nobody can guess: nothing', () => {
    expect(offered('run', '--seed', '')).toEqual([]);
    expect(offered('run', '--set', 'heartbeat-interval', '=')).toEqual([]);
    expect(offered('run', '--set', 'heartbeat-interval', '=', '2')).toEqual([]);
  });

  it('settings, by their keys where those are enough', () => {
    expect(offered('run', '--set', 'heartbeat-i')).toEqual(['heartbeat-interval=']);
    expect(offered('sweep', '--vary', '=', 'hello')).toEqual(['hello-interval=', 'hello-losses=']);
    expect(offered('run', '--set', 'high-availability.interface.ha1.p')).toEqual([
      'high-availability.interface.ha1.port=',
    ]);
  });

  it('a folder with the name of a command does not become one: not every word is a file', () => {
    const script = join(workshop.path, '.completion');
    writeFileSync(script, hasim(['completion', 'bash']).out);
    const { stdout } = spawnSync('bash', ['--norc', '-c', `source ${script}; complete -p hasim`], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('complete -F _hasim hasim\n');
  });

  it('shells', () => {
    expect(offered('completion', '')).toEqual(['bash', 'zsh']);
  });
});

const hasZsh = spawnSync('zsh', ['--version']).status === 0;
if (!hasZsh) console.log('zsh is not installed (apt-get install zsh): its completion is not tried');

describe.runIf(hasZsh)('hasim completion zsh', () => {
  it('is a script that zsh understands, and defines a completion of hasim', () => {
    const script = join(workshop.path, '_hasim');
    writeFileSync(script, hasim(['completion', 'zsh']).out);
    const line = `autoload -Uz compinit; compinit -u -d ${workshop.path}/dump; source ${script}; print -r -- $_comps[hasim]`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', line], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '_hasim\n', stderr: '' });
  });

  it.each(COMMANDS.map(({ name }) => name))('%s: all of its options, as zsh reads them', (name) => {
    const script = join(workshop.path, '_hasim');
    writeFileSync(script, hasim(['completion', 'zsh']).out);
    // What the completion would hand to _arguments, printed instead.
    const line = `compdef() { :; }; _arguments() { print -rl -- "$@"; }; source ${script}; words=(hasim ${name} ''); CURRENT=3; _hasim`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', line], { encoding: 'utf8' });
    const { options = {} } = COMMANDS.find((command) => command.name === name) ?? {};
    expect(stderr).toBe('');
    const told = stdout.split('\n').map((spec) => /--[a-z-]+(?==?\[)/.exec(spec)?.[0]);
    for (const [option, { describe: what }] of Object.entries({ ...options })) {
      expect(told).toContain(`--${option}`);
      expect(stdout.replaceAll('\\', '')).toContain(`[${what}]`);
    }
  });
});

describe('hasim completion', () => {
  it('another shell: which there are, exit 2', () => {
    const { code, out, err } = hasim(['completion', 'fish']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe('hasim completion: expected bash or zsh, got fish.\n');
  });

  it('a reader that goes away: no complaint', () => {
    expect(shell('hasim completion bash | head -n 1')).toEqual({
      code: 0,
      out: '# bash completion for hasim\n',
      err: '',
    });
  });
});
