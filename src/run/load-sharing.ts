/**
 * How an active/active pair shares its sessions, from the Active/Active Config tab to the model's rules.
 */

import type { LoadSharing, SessionSetup } from '../firewall/load-sharing.ts';
import type { ActiveActive } from '../scenario/schema/active-active.ts';
import type { Device } from '../scenario/schema/device.ts';
import type { Unpublished } from '../scenario/schema/unpublished.ts';
import { deviceIdOf } from './ha-settings.ts';

/** Null in active/passive. */
export function loadSharing(device: Device, unpublished: Unpublished): LoadSharing | null {
  const ha = device['high-availability'];
  if (ha.mode !== 'active-active') return null;
  const settings = ha['active-active'];
  return {
    self: deviceIdOf(device),
    owner: settings['session-owner-selection'],
    setup: sessionSetup(settings['session-setup'], unpublished),
    packetForwarding: settings['packet-forwarding'],
    unknownPacket: unpublished['unknown-session-packet'],
    onReturn: unpublished['session-ownership-return'],
  };
}

function sessionSetup(setup: ActiveActive['session-setup'], unpublished: Unpublished): SessionSetup {
  if (typeof setup !== 'string') {
    const { 'hash-key': key, 'hash-seed': seed } = setup['ip-hash'];
    return { kind: 'ip-hash', key, seed };
  }
  if (setup !== 'ip-modulo') return { kind: setup };
  return { kind: setup, evenTo: unpublished['ip-modulo-parity'] === 'even-to-0' ? 0 : 1 };
}
