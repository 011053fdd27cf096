/**
 * A run made by hand: palo-1 loses an uplink, palo-2 takes over. Every record is written out, so that a report's tests say
 * what they render, and need no engine.
 */

import type { TraceRecord } from '../../src/kernel/trace.ts';
import type { RecordData, RecordKind } from '../../src/run/record.ts';
import type { DeviceSettings, RunResult } from '../../src/run/result.ts';
import type { Verdict } from '../../src/check/verdict.ts';

const MS = 1_000;
const S = 1_000 * MS;

/** A record; `cause` is the id of the one it follows from. */
export function record<Kind extends RecordKind>(
  id: number,
  timeMs: number,
  subject: string,
  kind: Kind,
  data: RecordData[Kind],
  cause = 0,
): TraceRecord {
  return { id, timeUs: timeMs * MS, kind, subject, cause, data: data as unknown as TraceRecord['data'] };
}

export function device(name: string, change: Partial<DeviceSettings> = {}): DeviceSettings {
  return {
    name,
    serialNumber: name,
    platform: 'PA-3400',
    mode: 'active-passive',
    groupId: 1,
    devicePriority: 100,
    preemptive: false,
    heartbeatBackup: false,
    passiveLinkState: 'auto',
    heartbeatIntervalUs: 1 * S,
    helloIntervalUs: 8 * S,
    promotionHoldUs: 2 * S,
    preemptionHoldUs: 60 * S,
    monitorFailHoldUpUs: 0,
    additionalMasterHoldUpUs: 500 * MS,
    monitorFailHoldDownUs: 60 * S,
    flapMax: 3,
    ha1: 'management',
    ha1Backup: null,
    ha2: 'ethernet1/3',
    ha2Backup: null,
    stateSynchronization: true,
    linkMonitoring: ['uplink: any of ethernet1/1'],
    pathMonitoring: [],
    activeActive: null,
    interfaces: ['ethernet1/1 untrust 203.0.113.2/24', 'ethernet1/2 trust 10.0.0.1/24'],
    ...change,
  };
}

export const PAIR: readonly DeviceSettings[] = [
  device('palo-1'),
  device('palo-2', { devicePriority: 110, interfaces: [] }),
];

const BOTH = ['ethernet1/1', 'ethernet1/2'];
const AT_ONCE = { times: 2, sent: BOTH, lost: [] };
const LATER = { times: 1, sent: BOTH, lost: [] };

/** The records of a failover, with everything that a timeline leaves out. */
export const FAILOVER_RECORDS: readonly TraceRecord[] = [
  record(1, 0, 'palo-1', 'role', { from: null, to: 'active', reason: 'Won the election', rule: 'converged' }),
  record(2, 0, 'palo-2', 'role', { from: null, to: 'passive', reason: 'Peer is active', rule: 'converged' }),
  record(3, 20_000, 'palo-1', 'fault', {
    action: 'interface-down',
    text: 'interface-down palo-1:ethernet1/1',
  }),
  record(4, 20_050, 'palo-1', 'link', { interface: 'ethernet1/1', up: false, visible: true }, 3),
  record(5, 20_050, 'palo-1', 'monitor', { monitor: 'link', failed: true }, 4),
  record(
    6,
    20_050,
    'palo-1',
    'timer',
    { timer: 'monitor-fail-hold-up-time', step: 'set', durationUs: 500 * MS },
    5,
  ),
  record(
    7,
    20_051,
    'palo-2',
    'peer',
    { connection: 'up', role: 'active', monitorFailed: true, path: 'ha1' },
    5,
  ),
  record(8, 20_550, 'palo-1', 'timer', { timer: 'monitor-fail-hold-up-time', step: 'expired' }, 6),
  record(9, 20_550, 'palo-1', 'timer', { timer: 'flap-window', step: 'set', durationUs: 900 * S + 1 }, 8),
  record(
    10,
    20_550,
    'palo-1',
    'role',
    { from: 'active', to: 'non-functional', reason: 'Link down', rule: 'T8' },
    8,
  ),
  record(
    11,
    20_550,
    'palo-1',
    'log',
    { severity: 'critical', text: 'HA Group 1: Moved from state Active to state Non-Functional' },
    10,
  ),
  record(
    12,
    20_551,
    'palo-2',
    'peer',
    { connection: 'up', role: 'non-functional', monitorFailed: true, path: 'ha1' },
    10,
  ),
  record(
    13,
    20_551,
    'palo-2',
    'role',
    { from: 'passive', to: 'active', reason: 'Peer is non-functional', rule: 'T14' },
    12,
  ),
  record(
    14,
    20_551,
    'palo-2',
    'sessions',
    { from: 'palo-1', carried: 42, missing: { 'in-flight': 3 }, recreated: 2 },
    13,
  ),
  record(15, 20_551, 'palo-2', 'garp', AT_ONCE, 13),
  record(16, 20_751, 'palo-2', 'port', { interface: 'ethernet1/1', forwarding: true }, 13),
  record(17, 20_751, 'palo-2', 'port', { interface: 'ethernet1/2', forwarding: true }, 13),
  record(18, 20_800, 'palo-2', 'restored', {}, 13),
  record(19, 21_551, 'palo-2', 'garp', LATER, 13),
  record(20, 22_551, 'palo-2', 'garp', LATER, 13),
];

export const HELD: Verdict = {
  index: 0,
  name: 'palo-2 takes over',
  passed: true,
  expected: 'eventually from 20s to 21s palo-2 active',
  measured: 'palo-2 active',
  atUs: 20_551 * MS,
  causes: [],
};

