/** A run as lanes: see `model.ts` for what they are. Pure, so the same result gives the same lanes. */

import type { RunResult } from '../../run/result.ts';
import { describeRecord } from '../records.ts';
import { groupsAround } from './around.ts';
import { firewallGroup } from './firewall.ts';
import { focusOf } from './focus.ts';
import { messagesOf } from './messages.ts';
import type { Lane, LaneGroup, LaneKind, LaneModel, RecordView } from './model.ts';

/** What the lanes of a report show. @param result of a run that was asked for its packets; without them there are no messages and ports */
export function lanesOf(result: RunResult): LaneModel {
  const groups = [firewallGroup(result, 0), firewallGroup(result, 1), ...groupsAround(result)];
  const [focusUs, aroundUs] = focusOf(result);
  return {
    endUs: result.endedAtUs,
    focusUs,
    openFromUs: focusUs - aroundUs,
    openToUs: focusUs + aroundUs,
    groups,
    messages: messagesOf(result),
    records: recordViews(result, groups),
    leftOut: result.capture?.leftOut ?? 0,
  };
}

/** A change of role that also darkens ports is drawn where the role is. */
const RANKS: Readonly<Partial<Record<LaneKind, number>>> = {
  role: 0,
  timer: 1,
  monitor: 1,
  'control-path': 1,
};

function rankOf({ kind }: Lane): number {
  return RANKS[kind] ?? 2;
}

function recordViews({ records, devices }: RunResult, groups: readonly LaneGroup[]): RecordView[] {
  const laneOf = new Map<number, string>();
  const place = (record: number, lane: string): void => {
    if (record !== 0 && !laneOf.has(record)) laneOf.set(record, lane);
  };
  const lanes = groups.flatMap((group) => group.lanes).toSorted((a, b) => rankOf(a) - rankOf(b));
  // What began something is drawn where it began; what only ended it, where there is nothing else.
  for (const lane of lanes) for (const { record } of lane.marks) place(record, lane.id);
  for (const lane of lanes) for (const { record } of lane.spans) place(record, lane.id);
  for (const lane of lanes) for (const { endRecord } of lane.spans) place(endRecord, lane.id);
  return records.map((record) => ({
    id: record.id,
    atUs: record.timeUs,
    subject: record.subject,
    kind: record.kind,
    text: describeRecord(record, devices),
    cause: record.cause,
    lane: laneOf.get(record.id) ?? '',
  }));
}
