import { describe, expect, test } from 'vitest';
import type { DataPathResult } from '../../../src/measure/data-path.ts';
import { dataPathLines } from '../../../src/report/data-path.ts';
import { describeRecord } from '../../../src/report/records.ts';
import { PLAIN } from '../../../src/report/style.ts';
import { toneOf } from '../../../src/report/tones.ts';
import { renderText } from '../../../src/report/text.ts';
import type { RecordData, RecordKind } from '../../../src/run/record.ts';
import { runAws } from '../../helpers/aws-pair.ts';
import { page, result } from '../../helpers/result.ts';

const CLOUD: DataPathResult = {
  mode: 'interface-move',
  assets: [
    { kind: 'network-interface', name: 'outside', owner: 'palo-2' },
    { kind: 'network-interface', name: 'inside', owner: null },
  ],
  ownership: [
    { fromUs: 0, toUs: 20_000_000, active: ['palo-1'], owned: { 'palo-1': 2 } },
    { fromUs: 20_000_000, toUs: 29_000_000, active: [], owned: { 'palo-1': 2 } },
    { fromUs: 29_000_000, toUs: 40_000_000, active: ['palo-2'], owned: { 'palo-1': 1, 'palo-2': 1 } },
    { fromUs: 40_000_000, toUs: 60_000_000, active: ['palo-1', 'palo-2'], owned: {} },
  ],
  activeWithoutUs: 11_000_000,
  calls: [
    {
      action: 'AttachNetworkInterface',
      attempts: 7,
      succeeded: 1,
      throttled: 5,
      failed: 1,
      medianUs: 700_000,
      longestUs: 1_200_000,
    },
  ],
};

describe('dataPathLines', () => {
  test('a takeover that is stuck: role and data path side by side, and what the API was asked', () => {
    expect(page(dataPathLines(result({ cloud: CLOUD }), PLAIN))).toMatchInlineSnapshot(`
      "
      Data path (interface-move, 2 assets)
          from      to  lasts  HA role active     data path
         0.000  20.000    20s  palo-1             palo-1
        20.000  29.000     9s  nobody             palo-1
        29.000  40.000    11s  palo-2             palo-1 1 of 2, palo-2 1 of 2
        40.000  60.000    20s  palo-1 and palo-2  nobody
        active without the whole data path: 11s
        API call                attempts  ok  throttled  failed  median  longest
        AttachNetworkInterface         7   1          5       1   700ms     1.2s
      "
    `);
  });

  test('a pair with cables: nothing', () => {
    expect(dataPathLines(result(), PLAIN)).toEqual([]);
  });
});

describe('sentences', () => {
  const sentence = <K extends RecordKind>(kind: K, data: RecordData[K]): string =>
    describeRecord({ id: 1, timeUs: 0, kind, subject: 'palo-2', cause: 0, data: data as never }, []);

  test('a call: its latency; an error: what comes of it', () => {
    const call = { action: 'ReplaceRoute', target: '0.0.0.0/0 of trust', attempt: 1, latencyUs: 400_000 };

    expect(sentence('api-call', call)).toBe('ReplaceRoute 0.0.0.0/0 of trust: ok after 400ms');
    expect(sentence('api-call', { ...call, error: 'RequestLimitExceeded', retryUs: 1_300_000 })).toBe(
      'ReplaceRoute 0.0.0.0/0 of trust: RequestLimitExceeded after 400ms (attempt 1), again in 1.3s',
    );
    expect(sentence('api-call', { ...call, attempt: 5, error: 'RequestLimitExceeded' })).toBe(
      'ReplaceRoute 0.0.0.0/0 of trust: RequestLimitExceeded after 400ms (attempt 5), given up',
    );
  });

  test('a takeover: what has come of it', () => {
    const mode = 'secondary-ip';

    expect(sentence('takeover', { step: 'begun', mode })).toBe('takes the data path over (secondary-ip)');
    expect(sentence('takeover', { step: 'complete', mode, calls: 5, moved: 3 })).toBe(
      'has the data path: 3 assets moved with 5 calls',
    );
    expect(sentence('takeover', { step: 'complete', mode, calls: 3, moved: 0 })).toBe(
      'has the data path: nothing was to be moved',
    );
    expect(sentence('takeover', { step: 'failed', mode, reason: 'Detach: no' })).toBe(
      'does not get the data path: Detach: no',
    );
  });
});

