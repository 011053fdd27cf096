import { describe, expect, test } from 'vitest';
import { parseCidr, parseIp } from '../../../src/network/address.ts';
import { ROUTING_EVENTS, RoutingEvents } from '../../../src/network/routing-events.ts';
import type { NeighborSettings } from '../../../src/network/neighbor.ts';
import { Endpoint } from '../../../src/network/endpoint.ts';
import { FRAME } from '../../../src/network/frame.ts';
import type { Link } from '../../../src/network/link.ts';
import type { RoutingProcess } from '../../../src/network/routing-process.ts';
import { Wire } from '../../helpers/wire.ts';

const S = 1_000_000;

const SETTINGS: Omit<NeighborSettings, 'name' | 'address'> = {
  destinations: [parseCidr('198.51.100.0/24')],
  keepaliveUs: 10 * S,
  holdUs: 30 * S,
  convergenceUs: 2 * S,
  restartUs: null,
  bfd: null,
};
const GRACEFUL = { restartUs: 120 * S };
const BFD = { bfd: { intervalUs: S, multiplier: 3 } };

/** Two routers, east and west, on one cable of 1 ms. Nobody has started anything. */
class Neighbours {
  readonly wire = new Wire(ROUTING_EVENTS);
  readonly link: Link;
  readonly west: Endpoint;
  readonly east: Endpoint;

  constructor(west: Partial<NeighborSettings> = {}, east: Partial<NeighborSettings> = west) {
    const events = new RoutingEvents(this.wire.network);
    const router = (
      name: string,
      ip: string,
      mac: number,
      neighbor: string,
      own: Partial<NeighborSettings>,
    ) => {
      const endpoint = new Endpoint(this.wire.registry, name, {
        arpTimeoutUs: 1e12,
        routes: [],
        forwards: true,
      });
      const port = endpoint.addInterface('lan', parseCidr(ip), mac);
      const settings = { name: 'other', address: parseIp(neighbor), ...SETTINGS, ...own };
      endpoint.addRouting(events).configure([settings]);
      return [endpoint, port] as const;
    };
    const [west_, westPort] = router('west', '10.0.0.1/24', 1, '10.0.0.2', west);
    const [east_, eastPort] = router('east', '10.0.0.2/24', 2, '10.0.0.1', east);
    this.west = west_;
    this.east = east_;
    this.link = this.wire.cable(westPort, eastPort, { latencyUs: 1_000 });
  }

  static begun(west: Partial<NeighborSettings> = {}, east = west): Neighbours {
    const pair = new Neighbours(west, east);
    for (const endpoint of [pair.west, pair.east]) endpoint.beginRouting(false);
    pair.wire.run(100 * S);
    return pair;
  }

  process(endpoint: Endpoint): RoutingProcess {
    return endpoint.routing as RoutingProcess;
  }

  /** What a router noted since a time: `103.000 adjacency down: silence`. */
  story(subject: 'west' | 'east', sinceUs = 100 * S): string[] {
    return this.wire.simulation.trace.records
      .filter((record) => record.subject === subject && record.timeUs >= sinceUs)
      .map(({ timeUs, kind, data }) => {
        const reason = data['reason'] === undefined ? '' : `: ${data['reason'] as string}`;
        return `${(timeUs / S).toFixed(3)} ${kind} ${String(data['state'])}${reason}`;
      });
  }
}

test('frame kinds: all different', () => {
  expect(new Set(Object.values(FRAME)).size).toBe(Object.keys(FRAME).length);
});

describe('adjacency: coming up', () => {
  test('adjacency: both start: up once each hears the other, and the routes after the convergence time', () => {
    const pair = new Neighbours();
    pair.process(pair.west).start();
    pair.wire.run(5 * S);
    expect(pair.story('west', 0)).toEqual([]); // Calls, and nobody answers.
    pair.process(pair.east).start();
    expect(pair.east.routing?.usable()).toEqual([]);
    pair.wire.run(20 * S);
    expect(pair.story('east', 0)).toEqual(['5.002 adjacency up', '7.002 routes usable']);
    expect(pair.story('west', 0)).toEqual(['5.002 adjacency up', '7.002 routes usable']);
    expect(pair.west.routing?.routes()).toEqual([
      { destination: parseCidr('198.51.100.0/24'), nextHop: parseIp('10.0.0.2') },
    ]);
  });

  test('adjacency: long up and undisturbed: nothing to note, however long', () => {
    const pair = Neighbours.begun(BFD);
    pair.wire.run(1_000 * S);
    expect([...pair.story('west', 0), ...pair.story('east', 0)]).toEqual([]);
    expect(pair.west.routing?.usable()).toEqual(['other']);
  });

  test('adjacency: said to be long up, but the neighbour is nobody: down after the hold time', () => {
    const pair = new Neighbours();
    pair.west.beginRouting(false);
    pair.wire.run(100 * S);
    expect(pair.story('west', 0)).toEqual(['30.000 adjacency down: silence', '32.000 routes withdrawn']);
  });
});

