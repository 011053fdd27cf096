import { expect, test } from 'vitest';
import { LATENCIES } from '../../../src/cloud/aws/presets.ts';
import { latencySampler, type LatencyDistribution } from '../../../src/cloud/latency.ts';
import type { LatencyStep } from '../../../src/cloud/aws/latency-steps.ts';
import { RandomStreams } from '../../../src/kernel/random.ts';
import { critical, distance, standardNormal, type Distributed } from '../../helpers/kolmogorov.ts';

const COUNT = 20_000;

function draws(latency: LatencyDistribution, factor = 1, count = COUNT): number[] {
  const draw = latencySampler(latency, new RandomStreams('1').stream('aws/palo-outside-eni/step'));
  return Array.from({ length: count }, () => draw(factor));
}

function median(sample: readonly number[]): number {
  return sample.toSorted((a, b) => a - b)[Math.floor(sample.length / 2)] as number;
}

/** F of the body. */
function body({ medianUs, sigma }: LatencyDistribution, factor = 1): Distributed {
  return (x) => (x <= 0 ? 0 : standardNormal(Math.log(x / (medianUs * factor)) / sigma));
}

const STEPS = Object.entries(LATENCIES.reference) as [LatencyStep, LatencyDistribution][];

test.each(STEPS)(
  'latency of %s: without its stalls: lognormal with the median and sigma of 7.1',
  (_, step) => {
    const sample = draws({ ...step, tail: null });

    expect(distance(sample, body(step))).toBeLessThan(critical(COUNT));
    expect(median(sample) / step.medianUs).toBeCloseTo(1, 1);
  },
);

test.each(STEPS.filter(([, { tail }]) => tail !== null))(
  'latency of %s: its stalls: as many as its share says, and as long',
  (_, step) => {
    const tail = step.tail as NonNullable<LatencyDistribution['tail']>;
    // Without a body what is left is the stall alone.
    const sample = draws({ ...step, medianUs: 0 }, 1, 200_000);
    const stalls = sample.filter((us) => us > 0);

    const expected = tail.share * sample.length;
    expect(Math.abs(stalls.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
    const uniform: Distributed = (x) =>
      Math.min(1, Math.max(0, (x - tail.minUs) / (tail.maxUs - tail.minUs)));
    expect(distance(stalls, uniform)).toBeLessThan(critical(stalls.length));
  },
);

test('latency: the mood of the region: multiplies the body, not the stall', () => {
  const step = LATENCIES.reference.detach;
  const sample = draws({ ...step, tail: null }, 2);
  const stalls = { ...step, medianUs: 0 };

  expect(distance(sample, body(step, 2))).toBeLessThan(critical(COUNT));
  expect(draws(stalls, 2)).toEqual(draws(stalls, 1));
});

test('latency: another share of stalls: no body is drawn differently', () => {
  const step = LATENCIES.reference.attach;
  const tail = step.tail as NonNullable<LatencyDistribution['tail']>;
  const never = draws({ ...step, tail: { ...tail, share: 0 } });
  const often = draws({ ...step, tail: { ...tail, share: 0.25 } });

  const extra = often.map((us, index) => us - (never[index] as number));

  expect(extra.filter((us) => us === 0).length / COUNT).toBeCloseTo(0.75, 1);
  expect(extra.every((us) => us === 0 || (us >= tail.minUs && us <= tail.maxUs))).toBe(true);
});

test('latency: none: nothing takes any time', () => {
  for (const step of Object.values(LATENCIES.none)) expect(draws(step, 1.7, 3)).toEqual([0, 0, 0]);
});
