import { expect, test } from 'vitest';
import { CHANGING_ACTIONS, READING_ACTIONS } from '../../../src/cloud/aws/ec2-actions.ts';
import { LATENCIES, throttleOf, type ThrottlePreset } from '../../../src/cloud/aws/presets.ts';
import { LATENCY_STEPS } from '../../../src/cloud/aws/latency-steps.ts';
import { unpublishedSchema } from '../../../src/scenario/schema/unpublished.ts';

const { 'aws-latency': latency, 'aws-throttle': throttle } = unpublishedSchema.shape;

test('presets: what a scenario may name: there is one for each name, and no other', () => {
  expect(Object.keys(LATENCIES)).toEqual(latency.unwrap().options);
  expect(Object.keys(LATENCIES.reference)).toEqual(LATENCY_STEPS);
  expect(Object.keys(LATENCIES.none)).toEqual(LATENCY_STEPS);
  expect(throttle.unwrap().options.map((name) => throttleOf(name).buckets.ReplaceRoute)).toEqual([
    { capacity: 50, refill: 5 },
    { capacity: 100, refill: 5 },
    { capacity: 140, refill: 4 },
    undefined,
  ]);
});

test.each(['documented', 'calibrated-f5', 'exact-fit'] as const)(
  'throttle %s: every action has a bucket: those that read the documented one',
  (preset: ThrottlePreset) => {
    const { buckets } = throttleOf(preset);

    for (const action of READING_ACTIONS) expect(buckets[action]).toEqual({ capacity: 100, refill: 20 });
    for (const action of CHANGING_ACTIONS) expect(buckets[action]).toEqual(buckets.ReplaceRoute);
  },
);

test('throttle none: no action has a bucket, but one that the scenario gives', () => {
  const buckets = { AttachNetworkInterface: { capacity: 1, refill: 1 } };

  expect(throttleOf('none')).toEqual({ buckets: {}, backgroundUs: {} });
  expect(throttleOf('none', { buckets }).buckets).toEqual(buckets);
});

test('throttle: what a scenario says of one action: holds for that action alone', () => {
  const own = { capacity: 7, refill: 2 };
  const { buckets, backgroundUs } = throttleOf('documented', {
    buckets: { ReplaceRoute: own },
    backgroundUs: { AttachNetworkInterface: 100_000 },
  });

  expect(buckets.ReplaceRoute).toEqual(own);
  expect(buckets.AssociateAddress).toEqual({ capacity: 50, refill: 5 });
  expect(backgroundUs).toEqual({ AttachNetworkInterface: 100_000 });
});
