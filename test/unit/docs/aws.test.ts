import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LATENCIES } from '../../../src/cloud/aws/presets.ts';
import { run } from '../../../src/run/run.ts';
import { renderDiagnostics } from '../../../src/scenario/diagnostics.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { PARAMETERS } from '../../../src/scenario/parameters.ts';

const PAGE = readFileSync(new URL('../../../docs/aws.md', import.meta.url), 'utf8');

/** The cells of the row of a table that begins with this. */
function row(first: string): readonly string[] {
  const line = PAGE.split('\n').find((text) => text.startsWith(`| ${first} `));
  return (line ?? '')
    .split('|')
    .map((cell) => cell.trim())
    .slice(1, -1);
}

test('docs/aws.md: every parameter of AWS: stands there with its default and its note', () => {
  for (const { name, default: value, note } of PARAMETERS.filter((item) => item.name.startsWith('aws-'))) {
    expect(row(name)).toEqual([name, value, note]);
  }
});

test('docs/aws.md: every step of the latency model: stands there with its figures', () => {
  for (const [step, { medianUs, sigma, tail }] of Object.entries(LATENCIES.reference)) {
    const percent = tail === null ? '' : `${Math.round(tail.share * 1000) / 10} %: `;
    const stall = tail === null ? '' : `${percent}${tail.minUs / 1e6} to ${tail.maxUs / 1e6} s`;

    expect(row(step)).toEqual([step, `${medianUs / 1e6} s`, String(sigma), stall]);
  }
});

test('docs/aws.md: its pair: as it is written: has no mistakes, and fails over', () => {
  const text = /```yaml\n(.*?)```/s.exec(PAGE)?.[1] ?? '';
  const loaded = parseScenario(text, { file: 'aws.yaml', readText: () => '' });
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
  const { failovers } = run(loaded.scenario);

  expect(failovers.map(({ to }) => to)).toEqual(['fw-2']);
});
