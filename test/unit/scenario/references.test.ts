/** References: one changed line in a right scenario, and the one mistake that it makes. */

import { describe, expect, test } from 'vitest';
import { sentencesOf as mistakes, type Change } from '../../helpers/scenario-text.ts';

const P2_PRIORITY = 'election-option: { device-priority: 110 }';

describe('names', () => {
  test.each<[string, Change, string]>([
    [
      'a device',
      ['suspend: palo-2', 'suspend: palo-3'],
      'expected the name of a device (palo-1 or palo-2), got "palo-3". Did you mean palo-1?',
    ],
    [
      'a host of a probe',
      ['to: server, interval', 'to: servr, interval'],
      'expected the name of a host (client or server) or an address, got "servr". Did you mean server?',
    ],
    [
      'a host of a workload',
      ['from: client\n', 'from: cliant\n'],
      'expected the name of a host (client or server), got "cliant". Did you mean client?',
    ],
    [
      'a probe',
      ['probe: ping', 'probe: pin'],
      'expected the name of a probe (ping), got "pin". Did you mean ping?',
    ],
    [
      'a zone of a direction',
      ['expect:\n', "expect:\n  - { availability: '> 99 %', zones: trust → untrst }\n"],
      'expected the name of a zone (untrust or trust), got "untrst". Did you mean untrust?',
    ],
    [
      'a device of a condition',
      ['role: { palo-2', 'role: { palo2'],
      'expected the name of a device (palo-1 or palo-2), got "palo2". Did you mean palo-2?',
    ],
    [
      'a link',
      ['suspend: palo-2', 'link-down: ha22'],
      'expected the name of a link, got "ha22". Did you mean ha2?',
    ],
    [
      'the link of a blackhole',
      ['suspend: palo-2', 'blackhole: { link: nope }'],
      'expected the name of a link, got "nope".',
    ],
    [
      'an interface',
      ['interface-down: palo-1:ethernet1/1', 'interface-down: palo-1:ethernet1/11'],
      'expected a port of a firewall that is in a link (palo-1:ethernet1/1, palo-1:ethernet1/2, palo-1:management or palo-1:ethernet1/3), got "palo-1:ethernet1/11". Did you mean palo-1:ethernet1/1?',
    ],
    [
      'an end of a link',
      ['suspend: palo-2', 'blackhole: { link: ha2, direction: { from: palo-1 } }'],
      'expected an end of ha2 (palo-1:ethernet1/3 or palo-2:ethernet1/3), got "palo-1".',
    ],
    [
      'a target',
      ['suspend: palo-2', 'target-unreachable: 203.0.113.9'],
      'expected the address of a host, a router or a firewall, got 203.0.113.9.',
    ],
  ])('names: %s that does not exist: nearest name', (_, change, expected) => {
    expect(mistakes(change)).toEqual([expected]);
  });

  test.each<[string, Change, string]>([
    [
      'one zone as both ends of a direction',
      ['expect:\n', "expect:\n  - { availability: '> 99 %', zones: trust -> trust }\n"],
      'expected two different zones, got "trust" twice.',
    ],
    [
      'degraded of a direction',
      ['expect:\n', "expect:\n  - { availability: '> 99 %', zones: trust -> untrust, degraded: 0s }\n"],
      'expected beside zones: only down, for a direction is up or down, got degraded.',
    ],
    [
      'a direction without an arrow',
      ['expect:\n', "expect:\n  - { availability: '> 99 %', zones: trust untrust }\n"],
      'expected two zones, such as "trust → untrust" or "trust -> untrust", got "trust untrust".',
    ],
    [
      'a time down without availability',
      ['expect:\n', 'expect:\n  - { down: 0s }\n'],
      'expected the key availability beside down, got none.',
    ],
  ])('names: an expectation with %s: refused in its own words', (_, change, expected) => {
    expect(mistakes(change)).toEqual([expected]);
  });

  test('names: a wrong name beside a wrong value: both are told', () => {
    expect(mistakes(['suspend: palo-2', 'suspend: palo-9'], ['latency: 50us', 'latency: 5'])).toHaveLength(2);
  });

  test('names: an address that nothing has as the target of a probe: is right', () => {
    expect(mistakes(['to: server, interval', 'to: 192.0.2.1, interval'])).toEqual([]);
  });
});

