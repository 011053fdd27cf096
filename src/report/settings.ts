/**
 * The resolved settings of the pair: what differs side by side, what both have in common once.
 */

import { formatDuration } from '../kernel/time.ts';
import type { ActiveActiveSettings, AwsDeviceSettings, DeviceSettings, RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { labelled, table, type Cell } from './table.ts';

/** A setting: its name as PAN-OS spells it, and its value in words; null where it does not apply. */
type Field = readonly [name: string, value: (device: DeviceSettings) => string | null, bare?: 'bare'];

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const orNone = (values: readonly string[]): string => (values.length === 0 ? 'none' : values.join('; '));

/** Of an active/passive member only, or of an active/active one only. */
const inActivePassive = (value: (device: DeviceSettings) => string) => (device: DeviceSettings) =>
  device.activeActive === null ? value(device) : null;
const inActiveActive =
  (value: (settings: ActiveActiveSettings) => string) =>
  ({ activeActive }: DeviceSettings) =>
    activeActive === null ? null : value(activeActive);

const inAws =
  (value: (settings: AwsDeviceSettings) => string) =>
  ({ aws }: DeviceSettings) =>
    aws === undefined ? null : value(aws);

/** `bare`: the value says what it is. */
const GROUPS: readonly (readonly [label: string, fields: readonly Field[]])[] = [
  [
    'pair',
    [
      ['platform', (device) => device.platform, 'bare'],
      ['mode', (device) => device.mode, 'bare'],
      ['group-id', (device) => String(device.groupId)],
      ['device-priority', inActivePassive((device) => String(device.devicePriority))],
      ['device-id', inActiveActive(({ deviceId }) => String(deviceId))],
      ['preemptive', (device) => yesNo(device.preemptive)],
      ['passive-link-state', inActivePassive((device) => device.passiveLinkState)],
    ],
  ],
  [
    'sessions',
    [
      ['session-owner-selection', inActiveActive(({ sessionOwner }) => sessionOwner)],
      ['session-setup', inActiveActive(({ sessionSetup }) => sessionSetup)],
    ],
  ],
  [
    'addresses',
    [['virtual-address', inActiveActive(({ virtualAddresses }) => orNone(virtualAddresses)), 'bare']],
  ],
  ['interfaces', [['interfaces', (device) => orNone(device.interfaces), 'bare']]],
  [
    'AWS',
    [
      ['failover-mode', inAws(({ failoverMode }) => failoverMode)],
      ['instance-type', inAws(({ instanceType }) => instanceType), 'bare'],
      ['plugin', inAws(({ plugin }) => plugin)],
      ['dpdk-pkt-io', inAws(({ dpdk }) => (dpdk ? 'on' : 'off'))],
      ['network-interfaces', inAws(({ networkInterfaces }) => orNone(networkInterfaces)), 'bare'],
      ['iam-instance-profile', inAws(({ instanceProfile }) => instanceProfile ?? 'none')],
    ],
  ],
  [
    'HA links',
    [
      ['ha1', (device) => device.ha1],
      ['ha1-backup', (device) => device.ha1Backup ?? 'none'],
      ['ha1-encryption', (device) => (device.ha1Encryption ? yesNo(true) : null)],
      ['heartbeat-backup', (device) => yesNo(device.heartbeatBackup)],
      ['ha2', (device) => device.ha2 ?? 'none'],
      ['ha2-backup', (device) => device.ha2Backup ?? 'none'],
      ['ha3', inActiveActive(({ ha3 }) => ha3 ?? 'none')],
      ['state-synchronization', (device) => yesNo(device.stateSynchronization)],
      ['ha2-keep-alive', (device) => device.ha2KeepAlive ?? null],
    ],
  ],
  [
    'timers',
    [
      ['heartbeat-interval', (device) => formatDuration(device.heartbeatIntervalUs)],
      ['hello-interval', (device) => formatDuration(device.helloIntervalUs)],
      ['promotion-hold-time', (device) => formatDuration(device.promotionHoldUs)],
      ['preemption-hold-time', (device) => formatDuration(device.preemptionHoldUs)],
      ['monitor-fail-hold-up-time', (device) => formatDuration(device.monitorFailHoldUpUs)],
      ['additional-master-hold-up-time', (device) => formatDuration(device.additionalMasterHoldUpUs)],
      [
        'monitor-fail-hold-down-time',
        inActivePassive((device) => formatDuration(device.monitorFailHoldDownUs)),
      ],
      ['tentative-hold-time', inActiveActive(({ tentativeHoldUs }) => formatDuration(tentativeHoldUs))],
      ['flap-max', (device) => String(device.flapMax)],
    ],
  ],
  [
    'monitoring',
    [
      ['links', (device) => orNone(device.linkMonitoring)],
      ['paths', (device) => orNone(device.pathMonitoring)],
    ],
  ],
];

/** A setting with its value on each firewall. */
export interface SettingRow {
  readonly group: string;
  readonly name: string;
  readonly values: readonly string[];
}

/** Every setting that applies to one of the firewalls at least. */
export function settingRows(devices: readonly DeviceSettings[]): SettingRow[] {
  return GROUPS.flatMap(([group, fields]) =>
    fields.flatMap(([name, value]) => {
      const values = devices.map(value);
      if (values.every((one) => one === null)) return [];
      return [{ group, name, values: values.map((one) => one ?? 'none') }];
    }),
  );
}

/** The settings as lines; a firewall has a column where the two differ. */
export function settingsLines(result: RunResult, style: Styler, width: number): string[] {
  const { devices } = result;
  const agreed: string[] = [];
  const differing: Cell[][] = [];
  for (const [label, fields] of GROUPS) {
    const common: string[] = [];
    for (const [name, value, bare] of fields) {
      const applying = devices.map(value);
      if (applying.every((one) => one === null)) continue;
      const values = applying.map((one) => one ?? 'none');
      const [first = ''] = values;
      if (values.some((other) => other !== first)) differing.push(...columns(name, values));
      else common.push(bare === 'bare' ? first : `${name} ${first}`);
    }
    if (common.length > 0) agreed.push(...flow(`  ${label.padEnd(12)}`, common, width));
  }
  const head = [{ text: '' }, ...devices.map(({ name }) => ({ text: name, style: style.bold }))];
  const apart = differing.length === 0 ? [] : table([head, ...differing], { indent: 2 });
  return [style.bold('Settings'), ...apart, ...agreed];
}

/** Fields behind a label, as many on a line as fit; a field is broken only when it is longer than a line. */
function flow(label: string, fields: readonly string[], width: number): string[] {
  const glued = fields.map((field) => (field.length < width / 2 ? field.replaceAll(' ', '\u00a0') : field));
  return labelled(label, glued.join(' · '), width).map((line) => line.replaceAll('\u00a0', ' '));
}

/** One row for each entry of the longest list. */
function columns(name: string, values: readonly string[]): Cell[][] {
  const lists = values.map((value) => value.split('; '));
  const rows = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: rows }, (_, row) => [
    { text: (row === 0 ? name : '').padEnd(20) },
    ...lists.map((list) => ({ text: list[row] ?? '' })),
  ]);
}
