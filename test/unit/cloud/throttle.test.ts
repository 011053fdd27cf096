import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket, type BucketSettings } from '../../../src/cloud/throttle.ts';

const SECOND_US = 1_000_000;
const DOCUMENTED: BucketSettings = { capacity: 50, refill: 5 };

/** Asks at each time in turn. @returns the times at which there was a token */
function taken(bucket: TokenBucket, times: readonly number[]): number[] {
  return times.filter((timeUs) => bucket.take(timeUs));
}

/** How many of so many calls at one time get a token. */
function burst(bucket: TokenBucket, timeUs: number, calls: number): number {
  return taken(
    bucket,
    Array.from({ length: calls }, () => timeUs),
  ).length;
}

test('bucket: 500 calls at once: as many as it holds, and no more', () => {
  expect(burst(new TokenBucket(DOCUMENTED), 0, 500)).toBe(50);
});

test('bucket: emptied: the next token is there after 1/refill, and not a microsecond earlier', () => {
  const bucket = new TokenBucket(DOCUMENTED);
  burst(bucket, 0, 50);

  expect(taken(bucket, [199_999, 200_000, 200_001, 399_999, 400_000])).toEqual([200_000, 400_000]);
});

test('bucket: a refill that is no whole number of microseconds for a token: nothing is lost or gained by rounding', () => {
  const bucket = new TokenBucket({ capacity: 1, refill: 3 });
  bucket.take(0);
  const everyMicrosecond = Array.from({ length: SECOND_US }, (_, at) => at + 1);

  expect(taken(bucket, everyMicrosecond)).toEqual([333_334, 666_668]);
  expect(bucket.take(SECOND_US + 1)).toBe(false);
  expect(bucket.take(SECOND_US + 2)).toBe(true);
});

test('bucket: asked without a pause: n calls are through after (n - capacity) / refill', () => {
  const bucket = new TokenBucket(DOCUMENTED);
  const everyMillisecond = Array.from({ length: 100_000 }, (_, at) => at * 1_000);

  const times = taken(bucket, everyMillisecond);

  expect(times[99]).toBe(10 * SECOND_US);
  expect(times[499]).toBe(90 * SECOND_US);
});

test('bucket: idle for a year: it holds its capacity, and not more', () => {
  const bucket = new TokenBucket({ capacity: 100_000, refill: 100_000 });
  burst(bucket, 0, 100_000);

  expect(burst(bucket, 365 * 24 * 3_600 * SECOND_US, 100_001)).toBe(100_000);
});

test('bucket: others call half as often as it refills: half of the refill is left, and the bucket full at first', () => {
  const bucket = new TokenBucket({ capacity: 10, refill: 10 }, 200_000);
  const everyMillisecond = Array.from({ length: 100_000 }, (_, at) => at * 1_000);

  const count = taken(bucket, everyMillisecond).length;

  expect(count).toBeGreaterThanOrEqual(10 + 99 * 5);
  expect(count).toBeLessThanOrEqual(10 + 100 * 5);
});

test('bucket: others call twice as often as it refills: there is never a token, from the beginning', () => {
  const bucket = new TokenBucket(DOCUMENTED, 100_000);
  const everyMillisecond = Array.from({ length: 60_000 }, (_, at) => at * 1_000);

  expect(taken(bucket, everyMillisecond)).toEqual([]);
});

test('bucket: others at the same microsecond: they come first', () => {
  const bucket = new TokenBucket({ capacity: 1, refill: 1 }, SECOND_US);

  expect(bucket.take(SECOND_US - 1)).toBe(true);
  expect(bucket.take(2 * SECOND_US)).toBe(false);
});

/** The same bucket, call by call. */
class PlainBucket {
  #level: number;
  #asOfUs = 0;
  #nextUs: number;
  readonly #settings: BucketSettings;
  readonly #spacingUs: number;

  constructor(settings: BucketSettings, spacingUs: number) {
    this.#settings = settings;
    this.#spacingUs = spacingUs;
    this.#nextUs = spacingUs;
    this.#level = spacingUs * settings.refill < SECOND_US ? 0 : settings.capacity * SECOND_US;
  }

  take(nowUs: number): boolean {
    for (; this.#nextUs <= nowUs; this.#nextUs += this.#spacingUs) this.#one(this.#nextUs);
    return this.#one(nowUs);
  }

  #one(timeUs: number): boolean {
    const { capacity, refill } = this.#settings;
    this.#level = Math.min(capacity * SECOND_US, this.#level + (timeUs - this.#asOfUs) * refill);
    this.#asOfUs = timeUs;
    if (this.#level < SECOND_US) return false;
    this.#level -= SECOND_US;
    return true;
  }
}

test('bucket: whatever it is asked: what it works out at once is what happens call by call', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 10_000, max: 2_000_000 }),
      fc.array(fc.integer({ min: 0, max: 3_000_000 }), { maxLength: 60 }),
      (capacity, refill, spacingUs, gaps) => {
        const bucket = new TokenBucket({ capacity, refill }, spacingUs);
        const plain = new PlainBucket({ capacity, refill }, spacingUs);
        let nowUs = 0;
        for (const gap of gaps) {
          nowUs += gap;
          expect(bucket.take(nowUs)).toBe(plain.take(nowUs));
        }
      },
    ),
    { seed: 1, numRuns: 2_000 },
  );
});
