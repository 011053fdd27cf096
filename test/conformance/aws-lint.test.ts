/** Rules of the reference for AWS that a linter holds: what is told before anything is run. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { AWS_CASES, findingsIn, loadAwsCase, rulesIn } from '../helpers/lint-cases.ts';

const SEED = 'test/fixtures/seed-aws-literal.yaml';

function errorsOf(id: string): string[] {
  const found = findingsIn(loadAwsCase(AWS_CASES[id] ?? { part: {} })).filter(({ rule }) => rule === id);
  return found.map(({ severity, at }) => `${severity}: ${at.message}`);
}

test('C-064: secondary-ip with three interfaces on a node: an error', () => {
  expect(errorsOf('X17')).toEqual(['error: palo-2 has 3 network interfaces, fewer than 4']);
});

test('C-065: an instance type of three interfaces and a design of four: an error before the run', () => {
  expect(errorsOf('X21')).toEqual([
    'error: m5.large allows 3 network interfaces, and palo-1 needs 4 when it has taken over',
    'error: m5.large allows 3 network interfaces, and palo-2 needs 4 when it has taken over',
  ]);
});

test('C-089: the second seed document to the letter: X01, X03, X07, X22 and X23, and DPDK on the passive', () => {
  const loaded = loadScenario(SEED, (file) => readFileSync(file, 'utf8'));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));

  const grave = findingsIn(loaded).filter(({ severity }) => severity !== 'note');
  expect([...new Set(grave.map(({ rule }) => rule))].toSorted()).toEqual([
    'X01',
    'X03',
    'X07',
    'X15',
    'X22',
    'X23',
  ]);
  // The text says of the active that DPDK is turned off; the passive, which gets the interfaces, is a warning. Of placement groups it
  // says nothing: a note.
  expect(grave.filter(({ rule }) => rule === 'X15').map(({ severity, at }) => [severity, at.path])).toEqual([
    ['warning', 'aws.instances.palo-2.vm-series.dpdk-pkt-io'],
  ]);
  expect(rulesIn(loaded).filter((rule) => !grave.some((finding) => finding.rule === rule))).toEqual(['X34']);
});
