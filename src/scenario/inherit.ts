/**
 * The top-level `high-availability` is what both firewalls have in common: it is laid under each device's own block
 * before the schema sees either, so that the schema gives its defaults to the whole and not to the parts.
 */

import type { LocatedEntry, LocatedMap } from './located.ts';
import { mergeLocated, withKey } from './merge.ts';

/** The key of the shared block, and of a device's own. */
export const SHARED_BLOCK = 'high-availability';

/** Every device with the shared block under its own. The shared block itself stays: it is checked alone too. */
export function inheritHighAvailability(tree: LocatedMap): LocatedMap {
  const shared = tree.entries.get(SHARED_BLOCK);
  const devices = tree.entries.get('devices');
  if (shared?.value.kind !== 'map' || devices?.value.kind !== 'map') return tree;
  let laid: LocatedMap = devices.value;
  for (const [name, device] of devices.value.entries) {
    if (device.value.kind !== 'map') continue;
    const value = withKey(
      device.value,
      SHARED_BLOCK,
      layUnder(shared, device.value.entries.get(SHARED_BLOCK)),
    );
    laid = withKey(laid, name, { key: device.key, value });
  }
  return withKey(tree, 'devices', { key: devices.key, value: laid });
}

function layUnder(shared: LocatedEntry, own: LocatedEntry | undefined): LocatedEntry {
  if (own === undefined) return shared;
  return { key: own.key, value: mergeLocated(shared.value, own.value) };
}

/** Whether a path leads into the shared block, where a key may be missing because the devices give it. */
export function isShared(path: readonly PropertyKey[]): boolean {
  return path[0] === SHARED_BLOCK;
}
