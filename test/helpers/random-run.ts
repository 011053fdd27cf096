/**
 * Random scenarios on the shared topology: timers inside the ranges of PAN-OS, control paths of every kind, links that
 * misbehave, faults and commands at random times. Every fault heals by itself, and in the end an operator makes both
 * firewalls functional; `healedUs` and `settleUs` say when, and how long the pair may take from then on.
 */

import fc from 'fast-check';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import { lay, loadPair, type PairPart } from './pair.ts';

type Part = Readonly<Record<string, unknown>>;

const MS = 1_000;
const SECOND = 1_000 * MS;
const MINUTE = 60 * SECOND;

const DEVICES = ['palo-1', 'palo-2'] as const;

/** Milliseconds, as a scenario writes them. */
function milliseconds(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

function written(ms: number): string {
  return `${ms}ms`;
}

// --- the pair --------------------------------------------------------------------------------------------------------

/** How the peers are joined. `in-band`: HA1 on a data port, which goes with the dataplane. */
const CONTROL = ['management', 'direct', 'backup', 'heartbeat-backup', 'in-band'] as const;

const timers = fc.record({
  heartbeat: milliseconds(1_000, 3_000),
  hello: milliseconds(8_000, 12_000),
  promotion: fc.oneof(fc.constant(0), milliseconds(0, 5_000)),
  preemptionMin: fc.integer({ min: 1, max: 2 }),
  holdUp: fc.oneof(fc.constant(0), milliseconds(0, 3_000)),
  masterHoldUp: fc.oneof(fc.constant(500), milliseconds(0, 3_000)),
  flapMax: fc.constantFrom(3, 0, 1, 2, 16),
  holdDownMin: fc.integer({ min: 1, max: 2 }),
  monitorHold: milliseconds(1_000, 5_000),
  pingInterval: milliseconds(200, 1_000),
  pingCount: fc.integer({ min: 3, max: 10 }),
});

const unpublished = fc.record({
  helloLosses: fc.integer({ min: 2, max: 3 }),
  detection: milliseconds(1, 500),
  bringUp: milliseconds(0, 5_000),
  portFlap: milliseconds(1, 1_000),
  initialTimeout: milliseconds(10_000, 60_000),
  bulkSync: milliseconds(0, 20_000),
  boot: milliseconds(1_000, 60_000),
  agentRestart: milliseconds(1_000, 20_000),
  dataplaneRestart: milliseconds(1_000, 60_000),
  announcedFailureHold: fc.constantFrom('none', 'promotion-hold-time'),
  splitBrainLoser: fc.constantFrom('passive', 'initial'),
  bothMonitorsFailed: fc.constantFrom('leaves', 'stays'),
  flapComparison: fc.constantFrom('reaches', 'exceeds'),
  phase: fc.constantFrom('random', 'aligned'),
});

/** What links do all along: never a loss, so that a healed pair is a healthy one. */
const blemish = fc.record(
  {
    jitter: milliseconds(0, 3).map(written),
    duplicate: fc.constant('10%'),
    reorder: fc.record({ share: fc.constant('10%'), delay: milliseconds(1, 5).map(written) }),
  },
  { requiredKeys: [] },
);

const pair = fc.record({
  seed: fc.nat(1_000_000),
  start: fc.constantFrom('converged' as const, 'cold-boot' as const),
  control: fc.constantFrom(...CONTROL),
  priorities: fc.tuple(fc.constantFrom(90, 100, 110), fc.constantFrom(90, 100, 110)),
  preemptive: fc.tuple(fc.boolean(), fc.boolean()),
  passiveLinkState: fc.constantFrom('auto', 'shutdown'),
  sessionSync: fc.boolean(),
  ha2Backup: fc.boolean(),
  pathMonitoring: fc.boolean(),
  timers,
  unpublished,
  blemishes: fc.tuple(blemish, blemish, blemish, blemish),
});

type Pair = typeof pair extends fc.Arbitrary<infer T> ? T : never;

// --- faults ----------------------------------------------------------------------------------------------------------

/** Links that every variant of the pair has, with their ends; those of HA1 and HA2 beside the topology's come in by `haLinks`. */
const DATA_LINKS: Readonly<Record<string, Ends>> = {
  'palo-1-uplink': ['palo-1:ethernet1/1', 'untrust-switch'],
  'palo-2-uplink': ['palo-2:ethernet1/1', 'untrust-switch'],
  'palo-1-downlink': ['palo-1:ethernet1/2', 'trust-switch'],
  'palo-2-downlink': ['palo-2:ethernet1/2', 'trust-switch'],
  isp: ['isp:customer', 'untrust-switch'],
  client: ['client', 'trust-switch'],
  server: ['server', 'isp:internet'],
  ha2: ['palo-1:ethernet1/3', 'palo-2:ethernet1/3'],
};
const MANAGEMENT_LINKS: Readonly<Record<string, Ends>> = {
  'palo-1-management': ['palo-1:management', 'management-switch'],
  'palo-2-management': ['palo-2:management', 'management-switch'],
};
type Ends = readonly [string, string];

const trouble = fc.record(
  {
    latency: milliseconds(0, 200).map(written),
    jitter: milliseconds(0, 50).map(written),
    loss: fc.integer({ min: 1, max: 90 }).map((percent) => `${percent}%`),
    'burst-loss': fc.record({
      'mean-gap': fc.integer({ min: 1, max: 50 }),
      'mean-length': fc.integer({ min: 1, max: 20 }),
    }),
    duplicate: fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
    reorder: fc.record({
      share: fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
      delay: milliseconds(1, 300).map(written),
    }),
    bandwidth: fc.constantFrom('64kbps', '1Mbps'),
  },
  { requiredKeys: ['latency'] },
);

type Fault =
  | { readonly kind: 'interface-down'; readonly pick: number }
  | { readonly kind: 'link-down' | 'blackhole' | 'flap'; readonly pick: number; readonly oneWay: boolean }
  | { readonly kind: 'impair'; readonly pick: number; readonly oneWay: boolean; readonly trouble: Part }
  | { readonly kind: DeviceAction; readonly device: string }
  | { readonly kind: 'target-unreachable' };

const LASTING = ['power-off', 'ha-agent-hang', 'management-plane-stall', 'suspend'] as const;
const MOMENTARY = [
  'reboot',
  'ha-agent-restart',
  'dataplane-crash',
  'functional',
  'commit',
  'sync-to-remote',
] as const;
type DeviceAction = (typeof LASTING)[number] | (typeof MOMENTARY)[number];

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('interface-down' as const), pick: fc.nat(99) }),
  fc.record({
    kind: fc.constantFrom('link-down' as const, 'blackhole' as const, 'flap' as const),
    pick: fc.nat(99),
    oneWay: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('impair' as const), pick: fc.nat(99), oneWay: fc.boolean(), trouble }),
  fc.record({ kind: fc.constantFrom(...LASTING, ...MOMENTARY), device: fc.constantFrom(...DEVICES) }),
  fc.record({ kind: fc.constant('target-unreachable' as const) }),
);

