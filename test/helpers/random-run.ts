/**
 * Random scenarios: a random pair and random faults. Every fault heals, and in the end an operator makes both firewalls
 * functional; `healedUs` and `settleUs` say when, and how long the pair may take from then on.
 */

import fc from 'fast-check';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import { lay, loadPair, type PairPart } from './pair.ts';
import { randomEntry, tell, type Entry, type Spared } from './random-faults.ts';
import {
  DEVICES,
  haLinks,
  haOf,
  randomPair,
  settleUs,
  unpublishedOf,
  written,
  type Pair,
  type Part,
} from './random-pair.ts';

const MS = 1_000;

const WORKLOADS: Part = {
  web: {
    from: 'client',
    to: 'server',
    protocol: 'tcp',
    port: 443,
    arrivals: { poisson: '30/min' },
    'holding-time': { exponential: '5s' },
  },
  dns: {
    from: 'client',
    to: 'server',
    protocol: 'udp',
    port: 53,
    arrivals: { poisson: '30/min' },
    'holding-time': { constant: '1s' },
  },
  ssh: {
    from: 'client',
    to: 'server',
    protocol: 'tcp',
    port: 22,
    arrivals: { concurrent: 2 },
    'holding-time': 'forever',
    'packet-interval': '5s',
  },
};

export interface RandomRun {
  readonly scenario: ResolvedScenario;
  /** When the last fault has healed, and both firewalls run again. */
  readonly healedUs: number;
  /** How long from then on the pair may take to be whole. */
  readonly settleUs: number;
}

/**
 * The scenario of a case.
 *
 * @param settles with time to become whole again after the last fault
 * @param hopeless faults never heal, and HA1, HA2 and an uplink lose packets all along
 * @param spared faults that touch this are left out; a data link that is spared also keeps the order of its messages
 */
export function randomRun(
  { pair, entries }: RandomCase,
  { settles, spared, hopeless = false }: { settles: boolean; spared?: Spared; hopeless?: boolean },
): RandomRun {
  const told = entries.map((item) => tell(pair, item));
  const described = told.filter(({ touches }) => spared === undefined || !touches.has(spared));
  const { unpublished } = pair;
  const restartMs = Math.max(unpublished.boot, unpublished.agentRestart, unpublished.dataplaneRestart);
  const bootMs = pair.start === 'cold-boot' ? unpublished.boot : 0;
  const healedMs = Math.max(bootMs, ...described.map(({ endMs }) => endMs)) + restartMs + 1_000;
  const settle = settleUs(pair);
  const restMs = settles ? Math.ceil(settle / MS) + 30_000 : 1_000;
  const cables = Object.fromEntries(
    Object.entries(haLinks(pair)).map(([link, between]) => [link, { between, latency: '1ms' }]),
  );
  const loss = hopeless ? { loss: '5%', 'burst-loss': { 'mean-gap': 500, 'mean-length': 5 } } : {};
  const [uplink, management, ha2, server] = pair.blemishes;
  const part: PairPart = {
    start: pair.start,
    seed: pair.seed,
    until: written(healedMs + restMs),
    ha: haOf(pair),
    devices: Object.fromEntries(
      DEVICES.map((device, index) => [
        device,
        {
          'high-availability': {
            'election-option': {
              'device-priority': pair.priorities[index as 0 | 1],
              preemptive: pair.preemptive[index as 0 | 1],
            },
          },
        },
      ]),
    ),
    network: {
      links: lay(cables, {
        'palo-1-uplink': { ...uplink, ...loss },
        'palo-1-management': { ...management, ...loss },
        ha2: spared === 'data-link' ? {} : { ...ha2, ...loss },
        server,
      }),
    },
    unpublished: unpublishedOf(pair),
    probes: { ping: { type: 'ping', from: 'client', to: 'server', interval: '1s', timeout: '1s' } },
    workloads: WORKLOADS,
    timeline: [
      ...described.map(({ entry }) => (hopeless ? { ...entry, for: undefined } : entry)),
      ...DEVICES.map((device) => ({ at: written(healedMs), functional: device })),
    ],
  };
  const loaded = loadPair(part);
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
  return {
    scenario: loaded.scenario,
    healedUs: healedMs * MS,
    settleUs: settle,
  };
}

/** What fast-check prints of a counterexample: the parts; the scenario is made of them. */
export interface RandomCase {
  readonly pair: Pair;
  readonly entries: readonly Entry[];
}

/** @param most how many faults at most */
export function randomCase(most: number): fc.Arbitrary<RandomCase> {
  return fc.record({
    pair: randomPair,
    entries: fc.array(randomEntry, { minLength: 1, maxLength: most, size: 'max' }),
  });
}
