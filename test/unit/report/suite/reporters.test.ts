import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { reporterFor, REPORTERS, type ReporterName } from '../../../../src/report/suite/reporter.ts';
import { PLAIN } from '../../../../src/report/style.ts';
import type { CaseOutcome, SuiteResult } from '../../../../src/suite/outcome.ts';
import { departures, parseXml } from '../../../helpers/junit-schema.ts';
import { BROKEN, HELD, result } from '../../../helpers/result.ts';

const BASE: CaseOutcome = {
  case: { id: 'a.yaml', file: 'a.yaml', name: 'An uplink fails', tags: [], seeds: ['1'] },
  status: 'passed',
  why: '',
  diagnostics: '',
  runs: 1,
  unmet: 0,
  expectations: 2,
  unmetBy: {},
  failed: [],
  aggregates: [],
  excerpts: {},
  milliseconds: 1_234.56,
};

function outcome(id: string, more: Partial<CaseOutcome>): CaseOutcome {
  return { ...BASE, ...more, case: { ...BASE.case, id, file: id.split(' › ')[0] ?? id } };
}

const FAILED_RUN = result({ verdicts: [HELD, BROKEN], passed: false });
const UNMET = BROKEN;

const PASSED = outcome('a.yaml', {});
const FAILED = outcome('b.yaml › timers=aggressive', {
  status: 'failed',
  runs: 100,
  unmet: 7,
  unmetBy: { [UNMET.index]: 7 },
  failed: [
    {
      seed: '3',
      result: FAILED_RUN,
      failure: null,
      replay: 'hasim run b.yaml --seed 3 --set timers=aggressive',
      excerpts: { [UNMET.index]: 'b.yaml:12\n  12 |   - { failover: 1, total: < 700ms }' },
    },
  ],
});
const SKIPPED = outcome('c.yaml', { status: 'skipped', why: 'waits for #7', runs: 0 });
const BROKEN_FILE = outcome('d.yaml', {
  status: 'broken',
  runs: 0,
  diagnostics: 'd.yaml:3:5: expected a name, got 7.\n   3 | x: 7\n',
});
const BROKEN_RUN = outcome('e.yaml', {
  status: 'broken',
  unmet: 1,
  failed: [
    {
      seed: '9',
      result: null,
      failure: { kind: 'killed', message: 'a worker died twice' },
      replay: 'hasim run e.yaml --seed 9',
      excerpts: {},
    },
  ],
});
const UNDECIDED = outcome('f.yaml', {
  status: 'failed',
  excerpts: { 0: 'f.yaml:7\n   7 |   - over-seeds: p99 failover < 4.2s' },
  runs: 100,
  aggregates: [
    {
      index: 0,
      name: 'p99 failover < 4.2s',
      status: 'undecided',
      expected: 'p99 failover < 4.2s',
      measured: '3s in 100 runs',
      advice: '299 seeds would tell.',
    },
    {
      index: 1,
      name: 'median failover < 4.2s',
      status: 'passed',
      expected: 'median failover < 4.2s',
      measured: '3s in 100 runs',
      advice: '',
    },
  ],
});
const HOSTILE = outcome('g ]]> <x> & "q" ::error:: , # \\ \u001b[31m\u0000.yaml', {
  status: 'broken',
  diagnostics:
    'line ]]> ]]> one\u001b[2J\u202e\n  two\u0000 %0A ::error::\n  ::error::three\n  ##[error]four\n',
});

const ALL = [PASSED, FAILED, SKIPPED, BROKEN_FILE, BROKEN_RUN, UNDECIDED, HOSTILE];

function suite(cases: readonly CaseOutcome[], end: SuiteResult['end'] = 'complete'): SuiteResult {
  return { version: '0.1.0', cases, milliseconds: 12_345.6, end };
}

function report(
  name: ReporterName,
  cases: readonly CaseOutcome[],
  end?: SuiteResult['end'],
  quiet = false,
): string {
  const reporter = reporterFor(name, { style: PLAIN, width: 110, quiet });
  return [
    reporter.start(cases.length),
    ...cases.map((one) => reporter.caseDone(one)),
    reporter.end(suite(cases, end)),
  ].join('');
}

describe('every reporter', () => {
  test.each(REPORTERS)(
    '%s: no character that moves a cursor, whatever a name holds, and a line break at the end',
    (name) => {
      const text = report(name, ALL);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(text.endsWith('\n')).toBe(true);
    },
  );

  test.each(REPORTERS)('%s: no case at all', (name) => {
    expect(report(name, [])).not.toBe('');
  });
});

