/**
 * Two forms of one model: every packet of every session, and only those that can change something. Over random pairs, faults and
 * workloads both give every session the same fate at the same time, and everything else that a run measures is the same, too.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startRun } from '../../src/run/run.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import type { Workload } from '../../src/scenario/schema/traffic.ts';
import type { FlowForm } from '../../src/traffic/flows.ts';
import { loadPair } from '../helpers/pair.ts';
import { randomActiveActiveCase, randomCase, randomRun, type RandomCase } from '../helpers/random-run.ts';

/** `HASIM_FUZZ=20 npx vitest run test/property` looks twenty times as hard. */
const FUZZ = Number(process.env['HASIM_FUZZ'] ?? 1);
const TIMEOUT = 300_000 * FUZZ;
const MS = 1_000;

interface Load {
  readonly arrivalMs: number;
  readonly holdingMs: number;
  readonly intervalMs: number;
}

const load: fc.Arbitrary<Load> = fc.record({
  arrivalMs: fc.integer({ min: 300, max: 2_000 }),
  holdingMs: fc.integer({ min: 10, max: 60_000 }),
  intervalMs: fc.integer({ min: 200, max: 4_000 }),
});

const traffic = fc.record({
  tcp: load,
  udp: load,
  icmp: load,
  holding: fc.constantFrom('forever', 'exponential', 'constant'),
  /** Without chance on the data links flows sleep; with it every packet is sent in both forms. */
  clean: fc.boolean(),
});

type RandomTraffic = typeof traffic extends fc.Arbitrary<infer T> ? T : never;

/** Ends of links that carry HA and nothing else. */
const HA_END = /:(management|ha1-a|ha1-b|ethernet1\/[3-6])$|^(management|ha1|ha2|ha3)-?switch$/;

/** The scenario with other workloads: TCP, UDP and ICMP that come and go. */
function withTraffic(scenario: ResolvedScenario, random: RandomTraffic): ResolvedScenario {
  const [client] = Object.values(scenario.workloads).map(({ from }) => from);
  const made = (protocol: 'tcp' | 'udp' | 'icmp'): Workload => {
    const { arrivalMs, holdingMs, intervalMs } = random[protocol];
    const forever = random.holding === 'forever' && protocol !== 'udp';
    const distribution = random.holding === 'constant' ? 'constant' : 'exponential';
    return {
      ...(Object.values(scenario.workloads)[0] as Workload),
      from: client as string,
      to: 'server',
      protocol,
      decryption: protocol === 'tcp' && arrivalMs % 2 === 0 ? 'ssl-inbound-inspection' : 'none',
      arrivals: arrivalMs % 3 === 0 ? { concurrent: 1 + (arrivalMs % 50) } : { poisson: arrivalMs * MS },
      'holding-time': forever ? 'forever' : ({ [distribution]: holdingMs * MS } as Workload['holding-time']),
      'packet-interval': intervalMs * MS,
    };
  };
  const { network } = scenario;
  const links = Object.entries(network.links).map(([name, link]) => {
    const carriesData = !link.between.every((end) => HA_END.test(end));
    const { reorder: _reorder, ...others } = link;
    const clean = { ...others, jitter: 0, duplicate: 0, loss: 0 };
    return [name, random.clean && carriesData ? clean : link];
  });
  return {
    ...scenario,
    expect: [],
    network: { ...network, links: Object.fromEntries(links) as typeof network.links },
    workloads: { web: made('tcp'), dns: made('udp'), echo: made('icmp') },
  };
}

/** Every session's fate, in the order of the ends, and everything else that a run measures. */
function fatesOf(
  scenario: ResolvedScenario,
  form: FlowForm,
): { fates: string[]; measured: unknown; events: number } {
  const active = startRun({ ...scenario, flows: form });
  const fates: string[] = [];
  active.flows.onFate = (flow, fate, timeUs) => fates.push(`${timeUs} ${flow} ${fate}`);
  active.advance(Number.POSITIVE_INFINITY);
  const { events, ...measured } = active.result();
  return { fates, measured, events };
}

function sameFates(randomCase: RandomCase, random: RandomTraffic): void {
  const scenario = withTraffic(randomRun(randomCase, { settles: false }).scenario, random);
  const packets = fatesOf(scenario, 'packets');
  const intervals = fatesOf(scenario, 'intervals');
  expect(intervals.fates).toEqual(packets.fates);
  expect(intervals.measured).toEqual(packets.measured);
}

describe('flows: two forms of one model', { timeout: TIMEOUT }, () => {
  test('flows: active/passive: every session fares the same, and all else is the same', () => {
    fc.assert(fc.property(randomCase(8), traffic, sameFates), { numRuns: 40 * FUZZ });
  });

  test('flows: active/active: every session fares the same, and all else is the same', () => {
    fc.assert(fc.property(randomActiveActiveCase(8), traffic, sameFates), { numRuns: 40 * FUZZ });
  });

  test('flows: long sessions on a pair that nothing happens to: a small part of the events', () => {
    const workload = {
      from: 'client',
      to: 'server',
      protocol: 'udp',
      port: 53,
      arrivals: { concurrent: 50 },
    };
    const long = { ...workload, 'holding-time': 'forever', 'packet-interval': '100ms' };
    const links = { server: { jitter: null } };
    const loaded = loadPair({ workloads: { long }, network: { links }, until: '5min' });
    if (!loaded.ok) throw new Error('expected a scenario');
    const { scenario } = loaded;
    const [packets, intervals] = [fatesOf(scenario, 'packets'), fatesOf(scenario, 'intervals')];
    expect(intervals.measured).toEqual(packets.measured);
    expect(packets.events - intervals.events).toBeGreaterThan(149_000); // Of 50 × 10 × 300 packets.
  });
});
