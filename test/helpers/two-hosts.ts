/** A client and a server on one cable, for traffic without firewalls; tests cut the cable or drop what they like. */

import { parseCidr } from '../../src/network/address.ts';
import { Endpoint } from '../../src/network/endpoint.ts';
import { FRAME, makeFrame } from '../../src/network/frame.ts';
import type { Link, Port } from '../../src/network/link.ts';
import { FLOW_EVENTS, Flows, type FlowForm } from '../../src/traffic/flows.ts';
import { PROBE_EVENTS } from '../../src/traffic/probe.ts';
import { TRANSACTION_EVENTS } from '../../src/traffic/tcp-transaction.ts';
import { Traffic } from '../../src/traffic/traffic.ts';
import { STREAM_EVENTS } from '../../src/traffic/udp-stream.ts';
import { WORKLOAD_EVENTS } from '../../src/traffic/workload.ts';
import { Wire } from './wire.ts';

export class TwoHosts {
  readonly wire = new Wire([
    ...PROBE_EVENTS,
    ...WORKLOAD_EVENTS,
    ...FLOW_EVENTS,
    ...STREAM_EVENTS,
    ...TRANSACTION_EVENTS,
  ]);
  readonly traffic = new Traffic();
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly link: Link;
  readonly flows: Flows;

  /** @param latencyUs one way */
  constructor(latencyUs = 1_000, form: FlowForm = 'packets') {
    this.flows = new Flows(this.wire.simulation, this.wire.network, this.traffic.numbers, [], form);
    this.traffic.flows = this.flows;
    const host = (name: string, cidr: string, mac: number): [Endpoint, Port] => {
      const endpoint = new Endpoint(this.wire.registry, name, {
        arpTimeoutUs: 1e12,
        routes: [],
        forwards: false,
      });
      const port = endpoint.addInterface('', parseCidr(cidr), mac);
      this.traffic.attach(endpoint);
      return [endpoint, port];
    };
    const [client, clientPort] = host('client', '10.0.0.1/24', 1);
    const [server, serverPort] = host('server', '10.0.0.2/24', 2);
    this.client = client;
    this.server = server;
    this.link = this.wire.cable(clientPort, serverPort, { latencyUs });
    // The hosts know each other, so that no packet waits for ARP.
    this.warm();
  }

  private warm(): void {
    const { client, server } = this;
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.send(makeFrame(FRAME.udp, 0, 0, from.ip, to.ip, {}));
    }
  }

  run(untilUs: number): void {
    this.wire.run(untilUs);
  }
}
