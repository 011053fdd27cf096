/**
 * What a pair that has long been up must have in common: `start: converged` with two firewalls that PAN-OS would not let
 * form a pair (K04, K05) is a contradiction. From a cold boot the same difference is a run: one of them is suspended or
 * becomes non-functional.
 */

import { releaseOrdinal } from '../../ha/release.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Device } from '../schema/device.ts';
import type { Reporter } from './report.ts';

type Trait = readonly [path: readonly string[], of: (device: Device) => unknown];

const TRAITS: readonly Trait[] = [
  [['platform'], (device) => device.platform],
  [['multi-vsys'], (device) => device['multi-vsys']],
  [['fips-cc'], (device) => device['fips-cc']],
  [['url-database'], (device) => device['url-database']],
  [['high-availability', 'group-id'], (device) => device['high-availability']['group-id']],
  [
    ['high-availability', 'state-synchronization', 'enabled'],
    (device) => device['high-availability']['state-synchronization'].enabled,
  ],
  [
    ['high-availability', 'state-synchronization', 'transport'],
    (device) => device['high-availability']['state-synchronization'].transport,
  ],
  [
    ['high-availability', 'interface', 'ha2', 'port'],
    (device) => device['high-availability'].interface.ha2?.port,
  ],
  [
    ['high-availability', 'interface', 'ha2-backup', 'port'],
    (device) => device['high-availability'].interface['ha2-backup']?.port,
  ],
  [
    ['high-availability', 'interface', 'ha1', 'encryption', 'enabled'],
    (device) => device['high-availability'].interface.ha1.encryption.enabled,
  ],
];

/** Reports what two firewalls of a converged pair cannot differ in. */
export function checkCompatible(reporter: Reporter, scenario: Scenario): void {
  if (scenario.start !== 'converged') return;
  const [[, first], [name, second]] = Object.entries(scenario.devices) as [
    [string, Device],
    [string, Device],
  ];
  for (const [path, of] of TRAITS) {
    if (of(first) === of(second)) continue;
    const expected = `expected ${path.at(-1)} ${String(of(first))} as on the peer, with start: converged`;
    reporter.at(['devices', name, ...path], `${expected}, got ${String(of(second))}`);
  }
  checkVersions(reporter, scenario);
}

/** Versions may differ while a pair is upgraded, but not by more than the newer of the two accepts. */
function checkVersions(reporter: Reporter, { devices, unpublished }: Scenario): void {
  const versions = Object.entries(devices).map(([name, device]) => ({ name, version: device['sw-version'] }));
  const [older, newer] = versions.toSorted((a, b) => releaseOrdinal(a.version) - releaseOrdinal(b.version));
  if (older === undefined || newer === undefined) return;
  const behind = unpublished['peer-releases-behind'];
  if (releaseOrdinal(newer.version) - releaseOrdinal(older.version) <= behind) return;
  const expected = `expected a version at most ${behind} feature releases behind ${newer.version} of ${newer.name}`;
  reporter.at(
    ['devices', older.name, 'sw-version'],
    `${expected}, with start: converged, got ${older.version}`,
    'unpublished.peer-releases-behind says how far apart two peers may be.',
  );
}
