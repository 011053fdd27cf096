/**
 * Who is who: the HA1 MAC addresses of the two devices differ, for they break a tie of priorities (K11); in active/active each
 * has a device-id (D07); only a VM-Series firewall has a hypervisor; the two hosts of a probe or workload differ.
 */

import { defaultHa1Mac } from '../expand.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';

/** Reports equal HA1 MAC addresses, missing device-ids, misplaced hypervisors, and traffic from a host to itself. */
export function checkIdentity(reporter: Reporter, scenario: Scenario): void {
  const names = Object.keys(scenario.devices);
  const macs = Object.values(scenario.devices).map((device, index) =>
    (device['ha1-mac'] ?? defaultHa1Mac(index)).toLowerCase(),
  );
  const [first, second] = names;
  if (first !== undefined && second !== undefined && macs[0] === macs[1]) {
    // Point at the one that is written; the other may be a default.
    const [name, other] =
      scenario.devices[second]?.['ha1-mac'] === undefined ? [first, second] : [second, first];
    reporter.at(
      ['devices', name, 'ha1-mac'],
      `expected another ha1-mac than that of ${other}, got ${macs[0]}`,
    );
  }
  for (const [name, device] of Object.entries(scenario.devices)) checkDevice(reporter, name, device);
  for (const place of ['probes', 'workloads'] as const) {
    for (const [name, { from, to }] of Object.entries(scenario[place])) {
      if (from === to) reporter.at([place, name, 'to'], `expected another host than from, got ${to}`);
    }
  }
}

function checkDevice(reporter: Reporter, name: string, device: Scenario['devices'][string]): void {
  const { platform, hypervisor, 'high-availability': ha } = device;
  if (hypervisor !== undefined && platform !== 'VM-Series') {
    reporter.at(
      ['devices', name, 'hypervisor'],
      `expected platform VM-Series beside hypervisor, got ${platform}`,
    );
  }
  if (ha.mode !== 'active-active' || ha['active-active']['device-id'] !== undefined) return;
  const path = ['devices', name, 'high-availability', 'active-active', 'device-id'];
  reporter.at(path, `expected a device-id of ${name} (0 or 1) in mode active-active, got none`);
}
