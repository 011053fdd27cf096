/**
 * The virtual addresses of an active/active pair: on interfaces that have an address, the same on both firewalls, each with a
 * virtual MAC address that no other holder on its interface needs; and what expectations say of them.
 *
 * An address outside the interface's subnet is right (K22): ARP is answered for it, and the neighbours need a route.
 */

import type { Path } from '../located.ts';
import type { Device } from '../schema/device.ts';
import { conditionsOf } from '../schema/expectation.ts';
import type { Scenario } from '../schema/scenario.ts';
import { listed, suggest, type Reporter } from './report.ts';

const PLACE = ['high-availability', 'active-active', 'virtual-address'] as const;
/** Owners that are no firewall. */
const NOBODY_OR_BOTH = ['none', 'both'];

/** A virtual address of a device, and where it stands. */
export interface VirtualAddressEntry {
  readonly device: string;
  readonly port: string;
  readonly address: string;
  readonly path: Path;
}

/** Every virtual address of both devices of an active/active pair, in the order of the file. */
export function virtualAddressesOf({ devices }: Scenario): VirtualAddressEntry[] {
  return Object.entries(devices).flatMap(([device, settings]) => {
    if (settings['high-availability'].mode !== 'active-active') return [];
    return Object.entries(virtual(settings)).flatMap(([port, addresses]) =>
      Object.keys(addresses).map((address) => {
        return { device, port, address, path: ['devices', device, ...PLACE, port, address] };
      }),
    );
  });
}

function virtual(device: Device): Device['high-availability']['active-active']['virtual-address'] {
  return device['high-availability']['active-active']['virtual-address'];
}

/** Reports virtual addresses that could not be held as they are written, and expectations of others. */
export function checkVirtualAddresses(reporter: Reporter, scenario: Scenario): void {
  for (const [name, device] of Object.entries(scenario.devices)) {
    const place = ['devices', name, ...PLACE];
    const { mode } = device['high-availability'];
    if (Object.keys(virtual(device)).length === 0) continue;
    if (mode === 'active-active') checkInterfaces(reporter, device, name, place);
  }
  checkSame(reporter, scenario);
  checkExpectations(reporter, scenario);
}

function checkInterfaces(reporter: Reporter, device: Device, name: string, place: Path): void {
  const interfaces = Object.keys(device.interfaces);
  for (const [port, addresses] of Object.entries(virtual(device))) {
    if (!interfaces.includes(port)) {
      const message = `expected an interface of ${name} that has an ip${listed(interfaces)}, got ${port}`;
      reporter.atKey([...place, port], message, suggest(port, interfaces));
    }
    // Bound to active-primary, an address has device 0's virtual MAC wherever it is, and another may have it elsewhere.
    const all = Object.values(addresses);
    const bound = all.filter(({ floating }) => floating?.['bind-to-active-primary'] !== undefined);
    if (bound.length === 0 || bound.length === all.length) continue;
    const message = `expected all virtual addresses of ${port} or none bound to active-primary (they share a virtual MAC)`;
    reporter.atKey([...place, port], `${message}, got ${bound.length} of ${all.length}`);
  }
}

/** Each firewall decides by its own settings whose an address is, so both must have the same. */
function checkSame(reporter: Reporter, scenario: Scenario): void {
  const [[first, one], [second, other]] = Object.entries(scenario.devices) as [
    [string, Device],
    [string, Device],
  ];
  const [expected, got] = [virtual(one), virtual(other)];
  for (const port of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    if (JSON.stringify(sorted(expected[port])) === JSON.stringify(sorted(got[port]))) continue;
    const path = ['devices', second, ...PLACE, port];
    const message = `expected the virtual addresses of ${first} on ${port}`;
    if (got[port] === undefined) reporter.at(path, `${message}, got none`);
    else reporter.atKey(path, `${message}, got others`);
  }
}

function sorted(addresses: object | undefined): readonly unknown[] {
  return Object.entries(addresses ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function checkExpectations(reporter: Reporter, scenario: Scenario): void {
  const known = [...new Set(virtualAddressesOf(scenario).map(({ address }) => address))];
  const owners = [...reporter.names('device'), ...NOBODY_OR_BOTH];
  for (const [index, expectation] of scenario.expect.entries()) {
    for (const [mode, condition] of conditionsOf(expectation)) {
      for (const [address, owner] of Object.entries(condition.address ?? {})) {
        const path = ['expect', index, mode, 'address', address];
        if (!known.includes(address)) {
          const message = `expected a virtual address of the pair${listed(known)}, got ${address}`;
          reporter.atKey(path, message, suggest(address, known));
        }
        if (owners.includes(owner)) continue;
        reporter.at(path, `expected a device${listed(owners)}, got ${owner}`, suggest(owner, owners));
      }
    }
  }
}
