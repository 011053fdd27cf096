/** Names in `aws:`: each is the name of something, and of one thing; places and nearest words of what is not. */

import { describe, expect, test } from 'vitest';
import { awsMistakes, runAws, type AwsPart } from '../../helpers/aws-pair.ts';
import type { Part } from '../../helpers/pair.ts';

type Case = readonly [situation: string, part: AwsPart, ...mistakes: string[]];

const aws = (part: Part): AwsPart => ({ mode: 'secondary-ip', aws: part });
const at = (action: Part): AwsPart => ({ mode: 'secondary-ip', timeline: [{ at: '1s', ...action }] });
const ping = (part: Part): AwsPart => ({
  probes: { ping: { type: 'ping', from: 'private', to: 'server', ...part } },
});

const SUBNETS = '(mgmt, trust, untrust, ha or private)';
const TABLES = '(public, trust, ha or private)';
const GROUPS = '(palo-mgmt-sg, palo-ha-sg, palo-inside-sg, palo-outside-sg or private-sg)';

const UNKNOWN: readonly Case[] = [
  [
    "a subnet's route table",
    aws({ subnets: { trust: { 'route-table': 'publik' } } }),
    `aws.subnets.trust.route-table: expected the name of a route table ${TABLES}, got "publik" (Did you mean public?)`,
  ],
  [
    'the target of a route',
    aws({
      'route-tables': { trust: { routes: [{ destination: '10.9.0.0/16', target: 'palo-inside-enni' }] } },
    }),
    'aws.route-tables.trust.routes[0].target: expected the name of a network interface, an instance (palo-1, palo-2 or private), a NAT gateway, a transit gateway or internet-gateway, got "palo-inside-enni" (Did you mean palo-inside-eni?)',
  ],
  [
    'the internet gateway, misspelt',
    aws({
      'route-tables': { trust: { routes: [{ destination: '10.9.0.0/16', target: 'internet-gatway' }] } },
    }),
    'aws.route-tables.trust.routes[0].target: expected the name of a network interface, an instance (palo-1, palo-2 or private), a NAT gateway, a transit gateway or internet-gateway, got "internet-gatway" (Did you mean internet-gateway?)',
  ],
  [
    "a rule's security group",
    aws({
      'security-groups': { 'private-sg': { ingress: [{ protocol: 'all', 'security-group': 'slef' }] } },
    }),
    `aws.security-groups.private-sg.ingress[0].security-group: expected the name of a security group ${GROUPS} or self, got "slef" (Did you mean self?)`,
  ],
  [
    "an egress rule's security group",
    aws({
      'security-groups': { 'private-sg': { egress: [{ protocol: 'all', 'security-group': 'palo-sg' }] } },
    }),
    `aws.security-groups.private-sg.egress[0].security-group: expected the name of a security group ${GROUPS} or self, got "palo-sg"`,
  ],
  [
    "a network interface's subnet and security group",
    aws({ 'network-interfaces': { 'private-eni': { subnet: 'privat', 'security-groups': ['private'] } } }),
    `aws.network-interfaces.private-eni.security-groups[0]: expected the name of a security group ${GROUPS}, got "private"`,
    `aws.network-interfaces.private-eni.subnet: expected the name of a subnet ${SUBNETS}, got "privat" (Did you mean private?)`,
  ],
  [
    "an elastic IP's network interface",
    aws({ 'elastic-ips': { 'outside-ip': { 'network-interface': 'palo-outside', 'private-ip': null } } }),
    'aws.elastic-ips.outside-ip.network-interface: expected the name of a network interface, got "palo-outside" (Did you mean palo-outside-eni?)',
  ],
  [
    "an instance's network interface and profile",
    aws({ instances: { private: { 'network-interfaces': ['privat-eni'], 'iam-instance-profile': 'palo' } } }),
    'aws.instances.private.iam-instance-profile: expected the name of an instance profile (palo-ha), got "palo"',
    'aws.instances.private.network-interfaces[0]: expected the name of a network interface, got "privat-eni" (Did you mean private-eni?)',
  ],
  [
    "a profile's route table",
    aws({ 'iam-instance-profiles': { 'palo-ha': { 'route-tables': ['privte'] } } }),
    `aws.iam-instance-profiles.palo-ha.route-tables[0]: expected the name of a route table ${TABLES}, got "privte" (Did you mean private?)`,
  ],
  [
    "a NAT gateway's subnet and elastic IP",
    aws({ 'nat-gateways': { nat: { subnet: 'untrusted', 'elastic-ip': 'nat-ip' } } }),
    'aws.nat-gateways.nat.elastic-ip: expected the name of an elastic IP (mgmt-primary-ip, outside-ip or mgmt-secondary-ip), got "nat-ip"',
    `aws.nat-gateways.nat.subnet: expected the name of a subnet ${SUBNETS}, got "untrusted" (Did you mean untrust?)`,
  ],
  [
    'the subnets of endpoints and transit gateways',
    aws({
      'vpc-endpoints': { ec2: { subnets: ['mgmt', 'mgmt2'] } },
      'transit-gateways': { tgw: { subnets: ['thrust'] } },
    }),
    `aws.transit-gateways.tgw.subnets[0]: expected the name of a subnet ${SUBNETS}, got "thrust" (Did you mean trust?)`,
    `aws.vpc-endpoints.ec2.subnets[1]: expected the name of a subnet ${SUBNETS}, got "mgmt2" (Did you mean mgmt?)`,
  ],
  [
    "a load balancer's target",
    aws({ 'load-balancers': { nlb: { targets: ['palo-1', 'palo-outside-eni', 'palo-3'] } } }),
    'aws.load-balancers.nlb.targets[2]: expected the name of a network interface or an instance (palo-1, palo-2 or private), got "palo-3" (Did you mean palo-1?)',
  ],
  [
    'the network interface of a stall',
    aws({
      api: {
        stalls: [{ action: 'DetachNetworkInterface', 'network-interface': 'palo-out-eni', for: '1min' }],
      },
    }),
    'aws.api.stalls[0].network-interface: expected the name of a network interface, got "palo-out-eni" (Did you mean palo-outside-eni?)',
  ],
  [
    'the instance that is terminated',
    at({ 'terminate-instance': 'palo-3' }),
    'timeline[0].terminate-instance: expected the name of a device (palo-1 or palo-2), got "palo-3" (Did you mean palo-1?)',
  ],
  [
    'the security group that loses a rule',
    at({ 'revoke-security-group-ingress': { 'security-group': 'mgmt-sg', protocol: 'icmp' } }),
    `timeline[0].revoke-security-group-ingress.security-group: expected the name of a security group ${GROUPS}, got "mgmt-sg"`,
  ],
  [
    'the firewall that cannot reach the API',
    at({ 'api-unavailable': 'palo2' }),
    'timeline[0].api-unavailable: expected the name of a device (palo-1 or palo-2) or all, got "palo2" (Did you mean palo-2?)',
  ],
  [
    'the link of a network interface that is not there',
    at({ blackhole: { link: 'private-eth1' } }),
    'timeline[0].blackhole.link: expected the name of a link, got "private-eth1" (Did you mean private-eth0?)',
  ],
  [
    'an end that the link of a network interface does not have',
    at({ blackhole: { link: 'palo-1-eth2', direction: { from: 'palo-1' } } }),
    'timeline[0].blackhole.direction.from: expected an end of palo-1-eth2 (palo-1:ethernet1/2 or vpc:palo-1-eth2), got "palo-1"',
  ],
  [
    'a host that is neither in the VPC nor in the internet',
    ping({ from: 'privat' }),
    'probes.ping.from: expected the name of a host (server or private), got "privat" (Did you mean private?)',
  ],
  [
    'a firewall, as a host',
    ping({ from: 'palo-1' }),
    'probes.ping.from: expected the name of a host (server or private), got "palo-1"',
  ],
];

