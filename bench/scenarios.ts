/**
 * The scenarios that benches run, read from the library that ships with hasim.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadScenario, parseScenario } from '../src/scenario/load.ts';
import type { ResolvedScenario } from '../src/scenario/schema/scenario.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

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

/** The walk-through of the README. */
export function walkthrough(): ResolvedScenario {
  return resolved(loadScenario(WALKTHROUGH, readText));
}

function resolved(loaded: ReturnType<typeof loadScenario>): ResolvedScenario {
  if (loaded.ok) return loaded.scenario;
  throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
}
