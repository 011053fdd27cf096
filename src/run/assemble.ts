/**
 * Scenario → simulation: builds the network, the firewalls, the traffic and the timeline, and wires them together.
 *
 * Order matters to determinism: everything is created in the order of the scenario file.
 */

import { Simulation } from '../kernel/simulation.ts';
import type { TraceLevel } from '../kernel/trace.ts';
import type { Hello } from '../ha/event.ts';
import { forwardsTraffic } from '../ha/role.ts';
import { winsElection } from '../ha/election.ts';
import { helloOf, unstarted, type EstablishedRole } from '../ha/state.ts';
import { parseCidr, parseIp, parseMac } from '../network/address.ts';
import { ROUTING_EVENTS, RoutingEvents } from '../network/routing-events.ts';
import { Endpoint } from '../network/endpoint.ts';
import { ArpRegistry } from '../network/ip-interface.ts';
import type { Port } from '../network/link.ts';
import { Network, NETWORK_EVENTS } from '../network/network.ts';
import { Switch } from '../network/segment.ts';
import type { FirewallContext, FirewallListener } from '../firewall/context.ts';
import { Firewall } from '../firewall/firewall.ts';
import { IPSEC_EVENTS, IpsecRoutes } from '../firewall/ipsec.ts';
import { KEEP_ALIVE_EVENTS, KeepAliveRoutes } from '../firewall/keep-alive.ts';
import { FIREWALL_EVENTS, FirewallRoutes, LATER_FIREWALL_EVENTS } from '../firewall/routes.ts';
import { SYNC_EVENTS, SyncRoutes } from '../traffic/session-sync.ts';
import { PROBE_EVENTS } from '../traffic/probe.ts';
import { STREAM_EVENTS } from '../traffic/udp-stream.ts';
import { TRANSACTION_EVENTS } from '../traffic/tcp-transaction.ts';
import { Traffic } from '../traffic/traffic.ts';
import { FLOW_EVENTS, Flows } from '../traffic/flows.ts';
import { Workload, WORKLOAD_EVENTS, WorkloadRoutes, type GiveUpJudge } from '../traffic/workload.ts';
import { sessionMissing, takeOverSessions, type LedgerTraffic } from '../traffic/ledger.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { CLOUD_EVENTS } from '../cloud/provider.ts';
import { PLUGIN_EVENTS } from '../firewall/vm-series-plugin.ts';
import { buildCloud, type Cloud } from './cloud.ts';
import { scheduleTimeline, TIMELINE_EVENTS } from './faults.ts';
import { beginRouting, readNeighbors } from './neighbors.ts';
import { addressOf, buildProbes, type Probe } from './probes.ts';
import { linkImpairment } from './link-settings.ts';
import { readRoutes } from './running-config.ts';
import { firewallSettings } from './settings.ts';
import { workloadSettings } from './workloads.ts';

const LATER: ReadonlySet<string> = new Set(LATER_FIREWALL_EVENTS);

const KINDS = [
  ...NETWORK_EVENTS,
  ...FIREWALL_EVENTS.filter((kind) => !LATER.has(kind)),
  ...SYNC_EVENTS,
  ...PROBE_EVENTS,
  ...WORKLOAD_EVENTS,
  ...FLOW_EVENTS,
  ...TIMELINE_EVENTS,
  // After the others, whose numbers are part of the full digest.
  ...KEEP_ALIVE_EVENTS,
  ...IPSEC_EVENTS,
  ...LATER_FIREWALL_EVENTS,
  ...ROUTING_EVENTS,
  ...STREAM_EVENTS,
  ...TRANSACTION_EVENTS,
  ...CLOUD_EVENTS,
  ...PLUGIN_EVENTS,
] as const;

/** Locally administered MAC addresses for everything that is no firewall. */
const FIRST_HOST_MAC = 0x0200_0000_0001;

/** A scenario, ready to run. */
export interface Assembly {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly firewalls: readonly [Firewall, Firewall];
  readonly probes: readonly Probe[];
  readonly workloads: readonly Workload[];
  readonly flows: Flows;
  /** Null outside of AWS. */
  readonly cloud: Cloud | null;
  /** Begins the roles and clocks; call when everybody listens to the trace. */
  begin(): void;
}