const TWICE: readonly Case[] = [
  [
    'an instance like a network interface',
    aws({ instances: { 'private-eni': { 'network-interfaces': ['private-eni'] }, private: null } }),
    'aws.instances.private-eni: expected a name of its own for the instance, got private-eni, which a network interface has',
  ],
  [
    'a network interface like the internet gateway',
    aws({
      'network-interfaces': {
        'internet-gateway': {
          subnet: 'private',
          'private-ip': '10.0.4.9',
          'security-groups': ['private-sg'],
        },
      },
    }),
    'aws.network-interfaces.internet-gateway: expected a name of its own for the network interface, got internet-gateway, which is the internet gateway',
  ],
  [
    'an instance like a host of the internet',
    aws({ instances: { server: { 'network-interfaces': ['private-eni'] }, private: null } }),
    'aws.instances.server: expected a name of its own for the instance, got "server", which a host has',
  ],
  [
    'a switch like the VPC',
    { network: { switches: { vpc: {} } } },
    'network.switches.vpc: expected a name of its own for the switch, got "vpc", which the VPC has',
  ],
  [
    'a link like a network interface',
    { network: { links: { internet: null, 'palo-2-eth3': { between: ['server', 'internet-gateway'] } } } },
    'network.links.palo-2-eth3: expected a name of its own for the link, got palo-2-eth3, which a network interface has',
  ],
];