describe('adjacency: silence', () => {
  test.each<[string, Partial<NeighborSettings>, Partial<NeighborSettings>, string]>([
    ['hold time', {}, {}, '130.001'],
    ['BFD on both ends: its own detection time', BFD, BFD, '103.001'],
    ['BFD on one end only: the hold time', BFD, {}, '130.001'],
    [
      'BFD of two intervals: the longer one counts',
      BFD,
      { bfd: { intervalUs: 2 * S, multiplier: 3 } },
      '106.001',
    ],
  ])('adjacency: silence for the %s: down, and the routes follow', (_, west, east, downAt) => {
    const pair = Neighbours.begun(west, east);
    pair.link.blackhole(1, 42); // From east to west; the keepalive of 100 s is under way.
    pair.wire.run(200 * S);
    const [down, withdrawn] = pair.story('west');
    expect(down).toBe(`${downAt} adjacency down: silence`);
    expect(withdrawn).toBe(`${(Number(downAt) + 2).toFixed(3)} routes withdrawn`);
    const record = pair.wire.simulation.trace.records.find(({ subject }) => subject === 'west');
    expect(record?.cause).toBe(42);
  });

  test('adjacency: one direction fails: the neighbour hears that it is not heard, and both are down', () => {
    const pair = Neighbours.begun(BFD);
    pair.link.blackhole(1, 42);
    pair.wire.run(200 * S);
    expect(pair.story('east')[0]).toBe('103.002 adjacency down: the neighbor does not hear us');
    pair.link.clearBlackhole(1);
    pair.wire.run(300 * S);
    expect(pair.story('west').at(-1)).toMatch(/^20\d\.\d+ routes usable$/);
    expect(pair.story('east').at(-1)).toMatch(/^20\d\.\d+ routes usable$/);
  });

  test('adjacency: the cable is cut: down at once, and up again after it is mended', () => {
    const pair = Neighbours.begun(GRACEFUL);
    pair.link.cut(1);
    pair.wire.run(150 * S);
    pair.link.mend(2);
    pair.wire.run(200 * S);
    for (const subject of ['west', 'east'] as const) {
      const [down, withdrawn, up, usable] = pair.story(subject);
      // Graceful restart or not: without carrier there is no next hop.
      expect([down, withdrawn]).toEqual(['100.000 adjacency down: no carrier', '102.000 routes withdrawn']);
      expect(up).toMatch(/^150\.00\d adjacency up$/);
      expect(usable).toMatch(/^152\.00\d routes usable$/);
    }
  });

  test('adjacency: back before the routes have followed: they stay', () => {
    const pair = Neighbours.begun(BFD);
    pair.link.blackhole(1, 42);
    pair.wire.run(103.5 * S);
    pair.link.clearBlackhole(1);
    pair.wire.run(200 * S);
    expect(pair.story('west')).toEqual(['103.001 adjacency down: silence', '104.001 adjacency up']);
  });
});

describe('adjacency: graceful restart', () => {
  const restart = (west: Partial<NeighborSettings>, east: Partial<NeighborSettings>, held: string[]) => {
    const pair = Neighbours.begun(west, east);
    pair.process(pair.east).stop();
    pair.process(pair.east).start(new Set(held));
    pair.wire.run(200 * S);
    return pair;
  };

  test('adjacency: another process, graceful on both ends: the routes stay stale, and become usable again', () => {
    const pair = restart(GRACEFUL, GRACEFUL, ['other']);
    expect(pair.story('west')).toEqual([
      '100.001 adjacency down: another process',
      '100.001 routes stale',
      '100.002 adjacency up',
      '102.002 routes usable',
    ]);
    expect(pair.story('east')).toEqual([
      '100.000 routes stale',
      '100.002 adjacency up',
      '102.002 routes usable',
    ]);
  });

  test('adjacency: another process, not graceful on both ends: the routes are gone until it has converged', () => {
    for (const [west, east] of [
      [{}, {}],
      [GRACEFUL, {}],
      [{}, GRACEFUL],
    ] as const) {
      const pair = restart(west, east, ['other']);
      expect(pair.story('west')).toEqual([
        '100.001 adjacency down: another process',
        '100.001 routes withdrawn',
        '100.002 adjacency up',
        '102.002 routes usable',
      ]);
      expect(pair.story('east').slice(-2)).toEqual(['100.002 adjacency up', '102.002 routes usable']);
    }
  });

  test('adjacency: graceful, and the neighbour never returns: stale routes go after the restart time', () => {
    const pair = Neighbours.begun({ ...GRACEFUL, ...BFD });
    pair.process(pair.east).stop();
    pair.wire.run(300 * S);
    expect(pair.story('west')).toEqual([
      '103.001 adjacency down: silence',
      '103.001 routes stale',
      '223.001 routes withdrawn',
    ]);
  });
});

describe('adjacency: configuration', () => {
  test('adjacency: a neighbour is configured anew: one that stays as it was is not disturbed', () => {
    const pair = Neighbours.begun();
    const same = { name: 'other', address: parseIp('10.0.0.2'), ...SETTINGS };
    pair.process(pair.west).configure([{ ...same, name: 'third', address: parseIp('10.0.0.3') }, same]);
    expect(pair.west.routing?.usable()).toEqual(['other']);
    pair.process(pair.west).configure([]);
    expect(pair.west.routing?.routes()).toEqual([]);
    pair.wire.run(200 * S);
    expect(pair.story('east')[0]).toBe('130.001 adjacency down: silence');
  });
});