describe('default', () => {
  test('a failing case: what, when, why, the excerpt, and the line that replays it', () => {
    const text = report('default', [PASSED, FAILED]);
    expect(text).toContain('✓ a.yaml  An uplink fails (1.2 s)');
    expect(text).toContain('✗ b.yaml › timers=aggressive  An uplink fails (100 runs, 1.2 s)');
    expect(text).toContain('expected  total < 700ms');
    expect(text).toContain('measured  total 800ms, at 20.551');
    expect(text).toContain('because');
    expect(text).toContain('  12 |   - { failover: 1, total: < 700ms }');
    expect(text).toContain('Again: hasim run b.yaml --seed 3 --set timers=aggressive');
    expect(text).toContain('with      7 of 100 seeds');
    expect(text).toContain('7 of 100 runs not as expected');
    expect(text).toContain('2 cases: 1 passed, 1 failed (101 runs in 12.3 s)');
  });

  test('skipped, broken and undecided cases: each with why', () => {
    const text = report('default', [SKIPPED, BROKEN_FILE, BROKEN_RUN, UNDECIDED]);
    expect(text).toContain('– c.yaml  skipped: waits for #7');
    expect(text).toContain('d.yaml:3:5: expected a name, got 7.');
    expect(text).toContain('✗ a worker died twice');
    expect(text).toContain('undecided 299 seeds would tell.\n      f.yaml:7\n');
    expect(text).not.toContain('median failover');
  });

  test('many seeds: what is not met is told once, of the first run that shows it', () => {
    const [first] = FAILED.failed;
    if (first === undefined) throw new Error('expected a run');
    const seeds = ['3', '4', '5'].map((seed) => ({
      ...first,
      seed,
      replay: `hasim run b.yaml --seed ${seed}`,
    }));
    const text = report('default', [{ ...FAILED, failed: seeds }]);
    expect(text.match(/expected {2}total < 700ms/g)).toHaveLength(1);
    expect(text.match(/Again:/g)).toHaveLength(1);
  });

  test('statements over seeds: undecided with the line that runs them again; passed with what was measured', () => {
    const seeds = Array.from({ length: 100 }, (_, index) => String(index + 1));
    const cell = { ...UNDECIDED.case, id: 'f.yaml › ha1=lossy, timers=x', seeds };
    const text = report('default', [{ ...UNDECIDED, case: cell }]);
    expect(text).toContain("Again: hasim test f.yaml --name 'ha1=lossy, timers=x' --seeds 1..100");
    const passed = { ...UNDECIDED, status: 'passed' as const, aggregates: UNDECIDED.aggregates.slice(1) };
    expect(report('default', [passed])).toContain('    median failover < 4.2s: 3s in 100 runs');
    expect(report('default', [{ ...UNDECIDED, case: { ...cell, seeds: ['1', 'blue'] } }])).toContain(
      "--name 'ha1=lossy, timers=x'\n",
    );
  });

  test.each([40, 60, 72, 110])('%i columns: every line but those to be copied fits', (width) => {
    const long = { ...BASE.case, id: 'long.yaml', name: 'A name that goes on and on '.repeat(10) };
    const broken = outcome('h.yaml', {
      status: 'broken',
      diagnostics: `h.yaml:3:5: expected ${'one thing or another '.repeat(10)}.\n   3 | ${'x'.repeat(100)}\n`,
    });
    const reporter = reporterFor('default', { style: PLAIN, width, quiet: false });
    const skipped = { ...SKIPPED, why: 'waits for something '.repeat(10) };
    const text = [{ ...PASSED, case: long }, skipped, UNDECIDED, broken].map((one) => reporter.caseDone(one));
    const lines = text.join('').split('\n');
    expect(lines.filter((line) => !line.includes('Again:') && Array.from(line).length > width)).toEqual([]);
  });

  test('quiet: only what is not as expected, and one line', () => {
    expect(report('default', [PASSED, SKIPPED], 'complete', true)).toBe(
      '2 cases: 1 passed, 1 skipped (1 run in 12.3 s)\n',
    );
  });

  test.each([
    ['bail', 'stopped there, as --bail asks'],
    ['interrupted', 'interrupted'],
  ] as const)('%s: says so', (end, words) => {
    expect(report('default', [FAILED], end)).toContain(words);
  });
});

describe('dot', () => {
  test('a character for each case, then what failed', () => {
    const text = report('dot', ALL);
    expect(text.split('\n')[0]).toBe('.F-EEFE');
    expect(text).toContain('Again: hasim run b.yaml --seed 3');
  });
});

