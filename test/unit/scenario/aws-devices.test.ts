/** The firewalls of a pair in AWS, their network interfaces and instances: what could not be is told at its place. */

import { describe, expect, test } from 'vitest';
import { awsMistakes, loadAws, resolveAws, type AwsPart } from '../../helpers/aws-pair.ts';
import { both, type Part } from '../../helpers/pair.ts';
import { mistakesOf, pairWith } from '../../helpers/scenario-text.ts';

type Case = readonly [situation: string, part: AwsPart, ...mistakes: string[]];

const second = (part: Part): AwsPart => ({ devices: { 'palo-2': part } });
const instances = (part: Part): AwsPart => ({ mode: 'secondary-ip', aws: { instances: part } });

const CASES: readonly Case[] = [
  [
    'a firewall on hardware',
    { devices: both({ platform: 'PA-3400', hypervisor: null }) },
    'devices.palo-1.platform: expected platform VM-Series and hypervisor aws, since there is aws:, got PA-3400',
    'devices.palo-2.platform: expected platform VM-Series and hypervisor aws, since there is aws:, got PA-3400',
  ],
  [
    'a firewall on another hypervisor',
    { devices: both({ hypervisor: 'kvm' }) },
    'devices.palo-1.hypervisor: expected hypervisor aws, since there is aws:, got kvm',
    'devices.palo-2.hypervisor: expected hypervisor aws, since there is aws:, got kvm',
  ],
  [
    'an address that its network interface does not have',
    second({ interfaces: { 'ethernet1/2': { ip: '10.0.2.12/24' } } }),
    'devices.palo-2.interfaces.ethernet1/2.ip: expected dhcp-client or an address of the network interface behind ethernet1/2 (10.0.2.10), got 10.0.2.12/24',
  ],
  [
    'an interface that no network interface could come behind',
    second({ interfaces: { 'ethernet1/4': { zone: 'dmz', ip: 'dhcp-client' } } }),
    'devices.palo-2.interfaces.ethernet1/4: expected a data port of palo-2 with a network interface behind it, got ethernet1/4 (Did you mean ethernet1/2?)',
  ],
  [
    'a network interface at two instances',
    instances({ private: { 'network-interfaces': ['palo-inside-eni'] } }),
    'aws.instances.private.network-interfaces[0]: expected a network interface that is free, got palo-inside-eni, which is at palo-1, device index 3',
  ],
  [
    'a network interface in another zone than its instance',
    { mode: 'secondary-ip', aws: { subnets: { untrust: { 'availability-zone': 'b' } } } },
    'aws.instances.palo-1.network-interfaces[2]: expected a network interface in availability zone a, where palo-1 is, got palo-outside-eni in b',
    'aws.instances.palo-2.network-interfaces[2]: expected a network interface in availability zone a, where palo-2 is, got palo-outside-secondary-eni in b',
  ],
  [
    'settings of VM-Series at another instance',
    instances({ private: { 'vm-series': { plugin: '3.0.0' } } }),
    'aws.instances.private.vm-series: expected vm-series at a firewall, got it at private',
  ],
  [
    'a plugin without secondary-ip',
    instances({ 'palo-1': { 'vm-series': { plugin: '1.0.13' } } }),
    'aws.instances.palo-1.vm-series.plugin: expected VM-Series plugin 2.0.1 or later for failover-mode secondary-ip (P1), got 1.0.13',
  ],
  [
    'more network interfaces than any instance has',
    instances({ private: { 'network-interfaces': Array.from({ length: 16 }, () => 'private-eni') } }),
    'aws.instances.private.network-interfaces: expected at most 15 network interfaces, got a list of 16',
  ],
];

