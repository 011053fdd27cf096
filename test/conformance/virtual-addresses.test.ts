/** the virtual addresses of an active/active pair, floating and shared. */

import { describe, expect, test } from 'vitest';
import { formatIp, formatMac, virtualMac } from '../../src/network/address.ts';
import { FRAME } from '../../src/network/frame.ts';
import type { Switch } from '../../src/network/segment.ts';
import {
  DETECTION_US,
  HA1_US,
  buildPair,
  lay,
  runPair,
  us,
  type PairPart,
  type Part,
} from '../helpers/pair.ts';

const NO_LINK_MONITORING: Part = { monitoring: { 'link-monitoring': { enabled: false } } };

function virtual(addresses: Part): Part {
  return { 'active-active': { 'virtual-address': addresses } };
}

function floating(first: number, second: number, failoverOnLinkDown = false): Part {
  const priorities = { 'device-0': first, 'device-1': second };
  return { floating: { 'device-priority': { ...priorities, 'failover-on-link-down': failoverOnLinkDown } } };
}

const ping = (from: string, to: string): Part => ({
  type: 'ping',
  from,
  to,
  interval: '200ms',
  timeout: '1s',
});

/** Hosts on the switch, in the words of `network:`. */
function hostsOn(name: string, ips: readonly string[], options: Part = {}): Part {
  const entries = ips.map((ip) => [`host-${ip}`, ip] as const);
  return {
    hosts: Object.fromEntries(entries.map(([host, ip]) => [host, { ip: `${ip}/24`, ...options }])),
    links: Object.fromEntries(entries.map(([host]) => [host, { between: [host, name] }])),
  };
}

/**
 * Runs the pair to its end and writes down the ARP that both firewalls send on the trust side, as
 * `palo-1: 10.0.0.1 is at 00:1b:17:00:01:11` and who is told (`all` for a gratuitous one).
 */
function arpOf(part: PairPart): { atUs: number; device: string; says: string; to: string }[] {
  const heard: ReturnType<typeof arpOf> = [];
  const pair = buildPair({ mode: 'active-active', ...part });
  for (const device of ['palo-1', 'palo-2']) {
    const link = pair.network.link(`${device}-downlink`);
    const transmit = link.transmit.bind(link);
    link.transmit = (side, frame) => {
      const gratuitous = frame.kind === FRAME.arpRequest && frame.sourceIp === frame.destinationIp;
      if (link.ends[side].node.name === device && (gratuitous || frame.kind === FRAME.arpReply)) {
        heard.push({
          atUs: pair.simulation.nowUs,
          device,
          says: `${formatIp(frame.sourceIp)} is at ${formatMac(frame.sourceMac)}`,
          to: gratuitous ? 'all' : formatIp(frame.destinationIp),
        });
      }
      transmit(side, frame);
    };
  }
  pair.runTo(part.until ?? '60s');
  return heard;
}

const [MAC_0, MAC_1] = ([0, 1] as const).map((device) => formatMac(virtualMac(1, 'ethernet1/2', device)));

describe('floating addresses', () => {
  test('R-131: the healthy device with the lower value owns the address, and answers ARP with its virtual MAC address', () => {
    const run = (first: number, second: number) =>
      arpOf({
        ha: virtual({ 'ethernet1/2': { '10.0.0.1': floating(first, second) } }),
        probes: { ping: ping('client-1', '10.0.0.1') },
        until: '10s',
      })
        .filter(({ to }) => to !== 'all')
        .map(({ device, says }) => `${device}: ${says}`);

    expect(run(0, 255)).toEqual([`palo-1: 10.0.0.1 is at ${MAC_0}`]);
    expect(run(200, 199)).toEqual([`palo-2: 10.0.0.1 is at ${MAC_1}`]);
    expect(run(10, 10)).toEqual([`palo-1: 10.0.0.1 is at ${MAC_0}`]); // A tie is device 0's (ours).
  });

  test('R-132: the owner’s interface link is down, with failover-on-link-down: the floating address moves, the interface’s stays', () => {
    const run = (failoverOnLinkDown: boolean) =>
      runPair({
        mode: 'active-active',
        ha: lay(
          NO_LINK_MONITORING,
          virtual({ 'ethernet1/1': { '203.0.113.10': floating(0, 255, failoverOnLinkDown) } }),
        ),
        network: hostsOn('untrust-switch', ['203.0.113.100']),
        probes: {
          floating: ping('host-203.0.113.100', '203.0.113.10'),
          interface: ping('host-203.0.113.100', '203.0.113.2'),
        },
        timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '20s' }],
      });
    const moves = run(true);
    const stays = run(false);

    const changes = moves
      .records('address')
      .filter(({ atUs, data }) => atUs > 0 && data.address === '203.0.113.10')
      .map(({ atUs, subject, data }) => [atUs, subject, data.held]);
    const [lostUs, backUs] = [us('20s') + DETECTION_US, us('40s') + DETECTION_US];
    expect(changes).toEqual([
      [lostUs, 'palo-1', false],
      [lostUs + HA1_US, 'palo-2', true],
      [backUs, 'palo-1', true],
      [backUs + HA1_US, 'palo-2', false],
    ]);
    expect(moves.rolesAt('30s')).toEqual(['active-primary', 'active-secondary']);
    expect(moves.probe('floating').longestGapUs).toBeLessThan(us('500ms'));
    // Nobody else answers for the interface address while its link is down.
    expect(moves.probe('interface').outages).toMatchObject([{ fromUs: us('20s') }]);
    expect(moves.probe('interface').longestGapUs).toBeGreaterThan(us('20s'));
    expect(
      stays.records('address').filter(({ atUs, data }) => atUs > 0 && data.address === '203.0.113.10'),
    ).toEqual([]);
    expect(stays.probe('floating').longestGapUs).toBeGreaterThan(us('20s'));
  });
});

