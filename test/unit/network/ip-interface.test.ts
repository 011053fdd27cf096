import { describe, expect, test } from 'vitest';
import { BROADCAST_MAC, formatIp, formatMac, parseCidr, parseIp } from '../../../src/network/address.ts';
import { FRAME, makeFrame, type Frame } from '../../../src/network/frame.ts';
import { IpInterface } from '../../../src/network/ip-interface.ts';
import type { NetworkNode, Port } from '../../../src/network/link.ts';
import { Wire, type Listener } from '../../helpers/wire.ts';

const [MAC, PEER_MAC, OWN_MAC] = [0x11, 0x22, 0x33];
const [IP, PEER_IP] = [parseIp('10.0.0.1'), parseIp('10.0.0.2')];
const TIMEOUT_US = 300_000_000;

/** An interface on a cable, and whoever hears what it sends. */
class Bench implements NetworkNode {
  readonly name = 'host';
  readonly wire = new Wire();
  readonly peer: Listener;
  readonly port: Port;
  readonly item: IpInterface;

  constructor() {
    this.peer = this.wire.listener('peer');
    this.port = this.wire.network.addPort(this, 'port');
    this.item = new IpInterface(this.wire.registry, this.port, parseCidr('10.0.0.1/24'), MAC, TIMEOUT_US);
    this.wire.cable(this.port, this.peer.port);
  }

  receive(_port: Port, frame: Frame): void {
    if (frame.kind === FRAME.arpRequest || frame.kind === FRAME.arpReply) this.item.receiveArp(frame);
  }

  carrierChanged(): void {}

  /** The interface has a packet for the peer. */
  send(sequence: number, track = 0): void {
    this.item.sendVia(PEER_IP, makeFrame(FRAME.udp, 0, 0, IP, PEER_IP, { sequence, track }));
  }

  /** The peer says something in ARP. */
  say(
    kind: typeof FRAME.arpRequest | typeof FRAME.arpReply,
    sourceIp: number,
    targetIp: number,
    mac = PEER_MAC,
  ): void {
    this.peer.port.send(makeFrame(kind, mac, BROADCAST_MAC, sourceIp, targetIp, {}));
  }

  /** What the peer has heard since it was last asked, as `kind source → destination`. */
  said(): string[] {
    const names = Object.fromEntries(Object.entries(FRAME).map(([name, kind]) => [kind, name]));
    const lines = this.peer.heard.map(({ frame }) => {
      const to = frame.destinationMac === BROADCAST_MAC ? 'all' : frame.destinationMac.toString(16);
      return `${names[frame.kind]} ${frame.sourceMac.toString(16)} → ${to}${frame.sequence > 0 ? ` #${frame.sequence}` : ''}`;
    });
    this.peer.heard.length = 0;
    return lines;
  }
}

describe('ARP: an unknown address', () => {
  test('ARP: packets to an unknown address: wait for the answer, then leave in order', () => {
    const bench = new Bench();
    bench.send(1);
    bench.send(2);
    bench.wire.run(10);
    expect(bench.said()).toEqual(['arpRequest 11 → all']);
    bench.say(FRAME.arpReply, PEER_IP, IP);
    bench.wire.run(20);
    expect(bench.said()).toEqual(['udp 11 → 22 #1', 'udp 11 → 22 #2']);
    bench.send(3);
    bench.wire.run(30);
    expect(bench.said()).toEqual(['udp 11 → 22 #3']);
  });

  test('ARP: no answer: asked three times a second apart, then the packets are dropped', () => {
    const bench = new Bench();
    const track = bench.wire.network.track();
    bench.send(1, track);
    bench.wire.run(10_000_000);
    expect(bench.peer.times).toEqual([0, 1_000_000, 2_000_000]);
    bench.said();
    bench.say(FRAME.arpReply, PEER_IP, IP);
    bench.wire.run(20_000_000);
    expect(bench.said()).toEqual([]);
  });

  test('ARP: no answer because the cable is cut: the cut is to blame for the dropped packets', () => {
    const bench = new Bench();
    const track = bench.wire.network.track();
    bench.send(1, track);
    bench.port.link?.cut(77);
    bench.wire.run(10_000_000);
    expect(bench.wire.network.lossCause(track)).toBe(77);
  });

  test('ARP: more than 64 packets waiting: the rest is dropped', () => {
    const bench = new Bench();
    for (let sequence = 1; sequence <= 70; sequence += 1) bench.send(sequence);
    bench.say(FRAME.arpReply, PEER_IP, IP);
    bench.wire.run(10);
    expect(bench.said().filter((line) => line.startsWith('udp'))).toHaveLength(64);
  });

  test('ARP: an answer after the first repetition: asked no more', () => {
    const bench = new Bench();
    bench.send(1);
    bench.wire.run(1_500_000);
    bench.say(FRAME.arpReply, PEER_IP, IP);
    bench.wire.run(10_000_000);
    expect(bench.said()).toEqual(['arpRequest 11 → all', 'arpRequest 11 → all', 'udp 11 → 22 #1']);
  });

  test('ARP: given up while asking: nothing is asked and nothing sent any more, and a new try starts anew', () => {
    const bench = new Bench();
    bench.send(1);
    bench.wire.run(500_000);
    bench.item.giveUp();
    bench.say(FRAME.arpReply, PEER_IP, IP);
    bench.wire.run(600_000);
    expect(bench.said()).toEqual(['arpRequest 11 → all']);
    bench.item.clear();
    bench.send(2);
    bench.wire.run(1_550_000); // The repetition of the first try would have been due at 1 s.
    expect(bench.said()).toEqual(['arpRequest 11 → all']);
  });
});

