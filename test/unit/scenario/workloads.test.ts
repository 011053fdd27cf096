/** Workloads: what they may say, and each wrong one with its place and its hint. */

import { describe, expect, test } from 'vitest';
import { LINUX_TCP } from '../../../src/traffic/tcp.ts';
import { workloadSettings } from '../../../src/run/workloads.ts';
import { loaded, messagesOf, pairWith, sentencesOf, type Change } from '../../helpers/scenario-text.ts';

const ARRIVALS = 'arrivals: { poisson: 5/s }';
const HOLDING = 'holding-time: { exponential: 10s }';

/** Changes of the pair's workload, one of its keys or more of them. */
const arriving = (text: string): Change => [ARRIVALS, `arrivals: ${text}`];
const holding = (text: string): Change => [HOLDING, `holding-time: ${text}`];
const also = (text: string): Change => [HOLDING, `${HOLDING}\n    ${text}`];

const settings = (...changes: Change[]) =>
  workloadSettings('web', loaded(pairWith(...changes)).scenario.workloads['web']!);

const KINDS = 'exponential, lognormal, pareto, uniform, constant or empirical';
const PROCESSES = 'poisson, constant, on-off, diurnal or csv';

describe('workloads: what they say is what the model is told', () => {
  test.each<[string, unknown]>([
    ['{ poisson: 50/s }', { kind: 'poisson', meanGapUs: 20_000 }],
    ['{ constant: 30/min }', { kind: 'constant', meanGapUs: 2_000_000 }],
    [
      '{ on-off: { rate: 100/s, on: 2s, off: 8s } }',
      { kind: 'on-off', meanGapUs: 10_000, meanOnUs: 2_000_000, meanOffUs: 8_000_000 },
    ],
    [
      '{ diurnal: { mean: 10/s, peak: 20/s } }',
      { kind: 'diurnal', meanGapUs: 100_000, peakGapUs: 50_000, periodUs: 86_400_000_000, peakAtUs: 0 },
    ],
    [
      '{ diurnal: { mean: 10/s, peak: 16/s, period: 1h, peak-at: 10min } }',
      { kind: 'diurnal', meanGapUs: 100_000, peakGapUs: 62_500, periodUs: 3.6e9, peakAtUs: 6e8 },
    ],
    ['{ concurrent: 7 }', null],
  ])('arrivals: %s', (text, arrivals) => {
    expect(settings(arriving(text)).arrivals).toEqual(arrivals);
  });

  test('arrivals: sessions from the start beside a process: both', () => {
    expect(settings(arriving('{ concurrent: 300, poisson: 50/s }'))).toMatchObject({
      concurrent: 300,
      arrivals: { kind: 'poisson', meanGapUs: 20_000 },
    });
  });

  test.each<[string, unknown]>([
    ['forever', null],
    ['{ exponential: 10s }', { kind: 'exponential', meanUs: 10_000_000 }],
    ['{ constant: 10s }', { kind: 'constant', valueUs: 10_000_000 }],
    ['{ lognormal: { median: 2s, sigma: 1.5 } }', { kind: 'lognormal', medianUs: 2_000_000, sigma: 1.5 }],
    ['{ pareto: { min: 1s, alpha: 1.2 } }', { kind: 'pareto', minUs: 1_000_000, alpha: 1.2 }],
    ['{ uniform: { min: 1s, max: 2s } }', { kind: 'uniform', minUs: 1_000_000, maxUs: 2_000_000 }],
    [
      '{ empirical: [1s, { value: 200ms, weight: 2.5 }] }',
      { kind: 'empirical', valuesUs: [1_000_000, 200_000], weights: [1, 2.5] },
    ],
  ])('holding-time: %s', (text, distribution) => {
    expect(settings(holding(text)).holding).toEqual(distribution);
  });

  test('packet-interval: a duration is constant, and a distribution is one', () => {
    expect(settings().packetInterval).toEqual({ kind: 'constant', valueUs: 1_000_000 });
    expect(settings(also('packet-interval: { uniform: { min: 1ms, max: 2ms } }')).packetInterval).toEqual({
      kind: 'uniform',
      minUs: 1_000,
      maxUs: 2_000,
    });
  });

  test('tcp: as Linux is, unless told; application: the name, unless told', () => {
    expect(settings()).toMatchObject({ tcp: LINUX_TCP, application: 'web' });
    expect(settings(also('tcp: {}')).tcp).toEqual(LINUX_TCP);
    const told = settings(also('tcp: { max-rto: 5s, syn-retries: 2 }'), also('application: erp'));
    expect(told).toMatchObject({
      tcp: { ...LINUX_TCP, maxRtoUs: 5_000_000, synRetries: 2 },
      application: 'erp',
    });
  });
});

