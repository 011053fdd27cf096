/**
 * What crossed HA3: each firewall's packets by purpose, what of them was dropped and why, and how often a packet crossed.
 */

import type { RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { grouped, labelled, table, type Cell } from './table.ts';

/** HA3 as lines; none in active/passive. */
export function ha3Lines({ ha3 }: RunResult, style: Styler, width: number): string[] {
  if (ha3 === null) return [];
  const [first] = ha3.devices;
  const causes = Object.keys(first?.dropped ?? {}) as (keyof NonNullable<typeof first>['dropped'])[];
  const titles = ['device', 'set-up', 'returned', 'to owner', 'to egress', 'bytes', 'dropped', ...causes];
  const head = titles.map((text): Cell => ({ text, style: style.dim }));
  const rows = ha3.devices.map(({ device, packets, bytes, dropped }): Cell[] => [
    { text: device },
    ...[packets['set-up'], packets['set-up-done'], packets.owner, packets.egress, bytes].map(count),
    ...[causes.reduce((sum, cause) => sum + dropped[cause], 0), ...causes.map((cause) => dropped[cause])].map(
      (lost) => (lost > 0 ? { text: grouped(lost), style: style.red } : count(lost)),
    ),
  ]);
  const align = ['left' as const, ...titles.slice(1).map(() => 'right' as const)];
  const crossings = ha3.crossings.map((packets, times) => `${grouped(packets)} × ${times}`).join(', ');
  return [
    style.bold('HA3'),
    ...table([head, ...rows], { indent: 2, align }),
    ...labelled('  ', `Transit packets by HA3 crossings: ${crossings === '' ? 'none' : crossings}`, width),
  ];
}

function count(value: number): Cell {
  return { text: grouped(value) };
}
