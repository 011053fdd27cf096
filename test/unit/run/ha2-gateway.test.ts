import { describe, expect, test } from 'vitest';
import { runAws, type AwsPart } from '../../helpers/aws-pair.ts';

/** HA interfaces in two subnets, 10.0.3.0/25 and 10.0.3.128/25, and HA2 with these gateways. */
function pair(first: string | null, second: string | null): AwsPart {
  const ha2 = (gateway: string | null, more: object = {}) => ({
    'high-availability': { interface: { ha2: { ...more, ...(gateway === null ? {} : { gateway }) } } },
  });
  return {
    until: '60s',
    ha: { 'state-synchronization': { 'ha2-keep-alive': { enabled: true } } },
    devices: { 'palo-1': ha2(first), 'palo-2': ha2(second, { 'ip-address': '10.0.3.139' }) },
    aws: {
      subnets: {
        ha: { cidr: '10.0.3.0/25' },
        'ha-b': { cidr: '10.0.3.128/25', 'availability-zone': 'a', 'route-table': 'ha' },
      },
      'network-interfaces': { 'palo-ha-secondary-eni': { subnet: 'ha-b', 'private-ip': '10.0.3.139' } },
    },
  };
}

describe('HA2 between subnets of AWS (X29, K8)', () => {
  test.each<[first: string | null, second: string | null, up: boolean]>([
    ['10.0.3.1', '10.0.3.129', true],
    [null, '10.0.3.129', false],
    ['10.0.3.1', null, false],
    ['10.0.3.1', '10.0.3.1', false],
  ])('gateways %s and %s: HA2 works: %s', (first, second, up) => {
    const down = runAws(pair(first, second)).result.records.filter(
      ({ kind, data }) => kind === 'log' && String(data['text']).includes('HA2 keep-alive down'),
    );

    expect(down.length === 0).toBe(up);
  });
});
