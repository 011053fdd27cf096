/** `initial` and its session sync, what a passive keeps ready, and peers that do not fit. */

import { describe, expect, test } from 'vitest';
import { HA1_US, lay, NO_PATH_MONITORING, runPair, us, type PairPart } from '../helpers/pair.ts';
import { dynamicRoutes } from '../helpers/routing.ts';

const rebootPassive = { at: '20s', reboot: 'palo-2' }; // Its agent starts at 200 s.
const ha2Cut = { at: '10s', 'link-down': 'ha2' };
const WITHOUT_SYNC = { 'state-synchronization': { enabled: false } };
/** The heartbeat of 200 s is answered, a hello follows: the peer is heard. */
const HEARD_US = us('200s') + 3 * HA1_US;

describe('initial', () => {
  test('R-089: session sync does not finish: initial for up to 1 h, waiting with its reason', () => {
    const never = runPair({ timeline: [ha2Cut, rebootPassive], until: '70min' });
    const later = runPair({ timeline: [{ ...ha2Cut, for: '30min' }, rebootPassive], until: '70min' });

    const joined = never.entering('palo-2', 'passive');
    expect(never.roleAt('palo-2', '63min')).toBe('initial');
    expect(never.firstRecord('reason', 'palo-2').data.reason).toBe(
      'Waiting for state synchronization completion',
    );
    expect(joined.atUs - us('1h')).toBeGreaterThan(us('200s'));
    expect(joined.atUs - us('1h')).toBeLessThanOrEqual(HEARD_US);
    // HA2 is back at 1810 s; the next request is at most 10 s away, and the bulk sync takes 30 s.
    expect(later.enters('palo-2', 'passive')).toBeGreaterThan(us('1840s'));
    expect(later.enters('palo-2', 'passive')).toBeLessThan(us('1851s'));
  });

  test('R-090: session sync disabled: initial does not wait for HA2', () => {
    const pair = runPair({ ha: WITHOUT_SYNC, timeline: [ha2Cut, rebootPassive], until: '5min' });

    const joined = pair.entering('palo-2', 'passive');
    expect(joined).toMatchObject({ from: 'initial', rule: 'T2', reason: 'Peer is active' });
    expect(joined.atUs).toBeGreaterThan(us('200s'));
    expect(joined.atUs).toBeLessThanOrEqual(HEARD_US);
  });

  test('R-091: initial: no transit traffic is forwarded', () => {
    const pair = runPair({
      start: 'cold-boot',
      timeline: [{ at: '0s', 'power-off': 'palo-2' }],
      probes: { ping: { from: 'client', to: 'server', type: 'ping', interval: '100ms', timeout: '1s' } },
      until: '5min',
    });

    // Initial from 180 s, active from 240 s; its ports, dark until then, take 3 s to come up.
    expect(pair.roleAt('palo-1', '239.999999s')).toBe('initial');
    const [outage, ...more] = pair.probe('ping').outages;
    expect(outage?.fromUs).toBe(0);
    expect(outage?.toUs).toBeGreaterThanOrEqual(us('243s'));
    expect(outage?.toUs).toBeLessThanOrEqual(us('244.1s'));
    expect(more).toEqual([]);
  });

  test('R-092: initial is complete and the peer is active: passive, whoever has the better priority', () => {
    const worse = runPair({ timeline: [rebootPassive], until: '5min' });
    const better = runPair({ timeline: [{ at: '20s', reboot: 'palo-1' }], until: '5min' });

    expect(worse.story('palo-2')).toBe('passive initial passive');
    expect(worse.rolesAt('5min')).toEqual(['active', 'passive']);
    expect(better.story('palo-1')).toBe('active initial passive');
    expect(better.rolesAt('5min')).toEqual(['passive', 'active']);
  });

  test('R-093: the sync has finished: Complete on the receiver, with every session of the sender', () => {
    const pair = runPair({
      timeline: [rebootPassive],
      workloads: {
        ssh: {
          from: 'client',
          to: 'server',
          protocol: 'tcp',
          port: 22,
          arrivals: { concurrent: 7 },
          'holding-time': 'forever',
        },
      },
      until: '5min',
    });

    const complete = pair.records('session-sync').filter(({ data }) => data.step === 'complete');
    expect(complete).toMatchObject([{ subject: 'palo-2', data: { sessions: 7 } }]);
    expect(pair.enters('palo-2', 'passive')).toBe(complete[0]?.atUs);
  });
});

test('R-157: passive with auto: its routing is ready the moment it is active, with the forwarding table that HA2 carried', () => {
  const takeover = (passiveLinkState: string, synchronized = true) => {
    const pair = runPair({
      // No neighbour could have taught it anything in so short a time.
      ...dynamicRoutes({ convergence: '30s' }),
      ha: {
        'passive-link-state': passiveLinkState,
        'state-synchronization': { enabled: synchronized },
        ...NO_PATH_MONITORING,
      },
      probes: { ping: { from: 'client', to: 'server', type: 'ping', interval: '10ms', timeout: '1s' } },
      timeline: [{ at: '20s', suspend: 'palo-1' }],
    });
    const activeUs = pair.enters('palo-2', 'active');
    const adjacentUs = pair.firstRecord('adjacency', 'palo-2', { state: 'up' }).atUs;
    return {
      forwarding: pair.firstRecord('restored', 'palo-2').atUs - activeUs,
      adjacent: adjacentUs - activeUs,
    };
  };

  // The server is behind a router: an answer needs the default route. It comes with the ports, one ping and its way later.
  const auto = takeover('auto');
  expect(auto.forwarding).toBeGreaterThanOrEqual(us('200ms'));
  expect(auto.forwarding).toBeLessThanOrEqual(us('220ms'));
  expect(auto.adjacent).toBeLessThan(us('1ms'));
  // With shutdown the neighbour is out of reach until the ports are up; and a table that HA2 does not carry is not there.
  expect(takeover('shutdown').adjacent).toBeGreaterThan(us('3s'));
  expect(takeover('auto', false).forwarding).toBeGreaterThan(us('30s'));
});