const entry = fc.record({ at: milliseconds(5_000, 120_000), lasts: milliseconds(100, 90_000), fault });

type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

// --- the scenario ----------------------------------------------------------------------------------------------------

export interface RandomRun {
  readonly scenario: ResolvedScenario;
  /** When the last fault has healed, and both firewalls run again. */
  readonly healedUs: number;
  /** How long from then on the pair may take to be whole. */
  readonly settleUs: number;
}

/** The cables of HA1 and HA2 that this variant adds. */
function haLinks({ control, ha2Backup }: Pair): Record<string, Ends> {
  const cable = (port: string): Ends => [`palo-1:${port}`, `palo-2:${port}`];
  return {
    ...(control === 'management' ? {} : { ha1: cable(control === 'in-band' ? 'ethernet1/5' : 'ha1-a') }),
    ...(control === 'backup' ? { 'ha1-backup': cable('ha1-b') } : {}),
    ...(ha2Backup ? { 'ha2-backup': cable('ethernet1/4') } : {}),
  };
}

function haPorts({ control, ha2Backup, timers }: Pair): Part {
  const hold = { 'monitor-hold-time': written(timers.monitorHold) };
  const ha1 =
    { management: 'management', 'in-band': 'ethernet1/5' }[control as 'management' | 'in-band'] ?? 'ha1-a';
  return {
    ha1: { port: ha1, ...hold },
    ...(control === 'backup' ? { 'ha1-backup': { port: 'ha1-b', ...hold } } : {}),
    ...(ha2Backup ? { 'ha2-backup': { port: 'ethernet1/4' } } : {}),
  };
}

function haOf(pair: Pair): Part {
  const { timers } = pair;
  const pings = { 'ping-interval': written(timers.pingInterval), 'ping-count': timers.pingCount };
  return {
    'passive-link-state': pair.passiveLinkState,
    'monitor-fail-hold-down-time': `${timers.holdDownMin}min`,
    'election-option': {
      'heartbeat-backup': pair.control === 'heartbeat-backup',
      timers: {
        advanced: {
          'heartbeat-interval': written(timers.heartbeat),
          'hello-interval': written(timers.hello),
          'promotion-hold-time': written(timers.promotion),
          'preemption-hold-time': `${timers.preemptionMin}min`,
          'monitor-fail-hold-up-time': written(timers.holdUp),
          'additional-master-hold-up-time': written(timers.masterHoldUp),
          'flap-max': timers.flapMax,
        },
      },
    },
    interface: haPorts(pair),
    'state-synchronization': { enabled: pair.sessionSync },
    monitoring: {
      'path-monitoring': { enabled: pair.pathMonitoring, 'virtual-router': { default: pings } },
    },
  };
}

