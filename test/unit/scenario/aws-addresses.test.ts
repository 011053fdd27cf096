/** Addresses in AWS: blocks, private addresses, elastic IPs and routes that AWS would not give, each told at its place. */

import { describe, expect, test } from 'vitest';
import { MAX_ROUTES } from '../../../src/scenario/limits.ts';
import { awsMistakes, type AwsPart } from '../../helpers/aws-pair.ts';
import type { Part } from '../../helpers/pair.ts';

type Case = readonly [situation: string, part: AwsPart, ...mistakes: string[]];

const aws = (part: Part): AwsPart => ({ mode: 'secondary-ip', aws: part });
const subnet = (cidr: string): AwsPart => aws({ subnets: { spare: { cidr, 'route-table': 'private' } } });
const inside = (part: Part): AwsPart => aws({ 'network-interfaces': { 'palo-inside-eni': part } });
const eni = (ip: string): Part => {
  return { subnet: 'private', 'private-ip': ip, 'security-groups': ['private-sg'] };
};
const elastic = (part: Part): AwsPart =>
  aws({ 'elastic-ips': { more: { 'public-ip': '203.0.113.40', ...part } } });
const routes = (...list: Part[]): AwsPart => {
  const all = list.map((route) => ({ target: 'palo-inside-eni', ...route }));
  return aws({ 'route-tables': { private: { routes: all } } });
};

const BLOCKS: readonly Case[] = [
  [
    'a VPC larger than AWS has it',
    aws({ vpc: { cidr: '10.0.0.0/8' } }),
    'aws.vpc.cidr: expected a block from /16 to /28, as AWS has it, got 10.0.0.0/8',
  ],
  [
    'a subnet smaller than AWS has it',
    subnet('10.0.5.0/29'),
    'aws.subnets.spare.cidr: expected a block from /16 to /28, as AWS has it, got 10.0.5.0/29',
  ],
  [
    'a subnet outside of the VPC',
    subnet('10.0.8.0/24'),
    'aws.subnets.spare.cidr: expected a block within that of the VPC (10.0.0.0/21), got 10.0.8.0/24',
  ],
  [
    'a subnet over another',
    subnet('10.0.3.64/26'),
    'aws.subnets.spare.cidr: expected a block apart from that of ha (10.0.3.0/25), got 10.0.3.64/26',
  ],
];

const NOT_FREE =
  'expected an address of subnet trust that is free (AWS keeps the first four and the last for itself)';
const SECONDARY = 'aws.network-interfaces.palo-inside-eni.secondary-private-ips';

const PRIVATE: readonly Case[] = [
  [
    'of another subnet',
    inside({ 'secondary-private-ips': ['10.0.1.100', '10.0.2.101'] }),
    `${SECONDARY}[1]: expected an address of subnet trust (10.0.1.0/24), got 10.0.2.101`,
  ],
  ...['10.0.1.0', '10.0.1.1', '10.0.1.2', '10.0.1.3', '10.0.1.255'].map((ip): Case => {
    return [
      `that AWS keeps: ${ip}`,
      inside({ 'secondary-private-ips': [ip] }),
      `${SECONDARY}[0]: ${NOT_FREE}, got ${ip}`,
    ];
  }),
  [
    'of another network interface',
    aws({ 'network-interfaces': { more: eni('10.0.4.10') } }),
    'aws.network-interfaces.more.private-ip: expected an address of its own, got 10.0.4.10, which private-eni has',
  ],
  [
    'twice on one network interface',
    inside({ 'secondary-private-ips': ['10.0.1.10'] }),
    `${SECONDARY}[0]: expected an address of its own, got 10.0.1.10, which palo-inside-eni has`,
  ],
  [
    'more of them than the instance type has',
    inside({ 'secondary-private-ips': Array.from({ length: 15 }, (_, index) => `10.0.1.${100 + index}`) }),
    `${SECONDARY}: expected at most 14 secondary addresses, since palo-1 is of type m5.xlarge, got 15`,
  ],
];

