/**
 * An entry of the timeline as the trace has it: what was done to what, which ports of the pair it touches, until when it was in
 * force, and everything that followed from it.
 */

import type { TraceRecord } from '../kernel/trace.ts';
import { memberNamed, type Duty, type PairSettings } from './pair-settings.ts';

/** A port of a firewall that an action touches. */
export interface Touch {
  readonly device: string;
  readonly port: string;
  /** What it does for HA. */
  readonly duties: readonly Duty[];
  /** It carries traffic; a port without duties that does not, such as management, carries nothing. */
  readonly data: boolean;
}

export interface Action {
  readonly record: TraceRecord;
  /** Key of the timeline: `interface-down`. */
  readonly action: string;
  /** What it is done to: a port, a link, a firewall or an address. */
  readonly target: string;
  /** It undoes an earlier one, which is not always there. */
  readonly repairs: boolean;
  /** The firewall as a whole, when it is done to one. */
  readonly device: string | null;
  readonly touches: readonly Touch[];
  /** The later action that undoes it. */
  readonly undoneBy: TraceRecord | null;
  /** Everything that followed from it, in order, without itself. */
  readonly consequences: readonly TraceRecord[];
}

/** All faults and operator actions among these records, in order. */
export function actionsOf(records: readonly TraceRecord[], settings: PairSettings): readonly Action[] {
  const acts = records.filter(({ kind }) => kind === 'fault' || kind === 'operator');
  const followed = consequencesOf(records, acts);
  return acts.map((record) => {
    const action = String(record.data['action']);
    const target = targetOf(record);
    return {
      record,
      action,
      target,
      repairs: Object.values(settings.opposites).includes(action),
      device: memberNamed(settings, target)?.name ?? null,
      touches: touchesOf(target, settings),
      undoneBy: acts.find((later) => undoes(later, record, settings)) ?? null,
      consequences: followed.get(record.id) ?? [],
    };
  });
}

/** `blackhole ha2 from palo-1` is done to `ha2`; see `RecordData.fault`. */
function targetOf({ data }: TraceRecord): string {
  const [, target = ''] = String(data['text']).split(' ');
  return target;
}

function undoes(later: TraceRecord, record: TraceRecord, { opposites }: PairSettings): boolean {
  if (later.id <= record.id) return false;
  return (
    later.data['action'] === opposites[String(record.data['action'])] && targetOf(later) === targetOf(record)
  );
}

function touchesOf(target: string, settings: PairSettings): Touch[] {
  const cable = settings.cables.find(({ name }) => name === target);
  return (cable?.ends ?? [target]).flatMap((end) => {
    const [name = '', port] = end.split(':');
    const member = memberNamed(settings, name);
    if (member === undefined || port === undefined) return [];
    const duties = member.duties.filter((item) => item.port === port).map(({ duty }) => duty);
    return [{ device: name, port, duties, data: duties.length === 0 && port.startsWith('ethernet') }];
  });
}

/** What followed from each root; one pass, since causes come before what they cause. */
function consequencesOf(
  records: readonly TraceRecord[],
  roots: readonly TraceRecord[],
): Map<number, TraceRecord[]> {
  const rootOf = new Map<number, number>();
  const followed = new Map<number, TraceRecord[]>();
  for (const { id } of roots) {
    rootOf.set(id, id);
    followed.set(id, []);
  }
  for (const record of records) {
    const root = rootOf.get(record.cause);
    if (root === undefined || rootOf.has(record.id)) continue;
    rootOf.set(record.id, root);
    followed.get(root)?.push(record);
  }
  return followed;
}
