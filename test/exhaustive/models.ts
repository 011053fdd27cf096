/**
 * The bounded models that the tests visit whole. Each is one configuration of the pair, and a number of things that may go wrong.
 *
 * With hellos that come at any time, two faults fill the time that a test run has; with hellos that are heard promptly, three do.
 */

import type { ActiveActiveCompatibility, HaMode } from '../../src/ha/config.ts';
import { configOf, type ConfigPart } from '../helpers/protocol.ts';
import type { Bounds } from './model.ts';

type Limits = Partial<Omit<Bounds, 'configs' | 'converged'>>;

/** From a converged pair and from a cold boot: one fault, and one order of the operator. */
const USUAL = { coldBoot: true, faults: 1, orders: 1, underWay: 2 };

const ACTIVE_ACTIVE: ActiveActiveCompatibility = {
  deviceId: 0,
  packetForwarding: true,
  sessionLoadSharing: 'first-packet ip-modulo',
  virtualRouterSync: false,
  qosSync: false,
};

/** Preemption is on, and the first flap suspends, so that a loop needs few faults. */
const LIVELY: ConfigPart = { preemptive: true, timers: { flapMax: 1 } };

/** The other value of what is configured and assumed. */
const OTHERWISE: ConfigPart = {
  stateSynchronization: false,
  timers: { flapMax: 1 },
  assumptions: {
    splitBrainLoser: 'initial',
    announcedFailureHold: 'promotion-hold-time',
    bothMonitorsFailed: 'stays',
    ha3LossLeaver: 'active-primary',
  },
};

/** Holds of zero length, where two changes of role meet in one instant. */
const AT_ONCE: ConfigPart = {
  preemptive: true,
  tentativeHoldUs: 0,
  timers: { flapMax: 1, promotionHoldUs: 0, additionalMasterHoldUpUs: 0 },
};

const BOTH_LEAVE: ConfigPart = { ...LIVELY, assumptions: { ha3LossLeaver: 'both' } };

/** Two firewalls that differ as little as they can: palo-1 wins the elections. */
function pairOf(mode: HaMode, both: ConfigPart, limits: Limits = {}, second: ConfigPart = {}): Bounds {
  const member = (index: 0 | 1, part: ConfigPart = {}) =>
    configOf({
      ...both,
      ...part,
      mode,
      devicePriority: index === 0 ? 100 : 110,
      deviceId: index,
      ha1Mac: index + 1,
      compatibility: {
        mode,
        serialNumber: `serial-${index + 1}`,
        activeActive: mode === 'active-active' ? { ...ACTIVE_ACTIVE, deviceId: index } : null,
        ...part.compatibility,
      },
    });
  const converged =
    mode === 'active-passive'
      ? (['active', 'passive'] as const)
      : (['active-primary', 'active-secondary'] as const);
  return { configs: [member(0), member(1, second)], converged, ...USUAL, ...limits };
}

/** A small model of a lively pair. */
export function lively(mode: HaMode): Bounds {
  return pairOf(mode, LIVELY);
}

const OTHER_PLATFORM = { compatibility: { platform: 'PA-400' } };

export const MODELS: Readonly<Record<HaMode, Readonly<Record<string, Bounds>>>> = {
  'active-passive': {
    'two faults and an order': pairOf('active-passive', LIVELY, { faults: 2 }),
    'three faults and an order, prompt hellos': pairOf('active-passive', LIVELY, { faults: 3, prompt: true }),
    'other settings, two faults': pairOf('active-passive', OTHERWISE, { faults: 2, orders: 0 }),
    'holds of zero length': pairOf('active-passive', AT_ONCE),
    'a peer of another platform': pairOf('active-passive', LIVELY, {}, OTHER_PLATFORM),
    'a peer of another group': pairOf('active-passive', LIVELY, {}, { compatibility: { groupId: 2 } }),
  },
  'active-active': {
    'a fault and an order': pairOf('active-active', LIVELY),
    'two faults of a pair in service': pairOf('active-active', LIVELY, {
      faults: 2,
      orders: 0,
      coldBoot: false,
      without: ['agent-stops'],
    }),
    'two faults and an order, prompt hellos': pairOf('active-active', LIVELY, { faults: 2, prompt: true }),
    'other settings, a fault': pairOf('active-active', OTHERWISE, { orders: 0 }),
    'both leave when HA3 is lost': pairOf('active-active', BOTH_LEAVE, { orders: 0 }),
    'holds of zero length': pairOf('active-active', AT_ONCE),
    'a peer of another platform': pairOf('active-active', LIVELY, {}, OTHER_PLATFORM),
    'a peer with the same Device ID': pairOf(
      'active-active',
      LIVELY,
      {},
      { compatibility: { activeActive: ACTIVE_ACTIVE } },
    ),
  },
};
