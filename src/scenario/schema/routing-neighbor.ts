/**
 * `routing-neighbor:` of a device or a router — dynamic routing towards one neighbour, for OSPF and BGP alike. The words are those
 * of PAN-OS's BGP peers (keep-alive interval, hold time, graceful restart) and BFD profiles (interval, detection multiplier);
 * defaults are theirs. Both ends have to name each other.
 */

import { z } from 'zod';
import { cidr, duration, ipv4, name, wholeNumber } from './units.ts';

const gracefulRestart = z.strictObject({
  enabled: z.boolean().default(true).describe('On by default; has no effect unless both ends have it (K17).'),
  'restart-time': duration({ from: '1s', to: '3600s', of: 'PAN-OS stale-route-time' })
    .prefault('120s')
    .describe('How long stale routes are kept.'),
});

const bfd = z.strictObject({
  enabled: z.boolean().default(false).describe('Has no effect unless both ends have it.'),
  interval: duration({ from: '50ms', to: '10s', of: 'PAN-OS BFD min-tx-interval' })
    .prefault('1s')
    .describe('Between two packets.'),
  multiplier: wholeNumber(2, 50, 'PAN-OS BFD detection-multiplier')
    .default(3)
    .describe('So many missed, and the neighbour is lost.'),
});

const neighbor = z
  .strictObject({
    address: ipv4().describe('In a connected subnet.'),
    destinations: z
      .array(cidr())
      .min(1, 'expected at least one destination')
      .describe('Reached through it while it is there; it does not withdraw one when it loses its own way.'),
    'keepalive-interval': duration({ from: '1s', to: '1200s', of: 'PAN-OS keep-alive-interval' })
      .prefault('30s')
      .describe('How often the neighbour is told that this end lives.'),
    'hold-time': duration({ from: '3s', to: '3600s', of: 'PAN-OS hold-time' })
      .prefault('90s')
      .describe('After this without a word the neighbour is lost.'),
    'convergence-time': duration({ to: '5min' })
      .prefault('1s')
      .describe('From losing or regaining the neighbour to the routes following; ours.'),
    'graceful-restart': gracefulRestart
      .prefault({})
      .describe('Routes are kept while the neighbour restarts.'),
    bfd: bfd.prefault({}).describe('Bidirectional forwarding detection.'),
  })
  .superRefine((value, context) => {
    if (value['hold-time'] > value['keepalive-interval']) return;
    const message = 'expected a hold-time longer than the keepalive-interval';
    context.addIssue({ code: 'custom', path: ['hold-time'], message });
  });

export const routingNeighbors = z.record(name(), neighbor).default({});

export type RoutingNeighbors = z.output<typeof routingNeighbors>;
