/**
 * `probes:` and `workloads:` — what measures the outage, and what users run through the pair meanwhile.
 */

import { z } from 'zod';
import { duration, ipv4, name, rate, wholeNumber } from './units.ts';

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

const holdingTime = z.union(
  [
    z.strictObject({ exponential: duration({ from: '1ms' }) }),
    z.strictObject({ constant: duration({ from: '1ms' }) }),
    z.literal('forever'),
  ],
  { error: 'expected forever, or a mapping with exponential or constant' },
);

export const workloadSchema = z
  .strictObject({
    from: name(),
    to: ipv4()
      .or(name())
      .describe('A host; an address of the firewalls, at which the sessions end; or a multicast group.'),
    protocol: z
      .enum(['tcp', 'udp', 'icmp', 'ipsec'])
      .describe('`ipsec`: tunnels from a gateway that end at an address of the firewalls.'),
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
    arrivals: z
      .strictObject({
        concurrent: wholeNumber(1, 100_000).optional().describe('This many sessions open at the start.'),
        poisson: rate().optional(),
        constant: rate().optional(),
      })
      .superRefine((arrivals, context) => {
        const given = Object.keys(arrivals);
        if (given.length === 1) return;
        const got = given.length === 0 ? 'none' : given.join(' and ');
        const message = `expected exactly one of concurrent, poisson, constant, got ${got}`;
        context.addIssue({ code: 'custom', message });
      }),
    'holding-time': holdingTime,
    'packet-interval': duration({ from: '1ms', to: '1h' }).prefault('1s'),
    'packet-size': wholeNumber(64, 9000).default(500).describe('Bytes on the wire.'),
  })
  .superRefine((workload, context) => {
    const { protocol, port, decryption } = workload;
    const complain = (key: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [key], message });
    const transport = protocol === 'tcp' || protocol === 'udp';
    if (transport && port === undefined) complain('port', 'expected the key port, got none');
    if (!transport && port !== undefined) complain('port', `expected no port with ${protocol}, got ${port}`);
    if (protocol !== 'tcp' && decryption !== 'none')
      complain('decryption', `expected decryption only with tcp, got ${decryption} with ${protocol}`);
  });

export type Probe = z.output<typeof probeSchema>;
export type Workload = z.output<typeof workloadSchema>;
