/**
 * The firewalls of a pair in AWS: each a VM-Series firewall that is an instance, whose interfaces have the addresses of the network
 * interfaces behind them. An address that only PAN-OS knew of would get no packet (reference aws-ha.md, section 1.1).
 */

import { lookUp } from '../../look-up.ts';
import { DHCP_CLIENT } from '../../schema/device.ts';
import type { Aws } from '../../schema/aws.ts';
import type { Scenario } from '../../schema/scenario.ts';
import { addressOf } from '../addresses.ts';
import { listed, suggest, type Reporter } from '../report.ts';
import { behindPort } from './leases.ts';
import { privateAddresses } from './private-addresses.ts';

/** Reports firewalls that could not be in the VPC, and addresses of theirs that it does not have. */
export function checkVpcDevices(reporter: Reporter, scenario: Scenario, aws: Aws): void {
  const names = Object.keys(scenario.devices);
  const guests = Object.keys(aws.instances).filter((name) => !names.includes(name));
  for (const [name, device] of Object.entries(scenario.devices)) {
    if (!Object.hasOwn(aws.instances, name)) {
      const expected = `expected an instance of aws.instances for the device ${name}, got none`;
      reporter.atKey(['devices', name], expected, suggest(name, guests));
    }
    checkPlatform(reporter, name, device);
    checkPlugin(reporter, aws, name);
    for (const port of Object.keys(device.interfaces)) checkAddress(reporter, scenario, aws, name, port);
  }
}

function checkPlatform(reporter: Reporter, name: string, device: Scenario['devices'][string]): void {
  const { platform, hypervisor } = device;
  if (hypervisor !== undefined && platform !== 'VM-Series') return; // identity.ts tells.
  if (platform !== 'VM-Series') {
    const message = `expected platform VM-Series and hypervisor aws, since there is aws:, got ${platform}`;
    reporter.at(['devices', name, 'platform'], message);
  } else if (hypervisor !== 'aws') {
    const message = `expected hypervisor aws, since there is aws:, got ${hypervisor ?? 'none'}`;
    reporter.at(['devices', name, 'hypervisor'], message);
  }
}

/** The plugin had interface-move alone before 2.0.1 (P1). */
function checkPlugin(reporter: Reporter, aws: Aws, name: string): void {
  const plugin = lookUp(aws.instances, name)?.['vm-series'].plugin;
  if (plugin === undefined || aws['failover-mode'] !== 'secondary-ip' || isAtLeast(plugin, '2.0.1')) return;
  const expected = 'expected VM-Series plugin 2.0.1 or later for failover-mode secondary-ip (P1)';
  reporter.at(['aws', 'instances', name, 'vm-series', 'plugin'], `${expected}, got ${plugin}`);
}

/** Whether a version is another or later. */
export function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  const differing = (a ?? []).findIndex((part, index) => part !== b?.[index]);
  return differing === -1 || (a?.[differing] ?? 0) > (b?.[differing] ?? 0);
}

/** Configuration sync copies addresses, so one of the peer's network interface at the same index is right, too. */
function checkAddress(reporter: Reporter, scenario: Scenario, aws: Aws, name: string, port: string): void {
  const ip = scenario.devices[name]?.interfaces[port]?.ip;
  if (ip === undefined || ip === DHCP_CLIENT) return;
  const behind = Object.keys(scenario.devices).flatMap((device) => behindPort(scenario, device, port));
  const items = [...new Set(behind)].flatMap((item) => lookUp(aws['network-interfaces'], item) ?? []);
  const known = items.flatMap(privateAddresses);
  if (items.length === 0 || known.includes(addressOf(ip))) return; // data-ports.ts tells when nothing is behind.
  const expected = `expected dhcp-client or an address of the network interface behind ${port}${listed(known)}`;
  reporter.at(['devices', name, 'interfaces', port, 'ip'], `${expected}, got ${ip}`);
}
