/**
 * LACP pre-negotiation where PAN-OS does not have it (D20): on VM-Series, and in an active/active pair, whose firewalls both
 * negotiate anyway; and where it does nothing, with the passive's ports shut down (K17).
 */

import type { Path } from '../located.ts';
import type { Device } from '../schema/device.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';

/** Reports interfaces that ask for pre-negotiation and cannot have it. */
export function checkBundles(reporter: Reporter, { devices, timeline }: Scenario): void {
  for (const [name, device] of Object.entries(devices)) {
    checkInterfaces(reporter, device, device.interfaces, ['devices', name, 'interfaces']);
  }
  for (const [index, { commit }] of timeline.entries()) {
    const device = commit === undefined ? undefined : devices[commit.device];
    if (device === undefined || commit?.interfaces === undefined) continue;
    checkInterfaces(reporter, device, commit.interfaces, ['timeline', index, 'commit', 'interfaces']);
  }
}

function checkInterfaces(
  reporter: Reporter,
  device: Device,
  interfaces: Device['interfaces'],
  base: Path,
): void {
  for (const [port, { lacp }] of Object.entries(interfaces)) {
    if (lacp?.['pre-negotiation'] !== true) continue;
    const path = [...base, port, 'lacp', 'pre-negotiation'];
    if (device.platform === 'VM-Series') {
      reporter.at(path, 'expected pre-negotiation false on VM-Series, which does not have it, got true');
    } else if (device['high-availability'].mode === 'active-active') {
      reporter.at(path, 'expected pre-negotiation in an active/passive pair only, got it in active/active');
    } else if (device['high-availability']['passive-link-state'] === 'shutdown') {
      const why = 'A port that is shut down negotiates nothing.';
      reporter.at(path, 'expected passive-link-state auto with pre-negotiation, got shutdown', why);
    }
  }
}
