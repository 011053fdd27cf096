/**
 * The ports that carry HA: each cabled, with one duty, and able to reach the port of the same duty at the peer.
 *
 * Sources: reference sections 6 (state synchronization runs over HA2) and 7 (HA2 and HA3 may share HSCI; one data port cannot be
 * both, D10). What PAN-OS refuses of ports that could work is in `refusals/`.
 */

import type { Path } from '../located.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Cabling } from './cabling.ts';
import type { Reporter } from './report.ts';

export const DUTIES = ['ha1', 'ha1-backup', 'ha2', 'ha2-backup', 'ha3'] as const;
export type Duty = (typeof DUTIES)[number];

type Devices = Scenario['devices'];

/** The port of a duty, or null when the device does not have the duty. */
export function dutyPort(device: Devices[string], duty: Duty): string | null {
  return device['high-availability'].interface[duty]?.port ?? null;
}

/** The HA duty of a port of a device, or null for a port that carries data. */
export function dutyOf(device: Devices[string], port: string): Duty | null {
  return DUTIES.find((duty) => dutyPort(device, duty) === port) ?? null;
}

/** Reports HA ports that could not carry HA. */
export function checkHaPorts(reporter: Reporter, devices: Devices, cabling: Cabling): void {
  for (const [name, device] of Object.entries(devices)) checkDuties(reporter, name, device);
  for (const duty of DUTIES) checkPair(reporter, devices, duty, cabling);
  checkStateSynchronization(reporter, devices);
  checkHeartbeatBackup(reporter, devices, cabling);
  for (const duty of ['ha2', 'ha2-backup'] as const) checkAddresses(reporter, devices, duty);
}

/** HA2 has an address only where it is routed, and then both ends have one. */
function checkAddresses(reporter: Reporter, devices: Devices, duty: 'ha2' | 'ha2-backup'): void {
  const links = Object.entries(devices).flatMap(([name, device]) => {
    const { interface: ports, 'state-synchronization': sync } = device['high-availability'];
    const link = ports[duty];
    return link === undefined ? [] : [{ name, sync, address: link['ip-address'] }];
  });
  for (const { name, sync, address } of links) {
    const path = haPath(name, 'interface', duty, 'ip-address');
    if (address !== undefined && sync.transport === 'ethernet') {
      const message = `expected no ip-address for ${duty} of ${name} with transport ethernet, got ${address}`;
      reporter.at(path, message, 'Set state-synchronization: { transport: ip } or udp.');
    } else if (address === undefined && links.some((other) => other.address !== undefined)) {
      reporter.at(
        path,
        `expected an ip-address for ${duty} on both devices or on neither, got none on ${name}`,
      );
    }
  }
}

function haPath(device: string, ...rest: readonly string[]): Path {
  return ['devices', device, 'high-availability', ...rest];
}

function checkDuties(reporter: Reporter, name: string, device: Devices[string]): void {
  for (const duty of DUTIES) {
    const port = dutyPort(device, duty);
    const first = port === null ? null : dutyOf(device, port);
    if (first === null || first === duty || mayShare(first, duty, port)) continue;
    const message = `expected another port of ${name} for ${duty} than for ${first}, got ${port} for both`;
    reporter.at(haPath(name, 'interface', duty, 'port'), message);
  }
}

/** HA1-backup on the port of HA1 could work, but PAN-OS refuses it: `refusals/ports.ts` tells. */
function mayShare(first: Duty, duty: Duty, port: string | null): boolean {
  return duty === 'ha1-backup' ? first === 'ha1' : duty === 'ha3' && first === 'ha2' && port === 'hsci';
}

/** Both devices have the duty or neither; both ports are cabled, and a cable leads from one to the other. */
function checkPair(reporter: Reporter, devices: Devices, duty: Duty, cabling: Cabling): void {
  const holders = Object.entries(devices).flatMap(([name, device]) => {
    const port = dutyPort(device, duty);
    return port === null ? [] : [{ name, end: `${name}:${port}` }];
  });
  const [one, other] = holders;
  if (one === undefined) return;
  if (other === undefined) {
    const message = `expected ${duty} on both devices or on neither, got it on ${one.name} only`;
    reporter.atKey(haPath(one.name, 'interface', duty), message);
    return;
  }
  const loose = holders.filter(({ end }) => !cabling.isCabled(end));
  for (const { name, end } of loose) {
    reporter.at(
      haPath(name, 'interface', duty, 'port'),
      `expected ${cabling.means} with ${end} for ${duty}, got none`,
    );
  }
  if (loose.length > 0 || cabling.reaches(one.end, other.end)) return;
  const way = `expected a way for ${duty} from ${one.end} to ${other.end}, direct or through switches only`;
  reporter.at(haPath(one.name, 'interface', duty, 'port'), `${way}, got none`);
}

function checkStateSynchronization(reporter: Reporter, devices: Devices): void {
  for (const [name, device] of Object.entries(devices)) {
    const ha = device['high-availability'];
    if (!ha['state-synchronization'].enabled || ha.interface.ha2 !== undefined) continue;
    // When only one device has ha2, checkPair has said so.
    if (Object.values(devices).some((other) => dutyPort(other, 'ha2') !== null)) continue;
    const message = `expected a port for ha2 on ${name}, since state-synchronization is enabled, got none`;
    reporter.at(
      haPath(name, 'interface', 'ha2'),
      message,
      'Or set state-synchronization: { enabled: false }.',
    );
  }
}

function checkHeartbeatBackup(reporter: Reporter, devices: Devices, cabling: Cabling): void {
  const enabled = Object.entries(devices).filter(
    ([, device]) => device['high-availability']['election-option']['heartbeat-backup'],
  );
  for (const [name] of enabled) {
    const path = haPath(name, 'election-option', 'heartbeat-backup');
    const end = `${name}:management`;
    const peer = Object.keys(devices).find((other) => other !== name);
    if (peer === undefined || cabling.reaches(end, `${peer}:management`)) continue;
    const way = `expected a way for heartbeat-backup from ${end} to ${peer}:management`;
    reporter.at(path, `${way}, direct or through switches only, got none`);
  }
}
