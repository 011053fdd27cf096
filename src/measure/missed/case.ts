/**
 * What an explanation of a missed takeover has to go by: one action, the pair before it, and the settings; and what it says.
 */

import type { Role } from '../../ha/role.ts';
import { PAIR_ROLES } from '../../ha/role.ts';
import type { TraceRecord } from '../../kernel/trace.ts';
import type { Action, Touch } from '../action.ts';
import type { Failover } from '../failover.ts';
import type { PairState } from '../history.ts';
import {
  memberNamed,
  peerOf,
  type MemberSettings,
  type PairSettings,
  type Setting,
} from '../pair-settings.ts';

/** Where a chain ended, and why. */
export interface Finding {
  /** A stable name for programs: `unmonitored-interface`. */
  readonly reason: string;
  /** One sentence, without a full stop. */
  readonly text: string;
  /** Rule of the reference, or transition (T17); null where nothing had to be ruled. */
  readonly rule: string | null;
  /** The setting behind it; null where none is. */
  readonly setting: Setting | null;
  /** Records that show it, in order; the action itself is not among them. */
  readonly records: readonly number[];
}

/** Looks at a case and says why it ended there, or null when that is not why. */
export type Explanation = (facts: Case) => Finding | null;

/** One action that no takeover followed from. */
export class Case {
  readonly action: Action;
  readonly settings: PairSettings;
  readonly states: readonly PairState[];
  readonly records: readonly TraceRecord[];
  readonly failovers: readonly Failover[];
  /** When the observation ends: the run, or the time that was asked for. */
  readonly endUs: number;
  /** The firewall that had the service before the action; undefined when nobody had. */
  readonly primary: MemberSettings | undefined;

  constructor(
    action: Action,
    run: {
      readonly settings: PairSettings;
      readonly states: readonly PairState[];
      readonly records: readonly TraceRecord[];
      readonly failovers: readonly Failover[];
      readonly endUs: number;
    },
  ) {
    this.action = action;
    this.settings = run.settings;
    this.states = run.states;
    this.records = run.records;
    this.failovers = run.failovers;
    this.endUs = run.endUs;
    const { primary } = PAIR_ROLES[run.settings.mode];
    const before = this.stateBefore(action.record.id);
    const name = Object.keys(before.roles).find((device) => before.roles[device] === primary);
    this.primary = name === undefined ? undefined : memberNamed(run.settings, name);
  }

  /** The firewall that would have to take over. */
  get standby(): MemberSettings | undefined {
    return this.primary === undefined ? undefined : peerOf(this.settings, this.primary.name);
  }

  /** When the action was undone, or else the end. */
  get undoneUs(): number {
    return this.action.undoneBy?.timeUs ?? Number.POSITIVE_INFINITY;
  }

  /** The ports that carry traffic, of the firewall that had the service. */
  get dataPorts(): readonly Touch[] {
    return this.action.touches.filter(({ device, data }) => device === this.primary?.name && data);
  }

  /** The pair just before a record. */
  stateBefore(id: number): PairState {
    return this.states.findLast(({ record }) => record < id) ?? (this.states[0] as PairState);
  }

  /** The pair just after a record. */
  stateAfter(id: number): PairState {
    return this.stateBefore(id + 1);
  }

  roleBefore(device: string, id: number = this.action.record.id): Role | null {
    return this.stateBefore(id).roles[device] ?? null;
  }

  /** What followed from the action, of one kind and one firewall. */
  followed(
    kind: string,
    device: string | undefined,
    data: Readonly<Record<string, unknown>> = {},
  ): TraceRecord[] {
    return this.action.consequences.filter((record) => fits(record, kind, device, data));
  }

  /** The first record of a kind and a firewall after another record, whatever it follows from. */
  after(
    id: number,
    kind: string,
    device: string,
    data: Readonly<Record<string, unknown>> = {},
  ): TraceRecord | undefined {
    return this.records.find((record) => record.id > id && fits(record, kind, device, data));
  }

  /** The last record of a kind and a firewall before another record. */
  before(
    id: number,
    kind: string,
    device: string,
    data: Readonly<Record<string, unknown>> = {},
  ): TraceRecord | undefined {
    return this.records.findLast((record) => record.id < id && fits(record, kind, device, data));
  }
}

function fits(
  record: TraceRecord,
  kind: string,
  device: string | undefined,
  data: Readonly<Record<string, unknown>>,
): boolean {
  if (record.kind !== kind || record.subject !== device) return false;
  return Object.entries(data).every(([key, value]) => record.data[key] === value);
}

/** A finding in one line. */
export function finding(
  reason: string,
  rule: string | null,
  setting: Setting | null,
  text: string,
  records: readonly (TraceRecord | undefined)[] = [],
): Finding {
  return {
    reason,
    text,
    rule,
    setting,
    records: records.flatMap((record) => (record === undefined ? [] : [record.id])),
  };
}

/** A setting of high-availability with its value. */
export function setting(name: string, value: string): Setting {
  return { name, value };
}
