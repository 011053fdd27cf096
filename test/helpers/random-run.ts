/**
 * Random scenarios: a random pair and random faults. Every fault heals, and in the end an operator makes both firewalls
 * functional; `healedUs` and `settleUs` say when, and how long the pair may take from then on.
 */

import fc from 'fast-check';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import { lay, loadPair, type PairPart } from './pair.ts';
import {
  activeActiveDevice,
  activeActiveHaOf,
  activeActiveLinks,
  activeActiveNetwork,
  activeActiveUnpublished,
  randomActiveActive,
  type ActiveActive,
} from './random-active-active.ts';
import {
  ACTIVE_ACTIVE_LINKS,
  ACTIVE_PASSIVE_LINKS,
  randomEntry,
  tell,
  type Entry,
  type Spared,
} from './random-faults.ts';
import {
  DEVICES,
  haLinks,
  haOf,
  randomPair,
  settleUs,
  surroundingsOf,
  unpublishedOf,
  written,
  type Ends,
  type Pair,
  type Part,
} from './random-pair.ts';

const MS = 1_000;

function workloads(client: string, suffix: string): Part {
  const flow = { from: client, to: 'server' };
  return {
    [`web${suffix}`]: {
      ...flow,
      protocol: 'tcp',
      port: 443,
      arrivals: { poisson: '30/min' },
      'holding-time': { exponential: '5s' },
    },
    [`dns${suffix}`]: {
      ...flow,
      protocol: 'udp',
      port: 53,
      arrivals: { poisson: '30/min' },
      'holding-time': { constant: '1s' },
    },
    [`ssh${suffix}`]: {
      ...flow,
      protocol: 'tcp',
      port: 22,
      arrivals: { concurrent: 2 },
      'holding-time': 'forever',
      'packet-interval': '5s',
    },
  };
}

function ping(from: string): Part {
  return { type: 'ping', from, to: 'server', interval: '1s', timeout: '1s' };
}

/** What the two modes do differently. */
interface Variant extends Pick<PairPart, 'mode' | 'probes' | 'workloads'> {
  readonly ha: Part;
  /** Parts of the first and the second device. */
  readonly devices: readonly Part[];
  readonly network: Part;
  readonly unpublished: Part;
  readonly links: Readonly<Record<string, Ends>>;
  /** Cables that the topology does not have. */
  readonly cables: Readonly<Record<string, Ends>>;
  readonly settleUs: number;
}

function activePassive(pair: Pair): Variant {
  const { device, isp, unpublished } = surroundingsOf(pair);
  return {
    ha: haOf(pair),
    devices: [0, 1].map((index) => ({
      ...device,
      'high-availability': {
        'election-option': { 'device-priority': pair.priorities[index as 0 | 1] },
      },
    })),
    network: { routers: { isp } },
    unpublished,
    links: ACTIVE_PASSIVE_LINKS,
    cables: haLinks(pair),
    probes: { ping: ping('client') },
    workloads: workloads('client', ''),
    // A neighbour that was lost comes back with its next packet, at the latest when its restart time and hold time are over.
    settleUs: settleUs(pair) + (pair.surroundings.routing === 'static' ? 0 : 180_000 * MS),
  };
}

function activeActive(pair: Pair, more: ActiveActive): Variant {
  return {
    mode: 'active-active',
    ha: activeActiveHaOf(pair, more),
    devices: [0, 1].map((index) => activeActiveDevice(more, index)),
    network: activeActiveNetwork(more),
    unpublished: activeActiveUnpublished(more),
    links: ACTIVE_ACTIVE_LINKS,
    cables: activeActiveLinks(pair),
    probes: { 'ping-1': ping('client-1'), 'ping-2': ping('client-2') },
    workloads: { ...workloads('client-1', '-1'), ...workloads('client-2', '-2') },
    // Joining anew ends with the tentative hold, and so does every return; neighbours may have to ask again for an address.
    settleUs: settleUs(pair) + 3 * more.tentativeHoldMs * MS + 61_000 * MS,
  };
}

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
  { pair, more, entries }: RandomCase,
  { settles, spared, hopeless = false }: { settles: boolean; spared?: Spared; hopeless?: boolean },
): RandomRun {
  const variant = more === undefined ? activePassive(pair) : activeActive(pair, more);
  const told = entries.map((item) => tell({ ...variant.links, ...variant.cables }, item));
  const described = told.filter(({ touches }) => spared === undefined || !touches.has(spared));
  const { unpublished } = pair;
  const restartMs = Math.max(unpublished.boot, unpublished.agentRestart, unpublished.dataplaneRestart);
  const bootMs = pair.start === 'cold-boot' ? unpublished.boot : 0;
  const healedMs = Math.max(bootMs, ...described.map(({ endMs }) => endMs)) + restartMs + 1_000;
  const settle = variant.settleUs;
  const restMs = settles ? Math.ceil(settle / MS) + 30_000 : 1_000;
  const cables = Object.fromEntries(
    Object.entries(variant.cables).map(([link, between]) => [link, { between, latency: '1ms' }]),
  );
  const loss = hopeless ? { loss: '5%', 'burst-loss': { 'mean-gap': 500, 'mean-length': 5 } } : {};
  const [uplink, management, ha2, server] = pair.blemishes;
  const part: PairPart = {
    start: pair.start,
    seed: pair.seed,
    until: written(healedMs + restMs),
    mode: variant.mode ?? 'active-passive',
    ha: variant.ha,
    devices: Object.fromEntries(
      DEVICES.map((device, index) => [
        device,
        lay(variant.devices[index] as Part, {
          'high-availability': {
            'election-option': { preemptive: pair.preemptive[index as 0 | 1] },
          },
        }),
      ]),
    ),
    network: {
      ...variant.network,
      links: lay(cables, {
        'palo-1-uplink': { ...uplink, ...loss },
        'palo-1-management': { ...management, ...loss },
        ha2: spared === 'data-link' ? {} : { ...ha2, ...loss },
        server,
      }),
    },
    unpublished: { ...unpublishedOf(pair), ...variant.unpublished },
    probes: variant.probes ?? {},
    workloads: variant.workloads ?? {},
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
  /** Of an active/active pair. */
  readonly more?: ActiveActive | undefined;
  readonly entries: readonly Entry[];
}

/** As {@link randomCase}, of active/active pairs. */
export function randomActiveActiveCase(most: number): fc.Arbitrary<RandomCase> {
  return fc.record({
    pair: randomPair,
    more: randomActiveActive,
    entries: fc.array(randomEntry, { minLength: 1, maxLength: most, size: 'max' }),
  });
}

/** @param most how many faults at most */
export function randomCase(most: number): fc.Arbitrary<RandomCase> {
  return fc.record({
    pair: randomPair,
    entries: fc.array(randomEntry, { minLength: 1, maxLength: most, size: 'max' }),
  });
}
