/** What links of a pair are for, as PAN-OS writes it. */

const DUTIES: Readonly<Record<string, string>> = {
  ha1: 'HA1',
  'ha1-backup': 'HA1-backup',
  'heartbeat-backup': 'heartbeat-backup',
  ha2: 'HA2',
  'ha2-backup': 'HA2-backup',
  ha3: 'HA3',
};

/** `HA1` of `ha1`; what is no duty stays as it is. */
export function dutyName(duty: string): string {
  return DUTIES[duty] ?? duty;
}
