/**
 * `network:` — what stands around the firewalls: switches, hosts, routers, and the cables between them.
 *
 * A link's ends are written `palo-1:ethernet1/1` for a port of a firewall or an interface of a router, and by the bare
 * name for a switch or a host. Cabling two firewalls directly is one link between two firewall ports: it loses carrier at
 * both ends when either goes dark; through a switch it does not.
 */

import { z } from 'zod';
import { routingNeighbors } from './routing-neighbor.ts';
import { bandwidth, cidr, duration, ipv4, mac, name, share, wholeNumber } from './units.ts';

const spanningTree = z.strictObject({
  portfast: z.boolean().default(true).describe('Ports forward as soon as they have carrier.'),
  'forward-delay': duration({ from: '4s', to: '30s', of: 'IEEE 802.1D' })
    .prefault('15s')
    .describe('Without portfast a port that gains carrier listens so long, and then learns so long.'),
});

const switchSchema = z.strictObject({
  'mac-aging': duration({ from: '1s', to: '1d' })
    .prefault('5min')
    .describe('After this without a frame from it, an address is forgotten.'),
  'spanning-tree': spanningTree.prefault({}).describe('What a port waits for when it gains carrier.'),
});

const hostSchema = z.strictObject({
  ip: cidr().describe('Its address.'),
  gateway: ipv4().optional().describe('Where it sends what is not in its subnet.'),
  mac: mac()
    .optional()
    .describe(
      'Its own by default; a virtual MAC address of the pair makes it another pair with the same group-id.',
    ),
  'arp-timeout': duration({ from: '1s', to: '1d' })
    .prefault('5min')
    .describe('After this an entry is asked for again.'),
  'multicast-groups': z
    .array(ipv4())
    .default([])
    .describe(
      'Groups that the host has joined; routers lead to it by static routes, for there is no PIM or IGMP.',
    ),
});

const routerSchema = z.strictObject({
  interfaces: z
    .record(name(), z.strictObject({ ip: cidr().describe('Of this interface.') }))
    .describe('By name.'),
  'static-route': z
    .array(
      z.strictObject({
        destination: cidr().describe('The network that it leads to.'),
        nexthop: ipv4().describe('In a connected subnet.'),
      }),
    )
    .default([])
    .describe('Routes that nothing withdraws.'),
  'routing-neighbor': routingNeighbors.describe('By name.'),
  'arp-timeout': duration({ from: '1s', to: '1d' })
    .prefault('5min')
    .describe('After this an entry is asked for again.'),
});

/** What a link does to packets; also the body of the `impair` fault. */
export const impairmentShape = {
  latency: duration({ to: '10s' }).optional().describe('One way; 0s unless told.'),
  jitter: duration({ to: '10s' })
    .optional()
    .describe('Uniform extra latency from 0 to this; packets keep their order.'),
  loss: share().optional().describe('Independent loss of each packet.'),
  'burst-loss': z
    .strictObject({
      'mean-gap': z.number().min(1).max(1e9).describe('Packets between two bursts, on average.'),
      'mean-length': z.number().min(1).max(1e6).describe('Packets lost in a burst, on average.'),
    })
    .optional()
    .describe('Gilbert model: bursts in which every packet is lost.'),
  duplicate: share().optional().describe('Share of packets that arrive twice.'),
  reorder: z
    .strictObject({
      share: share().describe('Of the packets.'),
      delay: duration({ from: '1us', to: '10s' }).describe('How long they are held back.'),
    })
    .optional()
    .describe('This share of the packets is held back by the delay, so that later ones overtake it.'),
  bandwidth: bandwidth().optional().describe('In each direction; unlimited unless told.'),
  'queue-limit': duration({ from: '1us', to: '10s' })
    .optional()
    .describe('Packets that would wait longer for the link than this are dropped; 100ms unless told.'),
};

const end = z
  .string()
  .regex(
    /^[A-Za-z0-9_.-]+(:[A-Za-z0-9_./-]+)?$/,
    'expected DEVICE:INTERFACE, or the name of a switch or host',
  );

const linkSchema = z.strictObject({
  between: z.tuple([end, end]).describe('Its two ends: `DEVICE:INTERFACE`, or the name of a switch or host.'),
  mtu: wholeNumber(576, 65_535)
    .optional()
    .describe('Largest frame in bytes that the link carries, headers and all; any unless told.'),
  ...impairmentShape,
});

export const networkSchema = z.strictObject({
  switches: z
    .record(name(), switchSchema.prefault({}))
    .default({})
    .describe('They learn, and flood what they do not know; by name.'),
  hosts: z
    .record(name(), hostSchema)
    .default({})
    .describe('Where probes and workloads start and end; by name.'),
  routers: z.record(name(), routerSchema).default({}).describe('By name.'),
  links: z
    .record(name(), linkSchema)
    .default({})
    .describe('Needed but beside `aws:`, where every network interface is a link.'),
});

export type Network = z.output<typeof networkSchema>;
export type LinkSettings = z.output<typeof linkSchema>;
