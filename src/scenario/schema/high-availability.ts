/**
 * `high-availability:` of a scenario, in the words and the nesting of PAN-OS's own configuration
 * (`deviceconfig high-availability group`). Ranges and defaults: reference section 2.1 (D03 to D06), each with its source.
 *
 * The same block may stand at the top level (both firewalls) and under a device (which wins); the two are laid over each
 * other before this schema sees them, so defaults are given here once.
 */

import { z } from 'zod';
import { activeActiveSchema } from './active-active.ts';
import { panOsDuration, panOsNumber } from './pan-os.ts';
import { PORT, dataInterface, ipv4, name } from './units.ts';

const failureCondition = z.enum(['any', 'all']);

const INTERVAL = ['10ms', '1d'] as const;
const HOLD = ['0', '1d'] as const;

const advancedTimers = z.strictObject({
  'heartbeat-interval': panOsDuration({
    name: 'heartbeat-interval',
    rule: 'R-011',
    sources: ['D04'],
    from: '1s',
    to: '60s',
    simulated: INTERVAL,
  }).optional(),
  'hello-interval': panOsDuration({
    name: 'hello-interval',
    rule: 'R-012',
    sources: ['D04'],
    from: '8s',
    to: '60s',
    simulated: INTERVAL,
  }).optional(),
  'promotion-hold-time': panOsDuration({
    name: 'promotion-hold-time',
    rule: 'R-029',
    sources: ['D26'],
    from: '0',
    to: '60s',
    simulated: HOLD,
  }).optional(),
  'preemption-hold-time': panOsDuration({
    name: 'preemption-hold-time',
    rule: 'R-070',
    sources: ['D03', 'D04'],
    from: '1min',
    to: '60min',
    simulated: HOLD,
  }).optional(),
  'monitor-fail-hold-up-time': panOsDuration({
    name: 'monitor-fail-hold-up-time',
    rule: 'R-036',
    sources: ['D04'],
    from: '0',
    to: '60s',
    simulated: HOLD,
  }).optional(),
  'additional-master-hold-up-time': panOsDuration({
    name: 'additional-master-hold-up-time',
    rule: 'R-036',
    sources: ['D04'],
    from: '0',
    to: '60s',
    simulated: HOLD,
  }).optional(),
  'flap-max': panOsNumber({
    name: 'flap-max',
    rule: 'R-084',
    sources: ['D04'],
    from: 0,
    to: 16,
    simulated: [0, 1000],
    note: '0 = never suspend.',
  }).optional(),
});

const timers = z
  .union([z.enum(['recommended', 'aggressive']), z.strictObject({ advanced: advancedTimers })], {
    error: 'expected recommended, aggressive, or a mapping with advanced',
  })
  .prefault('recommended')
  .describe('A profile, or `advanced:` with single timers; those not named keep the recommended value.');

const electionOption = z.strictObject({
  'device-priority': panOsNumber({
    name: 'device-priority',
    rule: 'R-074',
    sources: ['D04'],
    from: 0,
    to: 255,
    simulated: [0, 65_535],
    note: 'The lower value wins.',
  }).default(100),
  preemptive: z.boolean().default(false),
  'heartbeat-backup': z
    .boolean()
    .default(false)
    .describe('Heartbeats and hellos also over the management interface.'),
  timers,
});

const port = z
  .string({ error: 'expected a port such as management, ha1-a, hsci or ethernet1/3' })
  .regex(PORT, 'expected a port such as management, ha1-a, hsci or ethernet1/3');

const controlLink = z.strictObject({
  port,
  'monitor-hold-time': panOsDuration({
    name: 'monitor-hold-time',
    rule: 'R-010',
    sources: ['D05'],
    from: '1s',
    to: '60s',
    simulated: HOLD,
  }).prefault('3s'),
});

const dataLink = z.strictObject({ port });

const haInterface = z.strictObject({
  ha1: controlLink.prefault({ port: 'management' }),
  'ha1-backup': controlLink.optional(),
  ha2: dataLink.optional(),
  'ha2-backup': dataLink.optional(),
  ha3: dataLink.optional().describe('Carries packets between the two firewalls; active/active only.'),
});

