/** What a sweep leaves behind: the table, and a file for every tool that goes on with it; the same from a merge of its runs. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasim, Workshop } from '../helpers/command.ts';

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
const ENDS = ['csv', 'parquet', 'html', 'json'];
const SETTINGS = ['--vary', 'heartbeat-interval=1s,3s', '--seeds', '1..10', '--quiet'];

const file = (name: string): string => join(workshop.path, name);
const outs = (name: string): string[] => ENDS.flatMap((end) => ['--out', file(`${name}.${end}`)]);

describe('hasim sweep --out', () => {
  let table = '';

  beforeAll(() => {
    const { code, out, err } = hasim(['sweep', SCENARIO, ...SETTINGS, '--out', file('runs'), ...outs('a')]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    table = out;
  });

  it('the table: a row for each value, and what it changes', () => {
    expect(table).toMatch(/\n {2}1s +10 {2}\d/);
    expect(table).toMatch(/heartbeat-interval {2}1s → 3s {2}\+.* {2}matters\n/);
  });

  it('CSV and Parquet: a row for every run', () => {
    const lines = readFileSync(file('a.csv'), 'utf8').trimEnd().split('\r\n');
    const parquet = parquetMetadata(new Uint8Array(readFileSync(file('a.parquet'))).buffer);

    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(/^run,heartbeat-interval,seed,digest,passed,failure,failover_us,/);
    expect(lines[20]).toMatch(/^19,3s,10,[0-9a-f]{16},/);
    expect(Number(parquet.num_rows)).toBe(20);
  });

  it('the page: drawn from the summary', () => {
    const page = readFileSync(file('a.html'), 'utf8');
    const { settings } = JSON.parse(readFileSync(file('a.json'), 'utf8')) as { settings: unknown[] };

    expect(settings).toHaveLength(2);
    expect(page).toContain('<h1>Power loss</h1>');
    expect(page.match(/<svg/g)?.length).toBeGreaterThan(3);
  });

  it('hasim merge of its runs: the same files, byte for byte', () => {
    const { code, out } = hasim(['merge', file('runs'), ...outs('b')]);

    expect({ code, out }).toEqual({ code: 0, out: table });
    for (const end of ENDS) {
      expect(readFileSync(file(`b.${end}`)).equals(readFileSync(file(`a.${end}`))), end).toBe(true);
    }
  });

  it('--metric: another table; one that the scenario does not have is refused before anything runs', () => {
    const other = hasim(['merge', file('runs'), '--metric', 'detection']);
    const wrong = hasim(['sweep', SCENARIO, ...SETTINGS, '--metric', 'nonsense', '--out', file('c.csv')]);

    expect(other.out).toMatch(/\ndetection {2}/);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(
      /hasim --metric: expected a metric of this scenario, got nonsense\. It has failover, /,
    );
    expect(existsSync(file('c.csv'))).toBe(false);
  });
});