describe('links', () => {
  test.each<[string, Change, string]>([
    [
      'an unknown node',
      ['[client, trust]', '[client, trst]'],
      'expected a device, switch, host or router of the scenario, got "trst". Did you mean trust?',
    ],
    [
      'a firewall without a port',
      ['[palo-1:ethernet1/1, untrust]', '[palo-1, untrust]'],
      'expected a port of palo-1 such as palo-1:ethernet1/3 or palo-1:management, got "palo-1".',
    ],
    [
      'a port that no firewall has',
      ['[palo-1:ethernet1/1, untrust]', '[palo-1:eth1, untrust]'],
      'expected a port of palo-1 such as palo-1:ethernet1/3 or palo-1:management, got "palo-1:eth1".',
    ],
    [
      'a switch with a port',
      ['[client, trust]', '[client, trust:1]'],
      'expected trust without a port, since it is a switch, got "trust:1".',
    ],
    [
      'a router without its interface',
      ['[isp:inside, untrust]', '[isp, untrust]'],
      'expected an interface of isp (isp:inside or isp:outside), got "isp".',
    ],
    [
      'one end twice',
      ['[client, trust]', '[client, client]'],
      'expected two different ends, got client twice.',
    ],
    [
      'a port in two links',
      ['[palo-2:ethernet1/1, untrust]', '[palo-1:ethernet1/1, untrust]'],
      'expected palo-1:ethernet1/1 in one link only, got it in palo-1-uplink and palo-2-uplink.',
    ],
    [
      'a circle of switches',
      [
        '    client: { between: [client, trust] }',
        '    client: { between: [client, trust] }\n    a: { between: [trust, untrust] }\n    b: { between: [untrust, mgmt] }\n    c: { between: [mgmt, trust] }',
      ],
      'expected switches joined without a circle, got a second way between mgmt and trust. Leave out the link that spanning tree would block: the switches of the model block none.',
    ],
    [
      'a switch joined to itself',
      [
        '    client: { between: [client, trust] }',
        '    client: { between: [client, trust] }\n    a: { between: [trust, trust] }',
      ],
      'expected switches joined without a circle, got both ends at trust. Leave out the link that spanning tree would block: the switches of the model block none.',
    ],
    [
      'a name of two nodes',
      ['mgmt: {}', 'mgmt: {}\n    client: {}'],
      'expected a name of its own for the host, got "client", which a switch has.',
    ],
  ])('links: %s: told once', (_, change, expected) => {
    expect(mistakes(change)).toContain(expected);
  });
});

