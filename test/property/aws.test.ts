/**
 * Whatever a pair in AWS is short of, and whatever happens to it: what loading lets through runs to its end, twice alike. What the
 * model checks itself (`src/check/invariants.ts`) ends a run with an InvariantError, and so fails the test.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderText } from '../../src/report/text.ts';
import type { RunResult } from '../../src/run/result.ts';
import { run } from '../../src/run/run.ts';
import { outcomesOf } from '../../src/run/why.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import { loadAws, type AwsPart } from '../helpers/aws-pair.ts';
import { lay, type Part } from '../helpers/pair.ts';
import { checkFailovers } from '../helpers/run-laws.ts';

/** `HASIM_FUZZ=20 npx vitest run test/property` looks twenty times as hard. */
const FUZZ = Number(process.env['HASIM_FUZZ'] ?? 1);

const eni = (name: string, part: Part): Part => ({ 'network-interfaces': { [name]: part } });
const profile = (actions: string[]): Part => ({ 'iam-instance-profiles': { 'palo-ha': { actions } } });
const target = (name: string): Part => {
  return { 'route-tables': { private: { routes: [{ destination: '0.0.0.0/0', target: name }] } } };
};

/** What a VPC may be otherwise, right or wrong in the eyes of `hasim lint`. */
const CHANGES: readonly Part[] = [
  eni('palo-inside-eni', { 'source-dest-check': true }),
  eni('palo-outside-eni', { 'security-groups': ['palo-ha-sg', 'private-sg'] }),
  eni('palo-inside-eni', { 'secondary-private-ips': ['10.0.1.100', '10.0.1.101'] }),
  { 'security-groups': { 'palo-mgmt-sg': { ingress: [] } } },
  { 'security-groups': { 'palo-mgmt-sg': { egress: [] } } },
  { 'security-groups': { 'palo-ha-sg': { ingress: [{ protocol: 'tcp', 'security-group': 'self' }] } } },
  { 'security-groups': { 'palo-inside-sg': { ingress: [{ protocol: 'icmp', cidr: '10.0.0.0/21' }] } } },
  { instances: { 'palo-2': { 'vm-series': { 'dpdk-pkt-io': true } } } },
  { instances: { 'palo-2': { 'iam-instance-profile': null } } },
  { instances: { 'palo-2': { 'network-interfaces': ['palo-mgmt-secondary-eni', 'palo-ha-secondary-eni'] } } },
  { 'elastic-ips': { 'outside-ip': null } },
  { 'elastic-ips': { 'mgmt-secondary-ip': null } },
  { 'elastic-ips': { 'outside-ip': { 'private-ip': '10.0.2.10' } } },
  profile([]),
  profile(['DescribeInstances', 'DescribeNetworkInterfaces', 'DetachNetworkInterface']),
  profile(['DescribeInstances', 'DescribeNetworkInterfaces', 'AssignPrivateIpAddresses']),
  target('palo-1'),
  target('private'),
  target('palo-ha-primary-eni'),
  { 'route-tables': { public: { routes: [{ destination: '0.0.0.0/0', target: 'private-eni' }] } } },
  {
    'route-tables': {
      private: { routes: [{ destination: '172.16.0.0/24', target: 'palo-inside-eni', count: 200 }] },
    },
  },
  {
    'nat-gateways': { nat: { subnet: 'untrust', 'elastic-ip': 'outside-ip' } },
    'elastic-ips': { 'outside-ip': { 'network-interface': null, 'private-ip': null } },
  },
  { 'vpc-endpoints': { ec2: { subnets: ['mgmt'] } } },
  {
    api: {
      stalls: [{ action: 'DetachNetworkInterface', 'network-interface': 'palo-inside-eni', for: '30s' }],
    },
  },
  { api: { throttle: { AttachNetworkInterface: { capacity: 1, refill: 0.01 } } } },
  { terraform: { manages: ['routes', 'elastic-ips', 'network-interfaces', 'secondary-private-ips'] } },
];

const group = (protocol: string | number): Part => ({ 'security-group': 'palo-mgmt-sg', protocol });

