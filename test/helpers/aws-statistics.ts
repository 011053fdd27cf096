/**
 * Takeovers in AWS over thousands of seeds: a quiet pair (no probe, no workload) with as many network interfaces as a rule asks for,
 * and how long each part of its takeover took. What the reference states of medians and tails is tested on these (section 7.3).
 */

import type { TraceRecord } from '../../src/kernel/trace.ts';
import { run } from '../../src/run/run.ts';
import { parseScenario } from '../../src/scenario/load.ts';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';

/** As many as the rules ask for at least. */
export const SEEDS = 2_000;
const FAULT_US = 20_000_000;

export interface Case {
  readonly mode: 'interface-move' | 'secondary-ip';
  /** Data network interfaces of a firewall. */
  readonly interfaces?: number;
  readonly timers?: 'recommended' | 'aggressive';
  /** How the active goes: its power, or an operator. */
  readonly by?: 'crash' | 'suspend';
  /** Secondary-IP: floating addresses, spread over the data network interfaces. */
  readonly floating?: number;
  readonly routes?: number;
  readonly unpublished?: Readonly<Record<string, unknown>>;
  readonly latency?: Readonly<Record<string, unknown>>;
}

/** Of one run, in seconds; null where it did not come to that. */
export interface Sample {
  /** From the fault to the role. */
  readonly role: number;
  /** From the fault to the last asset in use. */
  readonly total: number | null;
  /** From the plugin's beginning to the last asset in use. */
  readonly cloud: number | null;
}

const OUTER = { 'security-groups': ['all'], 'source-dest-check': false };

function device(index: 0 | 1, { mode, interfaces = 2, timers = 'recommended' }: Case): object {
  const numbers = Array.from({ length: interfaces }, (_, at) => at);
  const own = mode === 'secondary-ip' ? index : 0;
  return {
    platform: 'VM-Series',
    hypervisor: 'aws',
    'high-availability': {
      'passive-link-state': 'auto',
      'election-option': { 'device-priority': 100 + index, timers },
      interface: { ha1: { port: 'management' }, ha2: { port: 'ethernet1/1' } },
      'state-synchronization': { transport: 'udp' },
    },
    interfaces: Object.fromEntries(
      numbers.map((at) => [
        `ethernet1/${at + 2}`,
        { zone: `zone-${at}`, ip: mode === 'secondary-ip' ? 'dhcp-client' : `10.0.${at + 2}.${10 + own}/24` },
      ]),
    ),
  };
}

/** The scenario of a case, as a file would have it. */
export function fileOf(of: Case): object {
  const { mode, interfaces = 2, by = 'crash', floating = interfaces, routes = 1 } = of;
  const numbers = Array.from({ length: interfaces }, (_, at) => at);
  const firewalls = mode === 'secondary-ip' ? [0, 1] : [0];
  const floats = (at: number): string[] =>
    Array.from({ length: floating }, (_, ordinal) => ordinal)
      .filter((ordinal) => ordinal % interfaces === at)
      .map((ordinal) => `10.0.${at + 2}.${100 + ordinal}`);
  const instance = (index: number): object => ({
    'instance-type': 'm5.4xlarge',
    'iam-instance-profile': 'ha',
    'network-interfaces': [
      `management-${index}`,
      `ha-${index}`,
      ...(firewalls.includes(index) ? numbers.map((at) => `data-${at}-${index}`) : []),
    ],
    'vm-series': { 'dpdk-pkt-io': false },
  });
  return {
    name: `a takeover by ${mode}`,
    until: '20min',
    devices: { 'palo-1': device(0, of), 'palo-2': device(1, of) },
    network: { links: {} },
    timeline: [{ at: `${FAULT_US}us`, [by === 'crash' ? 'power-off' : 'suspend']: 'palo-1' }],
    unpublished: of.unpublished ?? {},
    aws: {
      'failover-mode': mode,
      vpc: { cidr: '10.0.0.0/16' },
      subnets: Object.fromEntries(
        [0, 1, ...numbers.map((at) => at + 2)].map((at) => [
          `subnet-${at}`,
          { cidr: `10.0.${at}.0/24`, 'route-table': 'main' },
        ]),
      ),
      'route-tables': {
        main: {
          routes: [
            { destination: '0.0.0.0/0', target: 'internet-gateway' },
            { destination: '172.16.0.0/24', target: 'data-0-0', count: routes },
          ],
        },
      },
      'internet-gateway': { ip: '198.51.100.1/24' },
      'security-groups': { all: { ingress: [{ protocol: 'all', cidr: '0.0.0.0/0' }] } },
      'network-interfaces': Object.fromEntries([
        ...[0, 1].flatMap((index) => [
          [`management-${index}`, { ...OUTER, subnet: 'subnet-0', 'private-ip': `10.0.0.${10 + index}` }],
          [`ha-${index}`, { ...OUTER, subnet: 'subnet-1', 'private-ip': `10.0.1.${10 + index}` }],
        ]),
        ...firewalls.flatMap((index) =>
          numbers.map((at) => [
            `data-${at}-${index}`,
            {
              ...OUTER,
              subnet: `subnet-${at + 2}`,
              'private-ip': `10.0.${at + 2}.${10 + index}`,
              'secondary-private-ips': mode === 'secondary-ip' && index === 0 ? floats(at) : [],
            },
          ]),
        ),
      ]),
      'elastic-ips': {
        'management-0': { 'public-ip': '203.0.113.10', 'network-interface': 'management-0' },
        'management-1': { 'public-ip': '203.0.113.11', 'network-interface': 'management-1' },
      },
      instances: { 'palo-1': instance(0), 'palo-2': instance(1) },
      'iam-instance-profiles': { ha: { actions: ['*'] } },
      api: { latency: of.latency ?? {} },
    },
  };
}

/** The same, loaded. */
export function scenarioOf(of: Case): ResolvedScenario {
  const file = fileOf(of);
  const loaded = parseScenario(JSON.stringify(file), { file: 'statistics.yaml', readText: () => '' });
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
  return loaded.scenario;
}

export function sampleOf(records: readonly TraceRecord[]): Sample {
  const seconds = (record: TraceRecord | undefined, fromUs: number): number | null =>
    record === undefined ? null : (record.timeUs - fromUs) / 1_000_000;
  const role = records.find(
    ({ kind, subject, data }) => kind === 'role' && subject === 'palo-2' && data['to'] === 'active',
  );
  const begun = records.find(({ kind, data }) => kind === 'takeover' && data['step'] === 'begun');
  const complete = records.find(({ kind, data }) => kind === 'takeover' && data['step'] === 'complete');
  return {
    role: seconds(role, FAULT_US) ?? Number.NaN,
    total: seconds(complete, FAULT_US),
    cloud: begun === undefined ? null : seconds(complete, begun.timeUs),
  };
}

/** One run for each seed from 1 on; the same seeds for every case, so that two cases can be compared pair by pair. */
export function samplesOf(of: Case, seeds = SEEDS): readonly Sample[] {
  const scenario = scenarioOf(of);
  const untilUs = 400_000_000;
  return Array.from({ length: seeds }, (_, index) =>
    sampleOf(run(scenario, { seed: String(index + 1), untilUs }).records),
  );
}

/** What was measured, shortest first; what did not end counts as endless. */
export function sorted(samples: readonly Sample[], part: 'total' | 'cloud' | 'role'): readonly number[] {
  return samples.map((sample) => sample[part] ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
}

/** The value below which this share lies. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] as number;
}

/** The share of values above a bound. */
export function shareAbove(ascending: readonly number[], bound: number): number {
  return ascending.filter((value) => value > bound).length / ascending.length;
}
