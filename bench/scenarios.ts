/**
 * The scenarios that benches run, read from the library that ships with hasim.
 */

import { readFileSync } from 'node:fs';
import { loadScenario, parseScenario } from '../src/scenario/load.ts';
import type { ResolvedScenario } from '../src/scenario/schema/scenario.ts';
import { ROOT } from './harness.ts';

export const WALKTHROUGH = `${ROOT}scenarios/active-passive/walkthrough.yaml`;

const readText = (file: string): string => readFileSync(file, 'utf8');

/** A healthy pair: heartbeats, hellos, four path monitors on each firewall, jitter and loss on HA1, no traffic of users. */
export function healthyPair(until: string): ResolvedScenario {
  const text = `
name: A healthy pair
extends: ../topology/active-passive-pair.yaml
until: ${until}
probes: null
workloads: null
high-availability:
  monitoring:
    path-monitoring:
      virtual-router:
        default:
          destination-group:
            upstream: { destination-ip: [203.0.113.1, 198.51.100.1, 198.51.100.10, 10.0.0.10] }
network:
  links:
    palo-1-management: { jitter: 200us, loss: 0.01% }
    palo-2-management: { jitter: 200us, loss: 0.01% }
`;
  return resolved(parseScenario(text, { file: `${ROOT}scenarios/active-passive/healthy.yaml`, readText }));
}

/**
 * A pair at the size of a real firewall, nine sessions of TCP to one of UDP, which loses the power of its active.
 *
 * @param perSecond new sessions, for `holdingS` seconds each on average
 * @param failsAtS when, in seconds
 */
export function manySessions(
  perSecond: number,
  holdingS: number,
  failsAtS: number,
  untilS: number,
): ResolvedScenario {
  const workload = (protocol: string, port: number, share: number, interval: string): string =>
    `{ from: client, to: server, protocol: ${protocol}, port: ${port}, arrivals: { poisson: ${perSecond * share}/s }, ` +
    `holding-time: { exponential: ${holdingS}s }, packet-interval: ${interval} }`;
  const text = `
name: A million sessions
extends: ../topology/active-passive-pair.yaml
until: ${untilS}s
flows: intervals
probes: null
workloads:
  web: null
  dns: null
  ssh: null
  browsing: ${workload('tcp', 443, 0.9, '2s')}
  lookups: ${workload('udp', 53, 0.1, '1s')}
network:
  links:
    server: { jitter: 0us }
    ha2: { bandwidth: 10Gbps }
unpublished: { session-sync-rate: 1000000, session-sync-queue: 4000000 }
timeline:
  - { at: ${failsAtS}s, power-off: palo-1 }
`;
  return resolved(parseScenario(text, { file: `${ROOT}scenarios/active-passive/million.yaml`, readText }));
}

/** The walk-through of the README. */
export function walkthrough(): ResolvedScenario {
  return resolved(loadScenario(WALKTHROUGH, readText));
}

function resolved(loaded: ReturnType<typeof loadScenario>): ResolvedScenario {
  if (loaded.ok) return loaded.scenario;
  throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
}
