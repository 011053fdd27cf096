/** `probes:` → the probes of the model. */

import type { Simulation } from '../kernel/simulation.ts';
import { parseIp } from '../network/address.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { Probe as ProbeEntry } from '../scenario/schema/traffic.ts';
import type { ProbeResult } from '../traffic/probe-result.ts';
import { Ping, ProbeRoutes } from '../traffic/probe.ts';
import { TcpTransactions, TransactionRoutes } from '../traffic/tcp-transaction.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { StreamRoutes, UdpStream } from '../traffic/udp-stream.ts';
import { tcpSettings } from './tcp-settings.ts';

/** Any kind of probe. */
export interface Probe {
  start(): void;
  result(): ProbeResult;
}

/** Builds the probes in the order of the scenario. */
export function buildProbes(
  entries: Readonly<Record<string, ProbeEntry>>,
  simulation: Simulation,
  traffic: Traffic,
  endpoints: ReadonlyMap<string, Endpoint>,
): Probe[] {
  const pings = new ProbeRoutes(simulation);
  const streams = new StreamRoutes(simulation);
  const transactions = new TransactionRoutes(simulation);
  return Object.entries(entries).map(([name, entry]) => {
    const source = endpoints.get(entry.from) as Endpoint;
    const target = { name, targetIp: addressOf(endpoints, entry.to) };
    if (entry.type === 'udp-stream') {
      const { rate, direction, port, 'packet-size': bytes } = entry;
      const settings = { ...target, intervalUs: rate, direction, bytes, port };
      return new UdpStream(simulation, streams, traffic, source, settings);
    }
    const { type, interval, timeout } = entry;
    const timed = { ...target, intervalUs: interval, timeoutUs: timeout };
    if (type !== 'tcp-transaction') return new Ping(simulation, pings, traffic, source, { ...timed, type });
    const settings = { ...timed, mode: entry.mode, tcp: tcpSettings(entry.tcp), port: entry.port };
    return new TcpTransactions(simulation, transactions, traffic, source, settings);
  });
}

/** The address of a host, or the address itself. */
export function addressOf(endpoints: ReadonlyMap<string, Endpoint>, to: string): number {
  return endpoints.get(to)?.ip ?? parseIp(to);
}