describe('peers that do not fit', () => {
  /** palo-1 boots alone and is active; palo-2 is switched on at 300 s and starts HA at 480 s. */
  const joins = {
    start: 'cold-boot',
    timeline: [
      { at: '0s', 'power-off': 'palo-2' },
      { at: '300s', 'power-on': 'palo-2' },
    ],
    until: '10min',
  } satisfies PairPart;
  const palo2 = (part: object) => ({ 'palo-2': part });

  test('R-158: HA2 port, transport or IP family differs, or that of HA2-backup: non-functional with that reason', () => {
    const ha = (part: object) => ({ 'high-availability': part });
    const cabled = (name: string, port: string) => ({
      links: { [name]: { between: [`palo-1:${port}`, 'palo-2:ethernet1/5'] } },
    });
    const backup = { interface: { 'ha2-backup': { port: 'ethernet1/4' } } };
    const backupCabled = {
      links: { 'ha2-backup': { between: ['palo-1:ethernet1/4', 'palo-2:ethernet1/4'] } },
    };
    const addressed = (link: string, one: string, other: string) => ({
      'palo-1': ha({ interface: { [link]: { 'ip-address': one } } }),
      'palo-2': ha({ interface: { [link]: { 'ip-address': other } } }),
    });
    const routed = { 'state-synchronization': { transport: 'udp' } };
    const [v4, v6] = ['192.168.2.1', 'fd00::2'];

    const cases: [reason: string | null, part: PairPart][] = [
      [
        'HA2 port mismatches',
        {
          devices: palo2(ha({ interface: { ha2: { port: 'ethernet1/5' } } })),
          network: cabled('ha2', 'ethernet1/3'),
        },
      ],
      [
        'HA2-backup port mismatches with peer',
        {
          ha: backup,
          devices: palo2(ha({ interface: { 'ha2-backup': { port: 'ethernet1/5' } } })),
          network: cabled('ha2-backup', 'ethernet1/4'),
        },
      ],
      [
        'State synchronization mismatch',
        { devices: palo2(ha({ 'state-synchronization': { transport: 'udp' } })) },
      ],
      ['HA2 IPv4/IPv6 mismatch', { ha: routed, devices: addressed('ha2', v4, v6) }],
      [
        'HA2-backup IPv4/IPv6 mismatch',
        { ha: lay(routed, backup), network: backupCabled, devices: addressed('ha2-backup', v6, v4) },
      ],
      [null, { ha: routed, devices: addressed('ha2', v6, 'fd00::3') }],
      [
        null,
        { ha: lay(routed, backup), network: backupCabled, devices: addressed('ha2', v4, '192.168.2.2') },
      ],
    ];
    for (const [reason, part] of cases) {
      const pair = runPair({ ...joins, ...part });
      if (reason === null) {
        expect(pair.rolesAt('10min')).toEqual(['active', 'passive']);
        continue;
      }
      expect(pair.entering('palo-2', 'non-functional')).toMatchObject({
        from: 'initial',
        reason,
        rule: 'T7',
      });
      expect(pair.rolesAt('10min')).toEqual(['active', 'non-functional']);
    }
  });

  test('R-159: platform, multi-vsys, FIPS-CC mode, serial number or a version too old: the joining node is suspended with that reason', () => {
    for (const [part, reason] of [
      [{ platform: 'PA-5400' }, 'Platform Model mismatches with peer'],
      [{ 'multi-vsys': true }, 'Multi-vsys mismatches with peer'],
      [{ 'fips-cc': true }, 'FIPS-CC mode mismatches with peer'],
      [{ 'serial-number': 'palo-1' }, 'Serial Number matches with peer'],
    ] as const) {
      const pair = runPair({ ...joins, devices: palo2(part) });
      const again = runPair({
        ...joins,
        devices: palo2(part),
        timeline: [...joins.timeline, { at: '550s', functional: 'palo-2' }],
      });

      expect(pair.entering('palo-2', 'suspended')).toMatchObject({ from: 'initial', reason, rule: 'T6' });
      expect(pair.rolesAt('10min')).toEqual(['active', 'suspended']);
      // What is not fixed suspends again.
      expect(again.entering('palo-2', 'suspended', 2).reason).toBe(reason);
    }
    const both = runPair({
      start: 'cold-boot',
      devices: lay(palo2({ 'multi-vsys': true })),
      until: '5min',
    });
    expect(both.rolesAt('5min')).toEqual(['suspended', 'suspended']);

    // palo-1 runs 11.1. Up to two feature releases may lie between the two (ours); the newer of them refuses the older.
    const version = (older: string, unpublished = {}) =>
      runPair({ ...joins, devices: { 'palo-1': { 'sw-version': older } }, unpublished });
    const tooOld = { from: 'initial', reason: 'Peer version too old', rule: 'T6' };
    for (const pair of [version('10.1.14-h2'), version('11.0.1', { 'peer-releases-behind': 0 })]) {
      expect(pair.entering('palo-2', 'suspended')).toMatchObject(tooOld);
      expect(pair.rolesAt('10min')).toEqual(['active', 'suspended']);
    }
    expect(version('10.2.9').rolesAt('10min')).toEqual(['active', 'passive']);
    expect(runPair({ ...joins, devices: palo2({ 'sw-version': '9.1.0' }) }).rolesAt('10min')).toEqual([
      'active',
      'passive',
    ]);
  });
});
