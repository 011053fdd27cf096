import { afterAll, describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hasim, interrupted, ROOT, WALKTHROUGH, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

describe('hasim run, the walk-through', () => {
  const report = hasim(['run', WALKTHROUGH]);

  it('all expectations hold: exit 0, nothing on standard error', () => {
    expect(report).toMatchObject({ code: 0, err: '' });
    expect(report.out).toMatch(/\n✓ all \d+ expectations met\n/);
    expect(report.out).not.toContain('✗');
  });

  it('the report: has every section', () => {
    for (const title of [
      'Settings',
      'Timeline',
      'Failovers',
      'What the pings saw',
      'Sessions',
      'Expectations',
    ]) {
      expect(report.out).toMatch(new RegExp(`\n${title}`));
    }
  });

  it('the report: no line is wider than 110 columns', () => {
    const lines = report.out.split('\n').filter((line) => !/^(Again|Why): /.test(line));
    expect(lines.filter((line) => Array.from(line).length > 110)).toEqual([]);
  });

  it('the line that repeats it: gives the same report', () => {
    const again = /^Again: hasim (.*)$/m.exec(report.out)?.[1]?.split(' ') ?? [];
    expect(hasim(again).out).toBe(report.out);
  });

  it('another trace level: the same protocol digest', () => {
    const digest = /protocol ([0-9a-f]{16})/.exec(report.out)?.[1];
    for (const level of ['off', 'full']) {
      expect(hasim(['run', WALKTHROUGH, '-q', '--trace', level]).out).toContain(`digest ${digest}`);
    }
  });

  it('--until and --seed: change the run, and are in the line that repeats it', () => {
    const { out } = hasim(['run', WALKTHROUGH, '--until', '30s', '--seed', 'other luck']);
    expect(out).toContain(`Again: hasim run ${WALKTHROUGH} --seed 'other luck' --until 30s\n`);
  });

  it('--json: the same run as data', () => {
    const { code, out } = hasim(['run', WALKTHROUGH, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, passed: true, end: 'until', seed: '7' });
  });

  it('--show-assumptions: the same report, and then what it rests on', () => {
    const { code, out } = hasim(['run', WALKTHROUGH, '--show-assumptions']);
    expect(code).toBe(0);
    expect(out.startsWith(report.out)).toBe(true);
    const shown = out.slice(report.out.length);
    expect(shown).toMatch(/^\nAssumptions that this result rests on\n/);
    expect(shown).toMatch(/\n {2}port-flap +500ms \(default\), range 0s to 10s\n/);
    expect(shown).not.toContain('dataplane-restart-time');
    expect(shown.split('\n').filter((line) => Array.from(line).length > 110)).toEqual([]);
  });

  it('npm start: is the walk-through', () => {
    const start = spawnSync(process.execPath, ['dist/cli/start.js'], { cwd: ROOT, encoding: 'utf8' });
    expect(start.stdout).toBe(report.out);
    const other = spawnSync(process.execPath, ['dist/cli/start.js', '--version'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(other.stdout).toBe(hasim(['--version']).out);
  });
});

describe('hasim explain', () => {
  it('the takeover of the walk-through: begins with the fault', () => {
    const result = JSON.parse(hasim(['run', WALKTHROUGH, '--json']).out) as {
      failovers: { rootRecord: number; takeoverRecord: number }[];
    };
    const [failover] = result.failovers;
    const { code, out } = hasim(['explain', WALKTHROUGH, '--event', String(failover?.takeoverRecord)]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`\n +#${failover?.rootRecord} +20\\.000 +fault +interface-down`));
    expect(out).toMatch(/From #\d+ to #\d+: 551ms in \d+ steps\./);
  });

  it('without an option: each failover in brief, with the way to more', () => {
    const { code, out } = hasim(['explain', WALKTHROUGH]);
    expect(code).toBe(0);
    expect(out).toMatch(/^1 {2}failover palo-1 → palo-2 {2}at 20\.551: Peer is non-functional \(T14\)\n/);
    expect(out).toMatch(/\n2 {2}switchover palo-2 → palo-1 /);
    expect(out).toMatch(/\nEach step: hasim explain \S+walkthrough\.yaml --seed 7 --failover N\n$/);
  });

  it('a failover: from the fault to traffic, with rules and settings', () => {
    const { code, out } = hasim(['explain', WALKTHROUGH, '--failover', '1']);
    expect(code).toBe(0);
    expect(out).toMatch(/ 20\.000 +fault +interface-down palo-1:ethernet1\/1\n/);
    expect(out).toMatch(/\+500ms +palo-1 +monitor-fail-hold-up-time has passed {2}\[R-035, /);
    expect(out).toMatch(/the first answer passes: traffic is back\n/);
    expect(out).toMatch(/\n {2}hold +500ms/);
    expect(out.split('\n').filter((line) => Array.from(line).length > 110)).toEqual([]);
  });

  it('losses: which there are, why, and what would have saved them', () => {
    const list = hasim(['explain', WALKTHROUGH, '--loss']);
    expect(list.code).toBe(0);
    expect(list.out).toMatch(/\n {2}in-flight +1 +\d+\.\d{3} +\d+\.\d{3} +#\d+ +web 1\n/);
    const { code, out } = hasim(['explain', WALKTHROUGH, '--loss', 'web/in-flight']);
    expect(code).toBe(0);
    expect(out).toMatch(/^1 session lost, in-flight, at /);
    expect(out).toMatch(/operator +suspend palo-2\n/);
    expect(out).toContain('unpublished.session-sync-lag');
  });

  it('no takeover: the reason, its rule and its setting', () => {
    const file = join(ROOT, 'scenarios/active-passive/unmonitored-interface.yaml');
    const { code, out } = hasim(['explain', file, '--why-not']);
    expect(code).toBe(0);
    expect(out).toContain('✗ no takeover: ethernet1/1 of palo-1 is in no link group');
    expect(out).toContain('[unmonitored-interface; R-030; monitoring.link-monitoring.link-group: ');
    expect(out).toContain('✓ a takeover followed: failover 1');
    const early = hasim(['explain', file, '--why-not', '70.2s']);
    expect(early.out).toContain('palo-1 still holds: it would leave at 70.550');
  });

  it.each([
    [[], { failovers: [{ failover: { ordinal: 1 } }, { failover: { ordinal: 2 } }] }],
    [['--failover', '2'], { failovers: [{ failover: { ordinal: 2 } }] }],
    [['--loss'], { losses: [{ cause: 'in-flight', count: 1 }] }],
    [['--why-not', '20.3s'], { atUs: 20_300_000, actions: [{ finding: { reason: 'hold-running' } }] }],
    [['--event', '7'], { event: 7, chain: [{ id: 7, kind: 'fault' }] }],
  ])('%j --json: one document that says which run', (args, answer) => {
    const { code, out } = hasim(['explain', WALKTHROUGH, ...args, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, seed: '7', ...answer });
  });

  it.each([
    [['--failover', '3'], 'hasim --failover: expected a failover of this run, from 1 to 2, got 3.'],
    [
      ['--loss', 'in-flihgt'],
      'hasim --loss: expected a loss of this run (in-flight, web/in-flight), got in-flihgt. Did you mean in-flight?',
    ],
    [['--why-not', '1h'], 'hasim --why-not: expected a time within the run, up to 2min 50s, got 1h.'],
  ])('%j: exit 2, with what there is', (args, sentence) => {
    expect(hasim(['explain', WALKTHROUGH, ...args])).toEqual({ code: 2, out: '', err: `${sentence}\n` });
  });

  it('a number that the run does not have: exit 2, with those it has', () => {
    const { code, err } = hasim(['explain', WALKTHROUGH, '--event', '99999']);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^hasim --event: expected a number of this run's timeline, from 1 to \d+, got 99999\.\n$/,
    );
  });
});

describe('hasim, Ctrl-C', () => {
  const month = workshop.scenario('month.yaml', 'name: a month\nuntil: 30d\nexpect: [{ failovers: 0 }]\n');

  it('during a long run: what there is so far, marked, and exit 130', async () => {
    const { code, out } = await interrupted(['run', month], 1_500);
    expect(code).toBe(130);
    expect(out).toContain('INTERRUPTED at ');
    expect(out).toContain('interrupted: 1 of 1 expectation met so far');
  });

  it('with --json: a whole document that says so', async () => {
    const { code, out } = await interrupted(['run', month, '--json'], 1_500);
    expect(code).toBe(130);
    expect(JSON.parse(out)).toMatchObject({ end: 'interrupted' });
  });
});

describe('hasim schema', () => {
  it('the committed copy: is what it prints (vitest -u writes it)', async () => {
    const { code, out } = hasim(['schema']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(scenarioJsonSchema());
    await expect(out).toMatchFileSnapshot('../../scenarios/hasim.schema.json');
  });
});
