/**
 * `timeline:` — faults and operator actions, each an entry with `at:` and exactly one action key. `for:` undoes a fault
 * by itself after that time; only faults that have an opposite take it.
 */

import { z } from 'zod';
import { runningConfigShape } from './device.ts';
import { HA2_TRANSPORTS } from './high-availability.ts';
import { impairmentShape } from './network.ts';
import { duration, interfaceReference, ipProtocol, ipv4, name, panOsVersion, wholeNumber } from './units.ts';

const direction = z
  .union(
    [z.literal('both'), z.strictObject({ from: z.string().describe('The end where the direction starts.') })],
    {
      error: 'expected both, or a mapping with from and an end of the link',
    },
  )
  .default('both')
  .describe('`both`, or `{ from: END }` for the direction that starts at that end of the link.');

const linkName = name().describe('By its name under `network: links:`.');
const deviceName = name().describe('The firewall.');

const ingressRule = z.strictObject({
  'security-group': name().describe('By its name under `aws:`.'),
  protocol: ipProtocol().describe('Rules for this protocol.'),
});

/** Every action, by its key. */
export const actionShape = {
  'interface-down': interfaceReference().describe('The port goes dark at this end.'),
  'interface-up': interfaceReference().describe('The port works again, where its firewall wants it to.'),
  'link-down': name().describe('The cable is cut: both ends lose carrier.'),
  'link-up': name().describe('The cable is whole again.'),
  blackhole: z
    .strictObject({ link: linkName, direction })
    .describe('Packets vanish, in one direction or both; carrier stays, so that nobody notices by the link.'),
  'blackhole-end': z.strictObject({ link: linkName, direction }).describe('Packets arrive again.'),
  impair: z
    .strictObject({ link: linkName, direction, ...impairmentShape })
    .refine((impair) => Object.keys(impair).length > 2, {
      error: `expected at least one of ${Object.keys(impairmentShape).join(', ')} beside link, got none`,
    })
    .describe('Lays these over what the link does to packets anyway.'),
  'impair-end': z
    .strictObject({ link: linkName, direction })
    .describe('The link does to packets what it did before.'),
  flap: z
    .strictObject({
      link: linkName,
      times: wholeNumber(1, 10_000).describe('How often it goes down.'),
      down: duration({ from: '1us', to: '1d' }).describe('How long it is down each time.'),
      up: duration({ from: '1us', to: '1d' }).describe('How long it is up in between.'),
    })
    .describe('The cable goes down and up again, so many times.'),
  'power-off': name().describe('Without a word to its peer; on AWS, the instance is stopped.'),
  'power-on': name().describe('It boots, for unpublished.boot-time, and then joins from initial.'),
  reboot: name().describe('Off without a word, and on at once: HA starts again after unpublished.boot-time.'),
  'ha-agent-hang': name().describe('The HA agent stops; the kernel still answers heartbeats.'),
  'ha-agent-restart': name().describe(
    'The agent, hung or not, stops and starts again from initial after unpublished.ha-agent-restart-time.',
  ),
  'management-plane-stall': name().describe(
    'Neither heartbeats nor hellos are answered or sent; packets still flow.',
  ),
  'management-plane-resume': name().describe('It goes on where it was.'),
  'dataplane-crash': name().describe(
    'It forwards nothing and becomes non-functional; the dataplane is back after unpublished.dataplane-restart-time.',
  ),
  'policy-push-failure': name().describe('The policy cannot be pushed to the dataplane.'),
  'policy-push': name().describe('It can again, and is.'),
  'target-unreachable': ipv4().describe('This address stops answering.'),
  'target-reachable': ipv4().describe('It answers again.'),
  suspend: name().describe('`request high-availability state suspend`.'),
  functional: name().describe('`request high-availability state functional`.'),
  candidate: z
    .strictObject({
      device: deviceName,
      interfaces: runningConfigShape.interfaces.removeDefault().optional(),
      'static-route': runningConfigShape['static-route'].removeDefault().optional(),
    })
    .describe('Changes the candidate configuration, which counts only when it is committed.'),
  commit: z
    .strictObject({
      device: deviceName,
      'high-availability': z
        .strictObject({
          'group-id': wholeNumber(1, 63, 'PAN-OS group-id')
            .optional()
            .describe('The group-id of this firewall alone.'),
          'state-synchronization': z
            .strictObject({ transport: z.enum(HA2_TRANSPORTS).describe('How HA2 is carried.') })
            .optional()
            .describe('How HA2 is carried.'),
        })
        .optional()
        .describe('HA settings of this firewall; they are never synchronized.'),
      interfaces: runningConfigShape.interfaces.removeDefault().optional(),
      'static-route': runningConfigShape['static-route'].removeDefault().optional(),
    })
    .describe(
      'The candidate configuration, with what is given here, becomes the running one; configuration sync takes it to the peer.',
    ),
  upgrade: z
    .strictObject({
      device: deviceName,
      'sw-version': panOsVersion().describe('The version that it runs afterwards.'),
    })
    .describe('Another PAN-OS version is installed and the firewall reboots into it.'),
  'clear-session-all': name().describe('`clear session all` on the firewall that serves; its peer is told.'),
  'sync-to-remote': name().describe('`request high-availability sync-to-remote running-config`.'),
  'terminate-instance': name().describe('AWS: the firewall is gone for good, and so are its attachments.'),
  'revoke-security-group-ingress': ingressRule.describe(
    'AWS: the rules of the group for this traffic are gone.',
  ),
  'authorize-security-group-ingress': ingressRule.describe('AWS: what was revoked is back.'),
  'api-unavailable': z
    .union([z.literal('all'), name()], { error: 'expected all, or the name of a device' })
    .describe('AWS: the EC2 API is down (all), or cannot be reached from this firewall.'),
  'api-available': z
    .union([z.literal('all'), name()], { error: 'expected all, or the name of a device' })
    .describe('AWS: it can be called again.'),
  'terraform-apply': z
    .literal('all')
    .describe('AWS: what aws.terraform manages, and does not ignore, is put back to where the file has it.'),
};

