/**
 * What in the settings would have saved lost sessions, by the cause of their loss.
 *
 * Data, so that a reader can check it against the reference: each remedy names its rule, the setting to change, and when it applies
 * (a pair that does so already is not told to).
 */

/** What a remedy asks of the settings of a firewall. */
export interface SyncSettings {
  readonly stateSynchronization: boolean;
  readonly ha2Backup: string | null;
  /** Absent = keep-alive is off. */
  readonly ha2KeepAlive?: string;
}

export interface Remedy {
  /** One sentence, without a full stop. */
  readonly text: string;
  /** The setting to change; null where none helps. */
  readonly setting: string | null;
  readonly rule: string | null;
}

interface Entry extends Remedy {
  /** Whether it would change anything for this firewall; always unless told. */
  readonly applies?: (device: SyncSettings) => boolean;
}

const off = ({ stateSynchronization }: SyncSettings): boolean => !stateSynchronization;

const REMEDIES: Readonly<Record<string, readonly Entry[]>> = {
  'not-synced': [
    {
      text: 'switch state synchronization on',
      setting: 'state-synchronization.enabled',
      rule: 'R-096',
      applies: off,
    },
    {
      text: 'give HA2 a backup, to which synchronization moves when HA2 loses its carrier',
      setting: 'interface.ha2-backup',
      rule: 'R-097',
      applies: (device) => !off(device) && device.ha2Backup === null,
    },
    {
      text: 'switch HA2 keep-alive on, so that an HA2 that carries nothing is noticed before the failover that needs it',
      setting: 'state-synchronization.ha2-keep-alive',
      rule: 'R-098',
      applies: (device) => !off(device) && device.ha2KeepAlive === undefined,
    },
    {
      text: 'repair HA2 sooner: what was set up while it was down is lost at the next failover',
      setting: null,
      rule: 'R-095',
      applies: (device) => !off(device),
    },
  ],
  'in-flight': [
    {
      text: 'nothing to set on PAN-OS: their messages had not left; a shorter lag loses fewer',
      setting: 'unpublished.session-sync-lag',
      rule: 'R-112',
    },
  ],
  'sync-backlog': [
    {
      text: 'give HA2 more room: more messages per second, or a link with more bandwidth',
      setting: 'unpublished.session-sync-rate, bandwidth of the HA2 link',
      rule: 'R-112',
    },
  ],
  'not-synced-by-design': [
    { text: 'none: HA2 does not carry sessions of this kind', setting: null, rule: null },
  ],
  decrypted: [
    {
      text: 'none: PAN-OS documents that these sessions do not survive a failover; clients have to connect again',
      setting: null,
      rule: 'R-108',
    },
  ],
  asymmetric: [
    {
      text: 'let the firewalls hand packets over: HA3 with packet forwarding on both, or paths that are symmetric',
      setting: 'interface.ha3, active-active.packet-forwarding',
      rule: 'R-118',
    },
  ],
  'timed-out': [
    {
      text: 'make the outage shorter than the patience of TCP: quicker detection, shorter holds',
      setting: 'heartbeat-interval, promotion-hold-time, monitor-fail-hold-up-time, passive-link-state',
      rule: null,
    },
  ],
  flushed: [
    {
      text: 'keep the firewall that knows them in service: the table was emptied by a restart or a bulk synchronization',
      setting: null,
      rule: 'R-089',
    },
  ],
  'address-moved': [
    {
      text: 'translate to a floating address, which moves along, instead of the address of an interface',
      setting: 'active-active.virtual-address, nat',
      rule: 'R-131',
    },
  ],
  'aged-out': [
    {
      text: 'make the idle timeout longer than the outage and the pauses of the application',
      setting: null,
      rule: null,
    },
  ],
};

/** What would have saved sessions that were lost for a cause; empty for a cause that it does not know. */
export function remediesFor(cause: string, devices: readonly SyncSettings[]): readonly Remedy[] {
  const entries = Object.hasOwn(REMEDIES, cause) ? (REMEDIES[cause] as readonly Entry[]) : [];
  return entries
    .filter(({ applies }) => applies === undefined || devices.some(applies))
    .map(({ text, setting, rule }) => ({ text, setting, rule }));
}
