import { expect, test } from 'vitest';
import { parseCidr, parseIp } from '../../../src/network/address.ts';
import { Endpoint } from '../../../src/network/endpoint.ts';
import { FLAG, FRAME, makeFrame, MOST_HOPS } from '../../../src/network/frame.ts';
import { Wire } from '../../helpers/wire.ts';

test.each([0, FLAG.atOnce])(
  'router: two that send a packet back and forth: it ends after 64 hops (flags %d)',
  (flags) => {
    const wire = new Wire();
    const router = (name: string, cidr: string, other: string, mac: number): Endpoint => {
      const routes = [{ destination: { ip: 0, prefix: 0 }, nextHop: parseIp(other) }];
      const endpoint = new Endpoint(wire.registry, name, { arpTimeoutUs: 1e12, routes, forwards: true });
      endpoint.addInterface('', parseCidr(cidr), mac);
      return endpoint;
    };
    const [a, b] = [router('a', '10.0.0.1/24', '10.0.0.2', 1), router('b', '10.0.0.2/24', '10.0.0.1', 2)];
    let frames = 0;
    const link = wire.cable(a.port('') as NonNullable<ReturnType<typeof a.port>>, b.port('') as never, {
      latencyUs: 10,
    });
    const transmit = link.transmit.bind(link);
    link.transmit = (side, frame) => {
      if (frame.kind === FRAME.udp) frames += 1;
      transmit(side, frame);
    };

    a.send(makeFrame(FRAME.udp, 0, 0, a.ip, b.ip, {})); // Whom to send to is known from now on.
    wire.run(1_000);
    frames = 0;
    a.send(makeFrame(FRAME.udp, 0, 0, a.ip, parseIp('192.0.2.1'), { flags }));
    wire.run(10_000_000);

    expect(frames).toBe(MOST_HOPS);
  },
);
