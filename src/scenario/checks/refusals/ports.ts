/**
 * Backups that would fail with what they back up: HA1-backup on the port of HA1 (D11), and heartbeat-backup, which always uses
 * the management interface, beside HA1 or HA1-backup on that interface (D04).
 */

import { ha, type Refusal } from './refusal.ts';

export const PORTS: readonly Refusal[] = [
  {
    rule: 'R-013',
    sources: ['D11'],
    at: ha('interface', 'ha1-backup', 'port'),
    breach: ({ 'high-availability': { interface: ports } }) => {
      const { ha1, 'ha1-backup': backup } = ports;
      return backup?.port === ha1.port ? ['another port for ha1-backup than for ha1', ha1.port] : null;
    },
  },
  {
    rule: 'R-014',
    sources: ['D04'],
    at: ha('election-option', 'heartbeat-backup'),
    breach: ({ 'high-availability': of }) => {
      if (!of['election-option']['heartbeat-backup']) return null;
      const duty = (['ha1', 'ha1-backup'] as const).find((one) => of.interface[one]?.port === 'management');
      if (duty === undefined) return null;
      return [`${duty} on another port than management with heartbeat-backup`, 'management'];
    },
  },
];
