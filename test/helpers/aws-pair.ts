/**
 * The pair of the second seed document in AWS, as a test arranges it: the AWS sibling of pair.ts. One VPC in both failover modes, its
 * security groups, source/destination checks and permissions as they have to be, and a few words of the test laid over it.
 *
 *     private 10.0.4.10 ── inside (trust) ── palo-1 | palo-2 ── outside (untrust) ── internet-gateway ── server 198.51.100.10
 *
 * The pair is quiet (no probe and no workload unless a test adds one) and its clocks are aligned, as in pair.ts.
 */

import { assemble, type Assembly } from '../../src/run/assemble.ts';
import { run } from '../../src/run/run.ts';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import { parseScenario, type LoadResult } from '../../src/scenario/load.ts';
import type { Aws } from '../../src/scenario/schema/aws.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import { PairRun, UNPUBLISHED, us, type PairPart, type Part } from './pair.ts';

export type FailoverMode = Aws['failover-mode'];

/** What a test changes of the pair, in the words of a scenario file; `null` removes a key. */
export interface AwsPart extends Omit<PairPart, 'mode'> {
  /** interface-move unless told. */
  readonly mode?: FailoverMode;
  readonly aws?: Part;
}

/** The seed's VPC with the pair in interface-move: palo-2 has its management and HA2 interfaces only. */
export const INTERFACE_MOVE = `
name: the pair of the second seed document
until: 120s
high-availability:
  passive-link-state: auto
  interface: { ha1: { port: management } }
  state-synchronization: { transport: udp }
devices:
  palo-1:
    platform: VM-Series
    hypervisor: aws
    high-availability:
      election-option: { device-priority: 100 }
      interface: { ha2: { port: ethernet1/1, ip-address: 10.0.3.10 } }
    interfaces: &interfaces
      ethernet1/2: { zone: untrust, ip: dhcp-client }
      ethernet1/3: { zone: trust, ip: dhcp-client }
    static-route: &routes
      - { destination: 0.0.0.0/0, nexthop: 10.0.2.1 }
      - { destination: 10.0.4.0/24, nexthop: 10.0.1.1 }
    nat: &nat
      - { name: outbound, source: 10.0.4.0/24, translated-address: ethernet1/2 }
  palo-2:
    platform: VM-Series
    hypervisor: aws
    high-availability:
      election-option: { device-priority: 110 }
      interface: { ha2: { port: ethernet1/1, ip-address: 10.0.3.11 } }
    interfaces: *interfaces
    static-route: *routes
    nat: *nat
aws:
  failover-mode: interface-move
  vpc: { cidr: 10.0.0.0/21 }
  subnets:
    mgmt: { cidr: 10.0.0.0/24, route-table: public }
    trust: { cidr: 10.0.1.0/24, route-table: trust }
    untrust: { cidr: 10.0.2.0/24, route-table: public }
    ha: { cidr: 10.0.3.0/25, route-table: ha }
    private: { cidr: 10.0.4.0/24, route-table: private }
  route-tables:
    public: { routes: [{ destination: 0.0.0.0/0, target: internet-gateway }] }
    trust: {}
    ha: {}
    private: { routes: [{ destination: 0.0.0.0/0, target: palo-inside-eni }] }
  security-groups:
    palo-mgmt-sg:
      ingress:
        - { protocol: icmp, security-group: self }
        - { protocol: tcp, ports: 28769, security-group: self }
        - { protocol: tcp, ports: 28260, security-group: self }
        - { protocol: tcp, ports: 443, cidr: 198.51.100.0/24 }
    palo-ha-sg: { ingress: [{ protocol: udp, ports: 29281, security-group: self }] }
    palo-inside-sg: { ingress: [{ protocol: all, cidr: 0.0.0.0/0 }] }
    palo-outside-sg: { ingress: [{ protocol: all, cidr: 0.0.0.0/0 }] }
    private-sg: {}
  network-interfaces:
    palo-mgmt-primary-eni: { subnet: mgmt, private-ip: 10.0.0.10, security-groups: [palo-mgmt-sg] }
    palo-ha-primary-eni: { subnet: ha, private-ip: 10.0.3.10, security-groups: [palo-ha-sg] }
    palo-outside-eni:
      { subnet: untrust, private-ip: 10.0.2.10, security-groups: [palo-outside-sg], source-dest-check: false }
    palo-inside-eni:
      { subnet: trust, private-ip: 10.0.1.10, security-groups: [palo-inside-sg], source-dest-check: false }
    palo-mgmt-secondary-eni: { subnet: mgmt, private-ip: 10.0.0.11, security-groups: [palo-mgmt-sg] }
    palo-ha-secondary-eni: { subnet: ha, private-ip: 10.0.3.11, security-groups: [palo-ha-sg] }
    private-eni: { subnet: private, private-ip: 10.0.4.10, security-groups: [private-sg] }
  elastic-ips:
    mgmt-primary-ip: { public-ip: 203.0.113.10, network-interface: palo-mgmt-primary-eni }
    outside-ip: { public-ip: 203.0.113.20, network-interface: palo-outside-eni }
    mgmt-secondary-ip: { public-ip: 203.0.113.11, network-interface: palo-mgmt-secondary-eni }
  instances:
    palo-1:
      network-interfaces: [palo-mgmt-primary-eni, palo-ha-primary-eni, palo-outside-eni, palo-inside-eni]
      iam-instance-profile: palo-ha
      vm-series: { dpdk-pkt-io: false }
    palo-2:
      network-interfaces: [palo-mgmt-secondary-eni, palo-ha-secondary-eni]
      iam-instance-profile: palo-ha
      vm-series: { dpdk-pkt-io: false }
    private: { instance-type: t3.micro, network-interfaces: [private-eni] }
  iam-instance-profiles:
    palo-ha: { actions: ['*'] }
  internet-gateway: { ip: 198.51.100.1/24 }
network:
  hosts:
    server: { ip: 198.51.100.10/24, gateway: 198.51.100.1 }
  links:
    internet: { between: [server, internet-gateway], latency: 2ms }
`;