/** Builds the simulation of a scenario. */
export function assemble(scenario: ResolvedScenario, seed: string, traceLevel: TraceLevel): Assembly {
  const simulation = new Simulation({ seed, kinds: KINDS, traceLevel });
  const network = new Network(simulation);
  const registry = new ArpRegistry(network);
  const traffic = new Traffic();
  const routing = new RoutingEvents(network);
  const ledger = new RunLedger();
  const cloud = buildCloud(scenario, registry);
  const firewalls = buildFirewalls(scenario, registry, routing, traffic, ledger, cloud);
  const endpoints = buildEndpoints(scenario, registry, routing);
  connect(scenario, network, firewalls, endpoints, cloud);
  const probes = buildProbes(scenario.probes, simulation, traffic, endpoints);
  const tables = firewalls.map(({ table }) => table);
  const flows = new Flows(simulation, network, traffic.numbers, tables, scenario.flows);
  const workloads = buildWorkloads(scenario, network, flows, endpoints);
  traffic.flows = flows;
  ledger.open(flows, workloads);
  const judgeGivingUp: GiveUpJudge = (flow) => causeOfGivingUp(flow, firewalls);
  for (const workload of workloads) workload.judgeGivingUp = judgeGivingUp;
  for (const endpoint of endpoints.values()) traffic.attach(endpoint);
  const find = (name: string): Firewall => firewalls.find((item) => item.name === name) as Firewall;
  const forwards = (device: string): boolean => forwardsTraffic(find(device).role);
  if (cloud !== null) cloud.forwards = forwards;
  scheduleTimeline({ simulation, network, firewall: find, cloud: cloud?.stage ?? null }, scenario.timeline);
  const begin = (): void => {
    cloud?.begin();
    if (scenario.start === 'converged') beginConverged(firewalls);
    else for (const firewall of firewalls) firewall.powerOn();
    for (const endpoint of endpoints.values()) beginRouting(endpoint, scenario);
    for (const probe of probes) probe.start();
    for (const workload of workloads) workload.start();
  };
  return { simulation, network, firewalls, probes, workloads, flows, cloud, begin };
}

/** What the firewalls tell of sessions; the flows come after the firewalls, whose tables they know. */
class RunLedger implements LedgerTraffic {
  #flows: Flows | null = null;
  #workloads: readonly Workload[] = [];

  open(flows: Flows, workloads: readonly Workload[]): void {
    this.#flows = flows;
    this.#workloads = workloads;
  }

