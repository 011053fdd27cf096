import { describe, expect, test } from 'vitest';
import { DataPort } from '../../../src/firewall/data-port.ts';
import { FIREWALL_EVENTS, FirewallRoutes } from '../../../src/firewall/routes.ts';
import { Wire, type Listener } from '../../helpers/wire.ts';

const TIMES = { bringUpUs: 3_000_000, enableUs: 200_000, flapUs: 500_000, negotiationUs: 2_000_000 };

/** A data port of a firewall on a cable, and whoever sees its carrier at the other end. */
class Bench {
  readonly wire = new Wire(FIREWALL_EVENTS);
  readonly peer: Listener;
  readonly port: DataPort;
  readonly ready: number[] = [];

  constructor(times: Partial<typeof TIMES> = {}) {
    const { simulation } = this.wire;
    const own = this.wire.listener('palo-1');
    this.peer = this.wire.listener('switch');
    const owner = {
      receiveData: () => undefined,
      portChanged: () => undefined,
      portReady: () => void this.ready.push(simulation.nowUs),
      portNegotiated: () => undefined,
    };
    const routes = new FirewallRoutes(simulation);
    this.port = new DataPort(owner, simulation, routes, own.port, 7, { ...TIMES, ...times });
    this.wire.cable(own.port, this.peer.port);
  }

  /** Carrier as the other end saw it: `3000000 up`. */
  get carrier(): string[] {
    return this.peer.carrier.map(({ atUs, up }) => `${atUs} ${up ? 'up' : 'down'}`);
  }
}

describe('data port: coming into service', () => {
  test('data port: dark, to serve: carrier after the bring-up, and forwarding with it', () => {
    const { wire, port, ready, ...bench } = new Bench();
    port.follow(true, true);
    wire.run(2_999_999);
    expect([port.lit, port.ready]).toEqual([false, false]);
    wire.run(10_000_000);
    expect([port.lit, port.ready, ready]).toEqual([true, true, [3_000_000]]);
    expect(bench.peer.carrier).toEqual([{ atUs: 3_000_000, up: true }]);
  });

  test('data port: lit, to serve: forwarding after a moment, and carrier all along', () => {
    const bench = new Bench();
    bench.port.begin(true, false);
    bench.wire.run(1_000_000);
    bench.port.follow(true, true);
    bench.wire.run(10_000_000);
    expect(bench.ready).toEqual([1_200_000]);
    expect(bench.carrier).toEqual(['0 up']);
  });

  test('data port: lit but not to serve: never forwards', () => {
    const bench = new Bench();
    bench.port.follow(true, false);
    bench.wire.run(10_000_000);
    expect([bench.port.lit, bench.port.ready, bench.ready]).toEqual([true, false, []]);
  });

  test('data port: to serve while it is coming up: the bring-up goes on as it began', () => {
    const bench = new Bench();
    bench.port.follow(true, false);
    bench.wire.run(2_000_000);
    bench.port.follow(true, true);
    bench.wire.run(10_000_000);
    expect(bench.ready).toEqual([3_000_000]);
  });
});

