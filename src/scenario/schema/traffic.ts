/**
 * `probes:` and `workloads:` — what measures the outage, and what users run through the pair meanwhile.
 */

import { z } from 'zod';
import { arrivalsSchema, type ArrivalsEntry } from './arrivals.ts';
import { distribution, DISTRIBUTIONS } from './distribution.ts';
import { tcpSchema } from './tcp.ts';
import { duration, ipv4, name, rate, wholeNumber } from './units.ts';

const origin = name().describe('The host that it starts from.');
const target = ipv4().or(name());
const destination = target.describe('A host, or an address.');

const pingSchema = z.strictObject({
  type: z.literal('ping').describe('ICMP echoes, as ping sends them.'),
  from: origin,
  to: destination,
  interval: duration({ from: '1ms', to: '1h' }).prefault('1s').describe('Between two of its packets.'),
  timeout: duration({ from: '1ms', to: '1h' })
    .prefault('1s')
    .describe('A reply later than this counts as lost.'),
});

const dhcpSchema = pingSchema
  .extend({
    type: z.literal('dhcp').describe('A client of DHCP.'),
    to: target.describe('The host that is the DHCP server.'),
  })
  .describe('Broadcasts a DISCOVER, and a firewall with dhcp-relay has to bring the OFFER.');

const udpStreamSchema = z
  .strictObject({
    type: z.literal('udp-stream').describe('A generator and a receiver of UDP.'),
    from: origin,
    to: destination,
    rate: rate()
      .transform((spacingUs) => Math.max(1, Math.round(spacingUs)))
      .prefault('100/s')
      .describe('Datagrams of each direction.'),
    direction: z
      .enum(['forward', 'reverse', 'both'])
      .default('both')
      .describe(
        '`forward`: from the client to the server; `reverse`: back, in the session that the client opens.',
      ),
    'packet-size': wholeNumber(64, 9000).default(200).describe('Bytes on the wire.'),
    port: wholeNumber(1, 65535).default(5001).describe('Of the server; security groups of AWS ask for it.'),
  })
  .describe('Numbered datagrams at a constant rate, counted by the receiver of each direction.');

const tcpTransactionSchema = z
  .strictObject({
    type: z.literal('tcp-transaction').describe('A client of TCP in a loop.'),
    from: origin,
    to: destination,
    mode: z
      .enum(['connect', 'keep'])
      .default('connect')
      .describe('`connect`: a connection for each transaction; `keep`: one that stays open.'),
    interval: duration({ from: '1ms', to: '1h' })
      .prefault('1s')
      .describe('Between the beginnings of two transactions, or longer when the first takes longer.'),
    timeout: duration({ from: '1ms', to: '1h' })
      .prefault('1s')
      .describe('Of one transaction, connection included.'),
    port: wholeNumber(1, 65535).default(443).describe('Of the server; security groups of AWS ask for it.'),
    tcp: tcpSchema.prefault({}).describe('How patient it is; as Linux is, unless told.'),
  })
  .describe('A request and its response in a loop, as a monitoring tool does it.');

export const probeSchema = z.discriminatedUnion('type', [
  pingSchema,
  dhcpSchema,
  udpStreamSchema,
  tcpTransactionSchema,
]);

const holdingTime = z.union([distribution('1ms'), z.literal('forever')], {
  error: `expected forever, or a mapping with ${DISTRIBUTIONS}`,
});

const packetInterval = z.union([duration({ from: '1ms', to: '1h' }), distribution('1ms')], {
  error: `expected a duration such as 200ms, 3s or 1min, or a mapping with ${DISTRIBUTIONS}`,
});

export const workloadSchema = z
  .strictObject({
    from: name().describe('The host that its users are at.'),
    to: ipv4()
      .or(name())
      .describe('A host; an address of the firewalls, at which the sessions end; or a multicast group.'),
    protocol: z
      .enum(['tcp', 'udp', 'icmp', 'ipsec'])
      .describe('`ipsec`: tunnels from a gateway that end at an address of the firewalls.'),
    application: name().optional().describe('For people; the name of the workload unless told.'),
    port: wholeNumber(1, 65535)
      .optional()
      .describe('Of the server; tcp and udp. For people, and for security groups of AWS.'),
    decryption: z
      .enum([
        'none',
        'ssl-inbound-inspection',
        'ssl-inbound-inspection-pfs',
        'ssl-forward-proxy',
        'packet-broker',
      ])
      .default('none')
      .describe('What the decryption policy of the firewalls does with these sessions; tcp.'),
    arrivals: arrivalsSchema.describe('How its sessions come.'),
    'holding-time': holdingTime.describe('How long a session lasts, from when it is open.'),
    'packet-interval': packetInterval
      .prefault('1s')
      .describe('Drawn once for each session, and at least 1ms, where it is a distribution.'),
    'packet-size': wholeNumber(64, 9000).default(500).describe('Bytes on the wire.'),
    tcp: tcpSchema.optional().describe('How patient the users are; tcp. As Linux is, unless told.'),
  })
  .superRefine((workload, context) => {
    const { protocol, port, decryption, tcp } = workload;
    const complain = (key: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [key], message });
    const transport = protocol === 'tcp' || protocol === 'udp';
    if (transport && port === undefined) complain('port', 'expected the key port, got none');
    if (!transport && port !== undefined) complain('port', `expected no port with ${protocol}, got ${port}`);
    if (protocol !== 'tcp' && decryption !== 'none')
      complain('decryption', `expected decryption only with tcp, got ${decryption} with ${protocol}`);
    if (protocol !== 'tcp' && tcp !== undefined)
      complain('tcp', `expected tcp only with protocol tcp, got it with ${protocol}`);
  });

export type Probe = z.output<typeof probeSchema>;
export type Workload = z.output<typeof workloadSchema>;

/** A workload whose timestamps have been read. */
export interface ResolvedWorkload extends Workload {
  readonly arrivals: ArrivalsEntry & {
    /** What `csv` names: ascending, in microseconds. */
    readonly timesUs?: readonly number[];
  };
}
