/**
 * The ports that carry data: an interface with an address and an interface in a link group are cabled, and have no HA
 * duty beside. A device without interfaces is right: configuration sync gives the passive firewall its peer's.
 */

import type { Path } from '../located.ts';
import type { Device } from '../schema/device.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Cabling } from './cabling.ts';
import { dutyOf } from './ha-ports.ts';
import { suggest, type Reporter } from './report.ts';

/** Reports data interfaces that could never carry anything. */
export function checkDataPorts(reporter: Reporter, scenario: Scenario, cabling: Cabling): void {
  const check = (name: string, port: string, path: Path) =>
    checkPort(reporter, scenario, cabling, name, port, path);
  for (const [name, device] of Object.entries(scenario.devices)) {
    for (const port of Object.keys(device.interfaces))
      check(name, port, ['devices', name, 'interfaces', port]);
    for (const { port, path } of bridgedPorts(name, device)) {
      check(name, port, path);
      if (!Object.hasOwn(device.interfaces, port)) continue;
      reporter.at(path, `expected a port without an address of its own, got ${port}, which has one`);
    }
    const groups = device['high-availability'].monitoring['link-monitoring']['link-group'];
    for (const [group, { interface: ports }] of Object.entries(groups)) {
      const base = [
        'devices',
        name,
        'high-availability',
        'monitoring',
        'link-monitoring',
        'link-group',
        group,
      ];
      for (const [index, port] of ports.entries()) check(name, port, [...base, 'interface', index]);
    }
  }
  for (const [index, entry] of scenario.timeline.entries()) {
    for (const action of ['candidate', 'commit'] as const) {
      const change = entry[action];
      if (change?.interfaces === undefined || !Object.hasOwn(scenario.devices, change.device)) continue;
      for (const port of Object.keys(change.interfaces)) {
        check(change.device, port, ['timeline', index, action, 'interfaces', port]);
      }
    }
  }
}

/** Ports of virtual wires and VLANs, with their places in the file. */
function bridgedPorts(name: string, device: Device): { readonly port: string; readonly path: Path }[] {
  const wires = Object.entries(device['virtual-wire']).flatMap(([wire, ends]) =>
    (['interface1', 'interface2'] as const).map((end) => {
      return { port: ends[end], path: ['devices', name, 'virtual-wire', wire, end] };
    }),
  );
  const vlans = Object.entries(device.vlan).flatMap(([vlan, { interface: ports }]) =>
    ports.map((port, index) => ({ port, path: ['devices', name, 'vlan', vlan, 'interface', index] })),
  );
  return [...wires, ...vlans];
}

function checkPort(
  reporter: Reporter,
  scenario: Scenario,
  cabling: Cabling,
  name: string,
  port: string,
  path: Path,
): void {
  const device = scenario.devices[name];
  if (device === undefined) return;
  const report = (message: string, hint?: string) =>
    typeof path.at(-1) === 'number' ? reporter.at(path, message, hint) : reporter.atKey(path, message, hint);
  const duty = dutyOf(device, port);
  if (duty !== null) {
    report(`expected a data port of ${name}, got ${port}, which is its port for ${duty}`);
  } else if (!cabling.isCabled(`${name}:${port}`)) {
    const data = cabling.portsOf(name).filter((other) => dutyOf(device, other) === null);
    const fit = cabling.means === 'a link' ? 'that is in a link' : 'with a network interface behind it';
    report(`expected a data port of ${name} ${fit}, got ${port}`, suggest(port, data));
  }
}