describe('tap', () => {
  test('a test point for each case in order, a plan, and blocks that are YAML', () => {
    const lines = report('tap', ALL).split('\n');
    expect(lines[0]).toBe('TAP version 14');
    const points = lines.filter((line) => /^(not )?ok \d+ - /.test(line));
    expect(points.map((line) => /^(not )?ok (\d+)/.exec(line)?.[0])).toEqual([
      'ok 1',
      'not ok 2',
      'ok 3',
      'not ok 4',
      'not ok 5',
      'not ok 6',
      'not ok 7',
    ]);
    expect(points[2]).toBe('ok 3 - c.yaml # SKIP waits for \\#7'.replace('\\#7', '#7'));
    expect(points[6]).toContain(', \\# \\\\');
    expect(lines).toContain('1..7');
    const blocks = report('tap', ALL)
      .split(/^ {2}---$/m)
      .slice(1)
      .map((rest) => rest.split(/^ {2}\.\.\.$/m)[0] ?? '');
    for (const block of blocks) expect(parseYaml(block)).toHaveProperty('duration_ms');
    expect(parseYaml(blocks[1] ?? '')).toMatchObject({
      replay: 'hasim run b.yaml --seed 3 --set timers=aggressive',
    });
  });

  test('a block whose first line stands furthest in: is YAML all the same', () => {
    const odd = outcome('i.yaml', { status: 'broken', diagnostics: '      far in\nnot so far\n' });
    const [, block = ''] = report('tap', [odd]).split(/^ {2}---$/m);
    expect(parseYaml(block.split(/^ {2}\.\.\.$/m)[0] ?? '')).toHaveProperty(
      'details',
      '        far in\n  not so far\n',
    );
  });

  test('stopped early: bails out', () => {
    expect(report('tap', [FAILED], 'bail')).toContain('Bail out! ');
  });
});

describe('junit', () => {
  const xml = report('junit', ALL);
  const root = parseXml(xml);

  test('valid against the schema that Jenkins reads it by', () => {
    expect(departures(root)).toEqual([]);
    expect(departures(parseXml(report('junit', [])))).toEqual([]);
  });

  test('a suite for each file, a case for each cell, counts and seconds', () => {
    expect(root.attributes).toMatchObject({ name: 'hasim', tests: '7', failures: '2', errors: '3' });
    expect(root.children.map(({ attributes }) => attributes['name'])).toHaveLength(7);
    const [cell] = root.children[1]?.children ?? [];
    expect(cell?.attributes).toEqual({
      name: 'b.yaml › timers=aggressive',
      classname: 'b.yaml',
      time: '1.235',
    });
    expect(root.children[2]?.attributes['skipped']).toBe('1');
    expect(root.children[2]?.children[0]?.children.map(({ name, text }) => [name, text])).toEqual([
      ['skipped', ''],
      ['system-out', 'waits for #7'],
    ]);
  });

  test('a failure: its sentence, and everything as text', () => {
    const [failure] = root.children[1]?.children[0]?.children ?? [];
    expect(failure?.attributes).toEqual({
      message: 'failover 1: total < 700ms: measured total 800ms',
      type: 'expectation',
    });
    expect(failure?.text).toContain('Again: hasim run b.yaml --seed 3 --set timers=aggressive');
  });

  test('text that ends a section of text, twice: stays text', () => {
    const [error] = root.children[6]?.children[0]?.children ?? [];
    expect(error?.name).toBe('error');
    expect(error?.text).toContain('two');
  });

  test('the same suite: the same text, without a date or a machine', () => {
    expect(report('junit', ALL)).toBe(xml);
    expect(xml).not.toMatch(/timestamp|hostname|20\d\d-/);
  });
});

describe('github', () => {
  test('an annotation at the line of the expectation', () => {
    const line = report('github', [FAILED])
      .split('\n')
      .find((one) => one.startsWith('::error'));
    expect(line).toMatch(/^::error file=b\.yaml,line=12,title=b\.yaml › timers=aggressive::.*%0AAgain%?/);
  });

  test('names that its syntax would read: escaped, and one command on each line', () => {
    const commands = report('github', [HOSTILE, BROKEN_FILE])
      .split('\n')
      .filter((one) => one.startsWith('::error'));
    expect(commands).toHaveLength(2);
    const told = report('github', [HOSTILE]);
    expect(told.split('\n').filter((one) => /^\s*(::|##\[)/.test(one))).toHaveLength(1);
    expect(commands[0]).toContain('%3A%3Aerror%3A%3A %2C #');
    expect(commands[1]).toContain('file=d.yaml,line=3,');
  });
});

describe('json', () => {
  test('one document with stable keys', () => {
    const document = JSON.parse(report('json', ALL)) as {
      cases: { status: string; failed: { verdicts: unknown[]; digest: string }[] }[];
    };
    expect(document).toMatchObject({
      schemaVersion: 1,
      version: '0.1.0',
      passed: false,
      end: 'complete',
      milliseconds: 12_346,
    });
    expect(document.cases.map(({ status }) => status)).toEqual(ALL.map(({ status }) => status));
    expect(document.cases[1]?.failed[0]).toMatchObject({ seed: '3', digest: '0123456789abcdef' });
    const failed = document.cases[1]?.failed[0]?.verdicts[1] as { causes: object[] } | undefined;
    expect(failed?.causes[0]).toEqual({
      id: 13,
      timeUs: 20_551_000,
      kind: 'role',
      subject: 'palo-2',
      text: 'passive → active  Peer is non-functional',
    });
    expect(JSON.parse(report('json', [PASSED]))).toMatchObject({ passed: true });
  });
});
