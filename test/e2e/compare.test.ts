import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasim, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

const POWER = 'scenarios/active-passive/power-loss.yaml';
const FASTER = [POWER, '--set', 'timers=aggressive'];

describe('hasim compare', () => {
  it('a file with another setting: what differs, what moved, what it cost', () => {
    const { code, out, err } = hasim(['compare', ...FASTER]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('promotion-hold-time 2000 ms | 500 ms');
    expect(out).toMatch(
      /devices\.palo-1\.high-availability\.election-option\.timers\.advanced\.promotion-hold-time +2s +500ms/,
    );
    expect(out).toMatch(/\+\d\.\d{3} +\+\d\.\d{3} +−1\.5s +palo-2: passive → active Peer failed/);
    expect(hasim(['compare', ...FASTER]).out).toBe(out);
  });

  it('the lines that it prints repeat each run, with the digest that it prints', () => {
    const { out } = hasim(['compare', ...FASTER]);
    const digests = [...out.matchAll(/digest ([0-9a-f]{16})/g)].map(([, digest]) => digest);
    const lines = [...out.matchAll(/^ +hasim (run .*)$/gm)].map(([, line = '']) => line.split(' '));
    expect(lines).toHaveLength(2);
    for (const [index, line] of lines.entries())
      expect(hasim(line).out).toContain(`digest: protocol ${digests[index]}`);
  });

  it('a file with itself: the same, and exit 0 with --exit-code', () => {
    const { code, out } = hasim(['compare', POWER, POWER, '--quiet', '--exit-code']);
    expect({ code, out }).toEqual({ code: 0, out: 'The two runs are the same, record for record.\n' });
  });

  it('--exit-code: 1 when they differ', () => {
    expect(hasim(['compare', ...FASTER, '--quiet', '--exit-code']).code).toBe(1);
  });

  it('--json: one document with both runs', () => {
    const { out } = hasim(['compare', ...FASTER, '--json']);
    const document = JSON.parse(out) as Record<string, unknown>;
    expect(document).toMatchObject({
      schemaVersion: 1,
      identical: false,
      a: { seed: '6' },
      b: { seed: '6' },
    });
  });

  it('-o NAME.html: a page with both runs, without a request in it', () => {
    const page = join(workshop.path, 'moved.html');
    const { code, out } = hasim(['compare', ...FASTER, '-o', page]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    const text = readFileSync(page, 'utf8');
    expect(text).toContain('What moved');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it.each([
    [[POWER], 'expected a second file or --set PATH=VALUE, got neither'],
    [[POWER, POWER, POWER], 'expected one file or two, got 3'],
    [['-', '-'], '(standard input) once, got it more often'],
    [[POWER, '--set', 'timer=aggressive'], '--set'],
    [[POWER, 'no-such-file.yaml'], 'no-such-file.yaml'],
  ])('%j: exit 2, and what is wrong', (args, message) => {
    const { code, out, err } = hasim(['compare', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('a result over a scenario: refused', () => {
    const own = workshop.scenario('own.yaml', 'name: own\nuntil: 1s\n');
    const { code } = hasim(['compare', own, POWER, '-o', own]);
    expect(code).toBe(2);
    expect(existsSync(own)).toBe(true);
    expect(readFileSync(own, 'utf8')).toContain('name: own');
  });
});