const PUBLIC: readonly Case[] = [
  [
    'of another elastic IP',
    elastic({ 'public-ip': '203.0.113.10' }),
    'aws.elastic-ips.more.public-ip: expected another public-ip than mgmt-primary-ip, got 203.0.113.10',
  ],
  [
    "in the internet gateway's own subnet",
    elastic({ 'public-ip': '198.51.100.40' }),
    "aws.elastic-ips.more.public-ip: expected an address outside of the internet gateway's own subnet (198.51.100.1/24), got 198.51.100.40",
  ],
  [
    'for an address of another network interface',
    elastic({ 'network-interface': 'palo-inside-eni', 'private-ip': '10.0.2.10' }),
    'aws.elastic-ips.more.private-ip: expected an address of palo-inside-eni (10.0.1.10 or 10.0.1.100), got 10.0.2.10',
  ],
  [
    'for an address of nobody',
    elastic({ 'private-ip': '10.0.2.10' }),
    'aws.elastic-ips.more.private-ip: expected a network-interface beside private-ip, got none',
  ],
  [
    'for an address that has one',
    elastic({ 'network-interface': 'palo-mgmt-primary-eni' }),
    'aws.elastic-ips.more: expected a private address without an elastic IP, got 10.0.0.10, which mgmt-primary-ip has',
  ],
  [
    'that is in use, for a NAT gateway',
    aws({ 'nat-gateways': { nat: { subnet: 'untrust', 'elastic-ip': 'outside-ip' } } }),
    'aws.nat-gateways.nat.elastic-ip: expected an elastic IP for nat alone, got outside-ip, which palo-outside-eni has',
  ],
  [
    'that a host of the internet has',
    { network: { hosts: { other: { ip: '203.0.113.20/24' } } } },
    'network.hosts.other.ip: expected an address of its own, got 203.0.113.20, which outside-ip has',
  ],
  [
    'of the VPC, at a host of the internet',
    { network: { hosts: { other: { ip: '10.0.4.77/24' } } } },
    'network.hosts.other.ip: expected an address outside of the VPC (10.0.0.0/21), got 10.0.4.77/24',
  ],
  [
    'of the internet gateway, at a host',
    { network: { hosts: { server: { ip: '198.51.100.1/24', gateway: null } } } },
    'network.hosts.server.ip: expected an address of its own, got 198.51.100.1, which the internet gateway has',
  ],
];

const ROUTES: readonly Case[] = [
  [
    'one destination twice',
    routes(
      { destination: '0.0.0.0/0' },
      { destination: '192.168.0.0/16' },
      { destination: '192.168.1.1/16' },
    ),
    'aws.route-tables.private.routes[2].destination: expected a destination of its own in the table, got 192.168.1.1/16, which routes[1] has',
  ],
  [
    'one destination among those of a count',
    routes({ destination: '172.16.0.0/24', count: 256 }, { destination: '172.16.255.0/24' }),
    'aws.route-tables.private.routes[1].destination: expected a destination of its own in the table, got 172.16.255.0/24, which routes[0] has',
  ],
  [
    'the block of the VPC',
    routes({ destination: '10.0.0.0/21' }),
    'aws.route-tables.private.routes[0].destination: expected another block than that of the VPC, which has its own route to itself, got 10.0.0.0/21',
  ],
  [
    'blocks behind the last address',
    routes({ destination: '255.255.255.0/24', count: 2 }),
    'aws.route-tables.private.routes[0].count: expected blocks of addresses up to 255.255.255.255, got 2 from 255.255.255.0/24 on',
  ],
  [
    'more of them than a run could look through',
    routes(
      { destination: '172.16.0.0/24', count: 1000 },
      { destination: '172.20.0.0/24', count: 999 },
      { destination: '172.30.0.0/24', count: 1 },
    ),
    `aws.route-tables.private.routes[2]: expected at most ${MAX_ROUTES} routes in all tables, got more`,
  ],
  [
    'two tables for what comes in from the internet',
    aws({
      'route-tables': {
        ha: { 'edge-association': 'internet-gateway' },
        trust: { 'edge-association': 'internet-gateway' },
      },
    }),
    'aws.route-tables.ha.edge-association: expected one route table with edge-association, got it at trust and ha',
  ],
];

const named = (cases: readonly Case[]) =>
  cases.map(([situation, part, ...mistakes]) => ({ situation, part, mistakes }));

describe('addresses in AWS', () => {
  test.each(named(BLOCKS))('a block: $situation: told', ({ part, mistakes }) => {
    expect(awsMistakes(part)).toEqual(mistakes);
  });

  test.each(named(PRIVATE))('a private address: $situation: told', ({ part, mistakes }) => {
    expect(awsMistakes(part)).toEqual(mistakes);
  });

  test.each(named(PUBLIC))('a public address: $situation: told', ({ part, mistakes }) => {
    expect(awsMistakes(part)).toEqual(mistakes);
  });

  test.each(named(ROUTES))('routes: $situation: told', ({ part, mistakes }) => {
    expect(awsMistakes(part)).toEqual(mistakes);
  });

  test('what AWS gives: the first and last free address, as many as the type has, blocks side by side: nothing is said', () => {
    const most = Array.from({ length: 14 }, (_, index) => `10.0.1.${100 + index}`);

    expect(awsMistakes(subnet('10.0.3.128/25'))).toEqual([]);
    expect(awsMistakes(subnet('10.0.5.0/28'))).toEqual([]);
    expect(awsMistakes(inside({ 'secondary-private-ips': ['10.0.1.4', '10.0.1.254'] }))).toEqual([]);
    expect(awsMistakes(inside({ 'secondary-private-ips': most }))).toEqual([]);
    expect(awsMistakes(routes({ destination: '255.255.254.0/24', count: 2 }))).toEqual([]);
    expect(awsMistakes(routes({ destination: '10.0.2.0/24' }, { destination: '10.0.2.0/25' }))).toEqual([]);
  });

  test('several mistakes of several kinds: all are told at once', () => {
    const part = aws({
      subnets: { spare: { cidr: '10.0.9.0/24', 'route-table': 'privat' } },
      'network-interfaces': { more: eni('10.0.4.1') },
      'elastic-ips': { more: { 'public-ip': '203.0.113.10' } },
    });

    expect(awsMistakes(part)).toHaveLength(4);
  });
});