  get flows(): Flows {
    if (this.#flows === null) throw new Error('expected the flows of the run, got none yet');
    return this.#flows;
  }

  readonly workload = (slot: number): Workload => this.#workloads[this.flows.ownerOf(slot)] as Workload;
}

/** TCP has given up: the outage was too long, or the address to which NAT had translated the session is gone from the pair. */
function causeOfGivingUp(flow: number, firewalls: readonly Firewall[]): 'timed-out' | 'address-moved' {
  const bindings = firewalls.map(({ table }) => table.get(flow)?.nat ?? null).filter((nat) => nat !== null);
  const reachable = bindings.some(({ translatedIp }) =>
    firewalls.some((firewall) => firewall.answersTo(translatedIp)),
  );
  return bindings.length > 0 && !reachable ? 'address-moved' : 'timed-out';
}

// --- the pair --------------------------------------------------------------------------------------------------------

function cabledPorts(scenario: ResolvedScenario, device: string): string[] {
  const ends = Object.values(scenario.network.links).flatMap((link) => link.between);
  return ends.filter((end) => end.startsWith(`${device}:`)).map((end) => end.slice(device.length + 1));
}

function buildFirewalls(
  scenario: ResolvedScenario,
  registry: ArpRegistry,
  routing: RoutingEvents,
  traffic: Traffic,
  ledger: RunLedger,
  cloud: Cloud | null,
): readonly [Firewall, Firewall] {
  const { network } = registry;
  const { simulation } = network;
  const peerOf = (firewall: Firewall): Firewall => (firewall === pair[0] ? pair[1] : pair[0]);
  const listener: FirewallListener = {
    takesOver(firewall, record) {
      const former = peerOf(firewall);
      const pfs = scenario.unpublished['pfs-after-failover'];
      return { from: former.name, ...takeOverSessions(ledger, firewall, former, record, pfs) };
    },
    sessionMissing(firewall, flow, record) {
      sessionMissing(ledger, flow, firewall, peerOf(firewall), record);
    },
  };
  const context: FirewallContext = {
    flowNumbers: traffic.numbers,
    network,
    registry,
    listener,
    routes: new FirewallRoutes(simulation),
    syncRoutes: new SyncRoutes(simulation),
    routing,
    keepAliveRoutes: new KeepAliveRoutes(simulation),
    ipsecRoutes: new IpsecRoutes(simulation),
    plugin: cloud?.plugin ?? null,
  };
  const build = (index: 0 | 1): Firewall => {
    const ports = cabledPorts(scenario, Object.keys(scenario.devices)[index] as string);
    return new Firewall(context, firewallSettings(scenario, index, ports), ports);
  };
  const pair: readonly [Firewall, Firewall] = [build(0), build(1)];
  pair[0].connectPeer(pair[1]);
  pair[1].connectPeer(pair[0]);
  return pair;
}

/** The hello that a firewall in this role has been saying all along. */
function helloAs(firewall: Firewall, role: EstablishedRole): Hello {
  return { ...helloOf(firewall.settings.ha, unstarted()), role };
}

/** Both have long been up: the winner of the election is active or active-primary. */
function beginConverged(firewalls: readonly [Firewall, Firewall]): void {
  const [first, second] = firewalls;
  const winner = winsElection(first.settings.ha, second.settings.ha) ? first : second;
  const other = winner === first ? second : first;
  const activeActive = winner.settings.ha.mode === 'active-active';
  const [winning, losing] = activeActive
    ? (['active-primary', 'active-secondary'] as const)
    : (['active', 'passive'] as const);
  winner.begin(winning, helloAs(other, losing));
  other.begin(losing, helloAs(winner, winning));
  winner.beginClocks(helloAs(other, losing));
  other.beginClocks(helloAs(winner, winning));
}

// --- around it -------------------------------------------------------------------------------------------------------

function buildEndpoints(
  scenario: ResolvedScenario,
  registry: ArpRegistry,
  routing: RoutingEvents,
): Map<string, Endpoint> {
  const endpoints = new Map<string, Endpoint>();
  let mac = FIRST_HOST_MAC;
  for (const [name, host] of Object.entries(scenario.network.hosts)) {
    const anywhere = { ip: 0, prefix: 0 };
    const routes =
      host.gateway === undefined ? [] : [{ destination: anywhere, nextHop: parseIp(host.gateway) }];
    const endpoint = new Endpoint(registry, name, {
      arpTimeoutUs: host['arp-timeout'],
      routes,
      forwards: false,
      groups: host['multicast-groups'].map(parseIp),
    });
    const own = mac++;
    endpoint.addInterface('', parseCidr(host.ip), host.mac === undefined ? own : parseMac(host.mac));
    endpoints.set(name, endpoint);
  }
  for (const [name, router] of Object.entries(scenario.network.routers)) {
    const options = {
      arpTimeoutUs: router['arp-timeout'],
      routes: readRoutes(router['static-route']),
      forwards: true,
    };
    const endpoint = new Endpoint(registry, name, options);
    for (const [item, { ip }] of Object.entries(router.interfaces))
      endpoint.addInterface(item, parseCidr(ip), mac++);
    const neighbors = readNeighbors(router['routing-neighbor']);
    if (neighbors.length > 0) endpoint.addRouting(routing).configure(neighbors);
    endpoints.set(name, endpoint);
  }
  return endpoints;
}

function connect(
  scenario: ResolvedScenario,
  network: Network,
  firewalls: readonly Firewall[],
  endpoints: ReadonlyMap<string, Endpoint>,
  cloud: Cloud | null,
): void {
  const switches = new Map<string, Switch>();
  for (const [name, item] of Object.entries(scenario.network.switches)) {
    const { portfast, 'forward-delay': forwardDelayUs } = item['spanning-tree'];
    switches.set(name, new Switch(network, name, item['mac-aging'], { portfast, forwardDelayUs }));
  }
  const portAt = (end: string): Port => {
    const [node = '', port = ''] = end.split(':');
    const firewall = firewalls.find((item) => item.name === node);
    const found =
      firewall?.port(port) ??
      endpoints.get(node)?.port(port) ??
      switches.get(node)?.addPort() ??
      cloud?.portAt(end, (instance) => endpoints.get(instance)?.mac ?? 0);
    if (found === undefined) throw new Error(`link end ${end} does not exist`);
    return found;
  };
  for (const [name, link] of Object.entries(scenario.network.links)) {
    const [a, b] = link.between;
    network.connect(name, portAt(a), portAt(b), linkImpairment(link), link.mtu);
  }
}

// --- traffic ---------------------------------------------------------------------------------------------------------

function buildWorkloads(
  scenario: ResolvedScenario,
  network: Network,
  flows: Flows,
  endpoints: ReadonlyMap<string, Endpoint>,
): Workload[] {
  const routes = new WorkloadRoutes(network.simulation);
  return Object.entries(scenario.workloads).map(([name, entry]) => {
    const client = endpoints.get(entry.from) as Endpoint;
    const targetIp = addressOf(endpoints, entry.to);
    return new Workload(network, routes, flows, client, targetIp, workloadSettings(name, entry));
  });
}