describe('data port: going out of service', () => {
  function serving(times: Partial<typeof TIMES> = {}): Bench {
    const bench = new Bench(times);
    bench.port.begin(true, true);
    bench.wire.run(1_000_000);
    return bench;
  }

  test('data port: served, stays lit: dark for the flap, then lit without forwarding', () => {
    const bench = serving();
    bench.port.follow(true, false);
    expect([bench.port.flapping, bench.port.lit, bench.port.ready]).toEqual([true, false, false]);
    bench.wire.run(10_000_000);
    expect([bench.port.flapping, bench.port.lit, bench.port.ready]).toEqual([false, true, false]);
    expect(bench.carrier).toEqual(['0 up', '1000000 down', '1500000 up']);
  });

  test('data port: a flap of no length: carrier stays', () => {
    const bench = serving({ flapUs: 0 });
    bench.port.follow(true, false);
    bench.wire.run(10_000_000);
    expect([bench.carrier, bench.port.ready]).toEqual([['0 up'], false]);
  });

  test('data port: served, goes dark: dark at once, and a pending bring-up is forgotten', () => {
    const bench = serving();
    bench.port.follow(false, false);
    bench.port.follow(true, true);
    bench.wire.run(2_000_000);
    bench.port.follow(false, false);
    bench.wire.run(20_000_000);
    expect([bench.carrier, bench.ready]).toEqual([['0 up', '1000000 down'], []]);
  });

  test('data port: serves again while it flaps: forwards when the flap is over', () => {
    const bench = serving();
    bench.port.follow(true, false);
    bench.wire.run(1_200_000);
    bench.port.follow(true, true);
    bench.wire.run(10_000_000);
    expect([bench.port.ready, bench.ready]).toEqual([true, [1_500_000]]);
  });

  test('data port: follows the same role twice: nothing happens', () => {
    const bench = serving();
    bench.port.follow(true, true);
    bench.wire.run(10_000_000);
    expect([bench.port.ready, bench.ready, bench.carrier]).toEqual([true, [], ['0 up']]);
  });
});

describe('data port: LACP', () => {
  const bundled = (preNegotiation: boolean): Bench => {
    const bench = new Bench();
    bench.port.bundle({ preNegotiation });
    return bench;
  };

  test('data port: LACP, lit for the passive: closed without pre-negotiation, open with it', () => {
    for (const preNegotiation of [false, true]) {
      const bench = bundled(preNegotiation);
      bench.port.follow(true, false);
      bench.wire.run(4_999_999); // 3 s of bring-up, and 2 s of negotiation if any.
      expect(bench.port.port.closed).toBe(true);
      bench.wire.run(20_000_000);
      expect([bench.port.port.closed, bench.port.ready]).toEqual([!preNegotiation, false]);
    }
  });

  test('data port: LACP, lit, to serve: without pre-negotiation the negotiation comes on top', () => {
    for (const [preNegotiation, readyUs] of [
      [false, 3_200_000],
      [true, 1_200_000],
    ] as const) {
      const bench = bundled(preNegotiation);
      bench.port.begin(true, false);
      bench.wire.run(1_000_000);
      bench.port.follow(true, true);
      bench.wire.run(10_000_000);
      expect(bench.ready).toEqual([readyUs]);
    }
  });

  test('data port: LACP, served, stays lit: pre-negotiation spares it the flap and keeps it open', () => {
    for (const preNegotiation of [false, true]) {
      const bench = bundled(preNegotiation);
      bench.port.begin(true, true);
      bench.wire.run(1_000_000);
      bench.port.follow(true, false);
      bench.wire.run(10_000_000);
      expect(bench.carrier).toEqual(preNegotiation ? ['0 up'] : ['0 up', '1000000 down', '1500000 up']);
      expect([bench.port.port.closed, bench.port.ready]).toEqual([!preNegotiation, false]);
    }
  });

  test('data port: LACP, carrier lost and back while it serves: negotiates anew', () => {
    const bench = bundled(true);
    bench.port.begin(true, true);
    bench.peer.port.fail(1);
    bench.port.carrierChanged();
    expect([bench.port.ready, bench.port.port.closed]).toEqual([false, true]);
    bench.peer.port.repair(2);
    bench.port.carrierChanged();
    bench.wire.run(10_000_000);
    expect([bench.ready, bench.port.ready]).toEqual([[2_000_000], true]);
  });

  test('data port: LACP taken out of the configuration: passes frames as any other port', () => {
    const bench = bundled(false);
    bench.port.begin(true, false);
    expect(bench.port.port.closed).toBe(true);
    bench.port.bundle(null);
    expect([bench.port.port.closed, bench.port.negotiated]).toEqual([false, true]);
  });
});
