import { describe, expect, test } from 'vitest';
import type { DataPathResult } from '../../../src/measure/data-path.ts';
import { dataPathLines } from '../../../src/report/data-path.ts';
import { describeRecord } from '../../../src/report/records.ts';
import { PLAIN } from '../../../src/report/style.ts';
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
