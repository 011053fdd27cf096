import { describe, expect, test } from 'vitest';
import { PROTOCOL, trafficOf, type HaTraffic } from '../../../src/cloud/aws/traffic-of.ts';
import { FLAG, FRAME, makeFrame, type FrameKind, type FrameOptions } from '../../../src/network/frame.ts';

const CLEAR_UDP: HaTraffic = { encrypted: false, ha2: 'udp' };

function seen(kind: FrameKind, options: FrameOptions = {}, ha = CLEAR_UDP): ReturnType<typeof trafficOf> {
  return trafficOf(makeFrame(kind, 0xa, 0xb, 0, 0, { flow: 7, ...options }), ha, 1, 2);
}

describe('traffic of HA', () => {
  test.each(['hello', 'helloAck', 'configSync', 'configAck'] as const)(
    'HA1: %s: TCP that needs both clear ports (C-014), or port 28 alone when it is encrypted (C-015)',
    (kind) => {
      const encrypted = seen(FRAME[kind], {}, { encrypted: true, ha2: 'udp' });

      expect(seen(FRAME[kind])).toMatchObject({ protocol: PROTOCOL.tcp, ports: [28_769, 28_260] });
      expect(encrypted).toMatchObject({ protocol: PROTOCOL.tcp, ports: [28] });
    },
  );

  test.each(['sessionSync', 'bulkRequest', 'bulkSync', 'ha2KeepAlive', 'ha2KeepAliveReply'] as const)(
    'HA2: %s: UDP 29281, or protocol 99 with transport ip (C-017)',
    (kind) => {
      const byIp = seen(FRAME[kind], {}, { encrypted: false, ha2: 'ip' });

      expect(seen(FRAME[kind])).toMatchObject({ protocol: PROTOCOL.udp, ports: [29_281] });
      expect(byIp).toMatchObject({ protocol: 99, ports: [] });
    },
  );

  test.each(['hello', 'helloAck', 'configAck', 'sessionSync', 'ha2KeepAliveReply'] as const)(
    'HA: %s: stands for itself, whichever side sends it',
    (kind) => {
      expect(seen(FRAME[kind])).toMatchObject({ source: 1, destination: 2, answer: false, flow: 0 });
    },
  );

  test('HA1 heartbeats: a question and its answer over ICMP (C-013)', () => {
    expect(seen(FRAME.echoRequest)).toMatchObject({ protocol: PROTOCOL.icmp, ports: [], answer: false });
    expect(seen(FRAME.echoReply)).toMatchObject({ protocol: PROTOCOL.icmp, ports: [], answer: true });
  });
});

describe('traffic of users', () => {
  test.each([
    ['tcp', PROTOCOL.tcp, [443]],
    ['udp', PROTOCOL.udp, [443]],
    ['esp', PROTOCOL.esp, []],
  ] as const)('%s: by its protocol, the port of its server, and its direction', (kind, protocol, ports) => {
    const asks = seen(FRAME[kind], { port: 443, flags: FLAG.toServer });

    expect(asks).toEqual({
      protocol,
      ports,
      source: 1,
      destination: 2,
      answer: false,
      flow: 7,
      ends: false,
    });
    expect(seen(FRAME[kind], { port: 443 })).toEqual({ ...asks, answer: true });
  });

  test('tcp with FIN: ends its conversation', () => {
    expect(seen(FRAME.tcp, { port: 443, flags: FLAG.fin })).toMatchObject({ answer: true, ends: true });
  });
});
