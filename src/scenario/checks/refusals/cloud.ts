/**
 * What PAN-OS does not offer on a VM-Series firewall, by its hypervisor: on AWS only active/passive, with HA1 on the management
 * interface, HA2 on ethernet1/1 through layer 3 and no backups (D24; C-001 to C-004); no link monitoring on AWS and ESXi (D06); no
 * passive-link-state shutdown on AWS (D04).
 *
 * D06 says that path monitoring is not there on AWS either. The reference for AWS has it work as in PAN-OS (aws-ha.md, K20, C-010), and
 * the timers that P1 lists for AWS are those of monitoring; so it is let through.
 */

import type { Device } from '../../schema/device.ts';
import { ha, type Refusal } from './refusal.ts';

/** A refusal on AWS: `got` gives what is refused in words, or null. */
function onAws(
  rule: string | readonly [rule: string, onAws: string],
  source: string,
  at: Refusal['at'],
  expected: string,
  got: (of: Device['high-availability']) => string | null | undefined,
): Refusal {
  const [own, alias] = typeof rule === 'string' ? [rule] : rule;
  return {
    rule: own,
    ...(alias === undefined ? {} : { onAws: alias }),
    sources: [source],
    at,
    breach: (device) => {
      const refused = device.hypervisor === 'aws' ? got(device['high-availability']) : null;
      return typeof refused === 'string' ? [`${expected} on AWS`, refused] : null;
    },
  };
}

type Monitoring = Device['high-availability']['monitoring'];

function linkGroups({ 'link-monitoring': links }: Monitoring): string | null {
  const groups = Object.keys(links['link-group']);
  return links.enabled && groups.length > 0 ? groups.join(', ') : null;
}

const LINK_GROUP = ha('monitoring', 'link-monitoring', 'link-group');

export const CLOUD: readonly Refusal[] = [
  onAws(['R-153', 'C-001'], 'D24', ha('mode'), 'mode active-passive', ({ mode }) =>
    mode === 'active-passive' ? null : mode,
  ),
  onAws(
    ['R-153', 'C-002'],
    'D24',
    ha('interface', 'ha1', 'port'),
    'ha1 on management',
    ({ interface: { ha1 } }) => (ha1.port === 'management' ? null : ha1.port),
  ),
  onAws(['R-153', 'C-004'], 'D24', ha('interface', 'ha1-backup'), 'no ha1-backup', (of) => {
    return of.interface['ha1-backup']?.port;
  }),
  onAws(['R-153', 'C-004'], 'D24', ha('interface', 'ha2-backup'), 'no ha2-backup', (of) => {
    return of.interface['ha2-backup']?.port;
  }),
  onAws('R-153', 'D24', ha('election-option', 'heartbeat-backup'), 'no heartbeat-backup', (of) =>
    of['election-option']['heartbeat-backup'] ? 'true' : null,
  ),
  onAws(
    ['R-153', 'C-003'],
    'D24',
    ha('interface', 'ha2', 'port'),
    'ha2 on ethernet1/1',
    ({ interface: { ha2 } }) => (ha2?.port === 'ethernet1/1' ? null : ha2?.port),
  ),
  onAws('R-153', 'D24', ha('state-synchronization', 'transport'), 'transport ip or udp', (of) => {
    const { enabled, transport } = of['state-synchronization'];
    return enabled && transport === 'ethernet' ? transport : null;
  }),
  onAws('R-153', 'D04', ha('passive-link-state'), 'passive-link-state auto', (of) =>
    of.mode === 'active-passive' && of['passive-link-state'] === 'shutdown' ? 'shutdown' : null,
  ),
  onAws('R-049', 'D06', LINK_GROUP, 'no link-monitoring', ({ monitoring }) => linkGroups(monitoring)),
  {
    rule: 'R-049',
    sources: ['D06'],
    at: LINK_GROUP,
    breach: ({ hypervisor, 'high-availability': { monitoring } }) => {
      const groups = hypervisor === 'esxi' ? linkGroups(monitoring) : null;
      return groups === null ? null : ['path-monitoring instead of link-monitoring on ESXi', groups];
    },
  },
];