describe('floating addresses: the failed firewall returns', () => {
  /** palo-1 loses its uplink for 20 s, and is active-secondary 10 s after it is back. */
  const part = (addresses: Part): PairPart => ({
    mode: 'active-active',
    ha: { 'active-active': { 'tentative-hold-time': '10s', 'virtual-address': addresses } },
    timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '20s' }],
    probes: { gateway: ping('client-1', '10.0.0.1') },
    until: '100s',
  });
  /** At which cable the switch has seen device 0's virtual MAC, the gateway's, at 19 s, 39 s and 99 s. */
  const seenAt = (addresses: Part) => {
    const pair = buildPair(part(addresses));
    const trust = pair.network.link('palo-1-downlink').ends[1].node as Switch;
    return ['19s', '39s', '99s'].map((time) => {
      pair.runTo(time);
      return trust.portOf(virtualMac(1, 'ethernet1/2', 0))?.link?.name;
    });
  };

  test('R-133: the owner recovers: the floating address and its MAC go back to it', () => {
    const addresses = { 'ethernet1/2': { '10.0.0.1': floating(0, 255) } };
    const run = runPair(part(addresses));

    expect(run.rolesAt('39s')).toEqual(['tentative', 'active-primary']);
    expect(run.rolesAt('99s')).toEqual(['active-secondary', 'active-primary']);
    const backUs = run.enters('palo-1', 'active-secondary');
    const changes = run
      .records('address')
      .filter(({ atUs, data }) => atUs > 0 && data.address === '10.0.0.1')
      .map(({ atUs, subject, data }) => [atUs - backUs, subject, data.held, data.mac]);
    expect(changes.slice(0, 2).map(([, ...change]) => change)).toEqual([
      ['palo-1', false, MAC_0],
      ['palo-2', true, MAC_0],
    ]);
    // The holder gives it back when it hears that its owner can have it again.
    expect(changes.slice(2)).toEqual([
      [0, 'palo-1', true, MAC_0],
      [HA1_US, 'palo-2', false, MAC_0],
    ]);
    expect(seenAt(addresses)).toEqual(['palo-1-downlink', 'palo-2-downlink', 'palo-1-downlink']);
    expect(run.probe('gateway').longestGapUs).toBeLessThan(us('1s'));
  });

  test('R-134: bound to active-primary: the address stays with the new active-primary when the failed node returns', () => {
    const bound = { floating: { 'device-priority': null, 'bind-to-active-primary': true } };
    const addresses = { 'ethernet1/2': { '10.0.0.1': bound, '10.0.0.254': null } };
    const run = runPair(part(addresses));

    expect(run.rolesAt('99s')).toEqual(['active-secondary', 'active-primary']);
    const changes = run
      .records('address')
      .filter(({ data }) => data.address === '10.0.0.1')
      .map(({ subject, data }) => [subject, data.held, data.mac]);
    expect(changes).toEqual([
      ['palo-1', true, MAC_0],
      ['palo-1', false, MAC_0],
      ['palo-2', true, MAC_0],
    ]);
    expect(seenAt(addresses)).toEqual(['palo-1-downlink', 'palo-2-downlink', 'palo-2-downlink']);
    expect(run.probe('gateway').longestGapUs).toBeLessThan(us('1s'));
  });
});