const ACTIONS: readonly Part[] = [
  { 'power-off': 'palo-1', for: '60s' },
  { 'power-off': 'palo-2', for: '20s' },
  { suspend: 'palo-1', for: '30s' },
  { suspend: 'palo-2', for: '30s' },
  { reboot: 'palo-1' },
  { 'dataplane-crash': 'palo-1' },
  { 'link-down': 'palo-1-eth0', for: '20s' },
  { 'link-down': 'palo-2-eth2', for: '20s' },
  { 'interface-down': 'palo-1:ethernet1/3', for: '20s' },
  { blackhole: { link: 'palo-1-eth0' }, for: '20s' },
  { impair: { link: 'palo-2-eth1', loss: '30%' }, for: '20s' },
  { 'terminate-instance': 'palo-1' },
  { 'terminate-instance': 'palo-2' },
  { 'revoke-security-group-ingress': group('icmp'), for: '30s' },
  { 'revoke-security-group-ingress': group('all') },
  { 'api-unavailable': 'all', for: '20s' },
  { 'api-unavailable': 'palo-2', for: '20s' },
  { 'terraform-apply': 'all' },
];

const CASE = fc
  .record({
    mode: fc.constantFrom('interface-move' as const, 'secondary-ip' as const),
    start: fc.constantFrom('converged' as const, 'cold-boot' as const),
    seed: fc.nat(1_000_000),
    preemptive: fc.boolean(),
    changes: fc.subarray([...CHANGES], { maxLength: 4 }),
    actions: fc.array(fc.tuple(fc.nat(400), fc.constantFrom(...ACTIONS)), { maxLength: 5 }),
  })
  .map(({ mode, start, seed, preemptive, changes, actions }): AwsPart => {
    const probes = {
      ping: { type: 'ping', from: 'private', to: 'server', interval: '500ms' },
      inbound: { type: 'ping', from: 'server', to: '203.0.113.20', interval: '1s' },
      stream: { type: 'udp-stream', from: 'private', to: 'server', rate: '10/s' },
    };
    return {
      mode,
      start,
      seed,
      until: '5min',
      ha: { 'election-option': { preemptive } },
      aws: lay(...changes),
      probes,
      timeline: actions.map(([at, action]) => ({ at: `${at / 2}s`, ...action })),
    };
  });

/** Ownership and availability tile the run, no call is counted twice, and who lacks the data path for ever is told why. */
function checkReport(scenario: ResolvedScenario, result: RunResult): void {
  const { cloud, availability, records, failovers, endedAtUs } = result;
  const spans = cloud?.ownership ?? [];
  const calls = records.filter(({ kind }) => kind === 'api-call');

  expect([spans[0]?.fromUs, spans.at(-1)?.toUs]).toEqual([0, endedAtUs]);
  for (const [index, { toUs }] of spans.slice(0, -1).entries()) expect(spans[index + 1]?.fromUs).toBe(toUs);
  expect(cloud?.calls.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(calls.length);
  expect(Object.values(availability.timesUs).reduce((sum, us) => sum + us, 0)).toBe(endedAtUs);

  const outcomes = outcomesOf(scenario, result);
  const told = new Set(outcomes.flatMap(({ leftBehind }) => leftBehind.map(({ failover }) => failover)));
  const asked = new Set(outcomes.flatMap((outcome) => outcome.failovers));
  const never = failovers.filter(({ ordinal, cloudUs }) => cloudUs === null && asked.has(ordinal));
  expect([...told]).toEqual(expect.arrayContaining(never.map(({ ordinal }) => ordinal)));
  expect(renderText(result)).not.toMatch(/undefined|NaN/);
}

test(
  'a pair in AWS: whatever it lacks and whatever happens: runs to its end, twice alike',
  { timeout: 300_000 * FUZZ },
  () => {
    let runs = 0;
    fc.assert(
      fc.property(CASE, (part) => {
        const loaded = loadAws(part);
        if (!loaded.ok) return;
        runs += 1;
        const [first, second] = [run(loaded.scenario), run(loaded.scenario)];
        expect(first.end).toBe('until');
        expect(second.digests).toEqual(first.digests);
        checkFailovers(first);
        checkReport(loaded.scenario, first);
      }),
      { numRuns: 40 * FUZZ },
    );

    expect(runs).toBeGreaterThan(20 * FUZZ);
  },
);