describe('addresses', () => {
  test.each<[string, Change, string]>([
    [
      'one address of two hosts',
      ['server: { ip: 198.51.100.10/24', 'server: { ip: 10.0.0.10/24'],
      'expected an address of its own, got 10.0.0.10, which client has.',
    ],
    [
      'a host with the address of a firewall',
      ['client: { ip: 10.0.0.10/24', 'client: { ip: 10.0.0.1/24'],
      "expected an address of its own, got 10.0.0.1, which the firewalls' ethernet1/2 has.",
    ],
    [
      'a gateway elsewhere',
      ['gateway: 10.0.0.1', 'gateway: 10.0.1.1'],
      'expected a gateway inside 10.0.0.0/24, the subnet of client, got 10.0.1.1.',
    ],
    [
      'a host as its own gateway',
      ['gateway: 10.0.0.1', 'gateway: 10.0.0.10'],
      'expected a gateway other than client itself, got 10.0.0.10.',
    ],
    [
      'a nexthop of a firewall elsewhere',
      ['0.0.0.0/0, nexthop: 203.0.113.1', '0.0.0.0/0, nexthop: 203.0.114.1'],
      'expected a nexthop inside a connected subnet (203.0.113.0/24, 10.0.0.0/24), got 203.0.114.1.',
    ],
    [
      'a nexthop of a router elsewhere',
      ['10.0.0.0/24, nexthop: 203.0.113.2', '10.0.0.0/24, nexthop: 203.0.114.2'],
      'expected a nexthop inside a connected subnet (203.0.113.0/24, 198.51.100.0/24), got 203.0.114.2.',
    ],
    [
      'the address of a subnet',
      ['client: { ip: 10.0.0.10/24', 'client: { ip: 10.0.0.0/24'],
      'expected an address of a node in 10.0.0.0/24, got the address of the subnet itself.',
    ],
    [
      'a broadcast address',
      ['client: { ip: 10.0.0.10/24', 'client: { ip: 10.0.0.255/24'],
      'expected an address of a node in 10.0.0.0/24, got its broadcast address.',
    ],
  ])('addresses: %s: told', (_, change, expected) => {
    expect(mistakes(change)).toContain(expected);
  });

  test('addresses: both firewalls with the same interfaces: is right', () => {
    const interfaces =
      'interfaces: { ethernet1/1: { zone: untrust, ip: 203.0.113.2/24 }, ethernet1/2: { zone: trust, ip: 10.0.0.1/24 } }';
    expect(mistakes([P2_PRIORITY, `${P2_PRIORITY}\n    ${interfaces}`])).toEqual([]);
  });
});

describe('monitoring, times, identity', () => {
  test.each<[string, readonly Change[], string]>([
    [
      'a path group without a destination',
      [['\n            isp: { destination-ip: [203.0.113.1] }', ' {}']],
      'expected at least one destination-group with a destination-ip for default, got none.',
    ],
    [
      'link monitoring switched on without a group',
      [['link-group:\n        uplink: { interface: [ethernet1/1] }', 'enabled: true']],
      'expected a link-group for link-monitoring to watch, got none.',
    ],
    [
      'an action after the end',
      [['at: 100s', 'at: 200s']],
      'expected a time within the run (until: 3min), got 200s.',
    ],
    [
      'an expectation after the end',
      [['{ at: 25s', '{ at: 4min']],
      'expected a time within the run (until: 3min), got 4min.',
    ],
    [
      'a window after the end',
      [['until: 2min', 'until: 4min']],
      'expected a time within the run (until: 3min), got 4min.',
    ],
    [
      'an empty window',
      [['from: 1s, until: 2min', 'from: 2min, until: 1min']],
      'expected a window that begins before its end at 1min, got 2min.',
    ],
    [
      'a window that begins at the end',
      [['from: 1s, until: 2min', 'from: 3min']],
      'expected a window that begins before its end at 3min, got 3min.',
    ],
    [
      'an entry that the timeline does not have',
      [['from: 1s, until: 2min', 'from: { timeline: 99 }']],
      'expected an entry of the timeline (1 to 2), got 99.',
    ],
    [
      'a window that a device without a name opens',
      [['from: 1s, until: 2min', 'whenever: { role: { palo-3: active } }']],
      'expected the name of a device (palo-1 or palo-2), got "palo-3". Did you mean palo-1?',
    ],
    [
      'equal MAC addresses',
      [
        ['palo-1:\n', 'palo-1:\n    ha1-mac: 00:1B:17:00:00:01\n'],
        ['palo-2:\n', 'palo-2:\n    ha1-mac: 00:1b:17:00:00:01\n'],
      ],
      'expected another ha1-mac than that of palo-1, got 00:1b:17:00:00:01.',
    ],
    [
      'the default MAC address of the other',
      [['palo-1:\n', 'palo-1:\n    ha1-mac: 00:1b:17:aa:00:02\n']],
      'expected another ha1-mac than that of palo-2, got 00:1b:17:aa:00:02.',
    ],
    [
      'a probe of itself',
      [['to: server, interval', 'to: client, interval']],
      'expected another host than from, got client.',
    ],
  ])('checks: %s: told', (_, changes, expected) => {
    const found = mistakes(...changes);
    expect(new Set(found)).toEqual(new Set([expected]));
  });
});
