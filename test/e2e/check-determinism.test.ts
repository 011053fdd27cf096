import { expect, test } from 'vitest';
import { hasim, WALKTHROUGH } from '../helpers/command.ts';

test('check-determinism: scenarios of the library: every way gives the same run, exit 0', () => {
  const files = ['active-active/walkthrough', 'active-passive/walkthrough', 'aws/interface-move'];
  const { code, out, err } = hasim(['check-determinism', ...files.map((name) => `scenarios/${name}.yaml`)]);

  expect(err).toBe('');
  expect(code).toBe(0);
  expect(
    out.match(/^✓ .* events and .* records agree \(run twice, with the trace off, in a worker\)$/gm),
  ).toHaveLength(3);
});

test('check-determinism: several seeds, a setting and a length as JSON: a line for each run, with its digests and how to repeat it', () => {
  const { code, out } = hasim([
    'check-determinism',
    WALKTHROUGH,
    '--seeds',
    '1..2',
    '--until',
    '25s',
    '--set',
    'heartbeat-interval=2s',
    '--json',
  ]);

  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(lines.map(({ seed, deterministic }) => ({ seed, deterministic }))).toEqual([
    { seed: '1', deterministic: true },
    { seed: '2', deterministic: true },
  ]);
  expect(lines[0].others.map(({ protocol }: { protocol: string }) => protocol)).toEqual([
    lines[0].agreement.digests[0].protocol,
    lines[0].agreement.digests[0].protocol,
  ]);
  expect(lines[1].replay).toBe(
    `hasim check-determinism ${WALKTHROUGH} --seed 2 --until 25s --set heartbeat-interval=2s`,
  );
});

test('check-determinism: options that make no sense: exit 2, one sentence', () => {
  const both = hasim(['check-determinism', WALKTHROUGH, '--seed', '1', '--seeds', '1..2']);
  const none = hasim(['check-determinism', WALKTHROUGH, '--seeds', 'many']);

  expect(both.code).toBe(2);
  expect(both.err).toContain('expected --seed or --seeds, got both');
  expect(none.code).toBe(2);
  expect(none.err).toContain('expected a range such as 1..100, got many');
});

test('check-determinism: a file with mistakes: they are told, exit 2', () => {
  const { code, err } = hasim(['check-determinism', 'scenarios/topology/active-passive-pair.yaml']);

  expect(code).toBe(2);
  expect(err).toContain('expected the key name, got none');
});
