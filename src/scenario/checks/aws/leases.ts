/**
 * Interfaces with `ip: dhcp-client`, as addresses: AWS answers with the primary private address of the network interface behind
 * (P2: "DHCP client on layer-3 interfaces"), so that whoever checks addresses sees one, given or got.
 *
 * An interface behind which there is no network interface is left out; data-ports.ts tells of it.
 */

import { FIRST_DATA_INDEX } from '../../../cloud/aws/device-index.ts';
import { lookUp } from '../../look-up.ts';
import { interfaceAt } from '../../aws-cabling.ts';
import type { Aws } from '../../schema/aws.ts';
import { DHCP_CLIENT } from '../../schema/device.ts';
import type { Scenario } from '../../schema/scenario.ts';
import type { Reporter } from '../report.ts';

type Interfaces = Scenario['devices'][string]['interfaces'];

/** The network interfaces of which a port of a firewall may have its configuration: its own first, then its peer's, which moves or is synchronized. */
export function behindPort(scenario: Scenario, device: string, port: string): string[] {
  const { aws } = scenario;
  if (aws === undefined) return [];
  const owners = [device, ...Object.keys(scenario.devices).filter((name) => name !== device)];
  return owners.flatMap((owner) => {
    const names = lookUp(aws.instances, owner)?.['network-interfaces'] ?? [];
    return names.filter(
      (_, index) => interfaceAt(index) === port && (owner === device || index >= FIRST_DATA_INDEX),
    );
  });
}

/** The primary address of a network interface with the prefix length of its subnet; null when a name in it is wrong. */
export function primaryAddress(aws: Aws, networkInterface: string | undefined): string | null {
  const item = lookUp(aws['network-interfaces'], networkInterface);
  const length = lookUp(aws.subnets, item?.subnet)?.cidr.split('/')[1];
  return item === undefined || length === undefined ? null : `${item['private-ip']}/${length}`;
}

/** A scenario in which every interface of the firewalls has an address. */
export function withLeases(scenario: Scenario): Scenario {
  const lease = (device: string, interfaces: Interfaces): Interfaces => {
    const leased = Object.entries(interfaces).flatMap(([port, item]) => {
      const ip = item.ip === DHCP_CLIENT ? leaseOf(scenario, device, port) : item.ip;
      return ip === null ? [] : [[port, { ...item, ip }] as const];
    });
    return Object.fromEntries(leased);
  };
  const devices = Object.entries(scenario.devices).map(([name, device]) => {
    return [name, { ...device, interfaces: lease(name, device.interfaces) }] as const;
  });
  const timeline = scenario.timeline.map((entry) => {
    const { commit, candidate } = entry;
    return {
      ...entry,
      ...(commit?.interfaces && {
        commit: { ...commit, interfaces: lease(commit.device, commit.interfaces) },
      }),
      ...(candidate?.interfaces && {
        candidate: { ...candidate, interfaces: lease(candidate.device, candidate.interfaces) },
      }),
    };
  });
  return { ...scenario, devices: Object.fromEntries(devices), timeline };
}

function leaseOf(scenario: Scenario, device: string, port: string): string | null {
  const [first] = behindPort(scenario, device, port);
  return scenario.aws === undefined ? null : primaryAddress(scenario.aws, first);
}

/** Reports DHCP clients where nobody gives addresses. */
export function checkDhcpClients(reporter: Reporter, { aws, devices, timeline }: Scenario): void {
  if (aws !== undefined) return;
  const own = Object.entries(devices).map(([name, { interfaces }]) => {
    return { interfaces, place: ['devices', name, 'interfaces'] };
  });
  const changed = timeline.flatMap((entry, index) =>
    (['candidate', 'commit'] as const).map((action) => {
      return {
        interfaces: entry[action]?.interfaces ?? {},
        place: ['timeline', index, action, 'interfaces'],
      };
    }),
  );
  for (const { interfaces, place } of [...own, ...changed]) {
    for (const [port, { ip }] of Object.entries(interfaces)) {
      if (ip !== DHCP_CLIENT) continue;
      const message = `expected an IPv4 address with its prefix length, since there is no aws:, got ${ip}`;
      reporter.at([...place, port, 'ip'], message);
    }
  }
}
