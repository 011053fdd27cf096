import { describe, expect, test } from 'vitest';
import { BROADCAST_MAC } from '../../../src/network/address.ts';
import { FRAME, makeFrame, type Frame } from '../../../src/network/frame.ts';
import { Switch } from '../../../src/network/segment.ts';
import { frameTo, Wire, type Listener } from '../../helpers/wire.ts';

const [A, B, C] = [0xa, 0xb, 0xc];
const AGING_US = 1_000_000;

/** A switch with three hosts, whose MAC addresses it does not know yet. */
function segment(): { wire: Wire; hub: Switch; a: Listener; b: Listener; c: Listener } {
  const wire = new Wire();
  const hub = new Switch(wire.network, 'switch', AGING_US);
  const [a, b, c] = [wire.listener('a'), wire.listener('b'), wire.listener('c')];
  for (const host of [a, b, c]) wire.cable(host.port, hub.addPort());
  return { wire, hub, a, b, c };
}

test('switch: an unknown destination: flooded to every port but the one it came from', () => {
  const { wire, a, b, c } = segment();
  a.port.send(frameTo(C, A, { sequence: 1 }));
  wire.run(1);
  expect([a.sequences, b.sequences, c.sequences]).toEqual([[], [1], [1]]);
});

test('switch: a destination that has sent before: only its port gets the frame', () => {
  const { wire, hub, a, b, c } = segment();
  c.port.send(frameTo(A, C, { sequence: 1 }));
  wire.run(1);
  a.port.send(frameTo(C, A, { sequence: 2 }));
  wire.run(2);
  expect([a.sequences, b.sequences, c.sequences]).toEqual([[1], [1], [2]]);
  expect(hub.portOf(C)?.link).toBe(c.port.link);
});

test('switch: a destination behind the port that asks: not sent back', () => {
  const { wire, a, b, c } = segment();
  a.port.send(frameTo(0, B, { sequence: 1 }));
  wire.run(1);
  a.port.send(frameTo(B, A, { sequence: 2 }));
  wire.run(2);
  expect([a.sequences, b.sequences, c.sequences]).toEqual([[], [1], [1]]);
});

test('switch: broadcast: flooded although its sender is known', () => {
  const { wire, a, b, c } = segment();
  a.port.send(frameTo(BROADCAST_MAC, A, { sequence: 1 }));
  wire.run(1);
  a.port.send(frameTo(BROADCAST_MAC, A, { sequence: 2 }));
  wire.run(2);
  expect([b.sequences, c.sequences]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test('switch: an address that moves: the last sender has it', () => {
  const { wire, hub, a, b, c } = segment();
  a.port.send(frameTo(0, C));
  wire.run(1);
  b.port.send(frameTo(BROADCAST_MAC, C));
  wire.run(2);
  expect(hub.portOf(C)?.link).toBe(b.port.link);
  expect(c.port.link).not.toBe(b.port.link);
});

describe('switch: an address that moves is noted', () => {
  const SETTLED_US = 60_000_000;
  const announcement = makeFrame(FRAME.arpRequest, C, BROADCAST_MAC, 9, 9, {});
  const frame = frameTo(0, C);

  /** C sends at a, and later at b. */
  function moves(
    first: number,
    then: readonly (readonly [atUs: number, from: 'a' | 'b', frame: Frame])[],
    agingUs = 10 * SETTLED_US,
  ): unknown[] {
    const wire = new Wire();
    const hub = new Switch(wire.network, 'switch', agingUs);
    const hosts = { a: wire.listener('a'), b: wire.listener('b') };
    for (const host of Object.values(hosts)) wire.cable(host.port, hub.addPort());
    wire.run(first);
    hosts.a.port.send(frame);
    for (const [atUs, from, sent] of then) {
      wire.run(atUs);
      hosts[from].port.send(sent);
    }
    wire.run(wire.network.simulation.nowUs + 10);
    expect(hub.portOf(C)?.link).toBe(hosts[then.at(-1)![1]].port.link);
    return wire.network.simulation.trace.records.map(({ kind, subject, data }) => [kind, subject, data]);
  }
  const moved = (towards: string, instead: string) => [
    'learned',
    'switch',
    { mac: '00:00:00:00:00:0c', towards, instead },
  ];

  test('switch: announced by gratuitous ARP: noted at once, and not again', () => {
    expect(
      moves(0, [
        [10, 'b', announcement],
        [20, 'b', announcement],
      ]),
    ).toEqual([moved('b:port', 'a:port')]);
  });

  test('switch: by another frame: noted only if it had settled where it was', () => {
    expect(moves(0, [[SETTLED_US - 1, 'b', frame]])).toEqual([]);
    expect(moves(0, [[SETTLED_US, 'b', frame]])).toEqual([moved('b:port', 'a:port')]);
    expect(
      moves(0, [
        [SETTLED_US, 'b', frame],
        [SETTLED_US + 10, 'a', frame],
        [SETTLED_US + 20, 'b', frame],
      ]),
    ).toHaveLength(1);
  });

  test('switch: aged before it moved: nobody believed anything of it', () => {
    expect(moves(0, [[200, 'b', announcement]], 100)).toEqual([]);
  });
});

test('switch: silence as long as the aging time: known at its end, forgotten after it', () => {
  const { wire, hub, c } = segment();
  c.port.send(frameTo(A, C));
  wire.run(AGING_US);
  expect(hub.portOf(C)).not.toBeNull();
  wire.run(AGING_US + 1);
  expect(hub.portOf(C)).toBeNull();
});

test('switch: a port that loses carrier: its addresses are forgotten, the others stay', () => {
  const { wire, hub, a, c } = segment();
  a.port.send(frameTo(0, A));
  c.port.send(frameTo(0, C));
  wire.run(1);
  c.port.setLit(false);
  expect([hub.portOf(A) === null, hub.portOf(C)]).toEqual([false, null]);
});

test('switch: flooding past a dark port: the dark port is to blame if nobody answers', () => {
  const { wire, a, b, c } = segment();
  c.port.fail(42);
  const track = wire.network.track();
  a.port.send(frameTo(C, A, { track }));
  wire.run(1);
  expect(b.heard).toHaveLength(1);
  expect(wire.network.lossCause(track)).toBe(42);
});

test('switch: spanning tree without portfast: a port that gains carrier passes nothing for twice the forward delay', () => {
  const wire = new Wire();
  const slow = { portfast: false, forwardDelayUs: 100 };
  const hub = new Switch(wire.network, 'switch', AGING_US, slow);
  const [a, b] = [wire.listener('a'), wire.listener('b')];
  for (const host of [a, b]) wire.cable(host.port, hub.addPort());
  const track = wire.network.track();
  const exchange = (atUs: number, sequence: number): void => {
    wire.run(atUs);
    a.port.send(frameTo(B, A, { sequence, track }));
    b.port.send(frameTo(A, B, { sequence, track }));
  };

  exchange(0, 1); // What is up at the beginning has long been up.
  wire.run(1_000);
  b.port.fail(7);
  b.port.repair(8);
  exchange(1_199, 2);
  wire.run(1_199);
  expect(wire.network.lossCause(track)).toBe(8);
  expect(wire.network.simulation.trace.records).toMatchObject([
    {
      timeUs: 1_000,
      kind: 'spanning-tree',
      subject: 'switch',
      cause: 8,
      data: { towards: 'b:port', forwardDelayUs: 100 },
    },
  ]);
  exchange(1_200, 3);
  wire.run(2_000);
  expect([a.sequences, b.sequences]).toEqual([
    [1, 3],
    [1, 3],
  ]);
});
