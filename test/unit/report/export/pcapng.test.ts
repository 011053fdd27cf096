import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIp } from '../../../../src/network/address.ts';
import type { CapturedPacket } from '../../../../src/run/capture.ts';
import type { RunResult } from '../../../../src/run/result.ts';
import { pcapng } from '../../../../src/report/export/pcapng/pcapng.ts';
import { anyPacket, KINDS, resultOf } from '../../../helpers/random-packets.ts';
import { numberOf, readPcapng, textsOf, type ReadFile } from '../../../helpers/read-pcapng.ts';

const REPLAY = 'hasim run a.yaml --seed 1';

function bytesOf(result: RunResult): Buffer {
  return Buffer.concat([...pcapng.render(result, { replay: REPLAY })] as Uint8Array[]);
}

function read(packets: readonly Partial<CapturedPacket>[], ha2?: 'ip' | 'udp'): ReadFile {
  const whole = packets.map((change, index): CapturedPacket => ({ ...PACKET, packet: index + 1, ...change }));
  return readPcapng(bytesOf(resultOf(whole, ha2)));
}

/** From palo-1 to palo-2, on HA1. */
const PACKET: CapturedPacket = {
  packet: 1,
  link: 0,
  side: 0,
  kind: 'heartbeat',
  sentUs: 1_000_001,
  arrivedUs: 1_000_501,
  loss: null,
  cause: 0,
  sourceMac: 0x001b_17aa_0001,
  destinationMac: 0x001b_17aa_0002,
  sourceIp: 0,
  destinationIp: 0,
  flow: 0,
  sequence: 7,
  flags: 0,
  bytes: 98,
  port: 0,
  content: null,
};
const BACK: Partial<CapturedPacket> = {
  side: 1,
  sourceMac: PACKET.destinationMac,
  destinationMac: PACKET.sourceMac,
};

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function words(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').replace(/\0+$/, '');
}

describe('the file', () => {
  test('section: a run: says that it is simulated, of what, and how to repeat it', () => {
    const { section } = readPcapng(bytesOf(resultOf([])));

    const [comment] = textsOf(section, 1);
    expect(comment).toMatch(/^simulated by hasim .*: no packet of this file was ever on a wire\n/);
    expect(comment).toContain(`replay: ${REPLAY}`);
    expect(textsOf(section, 4)[0]).toMatch(/^hasim /);
  });

  test('section: packets for which there was no room: says how many', () => {
    const result = resultOf([]);

    const file = readPcapng(bytesOf({ ...result, capture: { ...result.capture!, leftOut: 12 } }));

    expect(textsOf(file.section, 1)[0]).toContain(
      '\nleft out: 12 crossings long before or after the first fault',
    );
  });

  test('interfaces: each link: Ethernet, its name, its ends, microseconds, no frame check sequence', () => {
    const { interfaces } = readPcapng(bytesOf(resultOf([])));

    expect(interfaces.map(({ options }) => textsOf(options, 2)[0])).toEqual(['ha1', 'ha2', 'ha3', 'lan']);
    expect(interfaces.map(({ linkType }) => linkType)).toEqual([1, 1, 1, 1]);
    const [first] = interfaces;
    expect(textsOf(first!.options, 3)).toEqual(['a to b (ha1), simulated']);
    expect([numberOf(first!.options, 9), numberOf(first!.options, 13)]).toEqual([6, 0]);
  });

  test('no capture: a file without interfaces', () => {
    expect(readPcapng(bytesOf({ ...resultOf([]), capture: null }))).toMatchObject({ interfaces: [] });
  });

  test('any packets: read back with their interface, time, length, direction and number', () => {
    fc.assert(
      fc.property(
        fc.array(anyPacket, { maxLength: 20 }),
        fc.constantFrom(undefined, 'ip' as const, 'udp' as const),
        (packets, transport) => {
          const file = readPcapng(bytesOf(resultOf(packets, transport)));

          expect(
            file.packets.map((item) => [
              item.interface,
              item.time,
              numberOf(item.options, 2),
              numberOf(item.options, 5),
              textsOf(item.options, 1).length,
            ]),
          ).toEqual(
            packets.map(({ link, sentUs, side, packet, loss }) => [
              link,
              sentUs,
              side === 0 ? 2 : 1,
              packet,
              loss === null ? 0 : 1,
            ]),
          );
          for (const [index, { bytes }] of packets.entries()) {
            const { length, captured } = file.packets[index]!;
            // Never smaller than its headers, never captured beyond the limit.
            expect(length).toBeGreaterThanOrEqual(bytes);
            expect(captured.length).toBeLessThanOrEqual(65_535);
            if (bytes >= 400) expect(length).toBe(bytes);
          }
        },
      ),
    );
  });

  test('any packets: the same bytes twice', () => {
    const packets = fc.sample(anyPacket, { numRuns: 200, seed: 5 });

    expect(bytesOf(resultOf(packets)).equals(bytesOf(resultOf(packets)))).toBe(true);
  });
});

