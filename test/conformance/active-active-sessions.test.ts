/** sessions and packets of an active/active pair. */

import { describe, expect, test } from 'vitest';
import { setupOf, type LoadSharing, type SessionSetup } from '../../src/firewall/load-sharing.ts';
import type { Firewall } from '../../src/firewall/firewall.ts';
import { formatIp, parseIp } from '../../src/network/address.ts';
import { buildPair, lay, mistakesIn, runPair, type Part } from '../helpers/pair.ts';

const ODD_TO_0 = { unpublished: { 'ip-modulo-parity': 'odd-to-0' } };

/** Sessions of a client that stay open; client-1 is 10.0.0.10 and uses palo-1, client-2 is 10.0.0.11 and uses palo-2. */
function stay(client: string, part: Part = {}): Part {
  const common = { from: client, to: 'server', protocol: 'tcp', port: 443 };
  return { [`of-${client}`]: { ...common, arrivals: { concurrent: 1 }, 'holding-time': 'forever', ...part } };
}

/** A session every second, each with a packet a second. */
function arrive(client: string, protocol: 'tcp' | 'udp' = 'tcp', lasts = '100s'): Part {
  const arrivals = { constant: '1/s' };
  return stay(client, { protocol, arrivals, 'holding-time': { constant: lasts } });
}

const BOTH = lay(stay('client-1'), stay('client-2'));

function sharing(settings: Part): Part {
  return { 'active-active': settings };
}

/** The pair of these tests, at a time. */
function pairAt(time: string, part: Part): readonly [Firewall, Firewall] {
  const pair = buildPair({ mode: 'active-active', workloads: BOTH, until: '200s', ...part });
  pair.runTo(time);
  return pair.firewalls;
}

/** What a firewall's table says of the owner and of layer 7, session by session. */
function owners({ table }: Firewall): string[] {
  return [...table].map(({ owner, layer7 }) => `${owner}${layer7 ? '' : ' without layer 7'}`).toSorted();
}

/** Packets that the two have sent for set-up, and to the owner. */
function sent(firewalls: readonly Firewall[], purpose: 'set-up' | 'set-up-done' | 'owner'): number[] {
  return firewalls.map(({ ha3Counters }) => ha3Counters?.packets[purpose] ?? 0);
}

