import { describe, expect, test } from 'vitest';
import { DEFAULT_IMPAIRMENT } from '../../../src/network/impairment.ts';
import { Switch } from '../../../src/network/segment.ts';
import { frameTo, Wire, type Listener } from '../../helpers/wire.ts';

function send(from: Listener, sequence = 1, track = 0): void {
  from.port.send(frameTo(2, 1, { sequence, track }));
}

describe('link: carrier', () => {
  test('link: cabled directly: carrier is lost at both ends when one goes dark', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    wire.cable(a.port, b.port);
    wire.run(10);
    a.port.setLit(false);
    wire.run(20);
    a.port.setLit(true);
    const changes = [
      { atUs: 10, up: false },
      { atUs: 20, up: true },
    ];
    expect(a.carrier).toEqual(changes);
    expect(b.carrier).toEqual(changes);
  });

  test('link: through a switch: the other end keeps its carrier', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const between = new Switch(wire.network, 'switch', 1_000_000);
    wire.cable(a.port, between.addPort());
    wire.cable(b.port, between.addPort());
    a.port.setLit(false);
    expect(a.carrier).toEqual([{ atUs: 0, up: false }]);
    expect(b.carrier).toEqual([]);
    expect(b.port.carrier).toBe(true);
  });

  test('link: cut while a port is dark: carrier needs both to be mended', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const link = wire.cable(a.port, b.port);
    a.port.setLit(false);
    link.cut(7);
    a.port.setLit(true);
    expect(link.carrier).toBe(false);
    link.mend(8);
    expect(link.carrier).toBe(true);
    expect(b.carrier.map(({ up }) => up)).toEqual([false, true]);
  });

  test('link: a port held down by a fault: its owner cannot light it', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const link = wire.cable(a.port, b.port);
    a.port.fail(5);
    a.port.setLit(false);
    a.port.setLit(true);
    expect([a.port.lit, link.carrier, link.downCause, a.port.darkCause]).toEqual([false, false, 5, 5]);
    a.port.repair(6);
    expect([a.port.lit, link.carrier, link.downCause]).toEqual([true, true, 0]);
  });
});

describe('link: packets', () => {
  test('link: a port without a cable: packets are dropped', () => {
    const wire = new Wire();
    const a = wire.listener('a');
    send(a);
    expect([a.port.carrier, wire.simulation.pending]).toEqual([false, 0]);
  });

  test('link: carrier lost under way: what was on the wire does not arrive, though carrier is back by then', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const link = wire.cable(a.port, b.port, { latencyUs: 100 });
    const track = wire.network.track();
    send(a, 1, track);
    wire.run(50);
    link.cut(9);
    wire.run(60);
    expect(wire.network.lossCause(track)).toBe(0); // Nobody knows yet.
    send(a, 2);
    link.mend(10);
    send(a, 3);
    wire.run(1_000);
    expect(b.sequences).toEqual([3]);
  });

  test('link: cut: a packet lost to it knows the record of the cut', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const link = wire.cable(a.port, b.port, { latencyUs: 100 });
    const [flying, later] = [wire.network.track(), wire.network.track()];
    send(a, 1, flying);
    link.cut(9);
    send(a, 2, later);
    wire.run(1_000);
    expect([wire.network.lossCause(flying), wire.network.lossCause(later)]).toEqual([9, 9]);
    expect(b.heard).toEqual([]);
  });

  test('link: blackhole one way: that way loses packets, the other does not, and carrier stays', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const link = wire.cable(a.port, b.port);
    const track = wire.network.track();
    link.blackhole(0, 4);
    send(a, 1, track);
    send(b, 2);
    wire.run(10);
    expect([a.sequences, b.sequences]).toEqual([[2], []]);
    expect(wire.network.lossCause(track)).toBe(4);
    expect([link.carrier, a.carrier.length]).toEqual([true, 0]);
    link.clearBlackhole(0);
    send(a, 3);
    wire.run(20);
    expect(b.sequences).toEqual([3]);
  });

  test('link: impaired one way: the fault is to blame, and ends with the link as it was configured', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const link = wire.cable(a.port, b.port, { latencyUs: 30 });
    const track = wire.network.track();
    link.impair(0, { loss: 1 }, 6);
    send(a, 1, track);
    expect(wire.network.lossCause(track)).toBe(6);
    link.clearImpairment(0);
    send(a, 2);
    link.impair(1, { latencyUs: 500 }, 7);
    send(b, 3);
    wire.run(1_000);
    expect([a.times, b.times]).toEqual([[500], [30]]);
  });

  test('link: duplication: the second copy comes with the first', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    wire.cable(a.port, b.port, { latencyUs: 10, duplicate: 1 });
    send(a, 1);
    wire.run(100);
    expect([b.sequences, b.times]).toEqual([
      [1, 1],
      [10, 10],
    ]);
  });

  test('link: reordering: a later packet overtakes', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const link = wire.cable(a.port, b.port, { latencyUs: 10 });
    link.impair(0, { reorderShare: 1, reorderDelayUs: 100 }, 1);
    send(a, 1);
    link.clearImpairment(0);
    send(a, 2);
    wire.run(1_000);
    expect(b.sequences).toEqual([2, 1]);
  });
});

describe('link: what it refuses', () => {
  test('link: an MTU: a frame of that size passes, one byte more is refused, and whoever asks is told', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    wire.network.connect('narrow', a.port, b.port, DEFAULT_IMPAIRMENT, 1_500);
    const refused: string[] = [];
    wire.network.onRefusal(({ bytes }, why, { name, mtu }) => refused.push(`${why} ${name} ${bytes} ${mtu}`));
    a.port.send(frameTo(2, 1, { sequence: 1, bytes: 1_500 }));
    a.port.send(frameTo(2, 1, { sequence: 2, bytes: 1_501 }));
    wire.run(10);
    expect([b.sequences, refused]).toEqual([[1], ['mtu narrow 1501 1500']]);
  });

  test('link: a full queue: refused, unlike a packet lost by chance', () => {
    const wire = new Wire();
    const [a, b] = [wire.listener('a'), wire.listener('b')];
    const link = wire.cable(a.port, b.port, { bandwidth: 1e6, queueLimitUs: 0 });
    const refused: string[] = [];
    wire.network.onRefusal((_frame, why) => refused.push(why));
    send(a, 1);
    send(a, 2);
    link.impair(0, { bandwidth: Number.POSITIVE_INFINITY, loss: 1 }, 1);
    send(a, 3);
    wire.run(1_000_000);
    expect([b.sequences, refused]).toEqual([[1], ['queue']]);
  });
});

test('network: an unknown link: an error that names it', () => {
  expect(() => new Wire().network.link('nowhere')).toThrow('no link nowhere');
});
