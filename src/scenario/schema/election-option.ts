/**
 * `high-availability: election-option:` — who is active, and the timers of the election, in the words of PAN-OS. Ranges and defaults:
 * reference section 2.1 (D03, D04, D26).
 */

import { z } from 'zod';
import { panOsDuration, panOsNumber } from './pan-os.ts';

/** Shortest and longest of what is done again and again, and of what is waited for, that can be simulated. */
export const INTERVAL = ['10ms', '1d'] as const;
export const HOLD = ['0', '1d'] as const;

const advancedTimers = z.strictObject({
  'heartbeat-interval': panOsDuration({
    name: 'heartbeat-interval',
    rule: 'R-011',
    sources: ['D04'],
    from: '1s',
    to: '60s',
    simulated: INTERVAL,
    note: 'Between two heartbeats; three in a row lost are a lost peer.',
  }).optional(),
  'hello-interval': panOsDuration({
    name: 'hello-interval',
    rule: 'R-012',
    sources: ['D04'],
    from: '8s',
    to: '60s',
    simulated: INTERVAL,
    note: 'Between two hellos of the HA agent.',
  }).optional(),
  'promotion-hold-time': panOsDuration({
    name: 'promotion-hold-time',
    rule: 'R-029',
    sources: ['D26'],
    from: '0',
    to: '60s',
    simulated: HOLD,
    note: 'How long the passive waits before it takes over from a lost peer.',
  }).optional(),
  'preemption-hold-time': panOsDuration({
    name: 'preemption-hold-time',
    rule: 'R-070',
    sources: ['D03', 'D04'],
    from: '1min',
    to: '60min',
    simulated: HOLD,
    note: 'How long the better priority waits before it takes the role back.',
  }).optional(),
  'monitor-fail-hold-up-time': panOsDuration({
    name: 'monitor-fail-hold-up-time',
    rule: 'R-036',
    sources: ['D04'],
    from: '0',
    to: '60s',
    simulated: HOLD,
    note: 'How long a failed monitor is waited for before the role is left.',
  }).optional(),
  'additional-master-hold-up-time': panOsDuration({
    name: 'additional-master-hold-up-time',
    rule: 'R-036',
    sources: ['D04'],
    from: '0',
    to: '60s',
    simulated: HOLD,
    note: 'So much longer on the active.',
  }).optional(),
  'flap-max': panOsNumber({
    name: 'flap-max',
    rule: 'R-084',
    sources: ['D04'],
    from: 0,
    to: 16,
    simulated: [0, 1000],
    note: 'So many flaps, and the firewall is suspended; 0 = never suspend.',
  }).optional(),
});

const timers = z
  .union(
    [
      z.enum(['recommended', 'aggressive']),
      z.strictObject({ advanced: advancedTimers.describe('Single timers.') }),
    ],
    {
      error: 'expected recommended, aggressive, or a mapping with advanced',
    },
  )
  .prefault('recommended')
  .describe('A profile, or `advanced:` with single timers; those not named keep the recommended value.');

/** The whole of it. */
export const electionOption = z.strictObject({
  'device-priority': panOsNumber({
    name: 'device-priority',
    rule: 'R-074',
    sources: ['D04'],
    from: 0,
    to: 255,
    simulated: [0, 65_535],
    note: 'The lower value wins.',
  }).default(100),
  preemptive: z
    .boolean()
    .default(false)
    .describe('The better priority takes the role back when it can; both need it.'),
  'heartbeat-backup': z
    .boolean()
    .default(false)
    .describe('Heartbeats and hellos also over the management interface.'),
  timers,
});
