import { describe, expect, test } from 'vitest';
import { mistakesIn, type Part } from '../../helpers/pair.ts';

const BASE = { from: 'client', arrivals: { concurrent: 1 }, 'holding-time': 'forever' };
const workload = (change: Part): string[] => mistakesIn({ workloads: { it: { ...BASE, ...change } } });

describe('scenario: what workloads are addressed to', () => {
  test('scenario: a host, an address of the firewalls, an address of a host: right', () => {
    for (const to of ['server', '10.0.0.1', '198.51.100.10']) {
      expect(workload({ to, protocol: 'tcp', port: 22 })).toEqual([]);
    }
  });

  test('scenario: an address that nobody has, or a group that nobody has joined: a mistake', () => {
    for (const to of ['10.0.0.99', '239.1.1.1']) {
      expect(workload({ to, protocol: 'udp', port: 22 })).toEqual([
        `expected an address that a node has, or a group that a host has joined, got ${to}`,
      ]);
    }
  });

  test('scenario: a tunnel to a host, TCP to a group: mistakes', () => {
    expect(workload({ to: 'server', protocol: 'ipsec' })).toEqual([
      'expected an address of the firewalls (203.0.113.2 or 10.0.0.1) at which the tunnels end, got server',
    ]);
    const network = { hosts: { server: { 'multicast-groups': ['239.1.1.1'] } } };
    const it = { ...BASE, to: '239.1.1.1', protocol: 'tcp', port: 80 };
    expect(mistakesIn({ network, workloads: { it } })).toEqual([
      'expected a host for tcp, since only udp goes to a group, got 239.1.1.1',
    ]);
  });

  test('scenario: port and decryption: only where the protocol has them', () => {
    expect(workload({ to: 'server', protocol: 'tcp' })).toEqual(['expected the key port, got none']);
    expect(workload({ to: 'server', protocol: 'icmp', port: 7 })).toEqual([
      'expected no port with icmp, got 7',
    ]);
    const decrypted = { to: 'server', protocol: 'udp', port: 443, decryption: 'ssl-forward-proxy' };
    expect(workload(decrypted)).toEqual([
      'expected decryption only with tcp, got ssl-forward-proxy with udp',
    ]);
  });
});

describe('scenario: DHCP probes', () => {
  const mistakes = (to: string): string[] =>
    mistakesIn({
      devices: { 'palo-1': { interfaces: { 'ethernet1/1': { 'dhcp-relay': '198.51.100.10' } } } },
      probes: { dhcp: { type: 'dhcp', from: 'client', to } },
    });

  test('scenario: no relay on the client’s subnet, or no host as server: mistakes', () => {
    expect(mistakes('server')).toEqual([
      'expected an interface on the subnet of client with dhcp-relay: 198.51.100.10, got none',
    ]);
    expect(mistakes('198.51.100.10')).toEqual(['expected the name of a host for dhcp, got 198.51.100.10']);
  });
});