describe('packets', () => {
  test('lost: without a record, by a record that the trace has not, by one that it has', () => {
    const { packets } = read([
      { loss: 'loss' },
      { loss: 'blackhole', cause: 4242 },
      { loss: 'no-carrier', cause: 1 },
      {},
    ]);

    const comments = packets.map(({ options }) => textsOf(options, 1)[0]);
    expect(comments).toEqual([
      'lost: loss',
      'lost: blackhole by record 4242',
      expect.stringMatching(/^lost: no-carrier by record 1, \S+: /),
      undefined,
    ]);
  });

  test('heartbeat: an echo of RFC 792 between addresses for tests (RFC 2544)', () => {
    const { packets } = read([{}, { ...BACK, kind: 'heartbeat-reply' }]);

    const [request, reply] = packets.map(({ captured }) => captured);
    expect(hex(request!.subarray(0, 14))).toBe('001b17aa0002001b17aa00010800');
    expect(hex(request!.subarray(26, 34))).toBe('c6120001c6120002');
    expect(hex(request!.subarray(34, 42))).toMatch(/^0800....00010007$/);
    expect(hex(reply!.subarray(34, 42))).toMatch(/^0000....00010007$/);
    expect(words(request!.subarray(42))).toBe('hasim simulated heartbeat');
    expect(hex(reply!.subarray(42))).toBe(hex(request!.subarray(42)));
    expect(request).toHaveLength(98);
  });

  test('hellos: one behind the other in a connection to the port of HA1, acknowledged', () => {
    const content = { role: 'active', devicePriority: 100, monitorFailed: false, preempting: false };
    const hello = { kind: 'hello', bytes: 400, content } as const;

    const { packets } = read([hello, { ...BACK, kind: 'hello-acknowledgement', bytes: 66 }, hello]);

    const segments = packets.map(
      ({ captured }) => new DataView(captured.buffer, captured.byteOffset + 34, 32),
    );
    expect(segments.map((tcp) => [tcp.getUint16(0), tcp.getUint16(2)])).toEqual([
      [28_769, 49_152],
      [49_152, 28_769],
      [28_769, 49_152],
    ]);
    expect(segments.map((tcp) => [tcp.getUint32(4), tcp.getUint32(8)])).toEqual([
      [1, 1],
      [1, 335],
      [335, 1],
    ]);
    expect(words(packets[0]!.captured.subarray(66))).toBe('hasim simulated hello: active, priority 100');
  });

  test('HA1 encrypted: hellos and configurations in one connection to port 28, heartbeats in ICMP as ever', () => {
    const kinds = ['hello', 'configuration-sync', 'heartbeat'] as const;
    const packets = kinds.map((kind, index): CapturedPacket => ({
      ...PACKET,
      kind,
      bytes: 400,
      packet: index + 1,
    }));
    const clear = resultOf(packets);
    const portsOf = (result: RunResult): number[] =>
      readPcapng(bytesOf(result)).packets.map(({ captured: bytes }) =>
        bytes[23] === 6 ? (bytes[34] ?? 0) * 256 + (bytes[35] ?? 0) : -1,
      );
    const on = { ha1Encryption: true } as const;

    expect(portsOf(clear)).toEqual([28_769, 28_260, -1]);
    expect(portsOf({ ...clear, devices: clear.devices.map((device) => ({ ...device, ...on })) })).toEqual([
      28, 28, -1,
    ]);
  });

  test('a hello that crosses a switch: the same segment on both links', () => {
    const hello = { kind: 'hello', bytes: 400, packet: 9 } as const;

    const { packets } = read([hello, hello]);

    expect(hex(packets[0]!.captured)).toBe(hex(packets[1]!.captured));
  });

  test('session sync: as Ethernet, as IP protocol 99 and as UDP', () => {
    const sync = { kind: 'session-sync', link: 1, bytes: 104, content: { messages: 1 } } as const;

    const [ethernet, ip, udp] = [undefined, 'ip' as const, 'udp' as const].map(
      (transport) => read([sync], transport).packets[0]!.captured,
    );

    expect(hex(ethernet!.subarray(12, 14))).toBe('7261');
    expect(words(ethernet!.subarray(14))).toBe('hasim simulated session-sync: 1 message');
    expect(ip![23]).toBe(99);
    expect(hex(udp!.subarray(34, 38))).toBe('72617261');
    expect(hex(udp!.subarray(26, 34))).toBe('c6120031c6120032');
  });

  test('session sync: with addresses that are configured: those', () => {
    const sync = { ...PACKET, kind: 'session-sync', link: 1, bytes: 104 } as const;
    const result = resultOf([sync], 'udp');
    const [first, second] = result.devices;
    const devices = [{ ...first!, ha2Addresses: { ha2: '10.0.3.10' } }, second!];

    const { packets } = readPcapng(bytesOf({ ...result, devices }));

    expect(hex(packets[0]!.captured.subarray(26, 34))).toBe('0a00030ac6120032');
  });

  test('HA3: an ether type for experiments, for PAN-OS publishes none', () => {
    const { packets } = read([{ kind: 'ha3', link: 2, bytes: 148 }]);

    expect(hex(packets[0]!.captured.subarray(12, 14))).toBe('88b5');
    expect(packets[0]!.captured).toHaveLength(148);
  });

  test("users' TCP: a handshake, a request repeated, its response and the end, cut behind the header", () => {
    const [toServer, answer] = [4, 0];
    const part = (flags: number, sequence: number): Partial<CapturedPacket> => ({
      kind: 'tcp',
      link: 3,
      flow: 5,
      flags,
      sequence,
      port: 443,
      sourceIp: parseIp(flags < 4 ? '10.0.0.2' : '10.0.0.1'),
      destinationIp: parseIp(flags < 4 ? '10.0.0.1' : '10.0.0.2'),
    });

    const { packets } = read([
      part(toServer | 1, 1),
      part(answer | 1, 1),
      part(toServer, 2),
      part(toServer, 2),
      part(answer, 2),
      part(toServer | 2, 3),
      part(answer | 2, 3),
    ]);

    const seen = packets.map(({ captured }) => {
      const tcp = new DataView(captured.buffer, captured.byteOffset + 34, 20);
      return [tcp.getUint16(0), tcp.getUint8(13), tcp.getUint32(4), tcp.getUint32(8)];
    });
    expect(seen).toEqual([
      [49_157, 0x02, 0, 0],
      [443, 0x12, 0, 1],
      [49_157, 0x18, 1, 1],
      [49_157, 0x18, 1, 1],
      [443, 0x18, 1, 45],
      [49_157, 0x11, 45, 45],
      [443, 0x11, 45, 46],
    ]);
    expect(packets.map(({ captured, length }) => [captured.length, length])).toEqual(
      Array.from({ length: 7 }, () => [54, 98]),
    );
  });

  test('DHCP: the relay is in what it sends on, the client in what it is offered', () => {
    const [client, relay, server] = [parseIp('10.0.0.10'), parseIp('10.0.0.1'), parseIp('10.9.0.5')];
    const ways = [
      { sourceIp: client, destinationIp: 0xffff_ffff, flags: 4 },
      { sourceIp: relay, destinationIp: server, flags: 4 },
      { sourceIp: server, destinationIp: relay, flags: 0 },
      { sourceIp: server, destinationIp: client, flags: 0 },
    ];

    const { packets } = read(
      ways.map((way) => ({ kind: 'dhcp', link: 3, bytes: 342, flow: 1, sequence: 2, ...way })),
    );

    const seen = packets.map(({ captured }) => {
      const view = new DataView(captured.buffer, captured.byteOffset);
      const [from, to, yours, through] = [
        view.getUint16(34),
        view.getUint16(36),
        view.getUint32(58),
        view.getUint32(66),
      ];
      return [from, to, captured[284], yours, through];
    });
    expect(seen).toEqual([
      [68, 67, 1, 0, 0],
      [67, 67, 1, 0, relay],
      [67, 67, 2, client, relay],
      [67, 68, 2, client, 0],
    ]);
    expect(packets.map(({ length }) => length)).toEqual([342, 342, 342, 342]);
  });

  test('checksums of IPv4, ICMP, UDP and TCP: any packet: sum up to all ones', () => {
    const inIp = KINDS.filter((kind) => !['ha3', 'arp-request', 'arp-reply'].includes(kind));
    fc.assert(
      fc.property(anyPacket, fc.constantFrom(...inIp), (packet, kind) => {
        const frame = read([{ ...packet, kind }], 'udp').packets[0]!.captured;

        expect(sum(frame.subarray(14, 34))).toBe(0xffff);
        const length = frame[16]! * 256 + frame[17]!;
        const pseudo = [...frame.subarray(26, 34), 0, frame[23]!, (length - 20) >> 8, (length - 20) & 255];
        const behind = frame.subarray(34, 14 + length);
        if (frame[23] === 1) expect(sum(behind)).toBe(0xffff);
        else if (frame[23] === 6 || frame[23] === 17) expect(sum([...pseudo, ...behind])).toBe(0xffff);
      }),
    );
  });
});

/** Ones' complement sum of 16-bit words; what is missing counts as zeros. */
function sum(bytes: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < bytes.length; at += 2) total += bytes[at]! * 256 + (bytes[at + 1] ?? 0);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return total;
}
