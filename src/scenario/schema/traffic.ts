/**
 * `probes:` and `workloads:` — what measures the outage, and what users run through the pair meanwhile.
 */

import { z } from 'zod';
import { arrivalsSchema, type ArrivalsEntry } from './arrivals.ts';
import { distribution, DISTRIBUTIONS } from './distribution.ts';
import { duration, ipv4, name, wholeNumber } from './units.ts';

const pingSchema = z.strictObject({
  type: z
    .enum(['ping', 'dhcp'])
    .describe('`dhcp`: broadcasts a DISCOVER, and a firewall with dhcp-relay has to bring the OFFER.'),
  from: name(),
  to: ipv4().or(name()).describe('For dhcp: the host that is the DHCP server.'),
  interval: duration({ from: '1ms', to: '1h' }).prefault('1s'),
  timeout: duration({ from: '1ms', to: '1h' })
    .prefault('1s')
    .describe('A reply later than this counts as lost.'),
});

export const probeSchema = pingSchema;

const holdingTime = z.union([distribution('1ms'), z.literal('forever')], {
  error: `expected forever, or a mapping with ${DISTRIBUTIONS}`,
});

const packetInterval = z.union([duration({ from: '1ms', to: '1h' }), distribution('1ms')], {
  error: `expected a duration such as 200ms, 3s or 1min, or a mapping with ${DISTRIBUTIONS}`,
});

/** The defaults are Linux's, as the model has them (traffic/tcp.ts); a test holds the two together. */
const tcpSchema = z.strictObject({
  'initial-rto': duration({ from: '1ms', to: '10min' })
    .prefault('1s')
    .describe('Until a SYN is sent again; then twice as long, and so on up to max-rto.'),
  'min-rto': duration({ from: '1ms', to: '10min' })
    .prefault('200ms')
    .describe('Until a packet of an open connection is sent again; then twice as long, and so on.'),
  'max-rto': duration({ from: '1ms', to: '10min' })
    .prefault('2min')
    .describe('Where doubling ends: no wait is longer.'),
  retries: wholeNumber(1, 255)
    .default(15)
    .describe('So often a packet is sent again before the connection is aborted.'),
  'syn-retries': wholeNumber(1, 127)
    .default(6)
    .describe('So often a SYN is sent again before it is given up.'),
});

export const workloadSchema = z
  .strictObject({
    from: name(),
    to: ipv4()
      .or(name())
      .describe('A host; an address of the firewalls, at which the sessions end; or a multicast group.'),
    protocol: z
      .enum(['tcp', 'udp', 'icmp', 'ipsec'])
      .describe('`ipsec`: tunnels from a gateway that end at an address of the firewalls.'),
    application: name().optional().describe('For people; the name of the workload unless told.'),
    port: wholeNumber(1, 65535).optional().describe('For people; tcp and udp.'),
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
    arrivals: arrivalsSchema,
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
