/**
 * What a pair that has long been up must have in common: `start: converged` with two firewalls that PAN-OS would not let
 * form a pair (K04, K05) is a contradiction. From a cold boot the same difference is a run: one of them is suspended or
 * becomes non-functional.
 */

import type { Scenario } from '../schema/scenario.ts';
import type { Device } from '../schema/device.ts';
import type { Reporter } from './report.ts';

type Trait = readonly [path: readonly string[], of: (device: Device) => unknown];

const TRAITS: readonly Trait[] = [
  [['platform'], (device) => device.platform],
  [['multi-vsys'], (device) => device['multi-vsys']],
  [['fips-cc'], (device) => device['fips-cc']],
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
}