const ha2KeepAlive = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      'This side sends keep-alives and judges the answers. PAN-OS: off by its web help, on by its guide for AWS.',
    ),
  action: z
    .enum(['log-only', 'split-datapath'])
    .default('log-only')
    .describe('split-datapath: active/active only; each firewall owns its sessions until HA2 returns.'),
  threshold: panOsDuration({
    name: 'threshold of ha2-keep-alive',
    rule: 'R-099',
    sources: ['D05'],
    from: '5s',
    to: '60s',
    simulated: INTERVAL,
  }).prefault('10s'),
});

const stateSynchronization = z.strictObject({
  enabled: z.boolean().default(true),
  transport: z.enum(['ethernet', 'ip', 'udp']).default('ethernet'),
  'ha2-keep-alive': ha2KeepAlive.prefault({}),
});

const linkGroup = z.strictObject({
  enabled: z.boolean().default(true),
  'failure-condition': failureCondition.default('any'),
  interface: z.array(dataInterface()).min(1, 'expected at least one interface'),
});

const linkMonitoring = z.strictObject({
  enabled: z.boolean().default(true),
  'failure-condition': failureCondition.default('any'),
  'link-group': z.record(name(), linkGroup).default({}),
});

const destinationGroup = z.strictObject({
  'failure-condition': failureCondition.default('any'),
  'destination-ip': z.array(ipv4()).min(1, 'expected at least one address'),
});

const pathGroup = z.strictObject({
  enabled: z.boolean().default(true),
  'failure-condition': failureCondition.default('any'),
  'ping-interval': panOsDuration({
    name: 'ping-interval',
    rule: 'R-039',
    sources: ['D06'],
    from: '200ms',
    to: '60s',
    simulated: INTERVAL,
  }).prefault('200ms'),
  'ping-count': panOsNumber({
    name: 'ping-count',
    rule: 'R-039',
    sources: ['D06'],
    from: 3,
    to: 10,
    simulated: [1, 1000],
  }).default(10),
  'destination-group': z.record(name(), destinationGroup),
});

/** A virtual wire or VLAN has no address: its pings need one. */
const bridgedPathGroup = z.strictObject({ 'source-ip': ipv4(), ...pathGroup.shape });

const pathMonitoring = z.strictObject({
  enabled: z.boolean().default(true),
  'failure-condition': failureCondition.default('any'),
  'virtual-router': z.record(name(), pathGroup).default({}),
  'virtual-wire': z.record(name(), bridgedPathGroup).default({}),
  vlan: z.record(name(), bridgedPathGroup).default({}),
});

export const highAvailabilitySchema = z.strictObject({
  'group-id': panOsNumber({
    name: 'group-id',
    rule: 'R-140',
    sources: ['C19'],
    from: 1,
    to: 63,
    simulated: [0, 255], // One octet of the virtual MAC address.
  }).default(1),
  mode: z.enum(['active-passive', 'active-active']).default('active-passive'),
  'active-active': activeActiveSchema.prefault({}),
  'passive-link-state': z.enum(['shutdown', 'auto']).default('shutdown'),
  'monitor-fail-hold-down-time': panOsDuration({
    name: 'monitor-fail-hold-down-time',
    rule: 'R-053',
    sources: ['D04'],
    from: '1min',
    to: '60min',
    simulated: HOLD,
  }).prefault('1min'),
  'election-option': electionOption.prefault({}),
  interface: haInterface.prefault({}),
  'state-synchronization': stateSynchronization.prefault({}),
  'configuration-synchronization': z.strictObject({ enabled: z.boolean().default(true) }).prefault({}),
  monitoring: z
    .strictObject({
      'link-monitoring': linkMonitoring.prefault({}),
      'path-monitoring': pathMonitoring.prefault({}),
    })
    .prefault({}),
});

export type HighAvailability = z.output<typeof highAvailabilitySchema>;
