/**
 * What two peers cannot both be, or not differ in. One device-id for both is a mistake of the person who configured the second
 * (K05). What makes PAN-OS suspend a firewall or take it out of service (K04, K05) contradicts `start: converged`: the
 * pair cannot have long been up. From a cold boot the same difference is a run, in which one of them leaves.
 */

import type { Device } from '../../schema/device.ts';
import { ha, type Refusal } from './refusal.ts';

/** Refuses that the second device of a converged pair differs from the first. */
function sameAsPeer(
  rule: string,
  source: string,
  at: Refusal['at'],
  of: (device: Device) => string | number | boolean | undefined,
): Refusal {
  return {
    rule,
    sources: [source],
    at,
    breach: (device, { peer, second, start }) => {
      if (start !== 'converged' || peer === null || !second || of(device) === of(peer)) return null;
      const name = String(at.at(-1));
      return [
        `${name} ${String(of(peer))} as on the peer, with start: converged`,
        String(of(device) ?? 'none'),
      ];
    },
  };
}

export const PEERS: readonly Refusal[] = [
  {
    rule: 'R-076',
    sources: ['K05'],
    at: ha('active-active', 'device-id'),
    breach: ({ 'high-availability': of }, { peer, second }) => {
      const other = peer?.['high-availability'];
      if (!second || of.mode !== 'active-active' || other?.mode !== 'active-active') return null;
      const id = of['active-active']['device-id'];
      if (id === undefined || id !== other['active-active']['device-id']) return null;
      return ['another device-id than that of the peer', String(id)];
    },
  },
  sameAsPeer('R-159', 'K04', ['platform'], (device) => device.platform),
  sameAsPeer('R-159', 'K04', ['multi-vsys'], (device) => device['multi-vsys']),
  sameAsPeer('R-159', 'K04', ['fips-cc'], (device) => device['fips-cc']),
  sameAsPeer('R-158', 'K05', ha('mode'), (device) => device['high-availability'].mode),
  sameAsPeer('R-158', 'K05', ha('group-id'), (device) => device['high-availability']['group-id']),
  sameAsPeer(
    'R-158',
    'K05',
    ha('state-synchronization', 'enabled'),
    (device) => device['high-availability']['state-synchronization'].enabled,
  ),
  sameAsPeer(
    'R-158',
    'K05',
    ha('state-synchronization', 'transport'),
    (device) => device['high-availability']['state-synchronization'].transport,
  ),
  sameAsPeer(
    'R-158',
    'K05',
    ha('interface', 'ha2', 'port'),
    (device) => device['high-availability'].interface.ha2?.port,
  ),
  sameAsPeer('R-125', 'K05', ha('active-active', 'packet-forwarding'), (device) => {
    return device['high-availability']['active-active']['packet-forwarding'];
  }),
  sameAsPeer('R-158', 'K05', ha('active-active', 'session-owner-selection'), (device) => {
    return device['high-availability']['active-active']['session-owner-selection'];
  }),
  sameAsPeer('R-158', 'K05', ha('active-active', 'session-setup'), (device) => {
    const setup = device['high-availability']['active-active']['session-setup'];
    return typeof setup === 'string' ? setup : JSON.stringify(setup);
  }),
  ...(['virtual-router', 'qos'] as const).map((key) => {
    return sameAsPeer('R-158', 'K05', ha('active-active', 'network-configuration-sync', key), (device) => {
      return device['high-availability']['active-active']['network-configuration-sync'][key];
    });
  }),
];