describe('session owner and set-up', () => {
  test('R-113: session owner first-packet: the receiver of the first packet owns, on both tables', () => {
    const firewalls = pairAt('5s', {});
    const alone = pairAt('5s', { workloads: stay('client-2') });

    expect(firewalls.map(owners)).toEqual([
      ['0', '1'],
      ['0', '1'],
    ]);
    expect(alone.map(owners)).toEqual([['1'], ['1']]);
  });

  test('R-114: session owner primary-device: active-primary owns and sets up every session', () => {
    const ha = sharing({ 'session-owner-selection': 'primary-device', 'session-setup': 'primary-device' });
    const firewalls = pairAt('5s', { ha });

    expect(firewalls.map(owners)).toEqual([
      ['0', '0'],
      ['0', '0'],
    ]);
    // Another set-up is refused.
    expect(
      mistakesIn({ mode: 'active-active', ha: sharing({ 'session-owner-selection': 'primary-device' }) }),
    ).toEqual([expect.stringContaining('R-114')]);
    expect(sent(firewalls, 'set-up')).toEqual([0, 0]);
    expect(sent(firewalls, 'owner')).toEqual([0, expect.toSatisfy((packets: number) => packets > 0)]);
  });

  test('R-115: set-up ip-modulo: the parity of the source address decides', () => {
    expect(sent(pairAt('5s', {}), 'set-up')).toEqual([0, 0]);
    expect(sent(pairAt('5s', ODD_TO_0), 'set-up')).toEqual([1, 1]);
    expect(sent(pairAt('5s', { ...ODD_TO_0, workloads: stay('client-2') }), 'set-up')).toEqual([0, 1]);
  });

  test('R-116: set-up ip-hash: source and destination, or the source alone, and the seed decide', () => {
    const rules = (setup: SessionSetup) =>
      ({ self: 0, owner: 'first-packet', setup, packetForwarding: true }) as LoadSharing;
    const decided = (key: 'source' | 'source-and-destination', seed: number, destinationIp: number) =>
      Array.from({ length: 256 }, (_, host) =>
        setupOf(rules({ kind: 'ip-hash', key, seed }), 0, 0, { sourceIp: host, destinationIp }),
      );
    const shares = decided('source', 0, 1).reduce<number>((sum, device) => sum + device, 0);

    expect(shares).toBeGreaterThan(96);
    expect(shares).toBeLessThan(160);
    expect(decided('source', 0, 1)).toEqual(decided('source', 0, 2));
    expect(decided('source-and-destination', 0, 1)).not.toEqual(decided('source-and-destination', 0, 2));
    expect(decided('source', 0, 1)).not.toEqual(decided('source', 1, 1));

    for (const seed of [0, 1, 2, 3, 4]) {
      const ha = sharing({ 'session-setup': { 'ip-hash': { 'hash-key': 'source', 'hash-seed': seed } } });
      const ends = { sourceIp: parseIp('10.0.0.10'), destinationIp: parseIp('198.51.100.10') };
      const setup = setupOf(rules({ kind: 'ip-hash', key: 'source', seed }), 0, 0, ends);
      expect(sent(pairAt('5s', { ha, workloads: stay('client-1') }), 'set-up')).toEqual([setup, 0]);
    }
  });

  test('R-117: receiver owns, peer sets up: the first packet crosses HA3 twice, and no other does', () => {
    const udp = stay('client-1', { protocol: 'udp' });
    const { ha3 } = runPair({ mode: 'active-active', ...ODD_TO_0, workloads: udp, until: '10s' }).result;

    expect(ha3?.devices.map(({ packets }) => [packets['set-up'], packets['set-up-done']])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(ha3?.crossings.slice(1)).toEqual([0, 1]);
    expect(ha3?.crossings[0]).toBeGreaterThan(15); // Ten packets and their answers, but for the first.
  });
});

describe('an owner that fails', () => {
  const timeline = [
    { at: '20s', 'interface-down': 'palo-1:ethernet1/1' },
    { at: '30s', 'interface-up': 'palo-1:ethernet1/1' },
  ];

  test('R-119: the owner fails: the survivor owns, without layer 7 for those sessions', () => {
    expect(owners(pairAt('19s', { timeline })[1])).toEqual(['0', '1']);
    expect(owners(pairAt('25s', { timeline })[1])).toEqual(['1', '1 without layer 7']);
  });

  test('R-120: the failed owner returns: its old sessions revert to it, still without layer 7', () => {
    const returned = pairAt('100s', { timeline });
    const stays = pairAt('100s', { timeline, unpublished: { 'session-ownership-return': 'stay' } });

    expect(returned[0].state.role).toBe('active-secondary');
    expect(returned.map(owners)).toEqual([
      ['0 without layer 7', '1'],
      ['0 without layer 7', '1'],
    ]);
    expect(stays.map(owners)).toEqual([
      ['1', '1 without layer 7'],
      ['1', '1 without layer 7'],
    ]);
  });

  test('R-121: tentative: what it receives goes to the peer over HA3; it owns and sets up nothing', () => {
    const hosts = { hosts: { 'client-1': { gateway: '10.0.0.2' } } }; // An address that stays with palo-1.
    const udp = arrive('client-1', 'udp', '500ms');
    const part = { mode: 'active-active', network: hosts, workloads: udp, timeline } as const;
    const firewalls = pairAt('29s', part);
    const before = sent(pairAt('21s', part), 'owner');
    const made = [...firewalls[1].table].filter(({ madeFor }) => madeFor === 1);

    expect(firewalls[0].state.role).toBe('tentative');
    expect((sent(firewalls, 'owner')[0] as number) - (before[0] as number)).toBeGreaterThanOrEqual(8);
    expect(sent(firewalls, 'set-up')).toEqual([0, 0]);
    expect(made.length).toBeGreaterThanOrEqual(8);
    const { lost, failed } = runPair({ ...part, until: '31s' }).workload('of-client-1');
    expect([lost, failed]).toEqual([{}, expect.toSatisfy((count: number) => count <= 1)]);
  });
});

describe('HA3', () => {
  test('R-126: an HA3 link without jumbo frames: full-size packets are dropped, counted and reported', () => {
    // The provider sends all answers to palo-1, so those of client-2 have to cross.
    const workloads = stay('client-2', { protocol: 'udp', 'packet-size': 1500 });
    const run = (mtu: number) =>
      runPair({ mode: 'active-active', workloads, network: { links: { ha3: { mtu } } }, until: '50s' });
    const small = run(1500);
    const jumbo = run(9216);

    const drops = (pair: typeof small) => pair.result.ha3?.devices.map(({ dropped }) => dropped.mtu);
    expect(drops(small)).toEqual([50, 0]);
    expect(small.records('ha3').map(({ subject, data }) => [subject, data])).toEqual([
      ['palo-1', { dropped: 'mtu', bytes: 1550, mtu: 1500, link: 'ha3' }],
    ]);
    expect([drops(jumbo), jumbo.records('ha3')]).toEqual([[0, 0], []]);
    expect(jumbo.result.ha3?.crossings[1]).toBeGreaterThan(45);
  });

  test('R-102: keep-alive failure, split-datapath: each owns its tables and sets up by itself until HA2 returns', () => {
    const ha = {
      'state-synchronization': {
        'ha2-keep-alive': { enabled: true, action: 'split-datapath', threshold: '5s' },
      },
    };
    const part = { ha, ...ODD_TO_0, timeline: [{ at: '10s', blackhole: { link: 'ha2' }, for: '20s' }] };
    const workloads = lay(arrive('client-1'), arrive('client-2'));
    const setups = (time: string) => sent(pairAt(time, { ...part, workloads }), 'set-up')[0] as number;

    expect(pairAt('9s', part).map(owners)).toEqual([
      ['0', '1'],
      ['0', '1'],
    ]);
    expect(pairAt('20s', part).map(({ table }) => [...table].map(({ owner }) => owner))).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(pairAt('40s', part).map(({ table }) => [...table].map(({ owner }) => owner).toSorted())).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect([setups('28s') - setups('18s'), setups('50s') - setups('40s')]).toEqual([0, 10]);
  });
});

describe('NAT bound to a Device ID', () => {
  const rule = (device: 0 | 1) => ({
    name: `pool-${device}`,
    source: '10.0.0.0/24',
    'translated-address': `203.0.113.1${device}`,
    'active-active-device-binding': String(device),
  });
  const nat = [rule(0), rule(1)];
  const devices = { 'palo-1': { nat }, 'palo-2': { nat } };
  /** Owner and translated address of every session. */
  const translations = ({ table }: Firewall) =>
    [...table]
      .map((item) => `${item.madeFor} ${item.nat === null ? 'none' : formatIp(item.nat.translatedIp)}`)
      .toSorted();
  const bound = ['0 203.0.113.10', '1 203.0.113.11'];

  test('R-128: rules bound to a Device ID: only the sessions that it owns match, whoever sets up', () => {
    expect(pairAt('5s', { devices }).map(translations)).toEqual([bound, bound]);
    expect(pairAt('5s', { devices, ...ODD_TO_0 }).map(translations)).toEqual([bound, bound]);
    const only = { 'palo-1': { nat: [rule(0)] }, 'palo-2': { nat: [rule(0)] } };
    expect(pairAt('5s', { devices: only }).map(translations)).toEqual([
      ['0 203.0.113.10', '1 none'],
      ['0 203.0.113.10', '1 none'],
    ]);
    // The answers come to the address, and so to the owner: none crosses HA3.
    const { ha3 } = runPair({ mode: 'active-active', devices, workloads: BOTH, until: '20s' }).result;
    expect(ha3?.crossings).toHaveLength(1);
  });

  test('R-129: the owner failed: new sessions match the rules of the survivor only, and old ones keep theirs', () => {
    const part = {
      devices,
      workloads: arrive('client-1'),
      timeline: [{ at: '10500ms', suspend: 'palo-1' }],
    };
    const [, survivor] = pairAt('20500ms', part);
    const count = (text: string) => translations(survivor).filter((item) => item === text).length;

    expect([count('0 203.0.113.10'), count('1 203.0.113.11')]).toEqual([expect.any(Number), 10]);
    expect(count('0 203.0.113.10')).toBeGreaterThanOrEqual(9);
    const { lost, failed } = runPair({ mode: 'active-active', ...part, until: '60s' }).workload(
      'of-client-1',
    );
    expect([Object.values(lost).reduce((sum, item) => sum + item, 0) <= 1, failed]).toEqual([true, 0]);
  });
});