describe('workloads: mistakes', () => {
  test.each<[string, Change, string]>([
    [
      'a negative rate',
      arriving('{ poisson: -5/s }'),
      'pair.yaml:63:26: expected a rate from 1/h to 100000/s, such as 5/s or 30/min, got "-5/s".',
    ],
    [
      'a process that is none',
      arriving('{ poison: 5/s }'),
      'pair.yaml:63:17: expected a key of arrivals, got "poison". Did you mean poisson?',
    ],
    [
      'no arrivals',
      arriving('{}'),
      `pair.yaml:63:15: expected concurrent, or one of ${PROCESSES}, or both, got none.`,
    ],
    [
      'more sessions from the start than any firewall has',
      arriving('{ concurrent: 5000001 }'),
      'pair.yaml:63:29: expected a whole number from 1 to 5000000, got 5000001.',
    ],
    [
      'bursts without a pause',
      arriving('{ on-off: { rate: 5/s, on: 1s } }'),
      'pair.yaml:63:17: expected the key off, got none.',
    ],
    [
      'a peak below the mean',
      arriving('{ diurnal: { mean: 5/s, peak: 4/s } }'),
      'pair.yaml:63:45: expected a peak of at least the mean, got "4/s".',
    ],
    [
      'a peak that no sine has',
      arriving('{ diurnal: { mean: 5/s, peak: 11/s } }'),
      'pair.yaml:63:45: expected a peak of at most twice the mean, which a sine does not exceed, got "11/s".',
    ],
    [
      'a misspelt distribution',
      holding('{ exponetial: 10s }'),
      'pair.yaml:64:21: expected a key of holding-time, got "exponetial". Did you mean exponential?',
    ],
    [
      'an unknown distribution',
      holding('{ gaussian: 10s }'),
      'pair.yaml:64:21: expected one of exponential, lognormal, pareto, uniform, constant, empirical, got "gaussian".',
    ],
    [
      'a duration where a distribution has to be',
      holding('10s'),
      `pair.yaml:64:19: expected forever, or a mapping with ${KINDS}, got "10s".`,
    ],
    [
      'two distributions',
      holding('{ exponential: 10s, constant: 1s }'),
      `pair.yaml:64:19: expected exactly one of ${KINDS}, got exponential and constant.`,
    ],
    [
      'a Pareto tail that does not fall',
      holding('{ pareto: { min: 1s, alpha: 0 } }'),
      'pair.yaml:64:47: expected a number greater than 0 and at most 100, got 0.',
    ],
    [
      'a negative sigma',
      holding('{ lognormal: { median: 1s, sigma: -1 } }'),
      'pair.yaml:64:53: expected a number from 0 to 10, got -1.',
    ],
    [
      'a uniform distribution upside down',
      holding('{ uniform: { min: 2s, max: 1s } }'),
      'pair.yaml:64:46: expected a max of at least min, got "1s".',
    ],
    ['no values', holding('{ empirical: [] }'), 'pair.yaml:64:32: expected at least one value, got none.'],
    [
      'a negative value',
      holding('{ empirical: [1s, -3s] }'),
      'pair.yaml:64:37: expected a duration such as 200ms, 3s or 1min, got "-3s".',
    ],
    [
      'a value without weight',
      holding('{ empirical: [{ value: 2s, weight: 0 }] }'),
      'pair.yaml:64:54: expected a number greater than 0 and at most 1000000, got 0.',
    ],
    [
      'an interval without a unit',
      also('packet-interval: 5'),
      `pair.yaml:65:22: expected a duration such as 200ms, 3s or 1min, or a mapping with ${KINDS}, got 5. Write the unit with the number.`,
    ],
    [
      'no interval',
      also('packet-interval: 0s'),
      'pair.yaml:65:22: expected a duration from 1ms to 1h, got "0s".',
    ],
    [
      'an interval of a misspelt distribution',
      also('packet-interval: { exponentiall: 1s }'),
      'pair.yaml:65:24: expected a key of packet-interval, got "exponentiall". Did you mean exponential?',
    ],
    [
      'no retries',
      also('tcp: { retries: 256 }'),
      'pair.yaml:65:21: expected a whole number from 0 to 255, got 256.',
    ],
    [
      'a form of the model that is none',
      ['until: 3min', 'until: 3min\nflows: packet'],
      'pair.yaml:3:8: expected packets or intervals, got "packet". Did you mean packets?',
    ],
  ])('workloads: %s: told at its place', (_, change, expected) => {
    expect(messagesOf(pairWith(change))).toEqual([expected]);
  });

  test('workloads: TCP’s patience without TCP: told', () => {
    expect(sentencesOf(['protocol: tcp', 'protocol: udp'], also('tcp: { retries: 3 }'))).toEqual([
      'expected tcp only with protocol tcp, got it with udp.',
    ]);
  });
});

