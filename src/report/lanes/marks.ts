/** Things that happen at one time: faults, what operators do, takeovers, announcements, lines of the log. */

import type { RecordKind } from '../../run/record.ts';
import type { RunResult } from '../../run/result.ts';
import { describeRecord } from '../records.ts';
import { heals } from '../tones.ts';
import type { Glyph, Mark, Tone } from './model.ts';

/** How the kinds of records look that are marks of a firewall; the others have lanes of their own. */
const LOOKS: Readonly<Partial<Record<RecordKind, readonly [Glyph, Tone]>>> = {
  operator: ['operator', 'busy'],
  dataplane: ['event', 'warn'],
  link: ['event', 'warn'],
  path: ['event', 'warn'],
  peer: ['event', 'idle'],
  reason: ['event', 'idle'],
  log: ['log', 'idle'],
  garp: ['garp', 'busy'],
  lacp: ['event', 'idle'],
  adjacency: ['event', 'idle'],
  routes: ['event', 'idle'],
  ike: ['event', 'warn'],
  sessions: ['event', 'idle'],
  'session-sync': ['event', 'idle'],
  ha2: ['event', 'warn'],
  ha3: ['event', 'warn'],
  'configuration-sync': ['event', 'idle'],
  configuration: ['event', 'idle'],
  takeover: ['event', 'busy'],
};

/** What happened to a firewall and what it told. */
export function eventMarks(result: RunResult, device: string): Mark[] {
  return result.records.flatMap((record) => {
    if (record.subject !== device) return [];
    const { id, timeUs } = record;
    const text = describeRecord(record, result.devices);
    if (record.kind === 'fault') {
      const [glyph, tone] = faultLook(String(record.data['action']));
      return [{ atUs: timeUs, text, glyph, tone, record: id }];
    }
    const look = LOOKS[record.kind as RecordKind];
    if (look === undefined) return [];
    return [{ atUs: timeUs, text, glyph: look[0], tone: look[1], record: id }];
  });
}

export function faultLook(action: string): readonly [Glyph, Tone] {
  return heals(action) ? ['heal', 'good'] : ['fault', 'bad'];
}

/** On the role band: when it took over, and when traffic was back. */
export function serviceMarks({ failovers, records, devices }: RunResult, device: string): Mark[] {
  const marks = failovers
    .filter(({ to }) => to === device)
    .map(({ takeoverUs, kind, reason, takeoverRecord }) => ({
      atUs: takeoverUs,
      text: `${kind}: ${reason}`,
      glyph: 'takeover' as const,
      tone: 'good' as const,
      record: takeoverRecord,
    }));
  const restored = records
    .filter(({ kind, subject }) => kind === 'restored' && subject === device)
    .map((record) => ({
      atUs: record.timeUs,
      text: describeRecord(record, devices),
      glyph: 'restored' as const,
      tone: 'good' as const,
      record: record.id,
    }));
  return [...marks, ...restored].toSorted((a, b) => a.atUs - b.atUs || a.record - b.record);
}
