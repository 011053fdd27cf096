import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasim, interrupted, ROOT, shell, WALKTHROUGH, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

/** A folder of its own, in which a command is run. */
function folder(name: string): string {
  const path = join(workshop.path, name);
  mkdirSync(path);
  return path;
}

const FILE = join(ROOT, WALKTHROUGH);
const PAGE = 'walkthrough.html';

describe('hasim report', () => {
  it('without more: a page named after the scenario, where one is, and how the run went', () => {
    const cwd = folder('plain');
    const { code, out, err } = hasim(['report', FILE], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('✓ all 15 expectations met (seed 7, digest 717c008b4c8f63ca)');
    expect(err).toMatch(/\nWritten: walkthrough\.html\n$/);
    const page = readFileSync(join(cwd, PAGE), 'utf8');
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page).toContain('717c008b4c8f63ca');
    // Nothing is asked of anybody: what it leads to is in it, and a policy forbids the rest.
    const markup = page.replace(/<script[^]*?<\/script>/g, '');
    const targets = [...markup.matchAll(/\s(?:src|href)="([^"]*)"/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !target.startsWith('#'))).toEqual([]);
    expect(markup).toContain("default-src 'none'");
    // Nor does it tell where it was built.
    expect(page).not.toContain('src/viewer');
  });

  it('again: the same bytes', () => {
    const cwd = folder('again');
    hasim(['report', FILE, '-o', 'one.html'], { cwd });
    hasim(['report', FILE, '-o', 'two.html'], { cwd });
    expect(readFileSync(join(cwd, 'one.html'), 'utf8')).toBe(readFileSync(join(cwd, 'two.html'), 'utf8'));
  });

  it('a page of ours is written over, a file of somebody else is not', () => {
    const cwd = folder('over');
    expect(hasim(['report', FILE, '-q'], { cwd })).toEqual({ code: 0, out: '', err: '' });
    expect(hasim(['report', FILE, '-q'], { cwd }).code).toBe(0);
    writeFileSync(join(cwd, PAGE), '<html>mine</html>');
    const { code, err } = hasim(['report', FILE, '-q'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('walkthrough.html is there already and no page of hasim');
    expect(readFileSync(join(cwd, PAGE), 'utf8')).toBe('<html>mine</html>');
    expect(hasim(['report', FILE, '-q', '-o', PAGE], { cwd }).code).toBe(0);
  });

  it('-o -: the page on standard output', () => {
    const { code, out, err } = hasim(['report', WALKTHROUGH, '-o', '-']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.trimEnd().endsWith('</html>')).toBe(true);
  });

  it('a scenario from standard input: report.html', () => {
    const cwd = folder('stdin');
    const input = `extends: ${join(ROOT, 'scenarios/topology/active-passive-pair.yaml')}\nname: from a pipe\nuntil: 2s\n`;
    expect(hasim(['report', '-', '-q'], { cwd, input }).code).toBe(0);
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toContain('from a pipe');
  });

  it('expectations that are not met: the page is written, exit 1', () => {
    const cwd = folder('unmet');
    const { code, err } = hasim(
      [
        'report',
        join(ROOT, 'scenarios/active-passive/power-loss.yaml'),
        '--set',
        'timers=aggressive',
        '-o',
        'x.html',
      ],
      { cwd },
    );
    expect(code).toBe(1);
    expect(err).toContain('not met');
    expect(readFileSync(join(cwd, 'x.html'), 'utf8')).toContain('--set timers=aggressive');
  });

  it('a hostile scenario: its words are words', () => {
    const cwd = folder('hostile');
    const name = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
    const file = workshop.scenario(
      'hostile.yaml',
      `name: '${name}'\ndescription: '${name}'\nuntil: 2s\nexpect: [{ name: '${name}', failovers: 0 }]\n`,
    );
    expect(hasim(['report', file, '-q', '-o', 'x.html'], { cwd }).code).toBe(0);
    const page = readFileSync(join(cwd, 'x.html'), 'utf8');
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img src=x');
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
  });

  it('a run from the page, repeated by its line: the same digest', () => {
    const { out } = hasim(['report', WALKTHROUGH, '--seed', '3', '--until', '30s', '-o', '-']);
    const line = /<code[^>]*>hasim (run [^<]*)</.exec(out)?.[1] ?? '';
    const digest = /[0-9a-f]{16}/.exec(out)?.[0] ?? 'none';
    expect(hasim(line.trim().split(' ')).out).toContain(digest);
  });
});

describe('hasim report, bad input', () => {
  it.each([
    [['no-such-file.yaml'], 'no-such-file.yaml'],
    [[WALKTHROUGH, '--export', 'pdf'], 'expected'],
    [[WALKTHROUGH, '--set', 'heartbeat-intervall=2s'], 'heartbeat-interval'],
    [[WALKTHROUGH, '--until', 'soon'], '--until'],
    [[WALKTHROUGH, WALKTHROUGH], 'report'],
    [[], 'report'],
  ])('%j: exit 2, and nothing is written', (args, message) => {
    const cwd = folder(`bad-${args.length}-${message.replaceAll(/\W/g, '')}`);
    const { code, out, err } = hasim(
      ['report', ...args.map((word) => (word === WALKTHROUGH ? FILE : word))],
      { cwd },
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(existsSync(join(cwd, PAGE))).toBe(false);
  });

  it('over the scenario, or over what it extends: refused', () => {
    const file = workshop.scenario('own.yaml', 'name: own\nuntil: 1s\n');
    expect(hasim(['report', file, '-o', file]).code).toBe(2);
    const base = join(workshop.path, 'base.yaml');
    writeFileSync(base, readFileSync(file));
    const heir = workshop.file('heir.yaml', 'extends: base.yaml\nname: heir\n');
    expect(hasim(['report', heir, '-o', base]).code).toBe(2);
    expect(readFileSync(base, 'utf8')).toContain('name: own');
  });

  it('a folder that is not there: exit 4', () => {
    const { code, err } = hasim(['report', WALKTHROUGH, '-o', join(workshop.path, 'no/such/x.html')]);
    expect(code).toBe(4);
    expect(err).toContain('cannot write');
  });

  it('a disk that is full: exit 4, and no half of a page', () => {
    const name = join(workshop.path, 'full.html');
    const { code, err } = shell(`ulimit -f 12; trap '' XFSZ; hasim report ${WALKTHROUGH} -o ${name}`);
    expect(code).toBe(4);
    expect(err).toContain('cannot write');
    expect(existsSync(name)).toBe(false);
  });

  it.each(['mermaid', 'csv', 'ndjson', 'syslog', 'perfetto', 'pcapng'])(
    '%s to a reader that goes away: no complaint',
    (format) => {
      const { code, err } = shell(`hasim report ${WALKTHROUGH} --export ${format} | head -c 20 > /dev/null`);
      expect({ code, err }).toEqual({ code: 0, err: '' });
    },
  );

  it('Ctrl-C in a long run: the page of what there is, marked, and exit 130', async () => {
    const month = workshop.scenario('month.yaml', 'name: a month\nuntil: 30d\n');
    const { code, out } = await interrupted(['report', month, '-o', '-'], 2_500);
    expect(code).toBe(130);
    expect(out).toContain('Interrupted');
    expect(out.trimEnd().endsWith('</html>')).toBe(true);
  });
});

describe('hasim report --export', () => {
  it.each([
    ['mermaid', /^%% .*\nsequenceDiagram\n/],
    ['csv', /^id,time_s,time_us,subject,kind,text,cause,data\r\n1,/],
    ['ndjson', /^\{"type":"run",/],
    ['syslog', /^<1[04]>1 2000-01-01T/],
    ['perfetto', /^\{/],
  ])('%s on standard output', (format, beginning) => {
    const { code, out, err } = hasim(['report', WALKTHROUGH, '--export', format]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(beginning);
  });

  it('pcapng into a file', () => {
    const file = join(workshop.path, 'ha.pcapng');
    expect(hasim(['report', WALKTHROUGH, '--export', 'pcapng', '-o', file, '-q']).code).toBe(0);
    expect(readFileSync(file).readUInt32LE(0)).toBe(0x0a0d0d0a);
  });

  it('ndjson --trace full: every executed event', () => {
    const { out } = hasim(['report', WALKTHROUGH, '--export', 'ndjson', '--trace', 'full']);
    expect(out.split('\n').filter((line) => line.startsWith('{"type":"event"'))).toHaveLength(22_158);
  });
});