describe('ARP load sharing', () => {
  const SHARED = '10.0.0.5';
  const REQUESTERS = Array.from({ length: 16 }, (_, index) => `10.0.0.${100 + index}`);

  /** Who answered each requester, and with what. */
  const answers = (rule: Part, unpublished: Part = {}) => {
    const arp = arpOf({
      ha: virtual({ 'ethernet1/2': { [SHARED]: { 'arp-load-sharing': rule } } }),
      network: hostsOn('trust-switch', REQUESTERS),
      probes: Object.fromEntries(REQUESTERS.map((ip) => [`ping-${ip}`, ping(`host-${ip}`, SHARED)])),
      unpublished,
      until: '10s',
    });
    return REQUESTERS.map((ip) =>
      arp.filter(({ to }) => to === ip).map(({ device, says }) => `${device}: ${says}`),
    );
  };
  const BY_PALO_1 = [`palo-1: ${SHARED} is at ${MAC_0}`];
  const BY_PALO_2 = [`palo-2: ${SHARED} is at ${MAC_1}`];

  test('R-135: exactly one firewall answers a given requester, by modulo or hash of its address, with its own virtual MAC', () => {
    const even = REQUESTERS.map((_, index) => (index % 2 === 0 ? BY_PALO_1 : BY_PALO_2));
    const odd = REQUESTERS.map((_, index) => (index % 2 === 0 ? BY_PALO_2 : BY_PALO_1));
    expect(answers({ 'ip-modulo': true })).toEqual(even);
    expect(answers({ 'ip-modulo': true }, { 'ip-modulo-parity': 'odd-to-0' })).toEqual(odd);
    const hashed = answers({ 'ip-hash': { 'hash-seed': 7 } });
    for (const answer of hashed) expect([BY_PALO_1, BY_PALO_2]).toContainEqual(answer);
    const texts = hashed.map(String);
    expect(new Set(texts).size).toBe(2);
    expect(answers({ 'ip-hash': { 'hash-seed': 8 } }).map(String)).not.toEqual(texts);
  });

  test('R-136: a sharing firewall fails: the survivor takes over its MAC, announces it, and gives it back', () => {
    const part: PairPart = {
      mode: 'active-active',
      ha: virtual({ 'ethernet1/2': { [SHARED]: { 'arp-load-sharing': { 'ip-modulo': true } } } }),
      network: hostsOn('trust-switch', ['10.0.0.100', '10.0.0.101'], { 'arp-timeout': '10s' }),
      probes: { even: ping('host-10.0.0.100', SHARED), odd: ping('host-10.0.0.101', SHARED) },
      timeline: [{ at: '20s', 'power-off': 'palo-2', for: '10s' }],
      unpublished: { 'boot-time': '20s' },
      until: '180s',
    };
    const run = runPair(part);
    const arp = arpOf(part);

    const failedUs = run.declaresPeerFailed('palo-1');
    const backUs = run.enters('palo-2', 'active-secondary');
    const changes = run
      .records('address')
      .filter(({ atUs, data }) => atUs > us('20s') && data.address === SHARED)
      .map(({ atUs, subject, data }) => [atUs, subject, data.held, data.mac]);
    expect(changes).toEqual([
      [failedUs, 'palo-1', true, MAC_1],
      [backUs, 'palo-2', true, MAC_1],
      [backUs + HA1_US, 'palo-1', false, MAC_1],
    ]);
    const announced = arp.filter(
      ({ device, says, to }) => device === 'palo-1' && says === `${SHARED} is at ${MAC_1}` && to === 'all',
    );
    const spacing = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8].map((second) => failedUs + second * us('1s'));
    expect(announced.map(({ atUs }) => atUs)).toEqual(spacing);
    // Alone, the survivor answers the requesters of either share, each with the MAC of its share.
    const alone = ({ atUs }: { atUs: number }) => atUs > failedUs && atUs < backUs;
    const asked = (to: string) => arp.filter((item) => item.to === to && alone(item)).map(({ says }) => says);
    expect(new Set(asked('10.0.0.100'))).toEqual(new Set([`${SHARED} is at ${MAC_0}`]));
    expect(new Set(asked('10.0.0.101'))).toEqual(new Set([`${SHARED} is at ${MAC_1}`]));
    // Afterwards it answers its own share only.
    const later = arp.filter(({ atUs, to }) => atUs > backUs + us('1s') && to !== 'all');
    expect(new Set(later.map(({ device, to }) => `${device} ${to}`))).toEqual(
      new Set(['palo-1 10.0.0.100', 'palo-2 10.0.0.101']),
    );
    expect(run.probe('even').lost).toBe(0);
    expect(run.probe('odd').outages).toHaveLength(1);
    expect(run.probe('odd').longestGapUs).toBeLessThan(failedUs - us('20s') + us('500ms'));
  });
});
