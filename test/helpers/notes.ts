/** Records as a trace would hold them, for what folds over a trace. */

import type { TraceRecord } from '../../src/kernel/trace.ts';
import { Collector } from '../../src/measure/collector.ts';
import type { SettingsInForce } from '../../src/measure/in-force.ts';
import { PairHistory } from '../../src/measure/history.ts';
import type { RecordData, RecordKind } from '../../src/run/record.ts';

/** Settings of a pair, each with a value of its own. */
const DEVICE = {
  durations: {
    'heartbeat-interval': 1_000_000,
    'heartbeat-reply-timeout': 1_000_000,
    'hello-interval': 8_000_000,
    'monitor-fail-hold-up-time': 1_000_000,
    'additional-master-hold-up-time': 500_000,
    'link-down-detection': 50_000,
    'port-bring-up-shutdown': 3_000_000,
    'port-bring-up-auto': 200_000,
    'lacp-negotiation': 2_000_000,
    'control-retransmission': 200_000,
    'dataplane-restart-time': 90_000_000,
    'bulk-session-sync': 30_000_000,
    'boot-time': 180_000_000,
    'ha-agent-restart-time': 10_000_000,
    'policy-push-time': 7_000_000,
  },
  heartbeatLosses: 3,
  helloLosses: 2,
  controlPaths: {
    ha1: { port: 'management', monitorHoldUs: 3_000_000 },
    'ha1-backup': { port: 'ha1-a', monitorHoldUs: 3_000_000 },
  },
  pathPings: [
    { destination: '192.0.2.1', intervalUs: 200_000, count: 10 },
    { destination: '192.0.2.2', intervalUs: 1_000_000, count: 3 },
  ],
};

export const IN_FORCE: SettingsInForce = {
  devices: { 'palo-1': DEVICE, 'palo-2': DEVICE },
  links: {
    'palo-1:management': { name: 'one', latencyUs: 500 },
    'palo-2:management': { name: 'two', latencyUs: 250 },
    'palo-1:ha1-a': { name: 'cable', latencyUs: 1_000 },
    'palo-2:ha1-a': { name: 'cable', latencyUs: 1_000 },
    'palo-2:ethernet1/1': { name: 'downlink', latencyUs: 10 },
  },
  convergenceUs: { 'palo-2/isp': 1_000_000 },
  cloud: null,
};

/** Of a collector that is to name none. */
const NO_SETTINGS: SettingsInForce = { devices: {}, links: {}, convergenceUs: {}, cloud: null };

export class Notes {
  readonly history: PairHistory;
  readonly collector: Collector;
  readonly records: TraceRecord[] = [];

  constructor(begins = { converged: true, configurationSynchronized: true }, settings = NO_SETTINGS) {
    this.history = new PairHistory(['palo-1', 'palo-2'], begins);
    this.collector = new Collector(this.history, settings);
  }

  /** Notes a fact, and shows it to the collector, which shows it to the history. */
  note<K extends RecordKind>(
    timeUs: number,
    kind: K,
    subject: string,
    data: RecordData[K],
    cause = 0,
  ): number {
    const id = this.records.length + 1;
    const record: TraceRecord = {
      id,
      timeUs,
      kind,
      subject,
      cause,
      data: { ...data } as TraceRecord['data'],
    };
    this.records.push(record);
    this.collector.observe(record);
    return id;
  }

  /** A change of role; its reason is the rule's number. */
  role(timeUs: number, subject: string, from: string | null, to: string, rule: string, cause = 0): number {
    return this.note(timeUs, 'role', subject, { from, to, reason: rule, rule }, cause);
  }

  /** palo-1 active and palo-2 passive from the start. */
  converged(): this {
    this.role(0, 'palo-1', null, 'active', 'converged');
    this.role(0, 'palo-2', null, 'passive', 'converged');
    return this;
  }
}
