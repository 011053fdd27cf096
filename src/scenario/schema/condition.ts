/**
 * Conditions of expectations: what can be true of the pair at an instant. Every mode (`at`, `always`, `never`, `eventually`, `until`) takes
 * any of them.
 */

import { z } from 'zod';
import { EC2_ACTIONS } from '../../cloud/aws/ec2-actions.ts';
import { ROLES } from '../../ha/role.ts';
import { MAX_ACTIONS } from '../limits.ts';
import { countComparison } from './comparison.ts';
import { lossCauses } from './loss-causes.ts';
import { ipv4, line, name, wholeNumber } from './units.ts';

/** By name, at least one: what says nothing of anybody would hold whatever happens. */
function some<K extends z.ZodType<string, string>, V extends z.ZodType>(key: K, value: V) {
  return z
    .record(key, value)
    .refine((entries) => Object.keys(entries).length > 0, 'expected at least one name, got none');
}

/** Lines of the system log, subtype ha: of one firewall, with a text in them. */
export const logged = z.strictObject({
  device: name().optional().describe('Of this firewall only.'),
  text: line(200).describe('A part of the line.'),
});

/** Sessions lost so far. */
const lostByNow = z
  .strictObject({
    workload: name().optional().describe('Of this workload only.'),
    lost: countComparison().optional().describe('By any cause.'),
    ...lossCauses.shape,
  })
  .refine(
    (value) => Object.keys(value).some((key) => key !== 'workload'),
    'expected lost or a cause of loss, such as in-flight, got none',
  );

/** What can be true of the pair at an instant; several keys must all hold. */
export const condition = z
  .strictObject({
    role: some(name(), z.enum(ROLES)).optional().describe('The role of a firewall, by its name.'),
    reason: some(name(), line(200)).optional().describe('The reason of the present role.'),
    'dual-active': z.boolean().optional().describe('Both are active, or active-primary.'),
    'peer-connection': some(name(), z.enum(['up', 'down', 'never']))
      .optional()
      .describe('Whether a firewall hears its peer, by its name.'),
    'configuration-synchronized': z
      .boolean()
      .optional()
      .describe('Both have the same running configuration.'),
    address: some(ipv4(), name())
      .optional()
      .describe('The firewall that holds a virtual address; none, or both (as with ARP load sharing).'),
    owner: some(line(100), name())
      .optional()
      .describe('AWS: the firewall that has a network interface, address, elastic IP or route; or none.'),
    traffic: z
      .enum(['up', 'degraded', 'dual-active', 'down'])
      .optional()
      .describe('Whether the pair passes traffic: the states of the availability section.'),
    probe: some(name(), z.enum(['answered', 'lost']))
      .optional()
      .describe('Whether packets of a probe that are sent now come back.'),
    logged: logged.optional().describe('A line of the system log has been written by now.'),
    'api-calls': z
      .partialRecord(z.enum(EC2_ACTIONS), countComparison())
      .refine((calls) => Object.keys(calls).length > 0, 'expected at least one action, got none')
      .optional()
      .describe('AWS: attempts at calls by now.'),
    sessions: lostByNow.optional().describe('Sessions that were lost by now.'),
    timeline: wholeNumber(1, MAX_ACTIONS)
      .optional()
      .describe('The n-th entry of the timeline, in the order of the file, has been carried out by now.'),
  })
  .refine(
    (value) => Object.keys(value).length > 0,
    'expected at least one of role, reason, dual-active, peer-connection, configuration-synchronized, address, owner, traffic, probe, logged, api-calls, sessions, timeline, got none',
  );

export type Condition = z.output<typeof condition>;