test('timeline: hundreds of routes at the start: one line', () => {
  const routes = [{ destination: '172.16.0.0/24', target: 'palo-inside-eni', count: 300 }];
  const text = renderText(
    runAws({ mode: 'secondary-ip', aws: { 'route-tables': { trust: { routes } } }, until: '1s' }).result,
  );

  expect(text.split('\n').filter((line) => line.includes('172.16.'))).toHaveLength(1);
  expect(text.replaceAll(/\s+/g, ' ')).toContain('more assets: each is here');
});

test('hundreds of assets that move one by one: one stretch, from how many to how many', () => {
  const moving = Array.from({ length: 60 }, (_, index) => ({
    fromUs: (20 + index) * 1_000_000,
    toUs: (21 + index) * 1_000_000,
    active: ['palo-2'],
    owned: { 'palo-1': 61 - index, 'palo-2': index + 1 },
  }));
  const ownership = [
    { fromUs: 0, toUs: 20_000_000, active: ['palo-1'], owned: { 'palo-1': 62 } },
    ...moving,
    { fromUs: 80_000_000, toUs: 90_000_000, active: ['palo-2'], owned: { 'palo-2': 62 } },
  ];
  const assets = Array.from({ length: 62 }, (_, index) => ({ kind: 'route', name: `${index}`, owner: null }));
  const lines = dataPathLines(result({ cloud: { ...CLOUD, ownership, assets } }), PLAIN);

  expect(lines.slice(2, 5).map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual([
    '0.000 20.000 20s palo-1 palo-1',
    '20.000 80.000 1min palo-2 palo-1 61 to 2 of 62, palo-2 1 to 60 of 62',
    '80.000 90.000 10s palo-2 palo-2',
  ]);
});

test('an address on its way: says where packets go meanwhile', () => {
  const data = { asset: '10.0.2.100', kind: 'private-ip', state: 'moving', owner: 'palo-1' };
  const sentence = (owner: string | null): string =>
    describeRecord(
      { id: 1, timeUs: 0, kind: 'asset', subject: 'palo-2', cause: 0, data: { ...data, owner } },
      [],
    );

  expect(sentence('palo-1')).toBe('10.0.2.100 is on its way; packets still go to palo-1');
  expect(sentence(null)).toBe('10.0.2.100 is on its way; packets still go to nobody');
});

test('tones: errors and failures are red, a data path that has arrived is green', () => {
  const tone = (kind: RecordKind, data: object): string => {
    const styler = Object.fromEntries(
      Object.keys(PLAIN).map((name) => [name, () => name]),
    ) as unknown as typeof PLAIN;
    const record = { id: 1, timeUs: 0, kind, subject: 'palo-2', cause: 0, data: data as never };
    return toneOf({ id: 1, timeUs: 0, kind, subject: 'palo-2', text: '', cause: 0, record }, styler)('plain');
  };

  expect(tone('api-call', { error: 'UnauthorizedOperation' })).toBe('red');
  expect(tone('api-call', {})).toBe('plain');
  expect(['begun', 'complete', 'failed', 'abandoned'].map((step) => tone('takeover', { step }))).toEqual([
    'plain',
    'green',
    'red',
    'yellow',
  ]);
  expect(['usable', 'unusable', 'available', 'attaching'].map((state) => tone('asset', { state }))).toEqual([
    'cyan',
    'red',
    'yellow',
    'dim',
  ]);
});
