/**
 * A random pair on the shared topology: timers inside the ranges of PAN-OS, control paths of every kind, what PAN-OS does not
 * publish, and links that are not quite clean.
 */

import fc from 'fast-check';

export type Part = Readonly<Record<string, unknown>>;

/** The two ends of a link. */
export type Ends = readonly [string, string];

export const DEVICES = ['palo-1', 'palo-2'] as const;

const MS = 1_000;
const MINUTE = 60_000 * MS;

export function milliseconds(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

/** Milliseconds, as a scenario writes them. */
export function written(ms: number): string {
  return `${ms}ms`;
}

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

/** A pair that starts up well. */
export const randomPair = fc.record({
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
  surroundings: fc.record({
    lacp: fc.constantFrom('none', 'pre-negotiation', 'plain'),
    negotiation: milliseconds(0, 5_000),
    keepAlive: fc.boolean(),
    routing: fc.constantFrom('static', 'neighbor', 'neighbor-with-bfd'),
  }),
});

export type Pair = typeof randomPair extends fc.Arbitrary<infer T> ? T : never;

/** The cables of HA1 and HA2 that this variant adds. */
export function haLinks({ control, ha2Backup }: Pair): Record<string, Ends> {
  const cable = (port: string): Ends => [`palo-1:${port}`, `palo-2:${port}`];
  return {
    ...(control === 'management' ? {} : { ha1: cable(control === 'in-band' ? 'ethernet1/5' : 'ha1-a') }),
    ...(control === 'backup' ? { 'ha1-backup': cable('ha1-b') } : {}),
    ...(ha2Backup ? { 'ha2-backup': cable('ethernet1/4') } : {}),
  };
}

/** `interface:` of both devices, as far as it differs from the topology's. */
export function haPorts({ control, ha2Backup, timers }: Pair): Part {
  const hold = { 'monitor-hold-time': written(timers.monitorHold) };
  const ha1 =
    { management: 'management', 'in-band': 'ethernet1/5' }[control as 'management' | 'in-band'] ?? 'ha1-a';
  return {
    ha1: { port: ha1, ...hold },
    ...(control === 'backup' ? { 'ha1-backup': { port: 'ha1-b', ...hold } } : {}),
    ...(ha2Backup ? { 'ha2-backup': { port: 'ethernet1/4' } } : {}),
  };
}

/** How an active/passive pair and its neighbours find each other: LACP, and static or dynamic routes. */
export function surroundingsOf({ surroundings, passiveLinkState }: Pair): {
  readonly device: Part;
  readonly isp: Part;
  readonly unpublished: Part;
} {
  const { lacp, routing, negotiation } = surroundings;
  const preNegotiation = lacp === 'pre-negotiation' && passiveLinkState === 'auto';
  const port = lacp === 'none' ? {} : { lacp: { 'pre-negotiation': preNegotiation } };
  const neighbor = (address: string, destination: string): Part =>
    routing === 'static'
      ? {}
      : {
          'static-route': null,
          'routing-neighbor': {
            other: {
              address,
              destinations: [destination],
              'keepalive-interval': '10s',
              'hold-time': '30s',
              bfd: { enabled: routing === 'neighbor-with-bfd' },
            },
          },
        };
  return {
    device: {
      interfaces: { 'ethernet1/1': port, 'ethernet1/2': port },
      ...neighbor('203.0.113.1', '0.0.0.0/0'),
    },
    isp: neighbor('203.0.113.2', '10.0.0.0/24'),
    unpublished: { 'lacp-negotiation': written(negotiation) },
  };
}

/** `high-availability:` of both devices. */
export function haOf(pair: Pair): Part {
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
    'state-synchronization': {
      enabled: pair.sessionSync,
      'ha2-keep-alive': { enabled: pair.sessionSync && pair.surroundings.keepAlive, threshold: '5s' },
    },
    monitoring: {
      'path-monitoring': { enabled: pair.pathMonitoring, 'virtual-router': { default: pings } },
    },
  };
}

export function unpublishedOf({ unpublished }: Pair): Part {
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
export function settleUs({ timers, unpublished }: Pair): number {
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
