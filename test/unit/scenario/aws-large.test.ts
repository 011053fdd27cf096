/** A VPC as large as a file can hold: right or wrong, it is checked within seconds. */

import { expect, test } from 'vitest';
import { loadAws } from '../../helpers/aws-pair.ts';
import type { Part } from '../../helpers/pair.ts';

const many = (count: number, entry: (index: number) => readonly [string, unknown]): Part =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));
const list = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => item(index));

const interfaces = (count: number, subnet: (index: number) => string): Part => ({
  'network-interfaces': many(count, (index) => [
    `eni-${index}`,
    { subnet: subnet(index), 'private-ip': `10.0.4.${index % 256}`, 'security-groups': ['private-sg'] },
  ]),
});
const stall = (name: string): Part => {
  return { action: 'DetachNetworkInterface', 'network-interface': name, for: '1s' };
};

const LARGE: readonly (readonly [situation: string, aws: Part])[] = [
  ['network interfaces', interfaces(9_000, () => 'private')],
  ['network interfaces of subnets that are not there', interfaces(9_000, (index) => `subnet-${index}`)],
  [
    'names that are nearly those of as many',
    {
      ...interfaces(4_000, () => 'private'),
      api: { stalls: list(4_000, (index) => stall(`enii-${index}`)) },
    },
  ],
  [
    'names that are those of as many',
    { ...interfaces(4_000, () => 'private'), api: { stalls: list(4_000, (index) => stall(`eni-${index}`)) } },
  ],
  [
    'subnets',
    {
      vpc: { cidr: '10.0.0.0/8' },
      subnets: many(9_000, (index) => {
        const cidr = `10.${16 + Math.floor(index / 256)}.${index % 256}.0/28`;
        return [`subnet-${index}`, { cidr, 'route-table': 'private' }];
      }),
    },
  ],
  [
    'instances',
    { instances: many(9_000, (index) => [`i-${index}`, { 'network-interfaces': [`eni-${index}`] }]) },
  ],
  [
    'elastic IPs',
    { 'elastic-ips': many(9_000, (index) => [`ip-${index}`, { 'public-ip': '203.0.113.10' }]) },
  ],
  [
    'routes',
    {
      'route-tables': {
        private: {
          routes: list(9_000, () => ({ destination: '0.0.0.0/0', target: 'palo-inside-eni', count: 1000 })),
        },
      },
    },
  ],
];

test.each(LARGE)('a VPC with thousands of %s: its mistakes are told within seconds', (_situation, aws) => {
  const before = performance.now();

  const loaded = loadAws({ mode: 'secondary-ip', aws });

  expect(loaded.ok).toBe(false);
  expect(performance.now() - before).toBeLessThan(20_000);
});
