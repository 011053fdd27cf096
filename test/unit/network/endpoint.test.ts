import { describe, expect, test } from 'vitest';
import { formatIp, parseCidr, parseIp } from '../../../src/network/address.ts';
import { Endpoint } from '../../../src/network/endpoint.ts';
import { FRAME, makeFrame, type Frame } from '../../../src/network/frame.ts';
import type { IpInterface } from '../../../src/network/ip-interface.ts';
import { RoutingTable, type StaticRoute } from '../../../src/network/routing.ts';
import { Wire } from '../../helpers/wire.ts';

function route(destination: string, nextHop: string): StaticRoute {
  return { destination: parseCidr(destination), nextHop: parseIp(nextHop) };
}

/** The routing table looks at an interface's subnet only. */
function interfaceAt(cidr: string): IpInterface {
  return { subnet: parseCidr(cidr) } as IpInterface;
}

describe('routing: which way', () => {
  const inside = interfaceAt('10.0.0.1/24');
  const outside = interfaceAt('203.0.113.2/24');
  const table = new RoutingTable(
    [inside, outside],
    [
      route('0.0.0.0/0', '203.0.113.1'),
      route('198.51.100.0/24', '10.0.0.7'),
      route('198.51.0.0/16', '10.0.0.6'),
      route('192.0.2.0/24', '172.16.0.1'),
    ],
  );

  test.each([
    ['10.0.0.10', inside, '10.0.0.10'], // Connected: the neighbour itself.
    ['198.51.100.10', inside, '10.0.0.7'], // The longest prefix, whatever the order of the routes.
    ['198.51.1.1', inside, '10.0.0.6'],
    ['8.8.8.8', outside, '203.0.113.1'],
    ['192.0.2.1', outside, '203.0.113.1'], // Its own route leads to nobody's subnet.
  ])('routing: %s: by the longest prefix with a reachable next hop', (ip, via, nextHop) => {
    const hop = table.lookup(parseIp(ip));
    expect(hop?.via).toBe(via);
    expect(hop?.nextHop).toBe(parseIp(nextHop));
    expect(table.lookup(parseIp(ip))).toEqual(hop); // And once more, from the cache.
  });

  test('routing: learned routes: below a static one of the same length, in their order, and gone when withdrawn', () => {
    const [via1, via2] = ['10.0.0.7', '10.0.0.8'];
    const two = new RoutingTable([inside], [route('198.51.100.0/24', '10.0.0.6')]);
    const nextHop = (ip: string) => two.lookup(parseIp(ip))?.nextHop;
    expect(nextHop('8.8.8.8')).toBeUndefined();
    two.setLearned([route('0.0.0.0/0', via1), route('198.51.100.0/24', via1), route('0.0.0.0/0', via2)]);
    expect([nextHop('8.8.8.8'), nextHop('198.51.100.1')].map((ip) => formatIp(ip ?? 0))).toEqual([
      via1,
      '10.0.0.6',
    ]);
    two.setLearned([route('0.0.0.0/0', via2)]);
    expect(nextHop('8.8.8.8')).toBe(parseIp(via2));
    two.setLearned([]);
    expect(nextHop('8.8.8.8')).toBeUndefined();
  });

  test('routing: no route: null', () => {
    expect(new RoutingTable([inside], []).lookup(parseIp('8.8.8.8'))).toBeNull();
  });
});

/** client 10.0.0.10 ── router ── server 198.51.100.10 */
function internetwork() {
  const wire = new Wire();
  const host = (name: string, cidr: string, gateway: string, mac: number): Endpoint => {
    const routes = [route('0.0.0.0/0', gateway)];
    const endpoint = new Endpoint(wire.registry, name, { arpTimeoutUs: 1e9, routes, forwards: false });
    endpoint.addInterface('', parseCidr(cidr), mac);
    return endpoint;
  };
  const client = host('client', '10.0.0.10/24', '10.0.0.1', 1);
  const server = host('server', '198.51.100.10/24', '198.51.100.1', 2);
  const router = new Endpoint(wire.registry, 'router', { arpTimeoutUs: 1e9, routes: [], forwards: true });
  const inside = router.addInterface('inside', parseCidr('10.0.0.1/24'), 3);
  const outside = router.addInterface('outside', parseCidr('198.51.100.1/24'), 4);
  const port = (endpoint: Endpoint) => endpoint.port('') as ReturnType<Endpoint['addInterface']>;
  wire.cable(port(client), inside, { latencyUs: 10 });
  wire.cable(port(server), outside, { latencyUs: 10 });
  const heard: Frame[] = [];
  for (const endpoint of [client, server, router]) endpoint.application = (frame) => heard.push(frame);
  const ping = (to: string, track = 0): void =>
    client.send(makeFrame(FRAME.echoRequest, 0, 0, client.ip, parseIp(to), { sequence: 5, flow: 6, track }));
  return { wire, client, server, heard, ping };
}

describe('endpoint: hosts and routers', () => {
  test('endpoint: ping across a router: the reply carries flow and sequence back', () => {
    const { wire, client, server, heard, ping } = internetwork();
    ping('198.51.100.10');
    wire.run(1_000);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      kind: FRAME.echoReply,
      sourceIp: server.ip,
      destinationIp: client.ip,
      sequence: 5,
      flow: 6,
    });
  });

  test('endpoint: ping of a router’s far interface: answered', () => {
    const { wire, heard, ping } = internetwork();
    ping('198.51.100.1');
    wire.run(1_000);
    expect(heard.map(({ sourceIp }) => sourceIp)).toEqual([parseIp('198.51.100.1')]);
  });

  test('endpoint: an address that a fault has silenced: no answer, and the fault is to blame', () => {
    const { wire, heard, ping } = internetwork();
    const track = wire.network.track();
    wire.network.silence(parseIp('198.51.100.10'), 12);
    ping('198.51.100.10', track);
    wire.run(1_000);
    expect([heard, wire.network.lossCause(track)]).toEqual([[], 12]);
  });

  test('endpoint: a frame for another MAC address: ignored', () => {
    const { wire, client, heard } = internetwork();
    const port = client.port('') as NonNullable<ReturnType<Endpoint['port']>>;
    client.receive(port, makeFrame(FRAME.echoRequest, 9, 0x77, parseIp('10.0.0.1'), client.ip, {}));
    wire.run(1_000);
    expect(heard).toEqual([]);
  });

  test('endpoint: a packet for somebody else: a host drops it', () => {
    const { wire, client, heard } = internetwork();
    const port = client.port('') as NonNullable<ReturnType<Endpoint['port']>>;
    client.receive(port, makeFrame(FRAME.udp, 9, 1, parseIp('10.0.0.1'), parseIp('198.51.100.10'), {}));
    wire.run(1_000);
    expect(heard).toEqual([]);
  });
});
