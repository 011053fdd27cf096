import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { hasim, interrupted, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

const SCENARIO = workshop.scenario(
  'power.yaml',
  `name: Power loss
until: 40s
probes: null
workloads: null
network: { links: { palo-2-management: { loss: 2% } } }
timeline:
  - { at: 10s, power-off: palo-1 }
`,
);
const SMALL = ['--timers', 'promotion-hold-time', '--seeds', '1..6', '--budget', '150', '--quiet'];

function tune(...args: string[]) {
  return hasim(['tune', SCENARIO, ...SMALL, ...args]);
}

describe('hasim tune', () => {
  it('recommends a setting with its evidence, and as commands to paste', () => {
    const { code, out } = tune('--objective', 'median failover');
    expect(code).toBe(0);
    expect(out).toContain('subject to  false failovers < 1 per 10 years');
    expect(out).toContain('Recommendation\n  meets every constraint\n');
    expect(out).toMatch(/change promotion-hold-time from 2s to \d+m?s/);
    expect(out).toMatch(/false failovers: 1 in \d+ years; by the closed form/);
    expect(out).toMatch(
      /^set deviceconfig high-availability group election-option timers advanced promotion-hold-time \d+$/m,
    );
  });

  it('the same with one worker and with two', () => {
    const one = tune('--json', '--workers', '1');
    const two = tune('--json', '--workers', '2');
    expect(one.code).toBe(0);
    expect(two.out).toBe(one.out);
  });

  it('its recommendation, run as it says, is what it measured', () => {
    const result = JSON.parse(tune('--json', '--objective', 'maximum failover').out) as {
      points: { objectives: { value: number }[] }[];
      recommendation: { point: number; settings: string[] };
    };
    const sets = result.recommendation.settings.flatMap((setting) => ['--set', setting]);
    const totals = ['1', '2', '3', '4', '5', '6'].map((seed) => {
      const { out } = hasim(['run', SCENARIO, '--seed', seed, '--json', ...sets]);
      return (JSON.parse(out) as { failovers: { totalUs: number }[] }).failovers[0]?.totalUs ?? 0;
    });
    const point = result.points[result.recommendation.point];
    expect(Math.max(...totals)).toBe(point?.objectives[0]?.value);
  });

  it.each([
    [
      ['--timers', 'promotion-hold-tim'],
      /--timers: expected a timer of this scenario, got promotion-hold-tim\. Did you mean promotion-hold-time\?/,
    ],
    [['--objective', 'p99 failovr'], /--objective: expected a metric.* Did you mean failover\?/],
    [['--objective', 'p99 failover < 4s'], /--objective: expected an objective without a comparison/],
    [['--subject-to', 'p99 failover'], /--subject-to: expected a constraint with a comparison/],
    [
      ['--seeds', '1..100', '--budget', '150'],
      /--seeds: expected at most 37 with a budget of 150 runs, got 100/,
    ],
    [['--budget', '3'], /--budget: expected a whole number from 10/],
    [['--set', 'heartbeat-intervall=2s'], /--set: .*Did you mean .*heartbeat-interval\?/],
  ])('%j: is refused before anything is run', (args, message) => {
    const { code, out, err } = hasim(['tune', SCENARIO, ...args]);
    expect(err).toMatch(message);
    expect([code, out]).toEqual([2, '']);
  });

  it('a scenario in which nothing fails over: says what is missing', () => {
    const calm = workshop.scenario('calm.yaml', 'name: Calm\nuntil: 10s\nprobes: null\nworkloads: null\n');
    const { code, err } = hasim(['tune', calm, '--seeds', '1..3', '--budget', '50', '--quiet']);
    expect(err).toMatch(/expected a value of p99 failover, got none in 3 runs/);
    expect(code).toBe(2);
  });

  it('a scenario with mistakes: they are shown, and nothing is run', () => {
    const wrong = workshop.file('wrong.yaml', 'name: Wrong\n');
    expect(hasim(['tune', wrong]).code).toBe(2);
  });

  it('-o NAME.html: a page with the picture, the front and what to paste; no script, no request, the same again', () => {
    const pages = ['one.html', 'two.html'].map((name) => {
      const target = workshop.file(name, '');
      const args = ['tune', SCENARIO, '--seeds', '1..5', '--budget', '100', '--quiet', '-o', target];
      expect(hasim(args)).toMatchObject({ code: 0, out: '' });
      return readFileSync(target, 'utf8');
    });
    const [page = ''] = pages;
    expect(pages[1]).toBe(page);
    expect(page).toContain('Recommendation');
    expect(page).toMatch(/<svg role="img" aria-label="p99 failover and false failovers a year/);
    expect(page).not.toMatch(/<script|\s(src|href)="(?!#)/);
  });

  it('Ctrl-C: tells the best so far, and ends with 130', async () => {
    const args = ['tune', SCENARIO, '--seeds', '1..500', '--budget', '1000000', '--quiet'];
    const { code, out } = await interrupted(args, 10_000);
    expect(code).toBe(130);
    expect(out).toContain('Interrupted: this is the best so far.');
  });
});
