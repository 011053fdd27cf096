/**
 * `high-availability:` of a scenario, in the words and the nesting of PAN-OS's own configuration
 * (`deviceconfig high-availability group`). Ranges and defaults: reference section 2.1 (D03 to D06), each with its source.
 *
 * The same block may stand at the top level (both firewalls) and under a device (which wins); the two are laid over each
 * other before this schema sees them, so defaults are given here once.
 */

import { z } from 'zod';
import { activeActiveSchema } from './active-active.ts';
import { PORT, dataInterface, duration, ipAddress, ipv4, name, wholeNumber } from './units.ts';

const failureCondition = z.enum(['any', 'all']);

const advancedTimers = z.strictObject({
  'heartbeat-interval': duration({ from: '1s', to: '60s', of: 'PAN-OS heartbeat-interval' }).optional(),
  'hello-interval': duration({ from: '8s', to: '60s', of: 'PAN-OS hello-interval' }).optional(),
  'promotion-hold-time': duration({ to: '60s', of: 'PAN-OS promotion-hold-time' }).optional(),
  'preemption-hold-time': duration({
    from: '1min',
    to: '60min',
    of: 'PAN-OS preemption-hold-time',
  }).optional(),
  'monitor-fail-hold-up-time': duration({ to: '60s', of: 'PAN-OS monitor-fail-hold-up-time' }).optional(),
  'additional-master-hold-up-time': duration({
    to: '60s',
    of: 'PAN-OS additional-master-hold-up-time',
  }).optional(),
  'flap-max': wholeNumber(0, 16, 'PAN-OS flap-max; 0 = never suspend').optional(),
});

const timers = z
  .union([z.enum(['recommended', 'aggressive']), z.strictObject({ advanced: advancedTimers })], {
    error: 'expected recommended, aggressive, or a mapping with advanced',
  })
  .prefault('recommended')
  .describe('A profile, or `advanced:` with single timers; those not named keep the recommended value.');

const electionOption = z.strictObject({
  'device-priority': wholeNumber(0, 255, 'PAN-OS device-priority; the lower value wins').default(100),
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
  'monitor-hold-time': duration({ from: '1s', to: '60s', of: 'PAN-OS HA1 monitor-hold-time' }).prefault('3s'),
});

const dataLink = z.strictObject({ port });

const ha2Link = dataLink.extend({
  'ip-address': ipAddress().optional().describe('With transport ip or udp; both firewalls need one family.'),
});

const haInterface = z.strictObject({
  ha1: controlLink
    .extend({
      encryption: z
        .strictObject({ enabled: z.boolean().default(false) })
        .prefault({})
        .describe('Of HA1 and HA1-backup; on one firewall only, the control connection never opens.'),
    })
    .prefault({ port: 'management' }),
  'ha1-backup': controlLink.optional(),
  ha2: ha2Link.optional(),
  'ha2-backup': ha2Link.optional(),
  ha3: dataLink.optional().describe('Carries packets between the two firewalls; active/active only.'),
});

const ha2KeepAlive = z.strictObject({
  enabled: z.boolean().default(false),
  action: z.enum(['log-only', 'split-datapath']).default('log-only'),
  threshold: duration({ from: '5s', to: '60s', of: 'PAN-OS ha2-keep-alive threshold' }).prefault('10s'),
});

export const HA2_TRANSPORTS = ['ethernet', 'ip', 'udp'] as const;

const stateSynchronization = z.strictObject({
  enabled: z.boolean().default(true),
  transport: z.enum(HA2_TRANSPORTS).default('ethernet'),
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
  'ping-interval': duration({ from: '200ms', to: '60s', of: 'PAN-OS ping-interval' }).prefault('200ms'),
  'ping-count': wholeNumber(3, 10, 'PAN-OS ping-count').default(10),
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
  'group-id': wholeNumber(1, 63, 'PAN-OS group-id').default(1),
  mode: z.enum(['active-passive', 'active-active']).default('active-passive'),
  'active-active': activeActiveSchema.prefault({}),
  'passive-link-state': z.enum(['shutdown', 'auto']).default('shutdown'),
  'monitor-fail-hold-down-time': duration({
    from: '1min',
    to: '60min',
    of: 'PAN-OS monitor-fail-hold-down-time',
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
