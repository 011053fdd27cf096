import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasim, interrupted, shell, Workshop } from '../helpers/command.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

const SCENARIO = workshop.scenario(
  'power.yaml',
  `name: Power loss
until: 40s
probes: null
workloads: null
timeline:
  - { at: 10s, power-off: palo-1 }
expect:
  - { failover: 1, total: < 7s }
`,
);
const AXES = ['--vary', 'heartbeat-interval=1s..3s/1s', '--seeds', '1..30'];
const COUNT = 90;

function file(name: string): string {
  return join(workshop.path, name);
}

function text(name: string): string {
  return readFileSync(file(name), 'utf8');
}

function sweep(...args: string[]) {
  return hasim(['sweep', SCENARIO, ...AXES, '--quiet', ...args]);
}

describe('hasim sweep', () => {
  let table = '';

  beforeAll(() => {
    const { code, out, err } = sweep('--out', file('whole.jsonl'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    table = out;
  });

  it('the file of runs: a line for the plan and one for every run, in order', () => {
    const [header = '', ...lines] = text('whole.jsonl').trimEnd().split('\n');
    expect(JSON.parse(header)).toMatchObject({
      kind: 'hasim sweep',
      range: [0, COUNT],
      plan: { scenario: { file: SCENARIO } },
    });
    const runs = lines.map((line) => JSON.parse(line) as { run: number; seed: string; setting: number });
    expect(runs.map(({ run }) => run)).toEqual(Array.from({ length: COUNT }, (_, index) => index));
    // The same luck for every combination.
    expect(runs.filter(({ setting }) => setting === 1).map(({ seed }) => seed)).toEqual(
      runs.filter(({ setting }) => setting === 2).map(({ seed }) => seed),
    );
  });

  it.each([1, 2, 5])('%i workers: the same file and the same table', (workers) => {
    const name = `workers-${workers}.jsonl`;
    expect(sweep('--workers', String(workers), '--out', file(name)).out).toBe(table);
    expect(text(name)).toBe(text('whole.jsonl'));
  });

  it('a run of the sweep, replayed by hasim run: the same digest', () => {
    const [, line = ''] = text('whole.jsonl').split('\n').slice(40);
    const { seed, setting, digest } = JSON.parse(line) as { seed: string; setting: number; digest: string };
    const value = `heartbeat-interval=${setting + 1}s`;
    const { out } = hasim(['run', SCENARIO, '--seed', seed, '--set', value, '--json']);
    expect((JSON.parse(out) as { digests: { protocol: string } }).digests.protocol).toBe(digest);
  });

  it('in parts, one of them twice, merged: byte for byte the whole, and its table', () => {
    const parts = [1, 2, 3, 4].map((part) => {
      const name = file(`part-${part}`);
      expect(sweep('--shard', `${part}/4`, '--out', name).code).toBe(0);
      return name;
    });
    const { code, out } = hasim(['merge', ...parts.toReversed(), parts[1]!, '--out', file('merged.jsonl')]);
    expect(code).toBe(0);
    expect(out).toBe(table);
    expect(text('merged.jsonl')).toBe(text('whole.jsonl'));
  });

  it('a file that was cut short anywhere, resumed: byte for byte the whole', () => {
    const whole = text('whole.jsonl');
    const header = whole.indexOf('\n') + 1;
    for (const length of [header, header + 1, header + 5_000, whole.length - 1, whole.length]) {
      writeFileSync(file('cut.jsonl'), whole);
      truncateSync(file('cut.jsonl'), length);
      const { code, out } = sweep('--out', file('cut.jsonl'), '--resume');
      expect(code).toBe(0);
      expect(out).toBe(table);
      expect(text('cut.jsonl')).toBe(whole);
    }
  });

  it('runs that came out of turn before Ctrl-C: kept, and put where they belong', () => {
    const lines = text('whole.jsonl').trimEnd().split('\n');
    const kept = [...lines.slice(0, 21), '{"kind":"out of turn"}', ...lines.slice(60, 70)];
    writeFileSync(file('turn.jsonl'), `${kept.join('\n')}\n`);
    expect(hasim(['merge', file('turn.jsonl')]).err).toContain('expected a part that is done');
    expect(sweep('--out', file('turn.jsonl'), '--resume').code).toBe(0);
    expect(text('turn.jsonl')).toBe(text('whole.jsonl'));
  });

  it('Ctrl-C: exit 130 with what there is, and a file that another sweep goes on from', async () => {
    const args = ['sweep', SCENARIO, '--seeds', '1..90000', '--quiet', '--out', file('stopped.jsonl')];
    const { code, out } = await interrupted(args, 5_000);
    expect(code).toBe(130);
    expect(out).not.toBe('');
    const [header = ''] = text('stopped.jsonl').split('\n');
    expect(JSON.parse(header)).toMatchObject({ range: [0, 90_000] });
    expect(text('stopped.jsonl').endsWith('\n')).toBe(true);
  });

  it('a reader that goes away: no complaint', () => {
    const { err } = shell(`hasim sweep ${SCENARIO} --seeds 1..20 --quiet | head -c 1`);
    expect(err).toBe('');
  });

  it('--stop-at: fewer runs, the same with any number of workers', () => {
    const args = ['--seeds', '1..2000', '--stop-at', 'median failover ± 500ms', '--json'];
    const [one, two] = ['1', '3'].map(
      (workers) => hasim(['sweep', SCENARIO, '--quiet', ...args, '--workers', workers]).out,
    );
    expect(one).toBe(two);
    const { runs, end } = JSON.parse(one ?? '') as { runs: number; end: string };
    expect(end).toBe('narrow');
    expect(runs).toBeLessThan(2000);
    expect(runs % 64).toBe(0);
  });

  it('--sample: as many points as asked for', () => {
    const { out } = hasim([
      'sweep',
      SCENARIO,
      '--vary',
      'heartbeat-interval=1s..10s',
      '--sample',
      '7',
      '--seeds',
      '1..2',
      '--json',
      '--quiet',
    ]);
    expect((JSON.parse(out) as { settings: unknown[] }).settings).toHaveLength(7);
  });

  it('settings that cannot stand together: the others are run, and the exit code is 2', () => {
    const { code, out } = hasim([
      'sweep',
      SCENARIO,
      '--seeds',
      '1..2',
      '--json',
      '--quiet',
      '--vary',
      'until=20s,40s',
      '--vary',
      'timeline[0].at=5s,30s',
    ]);
    const { failed, runs, failures } = JSON.parse(out) as {
      failed: number;
      runs: number;
      failures: { kind: string; replay: string }[];
    };
    expect({ code, failed, runs, kind: failures[0]?.kind }).toEqual({
      code: 2,
      failed: 2,
      runs: 8,
      kind: 'mistake',
    });
  });
});

describe('hasim sweep and merge, bad input', () => {
  const cases: readonly (readonly [args: string[], sentence: string])[] = [
    [
      ['--vary', 'heartbeat-intervall=1s'],
      'hasim --vary: expected a path of this scenario, got heartbeat-intervall. Did you mean high-availability.election-option.timers.advanced.heartbeat-interval?',
    ],
    [
      ['--vary', 'heartbeat-interval='],
      'hasim --vary: expected values, such as 1s,2s or 1s..5s/1s, got nothing.',
    ],
    [
      ['--vary', 'heartbeat-interval=1s..5s'],
      'hasim --vary: expected a range with a step or a number of values, got heartbeat-interval=1s..5s. heartbeat-interval=1s..5s:5 has five, and --sample N takes any between.',
    ],
    [
      ['--vary', 'heartbeat-interval=1s', '--vary', 'advanced.heartbeat-interval=2s'],
      'hasim --vary: expected each path once, got high-availability.election-option.timers.advanced.heartbeat-interval twice.',
    ],
    [
      ['--vary', 'heartbeat-interval=1s,2s', '--vary', 'timers=recommended,aggressive'],
      'hasim --vary: expected settings that leave each other be, got high-availability.election-option.timers, which undoes high-availability.election-option.timers.advanced.heartbeat-interval. Given first, it is what the other is laid over.',
    ],
    [
      ['--set', 'heartbeat-interval=2s', '--vary', 'timers=recommended,aggressive'],
      'hasim --vary: expected settings that leave each other be, got high-availability.election-option.timers, which undoes --set high-availability.election-option.timers.advanced.heartbeat-interval.',
    ],
    [
      ['--vary', 'heartbeat-interval=1m,2m'],
      'hasim --vary: high-availability.election-option.timers.advanced.heartbeat-interval=1m: expected a duration such as 200ms, 3s or 1min, got "1m". And high-availability.election-option.timers.advanced.heartbeat-interval=2m: expected a duration such as 200ms, 3s or 1min, got "2m".',
    ],
    [
      ['--vary', 'flap-max=0..16/1', '--seeds', '1..100000'],
      'hasim sweep: expected at most 100,000 runs, got 17 combinations × 100,000 seeds = 1,700,000 runs. --yes carries them out.',
    ],
    [
      ['--vary', 'heartbeat-interval=1s..60s:10000', '--vary', 'hello-interval=8s..60s:10000', '--yes'],
      'hasim --vary: expected at most 1,000,000 combinations, got 100,000,000. --sample N takes so many of them.',
    ],
    [['--sample', '5'], 'hasim --sample: expected --vary beside it, got none.'],
    [
      ['--sample', '0', '--vary', 'flap-max=1,2'],
      'hasim --sample: expected a whole number from 1 to 1000000, got 0.',
    ],
    [['--seeds', '5..1'], 'hasim --seeds: expected seeds such as 1..100, got 5..1.'],
    [['--shard', '3/2'], 'hasim --shard: expected a part such as 2/5, got 3/2.'],
    [['--workers', '0'], 'hasim --workers: expected a whole number from 1 to 256, got 0.'],
    [
      ['--resume'],
      'hasim --resume: expected --out FILE beside it, got none. It goes on from the runs of that file.',
    ],
    [
      ['--out', '-'],
      'hasim --out: expected the name of a file, got -. --json writes the summary to standard output.',
    ],
    [['--out', 'a', '--out', 'b'], 'hasim --out: expected one file of runs, got a and b.'],
    [['--out', 'a.csv', '--out', 'a.csv'], 'hasim --out: expected another file for each, got a.csv twice.'],
    [
      ['--shard', '1/2', '--stop-at', 'median failover ± 1s'],
      'hasim --stop-at: expected no --shard beside it, for when to stop rests on the runs of all shards.',
    ],
    [
      ['--stop-at', 'median failover'],
      "hasim --stop-at: expected a statistic and how exact it has to be, such as 'p99 failover ± 100ms', got median failover.",
    ],
    [['--set', 'nonsense=1'], 'hasim --set: expected a path of this scenario, got nonsense.'],
  ];

  it.each(cases)('%j: exit 2, one sentence, nothing run', (args, sentence) => {
    expect(hasim(['sweep', SCENARIO, ...args])).toEqual({ code: 2, out: '', err: `${sentence}\n` });
  });

  it('a file of runs that is there already: not touched', () => {
    writeFileSync(file('mine.txt'), 'mine');
    const { code, err } = sweep('--out', file('mine.txt'));
    expect({ code, err }).toEqual({
      code: 2,
      err: `hasim --out: expected the name of a new file, got ${file('mine.txt')}. --resume goes on from what it has.\n`,
    });
    expect(text('mine.txt')).toBe('mine');
  });

  it.each([
    ['other seeds', ['--seeds', '1..31', '--vary', 'heartbeat-interval=1s..3s/1s']],
    [
      'other settings (high-availability.election-option.timers.advanced.heartbeat-interval=1s,2s,3s)',
      ['--seeds', '1..30', '--vary', 'flap-max=1,2'],
    ],
    ['another --shard', ['--seeds', '1..30', '--vary', 'heartbeat-interval=1s..3s/1s', '--shard', '1/2']],
  ])('--resume with the runs of another sweep (%s): refused, and the file not touched', (what, args) => {
    const name = file('whole.jsonl');
    const before = text('whole.jsonl');
    const { code, err } = hasim(['sweep', SCENARIO, ...args, '--out', name, '--resume']);
    expect({ code, err }).toEqual({
      code: 2,
      err: `hasim --resume: expected the runs of this sweep, got those of another in ${name}: ${what}.\n`,
    });
    expect(text('whole.jsonl')).toBe(before);
  });

  it('--resume with something else: refused', () => {
    expect(hasim(['sweep', SCENARIO, ...AXES, '--out', SCENARIO, '--resume']).code).toBe(2);
    const { err } = hasim(['sweep', SCENARIO, ...AXES, '--out', workshop.file('empty', ''), '--resume']);
    expect(err).toContain('expected a file that hasim sweep has written, got an empty one');
  });

  it('parts with a hole between them: says which run is missing', () => {
    expect(hasim(['merge', file('part-1'), file('part-3')]).err).toBe(
      'hasim merge: expected parts that have all 90 runs, got none with run 22.\n',
    );
  });

  it('a part of another sweep: says what differs', () => {
    expect(hasim(['sweep', SCENARIO, '--seeds', '1..3', '--quiet', '--out', file('other')]).code).toBe(0);
    expect(hasim(['merge', file('part-1'), file('other')]).err).toContain(
      'expected a part of the same sweep',
    );
  });

  it('two parts that do not agree on a run: says on which', () => {
    writeFileSync(
      file('forged'),
      text('part-1').replace('"failure":null', '"failure":{"kind":"limit","message":"forged"}'),
    );
    expect(hasim(['merge', file('part-1'), file('forged'), file('whole.jsonl')]).err).toContain(
      'expected run 0 to be the same in',
    );
  });

  it('a disk that is full: says so, exit 4, and the sweep goes on from what was written', () => {
    const name = file('full.jsonl');
    // Blocks of 1024 bytes; what is larger cannot be written.
    const { code, err } = shell(
      `ulimit -f 12; trap '' XFSZ; hasim sweep ${SCENARIO} ${AXES.join(' ')} --quiet --out ${name}`,
    );
    expect(code).toBe(4);
    expect(err).toContain(`hasim: cannot write ${name}: file too large.`);
    expect(existsSync(name)).toBe(true);
    expect(sweep('--out', name, '--resume').code).toBe(0);
    expect(text('full.jsonl')).toBe(text('whole.jsonl'));
  });
});