describe('ARP: the cache', () => {
  test('ARP: an entry older than its timeout: asked again', () => {
    const bench = new Bench();
    bench.item.learn(PEER_IP, PEER_MAC);
    bench.wire.run(TIMEOUT_US);
    bench.send(1);
    bench.wire.run(TIMEOUT_US + 1);
    bench.send(2);
    bench.wire.run(TIMEOUT_US + 2);
    expect(bench.said()).toEqual(['udp 11 → 22 #1', 'arpRequest 11 → all']);
  });

  test('ARP: gratuitous, of an address that is known: the entry moves', () => {
    const bench = new Bench();
    bench.item.learn(PEER_IP, PEER_MAC);
    bench.say(FRAME.arpRequest, PEER_IP, PEER_IP, 0x99);
    bench.wire.run(10);
    bench.send(1);
    bench.wire.run(20);
    expect(bench.said()).toEqual(['udp 11 → 99 #1']);
    bench.say(FRAME.arpRequest, PEER_IP, PEER_IP, 0x99); // Known by now.
    bench.wire.run(30);
    const move = { address: formatIp(PEER_IP), mac: formatMac(0x99), instead: formatMac(PEER_MAC) };
    const { records } = bench.wire.network.simulation.trace;
    expect(records).toMatchObject([{ kind: 'learned', data: move }]);
  });

  test('ARP: gratuitous, of an address whose entry is too old: nothing is put right', () => {
    const bench = new Bench();
    bench.item.learn(PEER_IP, PEER_MAC);
    bench.wire.run(TIMEOUT_US + 1);
    bench.say(FRAME.arpRequest, PEER_IP, PEER_IP, 0x99);
    bench.wire.run(TIMEOUT_US + 10);
    expect(bench.wire.network.simulation.trace.records).toEqual([]);
  });

  test('ARP: gratuitous, of an address that is not known: no entry', () => {
    const bench = new Bench();
    bench.say(FRAME.arpRequest, PEER_IP, PEER_IP);
    bench.wire.run(10);
    expect(bench.item.entries()).toEqual([]);
    expect(bench.said()).toEqual([]);
  });

  test('ARP: a request for this address: answered, and its sender learned', () => {
    const bench = new Bench();
    const learned: number[][] = [];
    bench.item.onLearn = (ip, mac) => learned.push([ip, mac]);
    bench.say(FRAME.arpRequest, PEER_IP, IP);
    bench.say(FRAME.arpRequest, PEER_IP, IP);
    bench.wire.run(10);
    expect(bench.said()).toEqual(['arpReply 11 → 22', 'arpReply 11 → 22']);
    expect(bench.item.entries()).toEqual([[PEER_IP, PEER_MAC]]);
    expect(learned).toEqual([[PEER_IP, PEER_MAC]]); // News only.
  });

  test('ARP: a probe for this address (sender 0.0.0.0): answered, and nothing learned', () => {
    const bench = new Bench();
    bench.say(FRAME.arpRequest, 0, IP);
    bench.wire.run(10);
    expect(bench.said()).toEqual(['arpReply 11 → 22']);
    expect(bench.item.entries()).toEqual([]);
  });

  test('ARP: a request for another address: not answered', () => {
    const bench = new Bench();
    bench.say(FRAME.arpRequest, PEER_IP, parseIp('10.0.0.3'));
    bench.wire.run(10);
    expect(bench.said()).toEqual([]);
  });

  test('ARP: another node with this very address: not learned and not answered', () => {
    const bench = new Bench();
    bench.say(FRAME.arpRequest, IP, IP, 0x99);
    bench.wire.run(10);
    expect([bench.said(), bench.item.entries()]).toEqual([[], []]);
  });
});