export type ActionKey = keyof typeof actionShape;
export const ACTION_KEYS = Object.keys(actionShape) as ActionKey[];

/** What undoes what; these take `for:`. */
export const OPPOSITES: Partial<Record<ActionKey, ActionKey>> = {
  'interface-down': 'interface-up',
  'link-down': 'link-up',
  blackhole: 'blackhole-end',
  impair: 'impair-end',
  'power-off': 'power-on',
  'ha-agent-hang': 'ha-agent-restart',
  'management-plane-stall': 'management-plane-resume',
  'policy-push-failure': 'policy-push',
  'target-unreachable': 'target-reachable',
  suspend: 'functional',
  'revoke-security-group-ingress': 'authorize-security-group-ingress',
  'api-unavailable': 'api-available',
};

const optionalActions = Object.fromEntries(
  Object.entries(actionShape).map(([key, schema]) => [key, schema.optional()]),
) as { [K in ActionKey]: z.ZodOptional<(typeof actionShape)[K]> };

export const timelineEntrySchema = z
  .strictObject({
    at: duration().describe('When, from the start of the run.'),
    for: duration({ from: '1us' })
      .optional()
      .describe('The fault is undone by itself after this; only beside faults that have an opposite.'),
    ...optionalActions,
  })
  .superRefine((entry, context) => {
    const given = ACTION_KEYS.filter((key) => entry[key] !== undefined);
    if (given.length !== 1) {
      const got = given.length === 0 ? 'none' : given.join(' and ');
      context.addIssue({ code: 'custom', message: `expected exactly one action beside at, got ${got}` });
    } else if (entry.for !== undefined && OPPOSITES[given[0] as ActionKey] === undefined) {
      const able = Object.keys(OPPOSITES).join(', ');
      const message = `expected for only beside ${able}, got it beside ${given[0]}`;
      context.addIssue({ code: 'custom', path: ['for'], message });
    }
  });

export type TimelineEntry = z.output<typeof timelineEntrySchema>;

/** The actions that are left after expansion: a flap has become links going down and up. */
export type ResolvedActionKey = Exclude<ActionKey, 'flap'>;

/** One action at one instant; `for` and `flap` have been expanded. */
export type TimelineAction = {
  readonly [K in ResolvedActionKey]: {
    /** Integer microseconds since the start of the run. */
    readonly atUs: number;
    /** Index of the entry in the file's timeline. */
    readonly entry: number;
    readonly action: K;
    readonly value: z.output<(typeof actionShape)[K]>;
  };
}[ResolvedActionKey];