const LINKS: readonly Case[] = [
  [
    'at a port of a firewall',
    { network: { links: { more: { between: ['palo-1:ethernet1/4', 'internet-gateway'] }, internet: null } } },
    'network.links.more.between[0]: expected no link at palo-1, whose ports are network interfaces of aws.instances, got "palo-1:ethernet1/4" (What is outside of AWS is behind internet-gateway.)',
  ],
  [
    'at an instance',
    { network: { links: { more: { between: ['private', 'internet-gateway'] }, internet: null } } },
    'network.links.more.between[0]: expected no link at private, whose ports are network interfaces of aws.instances, got "private" (What is outside of AWS is behind internet-gateway.)',
  ],
  [
    'at a port of the internet gateway',
    { network: { links: { internet: { between: ['server', 'internet-gateway:eth0'] } } } },
    'network.links.internet.between[1]: expected internet-gateway without a port, got "internet-gateway:eth0"',
  ],
  [
    'at the internet gateway, twice',
    {
      network: {
        hosts: { other: { ip: '198.51.100.11/24' } },
        links: { more: { between: ['other', 'internet-gateway'] } },
      },
    },
    'network.links.more.between[1]: expected internet-gateway in one link only, got it in internet and more',
  ],
];

describe('names in AWS', () => {
  test.each(UNKNOWN.map(([situation, part, ...mistakes]) => ({ situation, part, mistakes })))(
    'a name in AWS: $situation: told at its place, with the nearest right one',
    ({ part, mistakes }) => {
      expect(awsMistakes(part).toSorted()).toEqual(mistakes);
    },
  );

  test.each(TWICE.map(([situation, part, ...mistakes]) => ({ situation, part, mistakes })))(
    'a name of two things: $situation: told',
    ({ part, mistakes }) => {
      expect(awsMistakes(part)).toEqual(mistakes);
    },
  );

  test.each(LINKS.map(([situation, part, ...mistakes]) => ({ situation, part, mistakes })))(
    'a link in AWS: $situation: told',
    ({ part, mistakes }) => {
      expect(awsMistakes(part)).toEqual(mistakes);
    },
  );

  test('an internet gateway that is not there: told at every route, edge association and link to it', () => {
    const part = aws({
      'internet-gateway': null,
      'route-tables': { ha: { 'edge-association': 'internet-gateway' } },
    });
    const missing = 'expected the key internet-gateway in aws: for a';

    expect(awsMistakes(part).toSorted()).toEqual([
      `aws.route-tables.ha.edge-association: ${missing} route to it, got none`,
      `aws.route-tables.public.routes[0].target: ${missing} route to it, got none`,
      `network.links.internet.between[1]: ${missing} link to it, got none`,
    ]);
  });

  test('names that every object of JavaScript has: names of nothing, as others', () => {
    const part = aws({
      instances: { private: { 'network-interfaces': ['constructor'] } },
      'elastic-ips': { 'outside-ip': { 'network-interface': 'toString', 'private-ip': null } },
      'network-interfaces': { 'private-eni': { subnet: 'valueOf' } },
      'nat-gateways': { nat: { subnet: 'hasOwnProperty', 'elastic-ip': 'constructor' } },
    });

    expect(awsMistakes(part)).toHaveLength(5);
  });

  test('actions of AWS without aws: told at each', () => {
    const rule = { 'security-group': 'mgmt', protocol: 'icmp' };
    const part: AwsPart = {
      aws: null as unknown as Part,
      timeline: [
        { at: '1s', 'revoke-security-group-ingress': rule },
        { at: '2s', 'api-unavailable': 'all' },
        { at: '3s', 'terraform-apply': 'all' },
      ],
    };
    const told = awsMistakes(part).filter((mistake) => mistake.startsWith('timeline'));

    expect(told).toEqual([
      'timeline[0].revoke-security-group-ingress: expected aws: in a scenario with revoke-security-group-ingress, got none',
      'timeline[1].api-unavailable: expected aws: in a scenario with api-unavailable, got none',
      'timeline[2].terraform-apply: expected aws: in a scenario with terraform-apply, got none',
    ]);
  });

  test('a gateway of HA2 without aws: told, for HA2 is a cable there', () => {
    const ha2 = { gateway: '10.0.3.1' };
    const part: AwsPart = {
      aws: null as unknown as Part,
      ha: { interface: { ha2: { port: 'ethernet1/1', ...ha2 } } },
      devices: { 'palo-2': { 'high-availability': { interface: { ha2 } } } },
    };

    expect(awsMistakes(part).filter((mistake) => mistake.includes('ha2'))).toEqual([
      'devices.palo-2.high-availability.interface.ha2.gateway: expected aws: in a scenario with gateway, got none',
      'high-availability.interface.ha2.gateway: expected aws: in a scenario with gateway, got none',
    ]);
  });

  test('expectations of AWS without aws: told at each', () => {
    const expected = [
      { failover: 1, cloud: '< 20s' },
      { 'api-calls': 'ReplaceRoute', succeeded: 1 },
      { never: { owner: { eni: 'palo-1' } } },
    ];
    const told = awsMistakes({ aws: null as unknown as Part, expect: expected });

    expect(told.filter((mistake) => mistake.startsWith('expect'))).toEqual([
      'expect[0].cloud: expected aws: in a scenario with cloud, got none',
      'expect[1].api-calls: expected aws: in a scenario with api-calls, got none',
      'expect[2].never.owner: expected aws: in a scenario with owner, got none',
    ]);
  });

  test.each<[mode: 'interface-move' | 'secondary-ip', owner: Part, ...mistakes: string[]]>([
    ['interface-move', { 'palo-outside-eni': 'palo-2', 'palo-inside-eni': 'none' }],
    ['secondary-ip', { '10.0.2.100': 'palo-1', 'outside-ip': 'palo-2', '0.0.0.0/0 of private': 'none' }],
    [
      'interface-move',
      { 'palo-outsid-eni': 'palo-2' },
      'expect[0].never.owner.palo-outsid-eni: expected the name of what a takeover moves (palo-outside-eni or palo-inside-eni), got "palo-outsid-eni" (Did you mean palo-outside-eni?)',
    ],
    [
      'interface-move',
      { 'palo-ha-primary-eni': 'palo-1', '10.0.2.100': 'palo-1', '0.0.0.0/0 of private': 'palo-1' },
      ...['palo-ha-primary-eni', '10.0.2.100', '0.0.0.0/0 of private'].map(
        (name) =>
          `expect[0].never.owner.${name}: expected the name of what a takeover moves (palo-outside-eni or palo-inside-eni), got "${name}"`,
      ),
    ],
    [
      'secondary-ip',
      { '0.0.0.0/1 of private': 'palo-1' },
      'expect[0].never.owner.0.0.0.0/1 of private: expected the name of what a takeover moves (10.0.2.100, 10.0.1.100 or outside-ip), got "0.0.0.0/1 of private"',
    ],
    [
      'interface-move',
      { 'palo-inside-eni': 'palo-3' },
      'expect[0].never.owner.palo-inside-eni: expected the name of a device (palo-1 or palo-2) or none, got "palo-3" (Did you mean palo-1?)',
    ],
  ])('owners in %s: %j', (mode, owner, ...mistakes) => {
    expect(awsMistakes({ mode, expect: [{ never: { owner } }] })).toEqual(mistakes);
  });

  test('a route that is one of many that are counted: it has an owner, the one after the last has none', () => {
    const routes = [{ destination: '172.16.0.0/24', target: 'palo-inside-eni', count: 300 }];
    const mistakes = (cidr: string): string[] =>
      awsMistakes({
        ...aws({ 'route-tables': { private: { routes } } }),
        expect: [{ never: { owner: { [`${cidr} of private`]: 'palo-1' } } }],
      });

    expect([mistakes('172.16.0.0/24'), mistakes('172.17.43.0/24')]).toEqual([[], []]);
    for (const cidr of ['172.17.44.0/24', '172.16.0.0/25', '172.16.0.1/24', '172.016.0.0/24'])
      expect(mistakes(cidr)).toHaveLength(1);
  });

  test.each(['interface-move', 'secondary-ip'] as const)(
    '%s: everything whose owner a run tells can be expected',
    (mode) => {
      const { result } = runAws({ mode, until: '1s' });
      const owner = Object.fromEntries((result.cloud?.assets ?? []).map(({ name }) => [name, 'palo-1']));

      expect(Object.keys(owner).length).toBeGreaterThan(1);
      expect(awsMistakes({ mode, expect: [{ always: { owner } }] })).toEqual([]);
    },
  );

  test('names that are right: links and ports of network interfaces, instances as hosts, self and all: nothing is said', () => {
    const timeline = [
      { at: '1s', 'link-down': 'palo-1-eth0', for: '1s' },
      { at: '2s', blackhole: { link: 'palo-2-eth3', direction: { from: 'vpc:palo-2-eth3' } } },
      { at: '3s', 'interface-down': 'palo-2:ethernet1/3' },
      { at: '4s', 'api-unavailable': 'all', for: '1s' },
      { at: '5s', 'api-unavailable': 'palo-1' },
      { at: '6s', 'terminate-instance': 'palo-1' },
    ];

    // With interface-move, palo-2 may come to have what palo-1 has.
    expect(awsMistakes({ ...ping({ to: '10.0.1.10' }), timeline })).toEqual([]);
    expect(awsMistakes({ ...ping({ from: 'server', to: '203.0.113.20' }), mode: 'secondary-ip' })).toEqual(
      [],
    );
  });
});
