import { describe, expect, test } from 'vitest';
import { findMismatch } from '../../../src/ha/compatibility.ts';
import type { ActiveActiveCompatibility, Compatibility } from '../../../src/ha/config.ts';
import { winsElection } from '../../../src/ha/election.ts';
import { isFunctional, ROLES } from '../../../src/ha/role.ts';
import { PLATFORMS, profileTimers, type Platform } from '../../../src/ha/timers.ts';

describe('election: who wins', () => {
  test.each([
    [{ devicePriority: 90, ha1Mac: 9 }, { devicePriority: 100, ha1Mac: 1 }, true],
    [{ devicePriority: 100, ha1Mac: 1 }, { devicePriority: 90, ha1Mac: 9 }, false],
    [{ devicePriority: 100, ha1Mac: 1 }, { devicePriority: 100, ha1Mac: 2 }, true],
    [{ devicePriority: 100, ha1Mac: 2 }, { devicePriority: 100, ha1Mac: 1 }, false],
  ])('election: %j against %j: %s', (self, other, wins) => {
    const pair = { mode: 'active-passive', deviceId: 0 } as const;
    expect(winsElection({ ...pair, ...self }, { ...pair, ...other })).toBe(wins);
    expect(winsElection({ ...pair, ...other }, { ...pair, ...self })).toBe(!wins);
  });
});

describe('roles: functional ones', () => {
  test('roles: active and passive of either mode: functional; the other four are not', () => {
    expect(ROLES.filter(isFunctional)).toEqual(['active', 'passive', 'active-primary', 'active-secondary']);
  });
});

describe('timers: profiles', () => {
  test.each<[Platform, 'recommended' | 'aggressive', number, number]>([
    ['PA-3400', 'recommended', 1_000_000, 2_000_000],
    ['PA-3400', 'aggressive', 1_000_000, 500_000],
    ['VM-Series', 'recommended', 2_000_000, 2_000_000],
    ['VM-Series', 'aggressive', 1_000_000, 500_000],
  ])(
    'timers: %s, %s: heartbeats every %i us, promotion hold %i us',
    (platform, profile, heartbeat, promotion) => {
      const timers = profileTimers(profile, platform);
      expect([timers.heartbeatIntervalUs, timers.promotionHoldUs]).toEqual([heartbeat, promotion]);
    },
  );

  test('timers: any platform and profile: what does not differ between them', () => {
    for (const platform of Object.keys(PLATFORMS) as Platform[]) {
      for (const profile of ['recommended', 'aggressive'] as const) {
        expect(profileTimers(profile, platform)).toMatchObject({
          helloIntervalUs: 8_000_000,
          preemptionHoldUs: 60_000_000,
          monitorFailHoldUpUs: 0,
          additionalMasterHoldUpUs: 500_000,
          flapMax: 3,
        });
      }
    }
  });
});

describe('compatibility: what two peers must share', () => {
  const self: Compatibility = {
    platform: 'PA-3400',
    multiVsys: false,
    fipsCc: false,
    serialNumber: 'one',
    groupId: 1,
    mode: 'active-passive',
    ha2Transport: 'ethernet',
    ha2Port: 'ethernet1/3',
    activeActive: null,
  };
  const peer: Compatibility = { ...self, serialNumber: 'two' };

  test('compatibility: all the same but the serial number: a pair', () => {
    expect(findMismatch(self, peer)).toBeNull();
  });

  test.each<[Partial<Compatibility>, string, string]>([
    [{ platform: 'PA-400' }, 'Platform Model mismatches with peer', 'suspended'],
    [{ multiVsys: true }, 'Multi-vsys mismatches with peer', 'suspended'],
    [{ fipsCc: true }, 'FIPS-CC mode mismatches with peer', 'suspended'],
    [{ serialNumber: 'one' }, 'Serial Number matches with peer', 'suspended'],
    [{ mode: 'active-active' }, 'Mode mismatch between peers', 'non-functional'],
    [{ groupId: 2 }, 'Group ID mismatch between peers', 'non-functional'],
    [{ ha2Port: 'hsci' }, 'HA2 port mismatches', 'non-functional'],
    [{ ha2Transport: 'ip' }, 'State synchronization mismatch', 'non-functional'],
  ])('compatibility: %j: %s', (difference, reason, consequence) => {
    expect(findMismatch(self, { ...peer, ...difference })).toMatchObject({ reason, consequence });
    expect(findMismatch({ ...peer, ...difference }, self)).toMatchObject({ reason, consequence });
  });

  test.each<[Partial<ActiveActiveCompatibility>, string]>([
    [{ deviceId: 0 }, 'A/A mode device-id overlap'],
    [{ packetForwarding: false }, 'A/A mode packet-forward mismatch'],
    [{ sessionLoadSharing: 'primary-device' }, 'A/A mode session load share mismatch'],
    [{ qosSync: true }, 'A/A mode QOS config sync mismatch'],
    [{ virtualRouterSync: true }, 'A/A mode router config sync mismatch'],
  ])('compatibility: active/active, %j: %s', (difference, reason) => {
    const shared = {
      packetForwarding: true,
      sessionLoadSharing: 'first-packet',
      virtualRouterSync: false,
      qosSync: false,
    };
    const device0 = { ...self, mode: 'active-active', activeActive: { ...shared, deviceId: 0 } } as const;
    const device1 = { ...peer, mode: 'active-active', activeActive: { ...shared, deviceId: 1 } } as const;
    const other = { ...device1, activeActive: { ...device1.activeActive, ...difference } };

    expect(findMismatch(device0, device1)).toBeNull();
    expect(findMismatch(device0, other)).toMatchObject({ reason, consequence: 'non-functional' });
    expect(findMismatch(other, device0)).toMatchObject({ reason, consequence: 'non-functional' });
  });

  test('compatibility: several differences: what suspends comes first', () => {
    expect(findMismatch(self, { ...peer, groupId: 2, fipsCc: true })?.consequence).toBe('suspended');
  });
});
