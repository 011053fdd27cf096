/**
 * `high-availability:` of a scenario, in the words and the nesting of PAN-OS's own configuration
 * (`deviceconfig high-availability group`). Ranges and defaults: reference section 2.1 (D03 to D06), each with its source.
 *
 * The same block may stand at the top level (both firewalls) and under a device (which wins); the two are laid over each
 * other before this schema sees them, so defaults are given here once.
 */

import { z } from 'zod';
import { activeActiveSchema } from './active-active.ts';
import { electionOption, HOLD, INTERVAL } from './election-option.ts';
import { panOsDuration, panOsNumber } from './pan-os.ts';
import { PORT, dataInterface, ipAddress, ipv4, name } from './units.ts';

/** Whether one failure is enough. */
const failureCondition = z.enum(['any', 'all']);
const whenFailed = failureCondition.default('any').describe('Failed when any of them is, or when all are.');
const enabled = z.boolean().default(true).describe('Whether it is watched at all.');

const port = z
  .string({ error: 'expected a port such as management, ha1-a, hsci or ethernet1/3' })
  .regex(PORT, 'expected a port such as management, ha1-a, hsci or ethernet1/3')
  .describe('The port of this HA link.');

const controlLink = z.strictObject({
  port,
  'monitor-hold-time': panOsDuration({
    name: 'monitor-hold-time',
    rule: 'R-010',
    sources: ['D05'],
    from: '1s',
    to: '60s',
    simulated: HOLD,
    note: 'How long HA1 may be without carrier.',
  }).prefault('3s'),
});

const dataLink = z.strictObject({ port });

const ha2Link = dataLink.extend({
  'ip-address': ipAddress().optional().describe('With transport ip or udp; both firewalls need one family.'),
});

const haInterface = z.strictObject({
  ha1: controlLink
    .extend({
      encryption: z
        .strictObject({ enabled: z.boolean().default(false).describe('Whether it is encrypted.') })
        .prefault({})
        .describe('Of HA1 and HA1-backup; on one firewall only, the control connection never opens.'),
    })
    .prefault({ port: 'management' })
    .describe('The control link: heartbeats, hellos, configuration.'),
  'ha1-backup': controlLink.optional().describe('Takes over when HA1 is lost.'),
  ha2: ha2Link
    .extend({
      gateway: ipv4()
        .optional()
        .describe(
          'On AWS, where the HA interfaces of the two are in different subnets: the router of its own subnet, which is the first address.',
        ),
    })
    .optional()
    .describe('The data link: session sync.'),
  'ha2-backup': ha2Link.optional().describe('Takes over when HA2 is lost.'),
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
    note: 'HA2 is lost after this without a keep-alive.',
  }).prefault('10s'),
});

export const HA2_TRANSPORTS = ['ethernet', 'ip', 'udp'] as const;

const stateSynchronization = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether sessions are synchronized.'),
  transport: z
    .enum(HA2_TRANSPORTS)
    .default('ethernet')
    .describe('How HA2 is carried: frames, IP protocol 99, or UDP port 29281.'),
  'ha2-keep-alive': ha2KeepAlive.prefault({}).describe('Whether HA2 is watched.'),
});

const linkGroup = z.strictObject({
  enabled,
  'failure-condition': whenFailed,
  interface: z
    .array(dataInterface())
    .min(1, 'expected at least one interface')
    .describe('The ports that are watched.'),
});

const linkMonitoring = z.strictObject({
  enabled,
  'failure-condition': whenFailed,
  'link-group': z
    .record(name(), linkGroup)
    .default({})
    .describe('By name; a port in none of them may fail unseen.'),
});

const destinationGroup = z.strictObject({
  'failure-condition': whenFailed,
  'destination-ip': z
    .array(ipv4())
    .min(1, 'expected at least one address')
    .describe('The addresses that are pinged.'),
});

const pathGroup = z.strictObject({
  enabled,
  'failure-condition': whenFailed,
  'ping-interval': panOsDuration({
    name: 'ping-interval',
    rule: 'R-039',
    sources: ['D06'],
    from: '200ms',
    to: '60s',
    simulated: INTERVAL,
    note: 'Between two pings to an address.',
  }).prefault('200ms'),
  'ping-count': panOsNumber({
    name: 'ping-count',
    rule: 'R-039',
    sources: ['D06'],
    from: 3,
    to: 10,
    simulated: [1, 1000],
    note: 'So many pings lost, and the address is unreachable.',
  }).default(10),
  'destination-group': z.record(name(), destinationGroup).describe('By name.'),
});

/** A virtual wire or VLAN has no address: its pings need one. */
const bridgedPathGroup = z.strictObject({
  'source-ip': ipv4().describe('Where its pings come from.'),
  ...pathGroup.shape,
});

const pathMonitoring = z.strictObject({
  enabled,
  'failure-condition': whenFailed,
  'virtual-router': z.record(name(), pathGroup).default({}).describe('Paths of virtual routers, by name.'),
  'virtual-wire': z
    .record(name(), bridgedPathGroup)
    .default({})
    .describe('Paths through virtual wires, by name.'),
  vlan: z.record(name(), bridgedPathGroup).default({}).describe('Paths through VLANs, by name.'),
});

export const highAvailabilitySchema = z.strictObject({
  'group-id': panOsNumber({
    name: 'group-id',
    rule: 'R-140',
    sources: ['C19'],
    from: 1,
    to: 63,
    simulated: [0, 255], // One octet of the virtual MAC address.
    note: 'Part of the virtual MAC addresses: pairs on one network need different ones.',
  }).default(1),
  mode: z
    .enum(['active-passive', 'active-active'])
    .default('active-passive')
    .describe('Whether one firewall serves or both do.'),
  'active-active': activeActiveSchema.prefault({}).describe('Only with mode active-active.'),
  'passive-link-state': z
    .enum(['shutdown', 'auto'])
    .default('shutdown')
    .describe('Whether the data ports of the passive are dark, or have carrier and forward nothing.'),
  'monitor-fail-hold-down-time': panOsDuration({
    name: 'monitor-fail-hold-down-time',
    rule: 'R-053',
    sources: ['D04'],
    from: '1min',
    to: '60min',
    simulated: HOLD,
    note: 'How long a firewall stays non-functional after a monitor has failed.',
  }).prefault('1min'),
  'election-option': electionOption.prefault({}).describe('Who is active, and how soon a peer is given up.'),
  interface: haInterface.prefault({}).describe('The ports of the HA links.'),
  'state-synchronization': stateSynchronization.prefault({}).describe('HA2: sessions on the passive, too.'),
  'configuration-synchronization': z
    .strictObject({ enabled: z.boolean().default(true).describe('Whether commits are copied.') })
    .prefault({})
    .describe('HA1: a commit on one is carried out on both.'),
  monitoring: z
    .strictObject({
      'link-monitoring': linkMonitoring.prefault({}).describe('Carrier of data ports.'),
      'path-monitoring': pathMonitoring.prefault({}).describe('Pings to addresses behind them.'),
    })
    .prefault({})
    .describe('What else makes a firewall non-functional.'),
});

export type HighAvailability = z.output<typeof highAvailabilitySchema>;
