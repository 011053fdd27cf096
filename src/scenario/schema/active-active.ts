/**
 * `high-availability: active-active:` — what PAN-OS configures on the Active/Active Config tab: device id, who owns and who
 * sets up a session, and the virtual addresses of each interface (reference sections 7 and 8: D07, D13 to D18).
 *
 * The words and the nesting are those of the configuration tree, `high-availability group mode active-active`.
 */

import { z } from 'zod';
import { panOsDuration } from './pan-os.ts';
import { dataInterface, ipv4, wholeNumber } from './units.ts';

const seed = wholeNumber(0, 4_294_967_295, 'PAN-OS hash-seed')
  .default(0)
  .describe('Another seed spreads the sessions in another way.');

/** One key that says how the mapping is to be read: `expected exactly one of a, b, got c`. */
function exactlyOne(keys: readonly string[]) {
  return (value: object, context: z.RefinementCtx): void => {
    const given = keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined);
    if (given.length === 1) return;
    const got = given.length === 0 ? 'none' : given.join(' and ');
    context.addIssue({ code: 'custom', message: `expected exactly one of ${keys.join(', ')}, got ${got}` });
  };
}

const devicePriority = z.strictObject({
  'device-0': wholeNumber(0, 255, 'PAN-OS priority; the lower value owns the address')
    .default(0)
    .describe('Priority of device 0; the lower value owns the address.'),
  'device-1': wholeNumber(0, 255, 'PAN-OS priority; the lower value owns the address')
    .default(255)
    .describe('Priority of device 1.'),
  'failover-on-link-down': z
    .boolean()
    .default(false)
    .describe('The address also moves when only this interface of its owner has lost its link.'),
});

const floating = z
  .strictObject({
    'device-priority': devicePriority.optional().describe('By the priority of the two.'),
    'bind-to-active-primary': z.literal(true).optional().describe('With whoever is active-primary.'),
  })
  .superRefine(exactlyOne(['device-priority', 'bind-to-active-primary']));

const arpLoadSharing = z
  .strictObject({
    'ip-modulo': z.literal(true).optional().describe("By the parity of the client's address."),
    'ip-hash': z
      .strictObject({ 'hash-seed': seed })
      .optional()
      .describe("By a hash of the client's address."),
  })
  .superRefine(exactlyOne(['ip-modulo', 'ip-hash']));

const virtualAddress = z
  .strictObject({
    floating: floating.optional().describe('One firewall holds it, the other when that one cannot.'),
    'arp-load-sharing': arpLoadSharing
      .optional()
      .describe('Both hold it; each answers the ARP requests of its own clients.'),
  })
  .superRefine(exactlyOne(['floating', 'arp-load-sharing']));

const sessionSetup = z.union(
  [
    z.enum(['first-packet', 'primary-device', 'ip-modulo']),
    z.strictObject({
      'ip-hash': z
        .strictObject({
          'hash-key': z
            .enum(['source', 'source-and-destination'])
            .default('source-and-destination')
            .describe('Of which addresses the hash is taken.'),
          'hash-seed': seed,
        })
        .describe('Who sets a session up is told by a hash of its addresses.'),
    }),
  ],
  { error: 'expected first-packet, primary-device, ip-modulo, or a mapping with ip-hash' },
);

type SessionSetup = z.output<typeof sessionSetup>;

/** The session set-up that is not given follows the session owner: primary-device forces primary-device (D13, R-114). */
function completeSetup<
  Given extends { 'session-owner-selection': string; 'session-setup'?: SessionSetup | undefined },
>(given: Given): Given & { 'session-setup': SessionSetup } {
  const unlessTold = given['session-owner-selection'] === 'primary-device' ? 'primary-device' : 'ip-modulo';
  return { ...given, 'session-setup': given['session-setup'] ?? unlessTold };
}

const activeActiveSettings = z.strictObject({
  'device-id': wholeNumber(0, 1, 'PAN-OS device-id; 0 is preferred for active-primary')
    .optional()
    .describe('0 is preferred for active-primary; each of the two needs another.'),
  'tentative-hold-time': panOsDuration({
    name: 'tentative-hold-time',
    rule: 'R-122',
    sources: ['D07', 'C12'],
    from: '10s',
    to: '600s',
    orZero: true,
    simulated: ['0', '1d'],
    note: 'How long a firewall that comes back stays tentative; 0 = off.',
  }).prefault('60s'),
  'session-owner-selection': z
    .enum(['first-packet', 'primary-device'])
    .default('first-packet')
    .describe(
      'Who owns a session, and so inspects it: whoever gets its first packet, or the active-primary.',
    ),
  'session-setup': sessionSetup
    .optional()
    .describe('ip-modulo unless told; primary-device where session-owner-selection is primary-device.'),
  'packet-forwarding': z.boolean().default(true).describe('Packets may cross HA3.'),
  'network-configuration-sync': z
    .strictObject({
      'virtual-router': z
        .boolean()
        .default(false)
        .describe('Whether the virtual router is part of configuration sync.'),
      qos: z.boolean().default(false).describe('Whether QoS is.'),
    })
    .prefault({})
    .describe('What else the peers copy from each other.'),
  'virtual-address': z
    .record(dataInterface(), z.record(ipv4(), virtualAddress))
    .default({})
    .describe('By interface and address: addresses that move, or are shared.'),
});

export const activeActiveSchema = activeActiveSettings.transform(completeSetup);

export type ActiveActive = z.output<typeof activeActiveSchema>;
export type VirtualAddress = z.output<typeof virtualAddress>;