const INSIDE = { 'security-groups': ['palo-inside-sg'], 'source-dest-check': false };
const OUTSIDE = { 'security-groups': ['palo-outside-sg'], 'source-dest-check': false };
const FLOATING_NAT = [{ name: 'outbound', source: '10.0.4.0/24', 'translated-address': '10.0.2.100' }];

/** The same pair in secondary-ip, laid over: four interfaces on each, floating addresses, and the EIP on the floating one. */
export const SECONDARY_IP: Part = {
  devices: { 'palo-1': { nat: FLOATING_NAT }, 'palo-2': { nat: FLOATING_NAT } },
  aws: {
    'failover-mode': 'secondary-ip',
    'network-interfaces': {
      'palo-outside-eni': { 'secondary-private-ips': ['10.0.2.100'] },
      'palo-inside-eni': { 'secondary-private-ips': ['10.0.1.100'] },
      'palo-outside-secondary-eni': { subnet: 'untrust', 'private-ip': '10.0.2.11', ...OUTSIDE },
      'palo-inside-secondary-eni': { subnet: 'trust', 'private-ip': '10.0.1.11', ...INSIDE },
    },
    'elastic-ips': { 'outside-ip': { 'private-ip': '10.0.2.100' } },
    instances: {
      'palo-2': {
        'network-interfaces': [
          'palo-mgmt-secondary-eni',
          'palo-ha-secondary-eni',
          'palo-outside-secondary-eni',
          'palo-inside-secondary-eni',
        ],
      },
    },
  },
};

/** The pair of each mode, as the files that a test's own part extends. */
const FILES: Readonly<Record<FailoverMode, string>> = {
  'interface-move': INTERFACE_MOVE,
  'secondary-ip': JSON.stringify({ extends: 'interface-move', ...SECONDARY_IP }),
};

/** The pair as the text of a scenario file that extends the pair of its mode. */
export function awsText(part: AwsPart = {}): string {
  const { mode = 'interface-move', ha = {}, unpublished = {}, ...rest } = part;
  return JSON.stringify({
    extends: mode,
    ...rest,
    'high-availability': ha,
    unpublished: { ...UNPUBLISHED, ...unpublished },
  });
}

/** Loads the pair as a scenario file is loaded. */
export function loadAws(part: AwsPart = {}): LoadResult {
  const readText = (file: string): string => {
    if (Object.hasOwn(FILES, file)) return FILES[file as FailoverMode];
    throw new Error(`a test reads ${file}`);
  };
  return parseScenario(awsText(part), { file: 'test.yaml', readText });
}

export function resolveAws(part: AwsPart = {}): ResolvedScenario {
  const loaded = loadAws(part);
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
  return loaded.scenario;
}

/** What is said against the pair: `place: message (hint)`; empty when it is right. */
export function awsMistakes(part: AwsPart = {}): string[] {
  const loaded = loadAws(part);
  if (loaded.ok) return [];
  return loaded.diagnostics.map(({ path, message, hint }) => {
    const place = path === '' ? message : `${path}: ${message}`;
    return hint === undefined ? place : `${place} (${hint})`;
  });
}

/** Runs the pair to its end. */
export function runAws(part: AwsPart = {}): PairRun {
  return new PairRun(run(resolveAws(part)));
}

/** The pair under the test's own hands. The caller moves the clock. */
export function buildAws(part: AwsPart = {}): Assembly & { runTo: (time: string) => void } {
  const scenario = resolveAws(part);
  const assembly = assemble(scenario, scenario.seed, 'protocol');
  assembly.begin();
  return { ...assembly, runTo: (time) => void assembly.simulation.run(us(time)) };
}