describe('workloads: more than a run can hold', () => {
  const LARGE: Change = ['until: 3min', 'until: 3min\nflows: intervals'];
  const open = (got: string, most = 200_000, flows = 'packets'): string =>
    `expected at most ${most} sessions open at once with flows: ${flows}, got ${got}.`;
  const HINT = 'Use flows: intervals, a lower rate or a shorter holding-time.';

  test.each<[string, readonly Change[], string]>([
    ['from the start', [arriving('{ concurrent: 200001 }')], '200001'],
    ['rate × holding time', [arriving('{ poisson: 50000/s }')], 'about 500000'],
    ['both', [arriving('{ concurrent: 150000, poisson: 10000/s }')], 'about 250000'],
    ['rate × length of the run', [arriving('{ constant: 2000/s }'), holding('forever')], 'about 360000'],
    [
      'a tail without a mean',
      [arriving('{ poisson: 2000/s }'), holding('{ pareto: { min: 1s, alpha: 1 } }')],
      'about 360000',
    ],
    [
      'a lognormal mean above its median',
      [arriving('{ poisson: 50000/s }'), holding('{ lognormal: { median: 1s, sigma: 2 } }')],
      'about 369000',
    ],
    [
      'one burst',
      [arriving('{ on-off: { rate: 100000/s, on: 5s, off: 2h } }'), holding('{ constant: 10s }')],
      'about 500000',
    ],
    ['at the peak', [arriving('{ diurnal: { mean: 15000/s, peak: 30000/s } }')], 'about 300000'],
    [
      'weighted values',
      [
        arriving('{ poisson: 50000/s }'),
        holding('{ empirical: [{ value: 8s, weight: 3 }, { value: 40s, weight: 1 }] }'),
      ],
      'about 800000',
    ],
  ])('volume: %s: told at the arrivals with the estimate and a hint', (_, changes, got) => {
    expect(messagesOf(pairWith(...changes))).toEqual([`pair.yaml:63:15: ${open(got)} ${HINT}`]);
    expect(sentencesOf(LARGE, ...changes)).toEqual([]);
  });

  test('volume: the large form: five million', () => {
    const change = arriving('{ concurrent: 4600000, poisson: 50000/s }');
    expect(sentencesOf(LARGE, change)).toEqual([
      `${open('about 5100000', 5_000_000, 'intervals')} Use a lower rate or a shorter holding-time.`,
    ]);
  });

  test('volume: several workloads: told at the largest', () => {
    const more = (name: string, rate: string): string =>
      `\n  ${name}:\n    { from: client, to: server, protocol: udp, port: 53, arrivals: { poisson: ${rate} }, holding-time: { constant: 1s } }`;
    const change: Change = [HOLDING, `${HOLDING}${more('dns', '100000/s')}${more('ntp', '100000/s')}`];
    expect(messagesOf(pairWith(arriving('{ concurrent: 50000 }'), change))).toEqual([
      expect.stringMatching(
        /^pair.yaml:66:.*got about 250000 in all workloads, about 100000 of them here\. Use flows: intervals/,
      ),
    ]);
  });

  test('volume: few sessions of too many packets: told', () => {
    const changes = [arriving('{ poisson: 1000/s }'), also('packet-interval: 1ms')] as const;
    expect(messagesOf(pairWith(...changes))).toEqual([
      `pair.yaml:63:15: expected at most 200000000 packets in the run with flows: packets, got about 1800000000. ${HINT}`,
    ]);
    expect(sentencesOf(LARGE, ...changes)).toEqual([]);
  });

  test('volume: just what is allowed: right', () => {
    expect(sentencesOf(arriving('{ concurrent: 200000 }'))).toEqual([]);
    expect(sentencesOf(LARGE, arriving('{ concurrent: 1000000, poisson: 50000/s }'))).toEqual([]);
  });
});
