/**
 * Settings that belong to the other mode, and what active/active cannot be without: HA3 and the Active/Active Config tab are
 * of active/active, passive link state and monitor fail hold down of active/passive (D04, D07, D11); packets of an asymmetric
 * flow need HA3 (D07); layer 2 interfaces are of active/passive only (C25, D01); the owner primary-device forces the same session set-up (D13).
 */

import type { Device } from '../../schema/device.ts';
import { ha, type Refusal } from './refusal.ts';

/** Refuses a key that is given in the mode that does not have it. */
function onlyIn(mode: Device['high-availability']['mode'], rule: string, source: string, at: Refusal['at']) {
  const key = String(at.at(-1));
  const refusal: Refusal = {
    rule,
    sources: [source],
    at,
    part: 'key',
    breach: (device, { given }) => {
      const actual = device['high-availability'].mode;
      return actual === mode || !given(at) ? null : [`${key} in mode ${mode} only`, `it in mode ${actual}`];
    },
  };
  return refusal;
}

type NatRule = Device['nat'][number];

/** Of dynamic translations each device has its own; static ones may be bound to both, or to the active-primary. */
function isRefusedBinding(rule: NatRule, mode: Device['high-availability']['mode']): boolean {
  const binding = rule['active-active-device-binding'];
  if (mode === 'active-passive') return binding !== 'both';
  return (
    rule['source-translation'] === 'dynamic-ip-and-port' && (binding === 'both' || binding === 'primary')
  );
}

export const MODE: readonly Refusal[] = [
  onlyIn('active-active', 'R-124', 'D11', ha('interface', 'ha3')),
  onlyIn('active-active', 'R-075', 'D07', ha('active-active')),
  onlyIn('active-passive', 'R-046', 'D04', ha('passive-link-state')),
  onlyIn('active-passive', 'R-053', 'D04', ha('monitor-fail-hold-down-time')),
  {
    rule: 'R-128',
    sources: ['D19'],
    at: ['nat'],
    breach: ({ nat, 'high-availability': { mode } }) => {
      const refused = nat.find((rule) => isRefusedBinding(rule, mode));
      if (refused === undefined) return null;
      const { name, 'active-active-device-binding': binding, 'source-translation': type } = refused;
      if (mode === 'active-passive')
        return ['no active-active-device-binding in mode active-passive', binding];
      return [`${type} of NAT rule ${name} bound to device 0 or 1`, binding];
    },
  },
  {
    rule: 'R-102',
    sources: ['D05'],
    at: ha('state-synchronization', 'ha2-keep-alive', 'action'),
    breach: ({ 'high-availability': { mode, 'state-synchronization': sync } }) => {
      const { enabled, action } = sync['ha2-keep-alive'];
      const refused = mode === 'active-passive' && enabled && action === 'split-datapath';
      return refused ? ['action log-only in mode active-passive', action] : null;
    },
  },
  {
    rule: 'R-124',
    sources: ['D07'],
    at: ha('interface', 'ha3'),
    breach: ({ 'high-availability': of }) => {
      const forwards = of.mode === 'active-active' && of['active-active']['packet-forwarding'];
      return forwards && of.interface.ha3 === undefined
        ? ['a port for ha3, since packet-forwarding is on', 'none']
        : null;
    },
  },
  {
    rule: 'R-118',
    sources: ['C25', 'D01'],
    at: ['vlan'],
    part: 'key',
    breach: ({ vlan, 'high-availability': { mode } }) => {
      const names = Object.keys(vlan);
      if (mode !== 'active-active' || names.length === 0) return null;
      return ['layer 3 and virtual wire interfaces only in mode active-active', `vlan ${names.join(', ')}`];
    },
  },
  {
    rule: 'R-114',
    sources: ['D13'],
    at: ha('active-active', 'session-setup'),
    breach: ({ 'high-availability': { mode, 'active-active': settings } }) => {
      const { 'session-owner-selection': owner, 'session-setup': setup } = settings;
      if (mode !== 'active-active' || owner !== 'primary-device' || setup === 'primary-device') return null;
      const got = typeof setup === 'string' ? setup : 'ip-hash';
      return ['session-setup primary-device, which session-owner-selection primary-device forces', got];
    },
  },
];
