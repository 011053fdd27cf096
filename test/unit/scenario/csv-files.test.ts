/** Arrivals from a CSV file: where it is looked for, what it may say, and each mistake at its line. */

import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/load.ts';
import { load, loaded, messagesOf, mistakesOf, PAIR, pairWith } from '../../helpers/scenario-text.ts';

const NAMED = pairWith(['arrivals: { poisson: 5/s }', 'arrivals: { csv: data/web.csv }']);

const timesOf = (csv: string): readonly number[] | undefined =>
  loaded(NAMED, { 'data/web.csv': csv }).scenario.workloads['web']?.arrivals.timesUs;
const mistakesIn = (csv: string): string[] => messagesOf(NAMED, { 'data/web.csv': csv });

const EXPECTED = 'expected a time in seconds such as 12.5, or with its unit such as 12500ms';

describe('csv: what it may say', () => {
  test.each<[string, string, number[]]>([
    ['seconds with decimals', '0\n0.5\n12.000001\n', [0, 500_000, 12_000_001]],
    ['more decimals than microseconds: rounded', '0.1234567\n', [123_457]],
    ['durations', '500ms\n1min\n', [500_000, 60_000_000]],
    ['a heading, further columns, quotes', 'start,bytes\n"1.5",900\n2 , 80\n', [1_500_000, 2_000_000]],
    ['empty lines, comments, CRLF, no last line break', '# capture\r\n\r\n1\r\n1\r\n3', [1e6, 1e6, 3e6]],
    ['a byte order mark', '\ufefftime\n4\n', [4_000_000]],
  ])('csv: %s', (_, csv, times) => {
    expect(timesOf(csv)).toEqual(times);
  });

  test('csv: relative to the file that names it, also from a base; listed among the files', () => {
    const files = {
      'base/pair.yaml': PAIR.replace('poisson: 5/s', 'csv: ../captures/web.csv'),
      'captures/web.csv': '1\n2\n',
    };
    const { scenario, files: read } = loaded('extends: base/pair.yaml\nname: child\n', files);
    expect(scenario.workloads['web']?.arrivals.timesUs).toEqual([1_000_000, 2_000_000]);
    expect(read).toEqual(['pair.yaml', 'base/pair.yaml', 'captures/web.csv']);
  });

  test('csv: named by two workloads: read once, of use to both', () => {
    const dns =
      '{ from: client, to: server, protocol: icmp, arrivals: { csv: ./data/web.csv }, holding-time: forever }';
    const reads: string[] = [];
    const result = parseScenario(NAMED.replace('workloads:', `workloads:\n  dns: ${dns}`), {
      file: 'pair.yaml',
      readText: (file) => `${reads.push(file)}`,
    });
    expect(reads).toEqual(['data/web.csv']);
    const workloads = result.ok ? Object.values(result.scenario.workloads) : [];
    expect(workloads.map(({ arrivals }) => arrivals.timesUs)).toEqual([[1_000_000], [1_000_000]]);
  });

  test('csv: of a workload that the child removes: not read', () => {
    const files = { 'base.yaml': NAMED };
    expect(load('extends: base.yaml\nworkloads: { web: null }\n', files).ok).toBe(true);
  });
});

describe('csv: mistakes', () => {
  test('csv: a missing file: told at the key, with a hint', () => {
    expect(mistakesOf(NAMED)).toMatchInlineSnapshot(`
      "pair.yaml:63:22: expected a readable CSV file, got data/web.csv: no such file. Its name is relative to the scenario file that gives it.
        63 |     arrivals: { csv: data/web.csv }
           |                      ^^^^^^^^^^^^
      "
    `);
  });

  test('csv: text, negative, descending: all at once, each at its line', () => {
    expect(mistakesIn('time\n0.5,3\nabc,1\n-3\n2s\n"1.0"\n,\n 12:30\n1e3\n')).toEqual([
      `data/web.csv:3:1: ${EXPECTED}, got "abc".`,
      `data/web.csv:4:1: ${EXPECTED}, got "-3".`,
      'data/web.csv:6:1: expected a time not before that of the line above it (2), got "1.0". Sort the lines by time.',
      `data/web.csv:7:1: ${EXPECTED}, got "".`,
      `data/web.csv:8:2: ${EXPECTED}, got "12:30".`,
      `data/web.csv:9:1: ${EXPECTED}, got "1e3".`,
    ]);
  });

  test('csv: mistakes of the scenario and of its file: told together', () => {
    const text = NAMED.replace('port: 443', 'port: 0');
    expect(messagesOf(text, { 'data/web.csv': 'x\ny\n' })).toEqual([
      `data/web.csv:2:1: ${EXPECTED}, got "y".`,
      'pair.yaml:62:11: expected a whole number from 1 to 65535, got 0.',
    ]);
  });

  test.each([
    ['empty', '', '1:1: expected at least one timestamp, got an empty file.'],
    ['only a heading', 'time\n', '1:1: expected at least one timestamp, got none.'],
    ['binary', '1\n\0', '2:1: expected a text in UTF-8, got binary data.'],
    ['huge', '1\n'.repeat(600_000), '1:1: expected a CSV file of at most 1.0 MiB, got 1.1 MiB.'],
    ['long', '1\n'.repeat(100_001), '100001:1: expected at most 100000 timestamps, got more.'],
  ])('csv: %s: told', (_, csv, expected) => {
    expect(mistakesIn(csv)).toEqual([`data/web.csv:${expected}`]);
  });

  test('csv: a thousand wrong lines and more: a thousand mistakes', () => {
    expect(mistakesIn(`time\n${'x\n'.repeat(5_000)}`)).toHaveLength(1_000);
  });

  test('csv: a clock of its own: told that times count from the start of the run', () => {
    expect(mistakesIn('1732233600.25\n1732233601\n')).toEqual([
      'pair.yaml:63:22: expected timestamps within the run (until: 3min), got 1732233600.25s as the first. They count from the start of the run.',
    ]);
  });
});
