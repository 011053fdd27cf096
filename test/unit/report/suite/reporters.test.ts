import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { reporterFor, REPORTERS, type ReporterName } from '../../../../src/report/suite/reporter.ts';
import { PLAIN } from '../../../../src/report/style.ts';
import type { CaseOutcome, SuiteResult } from '../../../../src/suite/outcome.ts';
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
  diagnostics: 'line ]]> one\u001b[2J\n  two\u0000 %0A ::error::\n',
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
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
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
    expect(text).toContain('… and 6 more runs: 7 of 100 not as expected');
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

  test('stopped early: bails out', () => {
    expect(report('tap', [FAILED], 'bail')).toContain('Bail out! ');
  });
});

describe('junit', () => {
  const xml = report('junit', ALL);
  const { document } = parseHTML(
    xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, 'text').replace(/<(\w+)([^<>]*)\/>/g, '<$1$2></$1>'),
  );
  const all = (name: string) => [...document.querySelectorAll(name)];

  test('suites of cases, with their counts', () => {
    expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>')).toBe(true);
    const [root] = all('testsuites');
    expect(['tests', 'failures', 'errors', 'skipped'].map((name) => root?.getAttribute(name))).toEqual([
      '7',
      '2',
      '3',
      '1',
    ]);
    expect(all('testsuite')).toHaveLength(7);
    expect(all('testcase')).toHaveLength(7);
  });

  test('what the schema of Jenkins asks for: names, and times in seconds', () => {
    for (const one of all('testcase')) {
      expect(one.getAttribute('name')).toBeTruthy();
      expect(one.getAttribute('classname')).toBeTruthy();
      expect(one.getAttribute('time')).toBe('1.235');
      expect(
        [...one.children]
          .map(({ tagName }) => tagName.toLowerCase())
          .every((name) => ['failure', 'error', 'skipped', 'system-out', 'system-err'].includes(name)),
      ).toBe(true);
    }
  });

  test('a failure: its sentence, and everything as text', () => {
    expect(xml).toContain('type="expectation"');
    expect(xml).toContain('Again: hasim run b.yaml --seed 3 --set timers=aggressive');
    expect(xml).toContain(']]]]><![CDATA[>');
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
    expect(JSON.parse(report('json', [PASSED]))).toMatchObject({ passed: true });
  });
});
