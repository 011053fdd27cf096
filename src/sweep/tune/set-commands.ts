/**
 * Settings as PAN-OS takes them: `set` commands for its configuration mode, in its units, one block for each firewall, because HA
 * settings are not synchronized between the two (they are local to each; D08).
 *
 * The nodes are those of PAN-OS's XML configuration (`deviceconfig/high-availability/group`). Since PAN-OS 8.1 a firewall has one
 * group, whose number is a value in it; before, the number is part of the path. Every election timer is written, so that what comes
 * out does not depend on the profile that was there.
 */

import { releaseOrdinal } from '../../ha/release.ts';
import type { Path } from '../../scenario/located.ts';
import type { Device } from '../../scenario/schema/device.ts';
import type { ResolvedScenario } from '../../scenario/schema/scenario.ts';
import { parseDurationUs } from '../../scenario/schema/units.ts';
import type { Setting } from '../../scenario/settings.ts';
import { UNIT, type Timer } from './space.ts';

/** What to paste into the configuration mode of one firewall. */
export interface CommandBlock {
  readonly device: string;
  readonly lines: readonly string[];
}

/**
 * @param settings of the point
 * @param timers every timer of the pair, for their units
 * @returns empty blocks where nothing is to be changed
 */
export function setCommands(
  scenario: ResolvedScenario,
  timers: readonly Timer[],
  settings: readonly Setting[],
): readonly CommandBlock[] {
  return Object.entries(scenario.devices).map(([device, resolved]) => ({
    device,
    lines: settings.map(
      ({ path, value }) => `set ${nodes(resolved, path).join(' ')} ${inUnit(timers, path, value)}`,
    ),
  }));
}

function nodes(device: Device, path: Path): string[] {
  const [, ...below] = path.map(String);
  const base = ['deviceconfig', 'high-availability'];
  // Links of HA stand beside the group, everything else in it.
  if (below[0] === 'interface') return [...base, ...below];
  const numbered = releaseOrdinal(device['sw-version']) < releaseOrdinal('8.1.0');
  const group = numbered ? ['group', String(device['high-availability']['group-id'])] : ['group'];
  return [...base, ...group, ...inGroup(below)];
}

/** Where PAN-OS's configuration has a level that a scenario leaves out. */
function inGroup(below: readonly string[]): readonly string[] {
  const [first, second, ...rest] = below;
  if (first === 'monitor-fail-hold-down-time') return ['mode', 'active-passive', first];
  if (first === 'active-active') return ['mode', ...below];
  if (first === 'monitoring' && second === 'path-monitoring') return [first, second, 'path-group', ...rest];
  return below;
}

function inUnit(timers: readonly Timer[], path: Path, value: unknown): string {
  const name = String(path.at(-1));
  const timer = timers.find((candidate) => candidate.name === name);
  if (timer === undefined || typeof value !== 'string') return String(value);
  return String((parseDurationUs(value) ?? 0) / UNIT[timer.unit]);
}
