import { expect, test } from 'vitest';
import { drawBackoff } from '../../../src/cloud/backoff.ts';
import { RandomStreams } from '../../../src/kernel/random.ts';
import { critical, distance } from '../../helpers/kolmogorov.ts';

const SECOND_US = 1_000_000;
const RETRY = { backoffUs: SECOND_US, backoffLimitUs: 20 * SECOND_US };

function draws(retry: number, count: number): number[] {
  const stream = new RandomStreams('1').stream('aws/trust/ReplaceRoute/backoff');
  return Array.from({ length: count }, () => drawBackoff(RETRY, retry, stream));
}

for (const [retry, limitUs] of [
  [0, SECOND_US],
  [1, 2 * SECOND_US],
  [4, 16 * SECOND_US],
  [5, 20 * SECOND_US],
  [98, 20 * SECOND_US],
] as const) {
  test(`backoff: retry ${retry}: whole microseconds, uniform from 0 to ${limitUs / SECOND_US} s`, () => {
    const sample = draws(retry, 5_000);

    expect(sample.every((us) => Number.isInteger(us) && us >= 0 && us <= limitUs)).toBe(true);
    expect(distance(sample, (x) => Math.min(1, Math.max(0, x / limitUs)))).toBeLessThan(critical(5_000));
  });
}

test('backoff: a limit of one microsecond: both ends are drawn', () => {
  const stream = new RandomStreams('1').stream('ends');
  const sample = Array.from({ length: 100 }, () =>
    drawBackoff({ backoffUs: 1, backoffLimitUs: 1 }, 0, stream),
  );

  expect(new Set(sample)).toEqual(new Set([0, 1]));
});
