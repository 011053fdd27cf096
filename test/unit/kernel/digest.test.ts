import { expect, test } from 'vitest';
import { Digest } from '../../../src/kernel/digest.ts';

function digestOf(...values: readonly (number | string)[]): string {
  const digest = new Digest();
  for (const value of values) {
    if (typeof value === 'number') digest.addInt(value);
    else digest.addString(value);
  }
  return digest.hex();
}

// A change of these values makes every stored digest of every scenario void: bump the version and say so.
test('digest: known input: is pinned', () => {
  expect(digestOf()).toMatchInlineSnapshot(`"3e755fb97ae16987"`);
  expect(digestOf(0)).toMatchInlineSnapshot(`"69f9a1014b98983e"`);
  expect(digestOf(1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER)).toMatchInlineSnapshot(
    `"e5db17aec2f0175a"`,
  );
  expect(digestOf('fw-a', 'active', 20_550_000)).toMatchInlineSnapshot(`"ddf5f066ae961f9b"`);
});

test('digest: any input: has 16 hexadecimal characters', () => {
  for (let n = 0; n < 200; n++) expect(digestOf(n)).toMatch(/^[0-9a-f]{16}$/);
});

test('digest: order of values: matters', () => {
  expect(digestOf(1, 2)).not.toBe(digestOf(2, 1));
});

test('digest: strings cut elsewhere: differ', () => {
  expect(digestOf('ab', 'c')).not.toBe(digestOf('a', 'bc'));
});

test('digest: numbers equal in their low 32 bits: differ', () => {
  const values = [5, 5 + 2 ** 32, 5 - 2 ** 32, 5 + 2 ** 52, -5, 2 ** 32 - 5];
  expect(new Set(values.map((n) => digestOf(n))).size).toBe(values.length);
});

test('digest: zero and minus zero: are the same integer', () => {
  expect(digestOf(-0)).toBe(digestOf(0));
});

test('digest: reading it: does not end it', () => {
  const digest = new Digest();
  digest.addInt(1);
  digest.hex();
  digest.addInt(2);
  expect(digest.hex()).toBe(digestOf(1, 2));
});

test('digest: all pairs of small integers: no two collide', () => {
  const seen = new Set<string>();
  for (let a = -150; a < 150; a++) for (let b = -150; b < 150; b++) seen.add(digestOf(a, b));
  expect(seen.size).toBe(300 * 300);
});
