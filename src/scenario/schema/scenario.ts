/**
 * The whole scenario file as one schema: validation, defaults, types, and the JSON Schema that editors use.
 *
 * Keys are PAN-OS's words where PAN-OS has one (architecture, section 5). `extends` and the top-level
 * `high-availability` are resolved before this schema sees the file; they stay in it for editors.
 */

import { z } from 'zod';
import { awsSchema } from './aws.ts';
import { deviceSchema, type Device } from './device.ts';
import { expectationSchema } from './expectation.ts';
import { highAvailabilitySchema } from './high-availability.ts';
import { networkSchema } from './network.ts';
import { seed, suiteKeys } from './suite.ts';
import { timelineEntrySchema, type TimelineAction } from './timeline.ts';
import { probeSchema, workloadSchema, type ResolvedWorkload } from './traffic.ts';
import { duration, line, name, prose } from './units.ts';
import { unpublishedSchema } from './unpublished.ts';

const RULES =
  'a rule of the reference from R-001 to R-159, or on AWS from C-001 to C-090, or a rule of hasim lint such as X03 or H01';

/** The references have the rules, and for AWS C-001 to C-090; those of lint are X.. and H... */
const ruleId = z
  .string({ error: `expected ${RULES}` })
  .regex(/^(R-(?!000)(0\d\d|1[0-4]\d|15\d)|C-(?!000)0([0-8]\d|90)|[XH](?!00)\d\d)$/, `expected ${RULES}`);

export const scenarioSchema = z.strictObject({
  name: line(200).describe('What the scenario is about, in one line.'),
  description: prose().default('').describe('The same in a few sentences; reports show it.'),
  source: prose().default('').describe('Where the situation comes from: a document, a rule, a ticket.'),
  extends: z.string().optional().describe('Another scenario file, relative to this one; this file wins.'),
  deliberate: z
    .array(ruleId)
    .default([])
    .describe(
      'Rules of the reference that this scenario goes against on purpose: what PAN-OS refuses is then simulated as given, and lint counts what it finds as deliberate.',
    ),
  seed: seed.prefault('1').describe('Of the random streams: the same seed is the same luck.'),
  until: duration({ from: '1us' }).describe('Length of the run.'),
  start: z
    .enum(['converged', 'cold-boot'])
    .default('converged')
    .describe('Begin with a pair that has long been up, or with both firewalls being switched on.'),
  flows: z
    .enum(['packets', 'intervals'])
    .default('packets')
    .describe(
      '`packets`: every packet of every session is an event; `intervals`: packets that change nothing are skipped (the same fates, for large runs).',
    ),
  'high-availability': highAvailabilitySchema
    .optional()
    .describe('For both firewalls; a device may override any of it.'),
  devices: z
    .record(name(), deviceSchema)
    .superRefine((devices, context) => {
      const count = Object.keys(devices).length;
      if (count === 2) return;
      context.addIssue({ code: 'custom', message: `expected exactly two devices, got ${count}` });
    })
    .describe('The two firewalls, by name.'),
  network: networkSchema.prefault({}).describe('Needed but beside `aws:`.'),
  aws: awsSchema
    .optional()
    .describe('The VPC in which the pair lives; its ports are network interfaces then.'),
  probes: z
    .record(name(), probeSchema)
    .default({})
    .describe('What measures the outage, by a name of its own.'),
  workloads: z
    .record(name(), workloadSchema)
    .default({})
    .describe('What users run through the pair, by a name of its own.'),
  timeline: z
    .array(timelineEntrySchema)
    .default([])
    .describe('Faults and operator actions: [faults.md](faults.md).'),
  expect: z
    .array(expectationSchema)
    .default([])
    .describe('What has to come out: [expectations.md](expectations.md).'),
  unpublished: unpublishedSchema
    .prefault({})
    .describe('What PAN-OS does not publish: [parameters.md](parameters.md).'),
  ...suiteKeys,
});

/** A scenario that has been read, resolved and found right: plain data, durations in integer microseconds. */
export type Scenario = z.output<typeof scenarioSchema>;

/** A device with what the schema cannot default: both get their identity from their place in the file. */
export type ResolvedDevice = Device & { 'ha1-mac': string; 'serial-number': string };

/**
 * A scenario ready to run: complete devices, workloads with their timestamps, and a timeline of single actions in the order in
 * which they happen.
 */
export interface ResolvedScenario extends Omit<
  Scenario,
  'timeline' | 'devices' | 'extends' | 'high-availability' | 'workloads'
> {
  readonly devices: Record<string, ResolvedDevice>;
  readonly workloads: Record<string, ResolvedWorkload>;
  readonly timeline: readonly TimelineAction[];
}
