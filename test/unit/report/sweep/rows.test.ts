/** A row for every run, for other tools: what a cell holds, and that nothing in it is more than text. */

import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { ParquetRows } from '../../../../src/report/sweep/parquet.ts';
import {
  columnsOf,
  csvHeader,
  csvRow,
  jsonRow,
  type RowPlan,
  type RunRow,
} from '../../../../src/report/sweep/rows.ts';
import type { RunOutcome } from '../../../../src/sweep/outcome.ts';

const PLAN: RowPlan = {
  axes: [{ path: 'a.heartbeat-interval', label: 'heartbeat-interval' }],
  metrics: [
    { name: 'failover', unit: 'us' },
    { name: 'outage of web', unit: 'us' },
    { name: 'false failovers', unit: 'count' },
    { name: 'availability', unit: 'percent' },
  ],
  expectations: 1,
};

function row(change: Partial<RunOutcome> = {}, values: readonly string[] = ['1s']): RunRow {
  const metrics = [2_312_000, null, 0, 99.987];
  return {
    index: 7,
    values,
    outcome: { seed: '3', digest: 'abc', events: 10, unmet: [], metrics, failure: null, ...change },
  };
}

const csv = (plan: RowPlan, given: RunRow): string => csvRow(columnsOf(plan), given);

test('csv: the header: every column with its unit', () => {
  expect(csvHeader(columnsOf(PLAN))).toBe(
    'run,heartbeat-interval,seed,digest,passed,failure,failover_us,outage_of_web_us,false_failovers,availability_percent\r\n',
  );
});

test('csv: a run: its values in base units, nothing where it has none', () => {
  expect(csv(PLAN, row())).toBe('7,1s,3,abc,true,,2312000,,0,99.987\r\n');
});

test('csv: a value without end: inf', () => {
  expect(csv(PLAN, row({ metrics: [Number.POSITIVE_INFINITY, 1, 2, 3], unmet: [0] }))).toBe(
    '7,1s,3,abc,false,,inf,1,2,3\r\n',
  );
});

test('csv: a run that failed: why, and no values', () => {
  const failure = { kind: 'killed', message: 'x' } as const;

  expect(csv(PLAN, row({ failure, digest: '', metrics: [] }))).toBe('7,1s,3,,,killed,,,,\r\n');
});

test('csv: a scenario without expectations: passed is empty', () => {
  expect(csv({ ...PLAN, expectations: 0 }, row())).toContain(',abc,,,');
});

test.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3+cmd|x', "'-2+3+cmd|x"],
  ['\t=1', "'\t=1"],
  ['=a,"b"', '"\'=a,""b"""'],
  ['-5', '-5'],
  ['+1.5e3', '+1.5e3'],
])('csv: the text %j: %j', (text, cell) => {
  expect(csv(PLAN, row({}, [text]))).toBe(`7,${cell},3,abc,true,,2312000,,0,99.987\r\n`);
});

test('columns: names that come twice: numbered, and those of ours stay', () => {
  const axes = ['seed', 'digest', 'failover_us', 'x', 'x'].map((label) => ({ path: label, label }));
  const metrics = [...PLAN.metrics, { name: 'outage of-web', unit: 'us' as const }];

  expect(columnsOf({ ...PLAN, axes, metrics }).map(({ name }) => name)).toEqual([
    'run', 'seed_2', 'digest_2', 'failover_us', 'x', 'x_2', 'seed', 'digest', 'passed', 'failure',
    'failover_us_2', 'outage_of_web_us', 'false_failovers', 'availability_percent', 'outage_of_web_us_2',
  ]); // prettier-ignore
});

test('json line: a run: the same columns, endless as a word', () => {
  const line = jsonRow(columnsOf(PLAN), row({ metrics: [Number.POSITIVE_INFINITY, null, 0, 1] }));

  expect(line.endsWith('}\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({
    run: 7,
    'heartbeat-interval': '1s',
    seed: '3',
    digest: 'abc',
    passed: true,
    failure: null,
    failover_us: 'never',
    outage_of_web_us: null,
    false_failovers: 0,
    availability_percent: 1,
  });
});

/** Writes rows and returns the file, and the largest piece that was handed on. */
async function parquet(rows: readonly RunRow[], groupRows: number, plan: RowPlan = PLAN) {
  const pieces: Uint8Array[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
  const file = await ParquetRows.open({ ...plan, digest: 'd1' }, sink, groupRows);
  for (const one of rows) await file.add(one);
  await file.finish();
  const whole = new Uint8Array(Buffer.concat(pieces)).buffer;
  return { whole, largest: Math.max(...pieces.map(({ length }) => length)) };
}

test('parquet: rows in several groups: read back as they were', async () => {
  const rows = [
    row(),
    row({ metrics: [Number.POSITIVE_INFINITY, null, 1, 100], unmet: [0] }, ['=evil"\n']),
    row({ failure: { kind: 'limit', message: 'x' }, metrics: [], digest: '' }),
  ];
  const { whole } = await parquet(rows, 2);
  const metadata = parquetMetadata(whole);

  expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([2, 1]);
  expect(metadata.key_value_metadata).toEqual([{ key: 'hasim sweep', value: 'd1' }]);
  expect(await parquetReadObjects({ file: whole })).toEqual([
    {
      run: 7n, 'heartbeat-interval': '1s', seed: '3', digest: 'abc', passed: true, failure: null,
      failover_us: 2_312_000, outage_of_web_us: null, false_failovers: 0, availability_percent: 99.987,
    },
    {
      run: 7n, 'heartbeat-interval': '=evil"\n', seed: '3', digest: 'abc', passed: false, failure: null,
      failover_us: Number.POSITIVE_INFINITY, outage_of_web_us: null, false_failovers: 1, availability_percent: 100,
    },
    {
      run: 7n, 'heartbeat-interval': '1s', seed: '3', digest: null, passed: null, failure: 'limit',
      failover_us: null, outage_of_web_us: null, false_failovers: null, availability_percent: null,
    },
  ]); // prettier-ignore
});

test('parquet: no rows: a file with its columns and none', async () => {
  const { whole } = await parquet([], 10);

  expect(parquetMetadata(whole).num_rows).toBe(0n);
  expect(await parquetReadObjects({ file: whole })).toEqual([]);
});

test('parquet: many rows: no more than a group is held, and the same rows give the same bytes', async () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => ({
    ...row({ seed: String(index), digest: `digest ${index}`, metrics: [index, index * 2, 0, 1] }),
    index,
  }));
  const { whole, largest } = await parquet(rows, 100);

  expect(parquetMetadata(whole).row_groups).toHaveLength(20);
  expect(largest).toBeLessThan(whole.byteLength / 2);
  expect(Buffer.from((await parquet(rows, 100)).whole).equals(Buffer.from(whole))).toBe(true);
});
