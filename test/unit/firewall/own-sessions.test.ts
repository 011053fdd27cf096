/** What ends at a firewall, and what HA2 does not carry: services, tunnels, DHCP, ICMP, multicast. */

import { describe, expect, test } from 'vitest';
import { buildPair, runPair, us, type Part } from '../../helpers/pair.ts';

const suspend = { at: '20050ms', suspend: 'palo-1' };
const STEADY = { arrivals: { concurrent: 5 }, 'holding-time': 'forever', 'packet-interval': '200ms' };
const admin = (change: Part = {}): Part => ({
  from: 'client',
  to: '10.0.0.1',
  protocol: 'tcp',
  port: 22,
  ...STEADY,
  ...change,
});
const multicast = {
  hosts: { server: { 'multicast-groups': ['239.1.1.1'] } },
  routers: {
    isp: {
      'static-route': [
        { destination: '10.0.0.0/24', nexthop: '203.0.113.2' },
        { destination: '239.1.1.0/24', nexthop: '198.51.100.10' },
      ],
    },
  },
};
const stream = { from: 'client', to: '239.1.1.1', protocol: 'udp', port: 5004, ...STEADY };

describe('firewall: sessions that end at it', () => {
  test('firewall: TCP to its own address: opened, served, closed', () => {
    const brief = { arrivals: { constant: '1/s' }, 'holding-time': { constant: '2s' } };
    const run = runPair({ workloads: { admin: admin(brief) }, until: '30500ms' });
    expect(run.workload('admin')).toMatchObject({ started: 30, completed: 28, failed: 0, open: 2, lost: {} });
    expect(run.result.final.map(({ sessions }) => sessions)).toEqual([2, 0]); // The peer hears of none.
  });

  test('firewall: TCP to its own address, at a failover: lost by design; UDP is made anew', () => {
    const workloads = { admin: admin(), syslog: admin({ protocol: 'udp', port: 514 }) };
    const run = runPair({ workloads, timeline: [suspend], until: '40s' });
    const [lost, kept] = [run.workload('admin'), run.workload('syslog')];
    expect([lost.lost, lost.open]).toEqual([{ 'not-synced-by-design': 5 }, 0]);
    expect([kept.lost, kept.open, kept.recreated]).toEqual([{}, 5, 5]);
  });

  test('firewall: TCP to its own address, and a peer that joins: not in its bulk session sync', () => {
    const timeline = [{ at: '1s', reboot: 'palo-2' }];
    const unpublished = { 'boot-time': '5s', 'bulk-session-sync': '5s' };
    const part = { workloads: { admin: admin() }, timeline, unpublished };
    const pair = buildPair({ ...part, until: '60s' });
    pair.runTo('40s');
    expect(pair.firewalls.map(({ role, table }) => [role, table.size])).toEqual([
      ['active', 5],
      ['passive', 0],
    ]);
  });

  test('firewall: a tunnel after its firewall has lost power: its SA and phase 1 came over HA2 or not at all', () => {
    const tunnel = { ...STEADY, from: 'server', to: '203.0.113.2', protocol: 'ipsec' };
    const run = runPair({ workloads: { tunnel }, timeline: [{ at: '20s', 'power-off': 'palo-1' }] });
    const takeover = run.entering('palo-2', 'active').atUs;
    const ike = run.records('ike', 'palo-2');
    expect(ike.map(({ data }) => data.step)).toEqual(Array(5).fill('phase-1 renegotiated'));
    for (const { atUs, cause } of ike) {
      expect(atUs - takeover).toBeGreaterThanOrEqual(us('1s'));
      expect(atUs - takeover).toBeLessThan(us('1.5s')); // The time, and up to a packet interval and the port's.
      expect(run.result.records[cause - 1]).toMatchObject({ kind: 'role', subject: 'palo-2' });
    }
  });
});

describe('firewall: decrypted sessions', () => {
  test('firewall: pfs-after-failover undecrypted: PFS sessions go on, as old documents say; forward proxy does not', () => {
    const tls = (decryption: string): Part => ({ ...admin({ to: 'server', port: 443 }), decryption });
    const workloads = { pfs: tls('ssl-inbound-inspection-pfs'), proxy: tls('ssl-forward-proxy') };
    const unpublished = { 'pfs-after-failover': 'undecrypted' };
    const run = runPair({ workloads, unpublished, timeline: [suspend], until: '40s' });
    expect(run.workload('pfs')).toMatchObject({ open: 5, undecrypted: 5, lost: {} });
    expect(run.workload('proxy')).toMatchObject({ open: 0, undecrypted: 0, lost: { decrypted: 5 } });
  });
});

describe('firewall: sessions that HA2 does not carry', () => {
  test('firewall: ICMP at a failover: made anew, also after a bulk sync, and nothing is lost but packets', () => {
    const ping = { from: 'client', to: 'server', protocol: 'icmp', ...STEADY };
    const joins = { at: '1s', suspend: 'palo-2', for: '1s' };
    for (const timeline of [[suspend], [joins, suspend]]) {
      const unpublished = { 'bulk-session-sync': '1s' };
      const run = runPair({ workloads: { ping }, timeline, unpublished, until: '40s' });
      expect(run.sessionsTakenOver('palo-2')).toMatchObject({ carried: 0, recreated: 5, missing: {} });
      expect(run.workload('ping')).toMatchObject({ started: 5, open: 5, recreated: 5, lost: {} });
    }
  });

  test('firewall: multicast: one way to a host that has joined; at a failover made anew', () => {
    const video = { ...stream, 'holding-time': { constant: '30s' } };
    const run = runPair({ network: multicast, workloads: { video }, timeline: [suspend], until: '40s' });
    expect(run.sessionsTakenOver('palo-2')).toMatchObject({ carried: 0, recreated: 5 });
    expect(run.workload('video')).toMatchObject({ completed: 5, failed: 0, recreated: 5 });
    expect(run.result.final.map(({ sessions }) => sessions)).toEqual([5, 5]);
  });
});

describe('firewall: DHCP relay', () => {
  const relay = { interfaces: { 'ethernet1/2': { 'dhcp-relay': '198.51.100.10' } } };
  const probes = { dhcp: { type: 'dhcp', from: 'client', to: 'server', interval: '500ms' } };

  test('firewall: DHCP in active/passive: the active relays, and after a failover the new active', () => {
    const devices = { 'palo-1': relay, 'palo-2': relay };
    const run = runPair({ devices, probes, timeline: [suspend], until: '40s' });
    expect(run.probe('dhcp')).toMatchObject({ type: 'dhcp', sent: 81 });
    expect(run.probe('dhcp').lost).toBeLessThanOrEqual(2);
    expect(run.probe('dhcp').outages.every(({ fromUs }) => fromUs >= us('20s') - us('500ms'))).toBe(true);
  });

  test('firewall: DHCP at an interface without a relay: no answer', () => {
    const elsewhere = { ...relay.interfaces['ethernet1/2'] };
    const devices = { 'palo-1': { interfaces: { 'ethernet1/1': elsewhere } }, 'palo-2': relay };
    const run = runPair({ devices, probes, until: '10s' });
    expect(run.probe('dhcp').received).toBe(0);
  });
});