describe('the firewalls of a pair in AWS', () => {
  test.each(CASES.map(([situation, part, ...mistakes]) => ({ situation, part, mistakes })))(
    'a pair in AWS: $situation: told',
    ({ part, mistakes }) => {
      expect(awsMistakes(part)).toEqual(mistakes);
    },
  );

  test('a device whose instance has another name: told, with that name', () => {
    const instance = { 'network-interfaces': ['palo-mgmt-secondary-eni', 'palo-ha-secondary-eni'] };
    const part: AwsPart = { aws: { instances: { 'palo-2': null, 'palo-02': instance } } };

    expect(awsMistakes(part)).toContain(
      'devices.palo-2: expected an instance of aws.instances for the device palo-2, got none (Did you mean palo-02?)',
    );
  });

  test('no network interface for HA2: told at its port', () => {
    const instance = { 'network-interfaces': ['palo-mgmt-secondary-eni'] };
    const part: AwsPart = { mode: 'secondary-ip', aws: { instances: { 'palo-2': instance } } };

    expect(awsMistakes(part)).toContain(
      'devices.palo-2.high-availability.interface.ha2.port: expected a network interface with palo-2:ethernet1/1 for ha2, got none',
    );
  });

  test('addresses of either firewall, static or by DHCP: right on both, since they are synchronized', () => {
    const interfaces = {
      'ethernet1/2': { zone: 'untrust', ip: '10.0.2.10/24' },
      'ethernet1/3': { zone: 'trust', ip: '10.0.1.11/24' },
    };

    expect(awsMistakes({ mode: 'secondary-ip', devices: both({ interfaces }) })).toEqual([]);
    expect(
      awsMistakes({
        mode: 'interface-move',
        devices: { 'palo-1': { interfaces: { 'ethernet1/2': { ip: '10.0.2.10/24' } } } },
      }),
    ).toEqual([]);
  });

  test('a next hop of an interface with DHCP: has to be in the subnet of its network interface', () => {
    const routes = [{ destination: '0.0.0.0/0', nexthop: '10.0.6.1' }];

    expect(awsMistakes(second({ 'static-route': routes }))).toEqual([
      'devices.palo-2.static-route[0].nexthop: expected a nexthop inside a connected subnet (10.0.2.0/24, 10.0.1.0/24), got 10.0.6.1',
    ]);
  });

  test('path monitoring in AWS: let through', () => {
    const paths = {
      'virtual-router': { default: { 'destination-group': { up: { 'destination-ip': ['10.0.4.10'] } } } },
    };

    expect(awsMistakes({ ha: { monitoring: { 'path-monitoring': paths } } })).toEqual([]);
  });

  test('a firewall with fewer network interfaces than its peer: right, and so is what is synchronized to it', () => {
    const instance = { 'network-interfaces': ['palo-mgmt-secondary-eni', 'palo-ha-secondary-eni'] };

    expect(awsMistakes({ mode: 'secondary-ip', aws: { instances: { 'palo-2': instance } } })).toEqual([]);
  });

  test('the network around a pair in AWS: may be left out with all that it has', () => {
    const loaded = loadAws({ network: null as unknown as Part });

    expect(loaded).toMatchObject({ ok: true });
  });

  test('the links of a pair in AWS: one for every device index that either firewall has', () => {
    const links = (part: AwsPart) => Object.keys(resolveAws(part).network.links);
    const pair = ['palo-1', 'palo-2'].flatMap((name) => [0, 1, 2, 3].map((index) => `${name}-eth${index}`));

    expect(links({ mode: 'interface-move' })).toEqual([...pair, 'private-eth0', 'internet']);
    expect(links({ mode: 'secondary-ip' })).toEqual([...pair, 'private-eth0', 'internet']);
  });

  test('outside of AWS: cables are needed, and dhcp-client has nobody to ask', () => {
    const dhcp = pairWith([
      'ethernet1/1: { zone: untrust, ip: 203.0.113.2/24 }',
      'ethernet1/1: { zone: untrust, ip: dhcp-client }',
    ]);

    expect(mistakesOf('name: x\nuntil: 1s\ndevices: { a: {}, b: {} }')).toContain(
      'expected the key network, got none',
    );
    expect(mistakesOf('name: x\nuntil: 1s\ndevices: { a: {}, b: {} }\nnetwork: {}')).toContain(
      'expected the key links, got none',
    );
    expect(mistakesOf(dhcp)).toContain(
      'expected an IPv4 address with its prefix length, since there is no aws:, got dhcp-client',
    );
  });
});