describe('ARP: several addresses', () => {
  const [ALL, EVEN] = [parseIp('10.0.0.254'), parseIp('10.0.0.253')];
  const [ALL_MAC, EVEN_MAC] = [0x44, 0x55];
  const [EVEN_ASKER, ODD_ASKER] = [parseIp('10.0.0.2'), parseIp('10.0.0.3')];

  /** One further address for everybody, and one for requesters with even addresses. */
  function several(): Bench {
    const bench = new Bench();
    bench.item.serve([
      { ip: ALL, mac: ALL_MAC, answers: () => true },
      { ip: EVEN, mac: EVEN_MAC, answers: (requester) => requester % 2 === 0 },
    ]);
    return bench;
  }

  test('ARP: requests for each address: answered with the MAC address of that address', () => {
    const bench = several();
    for (const ip of [IP, ALL, EVEN]) bench.say(FRAME.arpRequest, EVEN_ASKER, ip);
    bench.wire.run(10);
    expect(bench.said()).toEqual(['arpReply 11 → 22', 'arpReply 44 → 22', 'arpReply 55 → 22']);
  });

  test('ARP: a requester of another’s share: not answered, and not learned', () => {
    const bench = several();
    bench.say(FRAME.arpRequest, ODD_ASKER, EVEN);
    bench.wire.run(10);
    expect([bench.said(), bench.item.entries()]).toEqual([[], []]);
  });

  test('ARP: one address with two MAC addresses: each requester is told the one of its share', () => {
    const bench = new Bench();
    bench.item.serve([
      { ip: EVEN, mac: EVEN_MAC, answers: (requester) => requester % 2 === 0 },
      { ip: EVEN, mac: ALL_MAC, answers: (requester) => requester % 2 === 1 },
    ]);
    bench.say(FRAME.arpRequest, EVEN_ASKER, EVEN);
    bench.say(FRAME.arpRequest, ODD_ASKER, EVEN, 0x99);
    bench.wire.run(10);
    expect(bench.said()).toEqual(['arpReply 55 → 22', 'arpReply 44 → 99']);
  });

  test('ARP: another node announces an address that is served here: not learned', () => {
    const bench = several();
    bench.item.learn(ALL, 0x99);
    bench.say(FRAME.arpRequest, ALL, ALL, 0x98);
    bench.wire.run(10);
    expect(bench.item.entries()).toEqual([[ALL, 0x99]]);
  });

  test('ARP: addresses that are served: taken as its own, and no more once they are given up', () => {
    const { item } = several();
    const taken = () => [item.accepts(MAC), item.accepts(ALL_MAC), item.has(IP), item.has(ALL)];
    expect(taken()).toEqual([true, true, true, true]);
    item.serve([]);
    expect(taken()).toEqual([true, false, true, false]);
  });

  test('ARP: whatever is served: requests, packets and replies of its own leave from its own address', () => {
    const bench = several();
    bench.send(1);
    bench.wire.run(10);
    expect(bench.peer.heard[0]?.frame).toMatchObject({ sourceMac: MAC, sourceIp: IP });
    bench.say(FRAME.arpReply, PEER_IP, IP);
    bench.wire.run(20);
    expect(bench.said()).toEqual(['arpRequest 11 → all', 'udp 11 → 22 #1']);
  });

  test('ARP: announce another address: from the MAC address that is told', () => {
    const bench = several();
    bench.item.announce(ALL, ALL_MAC);
    bench.wire.run(10);
    expect(bench.peer.heard[0]?.frame).toMatchObject({
      sourceMac: ALL_MAC,
      sourceIp: ALL,
      destinationIp: ALL,
    });
  });
});

describe('ARP: announcements and probes', () => {
  test('ARP: announce: one gratuitous request from the interface’s MAC address', () => {
    const bench = new Bench();
    bench.item.announce();
    bench.wire.run(10);
    const [heard] = bench.peer.heard;
    expect(heard?.frame).toMatchObject({
      sourceMac: MAC,
      sourceIp: IP,
      destinationIp: IP,
      destinationMac: BROADCAST_MAC,
    });
  });

  test('ARP: a probe with another MAC address: asks as 0.0.0.0 and leaves from that address', () => {
    const bench = new Bench();
    const ping = makeFrame(FRAME.echoRequest, 0, 0, IP, PEER_IP, { sequence: 1 });
    bench.item.probeVia(PEER_IP, ping, OWN_MAC);
    bench.wire.run(10);
    expect(bench.peer.heard[0]?.frame).toMatchObject({ sourceMac: OWN_MAC, sourceIp: 0 });
    expect(bench.said()).toEqual(['arpRequest 33 → all']);
    bench.item.learn(PEER_IP, PEER_MAC);
    bench.wire.run(20);
    expect(bench.said()).toEqual(['echoRequest 33 → 22 #1']);
  });
});