export const BROKEN: Verdict = {
  index: 1,
  name: 'failover 1: total < 700ms',
  passed: false,
  expected: 'total < 700ms',
  measured: 'total 800ms',
  atUs: 20_551 * MS,
  causes: [13, 12, 10, 8, 6, 5, 4, 3],
};

const RESULT: RunResult = {
  schemaVersion: 1,
  version: '0.1.0',
  scenario: { name: 'An uplink fails', file: 'uplink.yaml', description: '', source: '', deliberate: [] },
  seed: '7',
  untilUs: 30 * S,
  endedAtUs: 30 * S,
  end: 'until',
  events: 12_345,
  digests: { protocol: '0123456789abcdef', full: null },
  traceLevel: 'protocol',
  unjudged: [],
  devices: PAIR,
  records: FAILOVER_RECORDS,
  trace: [],
  capture: null,
  topology: { nodes: [], links: [] },
  failovers: [
    {
      ordinal: 1,
      kind: 'failover',
      from: 'palo-1',
      to: 'palo-2',
      reason: 'Peer is non-functional',
      rule: 'T14',
      rootRecord: 3,
      takeoverRecord: 13,
      trigger: 'interface-down palo-1:ethernet1/1',
      addresses: [],
      startUs: 20 * S,
      takeoverUs: 20_551 * MS,
      restoredUs: 20_800 * MS,
      restoredBy: 'traffic',
      detectionUs: 50 * MS,
      holdUs: 500 * MS,
      promotionUs: 1 * MS,
      portUs: 200 * MS,
      announcementUs: 0,
      learningUs: 0,
      restorationUs: 49 * MS,
      parts: [
        { part: 'detection', us: 50 * MS, setBy: [{ setting: 'link-down-detection', value: '50 ms' }] },
        {
          part: 'hold',
          us: 500 * MS,
          setBy: [{ setting: 'additional-master-hold-up-time', value: '500 ms', device: 'palo-1' }],
        },
        { part: 'promotion', us: 1 * MS, setBy: [{ setting: 'latency of link ha1', value: '1 ms' }] },
        { part: 'port', us: 200 * MS, setBy: [{ setting: 'port-bring-up-auto', value: '200 ms' }] },
        { part: 'announcement', us: 0, setBy: [] },
        { part: 'learning', us: 0, setBy: [] },
        { part: 'restoration', us: 49 * MS, setBy: [{ setting: null, value: 'the next packet of a user' }] },
      ],
      totalUs: 800 * MS,
      sessions: { carried: 42, missing: { 'in-flight': 3 }, recreated: 2 },
    },
  ],
  dualActive: [],
  availability: {
    lengthUs: 30 * S,
    timesUs: { up: 20 * S, degraded: 9_250 * MS, 'dual-active': 0, down: 750 * MS },
    shares: { up: 20 / 30, degraded: 9.25 / 30, 'dual-active': 0, down: 0.75 / 30 },
    percent: 97.5,
    spans: [
      { state: 'up', fromUs: 0, toUs: 20 * S, record: 2, reasons: [] },
      { state: 'down', fromUs: 20 * S, toUs: 20_750 * MS, record: 3, reasons: [] },
      {
        state: 'degraded',
        fromUs: 20_750 * MS,
        toUs: 30 * S,
        record: 14,
        reasons: [{ code: 'peer', text: 'palo-1 non-functional (Link down)', source: 'section 1.1' }],
      },
    ],
    spansOmitted: 0,
    directions: [
      {
        from: 'trust',
        to: 'untrust',
        upUs: 29_250 * MS,
        downUs: 750 * MS,
        spans: [{ fromUs: 20 * S, toUs: 20_750 * MS, record: 3 }],
        spansOmitted: 0,
      },
      { from: 'untrust', to: 'trust', upUs: 30 * S, downUs: 0, spans: [], spansOmitted: 0 },
    ],
  },
  incidents: [],
  probes: [
    {
      name: 'ping',
      intervalUs: 200 * MS,
      sent: 150,
      received: 145,
      lost: 4,
      longestGapUs: 1 * S,
      lossDerivedUs: 800 * MS,
      firstPacketUs: 802 * MS,
      outages: [{ fromUs: 20 * S, toUs: 20_800 * MS, lost: 4 }],
      moreOutages: 0,
    },
  ],
  workloads: [
    {
      name: 'web',
      application: 'web',
      protocol: 'tcp',
      started: 1_050,
      completed: 1_000,
      failed: 1,
      lost: { 'in-flight': 3 },
      open: 46,
      decrypted: 0,
      undecrypted: 0,
      recreated: 0,
      losses: [],
      stalls: null,
    },
    {
      name: 'dns',
      application: 'dns',
      protocol: 'udp',
      started: 20,
      completed: 20,
      failed: 0,
      lost: {},
      open: 0,
      decrypted: 0,
      undecrypted: 0,
      recreated: 0,
      losses: [],
      stalls: null,
    },
  ],
  sync: [],
  ha3: null,
  cloud: null,
  final: [
    { device: 'palo-1', role: 'non-functional', reason: 'Link down', sessions: 40 },
    { device: 'palo-2', role: 'active', reason: 'Peer is non-functional', sessions: 46 },
  ],
  assumptions: [],
  verdicts: [HELD],
  passed: true,
};

/** The run, with something changed. */
export function result(change: Partial<RunResult> = {}): RunResult {
  return { ...RESULT, ...change };
}

/** Lines as one text that begins on a line of its own, for inline snapshots. */
export function page(lines: readonly string[]): string {
  return `\n${lines.join('\n')}\n`;
}
