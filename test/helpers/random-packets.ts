/** Packets of any kind and size between two firewalls and a host, sane only as far as types go. */

import fc from 'fast-check';
import type { CapturedPacket, CaptureResult, PacketKind } from '../../src/run/capture.ts';
import { LOSSES } from '../../src/network/tap.ts';
import type { RunResult } from '../../src/run/result.ts';
import { device, result } from './result.ts';

export const KINDS: readonly PacketKind[] = [
  'heartbeat',
  'heartbeat-reply',
  'hello',
  'hello-acknowledgement',
  'configuration-sync',
  'configuration-acknowledgement',
  'session-sync',
  'bulk-request',
  'bulk-sync',
  'ha2-keep-alive',
  'ha2-keep-alive-reply',
  'ha3',
  'arp-request',
  'arp-reply',
  'echo-request',
  'echo-reply',
  'tcp',
  'udp',
  'esp',
  'dhcp',
  'routing',
];

const LINKS: CaptureResult['links'] = ['ha1', 'ha2', 'ha3', 'lan'].map((name) => ({
  name,
  ends: [
    { node: 'palo-1', port: name },
    { node: name === 'lan' ? 'host' : 'palo-2', port: name },
  ],
  carrier: true,
}));

const mac = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const ip = fc.integer({ min: 1, max: 2 ** 32 - 1 });

export const anyPacket: fc.Arbitrary<CapturedPacket> = fc.record({
  packet: fc.integer({ min: 1, max: 2 ** 40 }),
  link: fc.nat(LINKS.length - 1),
  side: fc.constantFrom(0 as const, 1 as const),
  kind: fc.constantFrom(...KINDS),
  sentUs: fc.integer({ min: 0, max: 2 ** 50 }),
  arrivedUs: fc.constant(null),
  loss: fc.constantFrom(null, ...LOSSES),
  cause: fc.nat(3),
  sourceMac: mac,
  destinationMac: mac,
  sourceIp: ip,
  destinationIp: ip,
  flow: fc.integer({ min: 0, max: 2 ** 40 }),
  sequence: fc.integer({ min: 0, max: 2 ** 33 }),
  flags: fc.integer({ min: 0, max: 7 }),
  bytes: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 65_549 })),
  // Not one at which tshark expects a protocol of its own: nothing is captured there that it could read.
  port: fc.integer({ min: 0, max: 65_535 }),
  content: fc.constantFrom(
    null,
    { role: 'active', devicePriority: 100, monitorFailed: true, preempting: true },
    { messages: 3 },
  ),
});

/** A result that has these packets and nothing else. @param ha2Transport undefined = Ethernet */
export function resultOf(packets: readonly CapturedPacket[], ha2Transport?: 'ip' | 'udp'): RunResult {
  const transport = ha2Transport === undefined ? {} : { ha2Transport };
  return result({
    devices: [device('palo-1', transport), device('palo-2', transport)],
    topology: {
      nodes: [],
      links: LINKS.map(({ name }) => ({ name, between: ['a', 'b'], duties: name === 'lan' ? [] : [name] })),
    },
    capture: { links: LINKS, packets, carriers: [], leftOut: 0 },
  });
}