function unpublishedOf({ unpublished }: Pair): Part {
  return {
    'hello-losses': unpublished.helloLosses,
    'link-down-detection': written(unpublished.detection),
    'port-bring-up-shutdown': written(unpublished.bringUp),
    'port-flap': written(unpublished.portFlap),
    'initial-timeout': written(unpublished.initialTimeout),
    'bulk-session-sync': written(unpublished.bulkSync),
    'boot-time': written(unpublished.boot),
    'ha-agent-restart-time': written(unpublished.agentRestart),
    'dataplane-restart-time': written(unpublished.dataplaneRestart),
    'announced-failure-hold': unpublished.announcedFailureHold,
    'split-brain-loser': unpublished.splitBrainLoser,
    'both-monitors-failed': unpublished.bothMonitorsFailed,
    'flap-comparison': unpublished.flapComparison,
    'heartbeat-phase': unpublished.phase,
  };
}

/** How long the pair may take when nothing is wrong any more, by its own timers. */
function settleUs({ timers, unpublished }: Pair): number {
  const restartMs = Math.max(unpublished.boot, unpublished.agentRestart, unpublished.dataplaneRestart);
  const findMs = 5 * timers.heartbeat + unpublished.helloLosses * timers.hello + timers.monitorHold;
  // A bulk request that was lost is repeated after 10 s; a hello that was lost after at most 200 ms x 2^6.
  const joinMs = unpublished.initialTimeout + unpublished.bulkSync + 10_000 + 13_000;
  const monitorMs = timers.pingInterval * (timers.pingCount + 1) + unpublished.detection;
  const leaveMs = monitorMs + timers.holdUp + timers.masterHoldUp;
  const promoteMs = timers.promotion + unpublished.bringUp + unpublished.portFlap;
  const onceMs = findMs + joinMs + leaveMs + promoteMs;
  // Once to come back, and once more when a preemption has moved the roles.
  const holdsUs = (timers.holdDownMin + timers.preemptionMin) * MINUTE;
  return restartMs * MS + 2 * onceMs * MS + holdsUs;
}

/** What the faults of a run leave alone: what the peers know of each other, or their session sync. */
export type Spared = 'control' | 'data-link';

interface Told {
  readonly entry: Part;
  readonly touches: ReadonlySet<Spared>;
  readonly endMs: number;
}

const NOTHING: ReadonlySet<Spared> = new Set();

function touchedBy(action: DeviceAction): ReadonlySet<Spared> {
  if (['suspend', 'functional', 'commit', 'sync-to-remote'].includes(action)) return NOTHING;
  // HA2 is a data port, and in one variant HA1 is.
  return new Set(action === 'dataplane-crash' ? ['control', 'data-link'] : ['control']);
}

/** The timeline entry of a fault. */
function tell(pair: Pair, { at, lasts, fault }: Entry): Told {
  const start = { at: written(at) };
  const during = { ...start, for: written(lasts) };
  const endMs = at + lasts;
  if (!('pick' in fault)) {
    if (fault.kind === 'target-unreachable') {
      return { entry: { ...during, [fault.kind]: '203.0.113.1' }, touches: NOTHING, endMs };
    }
    const value = fault.kind === 'commit' ? { device: fault.device } : fault.device;
    const lasting = (LASTING as readonly string[]).includes(fault.kind);
    return {
      entry: { ...(lasting ? during : start), [fault.kind]: value },
      touches: touchedBy(fault.kind),
      endMs,
    };
  }
  const links = Object.entries({ ...DATA_LINKS, ...MANAGEMENT_LINKS, ...haLinks(pair) });
  const [link, ends] = links[fault.pick % links.length] as [string, Ends];
  const what: Spared = link.startsWith('ha2') ? 'data-link' : 'control';
  const touched = {
    touches: DATA_LINKS[link] === undefined || link === 'ha2' ? new Set([what]) : NOTHING,
    endMs,
  };
  const end = ends[fault.pick % 2] as string;
  if (fault.kind === 'interface-down') {
    const port = end.startsWith('palo-') ? end : ends[0];
    if (port.startsWith('palo-')) return { entry: { ...during, 'interface-down': port }, ...touched };
    return { entry: { ...during, 'link-down': link }, ...touched };
  }
  if (fault.kind === 'link-down') return { entry: { ...during, 'link-down': link }, ...touched };
  if (fault.kind === 'flap') {
    const half = written(Math.max(1, Math.floor(lasts / 6)));
    return { entry: { ...start, flap: { link, times: 3, down: half, up: half } }, ...touched };
  }
  const direction = fault.oneWay ? { direction: { from: end } } : {};
  const trouble = fault.kind === 'impair' ? fault.trouble : {};
  return { entry: { ...during, [fault.kind]: { link, ...direction, ...trouble } }, ...touched };
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
    workloads: {
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
    },
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
  return fc.record({ pair, entries: fc.array(entry, { minLength: 1, maxLength: most, size: 'max' }) });
}
