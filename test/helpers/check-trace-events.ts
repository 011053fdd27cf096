/**
 * What the description of the Chrome trace format asks of a file, as far as it can be checked: complaints in words, none of a good one.
 * See "Trace Event Format" (2016) and Perfetto's notes on what it imports of it.
 */

export interface CheckedEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid?: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number | string;
  readonly cat?: string;
  readonly s?: string;
  readonly bp?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

const PHASES = 'MXisfbeC';

/** Complaints about the events of a file. */
export function checkTraceEvents(events: readonly CheckedEvent[]): string[] {
  return [
    ...checkFields(events),
    ...checkNames(events),
    ...checkNesting(events),
    ...checkFlows(events),
    ...checkAsynchronous(events),
    ...checkCounters(events),
  ];
}

function checkFields(events: readonly CheckedEvent[]): string[] {
  return events.flatMap((event, index) => {
    const { ph, name, pid, tid, ts, dur, s } = event;
    const wrong: string[] = [];
    const need = (holds: boolean, what: string): void => {
      if (!holds) wrong.push(`event ${index} (${ph} ${name}): ${what}`);
    };
    need(ph.length === 1 && PHASES.includes(ph), 'unknown phase');
    need(name !== '', 'no name');
    need(Number.isInteger(pid), 'no pid');
    if (ph !== 'M') need(Number.isInteger(ts) && ts! >= 0, `ts is ${ts}`);
    if (ph !== 'M' && ph !== 'C') {
      need(Number.isInteger(tid), 'no tid');
      need(event.cat !== undefined && event.cat !== '', 'no category');
    }
    if (ph === 'X') need(Number.isInteger(dur) && dur! >= 0, `dur is ${dur}`);
    if (ph === 'i') need(s === 'g' || s === 't', `scope is ${s}`);
    return wrong;
  });
}

/** Every process and thread has one name and one place, told before it is used, and places grow. */
function checkNames(events: readonly CheckedEvent[]): string[] {
  const wrong: string[] = [];
  const told = new Set<string>();
  const latest = new Map<string, number>();
  const tids = new Map<number, number>();
  for (const { ph, name, pid, tid, args } of events) {
    if (ph === 'M') {
      const key = `${name} ${pid} ${tid ?? ''}`;
      if (told.has(key)) wrong.push(`${key} is told twice`);
      told.add(key);
      if (name.endsWith('_name') && typeof args?.['name'] !== 'string') wrong.push(`${key} has no name`);
      if (!name.endsWith('sort_index')) continue;
      const place = args?.['sort_index'] as number;
      if (!(place > (latest.get(name) ?? -1))) wrong.push(`${key} has a place before that of another`);
      latest.set(name, place);
      continue;
    }
    if (!told.has(`process_name ${pid} `)) wrong.push(`process ${pid} has no name`);
    if (tid === undefined) continue;
    if (!told.has(`thread_name ${pid} ${tid}`)) wrong.push(`thread ${tid} of ${pid} has no name`);
    if ((tids.get(tid) ?? pid) !== pid) wrong.push(`thread ${tid} is in two processes`);
    tids.set(tid, pid);
  }
  return wrong;
}

/** Slices of one thread lie in each other or apart. */
function checkNesting(events: readonly CheckedEvent[]): string[] {
  const wrong: string[] = [];
  for (const slices of byTrack(events.filter(({ ph }) => ph === 'X')).values()) {
    const ends: number[] = [];
    for (const { name, ts, dur } of slices.toSorted((a, b) => a.ts! - b.ts! || b.dur! - a.dur!)) {
      while (ends.length > 0 && ends.at(-1)! <= ts!) ends.pop();
      if (ends.length > 0 && ends.at(-1)! < ts! + dur!) wrong.push(`${name} at ${ts} crosses another slice`);
      ends.push(ts! + dur!);
    }
  }
  return wrong;
}

/** A flow has one start and, not before it, one end, each in a slice of its thread that is open then. */
function checkFlows(events: readonly CheckedEvent[]): string[] {
  const wrong: string[] = [];
  const starts = new Map<string, CheckedEvent>();
  const slices = byTrack(events.filter(({ ph }) => ph === 'X'));
  for (const event of events) {
    const { ph, id, cat, name, pid, tid, ts } = event;
    if (ph !== 's' && ph !== 'f') continue;
    const key = `${cat} ${name} ${id}`;
    const open = slices
      .get(`${pid} ${tid}`)
      ?.some((slice) => slice.ts! <= ts! && ts! <= slice.ts! + slice.dur!);
    if (open !== true) wrong.push(`flow ${key} at ${ts} is in no slice`);
    if (ph === 's') {
      if (starts.has(key)) wrong.push(`flow ${key} starts twice`);
      starts.set(key, event);
      continue;
    }
    const start = starts.get(key);
    if (event.bp !== 'e') wrong.push(`flow ${key} ends at the next slice`);
    if (start === undefined || start.ts! > ts!) wrong.push(`flow ${key} ends before it starts`);
    starts.delete(key);
  }
  return [...wrong, ...[...starts.keys()].map((key) => `flow ${key} has no end`)];
}

function checkAsynchronous(events: readonly CheckedEvent[]): string[] {
  const wrong: string[] = [];
  const open = new Map<string, number>();
  for (const { ph, id, cat, name, ts } of events) {
    if (ph !== 'b' && ph !== 'e') continue;
    const key = `${cat} ${name} ${id}`;
    const begun = open.get(key);
    if (ph === 'b' && begun !== undefined) wrong.push(`${key} begins twice`);
    if (ph === 'e' && (begun === undefined || begun > ts!)) wrong.push(`${key} ends before it begins`);
    if (ph === 'b') open.set(key, ts!);
    else open.delete(key);
  }
  return [...wrong, ...[...open.keys()].map((key) => `${key} has no end`)];
}

function checkCounters(events: readonly CheckedEvent[]): string[] {
  const latest = new Map<string, number>();
  return events.flatMap(({ ph, name, pid, ts, args }) => {
    if (ph !== 'C') return [];
    const values = Object.values(args ?? {});
    const back = ts! < (latest.get(`${pid} ${name}`) ?? 0);
    latest.set(`${pid} ${name}`, ts!);
    const numbers = values.length > 0 && values.every((value) => typeof value === 'number');
    return [
      ...(numbers ? [] : [`counter ${name} at ${ts} has no numbers`]),
      ...(back ? [`counter ${name} goes back in time at ${ts}`] : []),
    ];
  });
}

function byTrack(events: readonly CheckedEvent[]): ReadonlyMap<string, readonly CheckedEvent[]> {
  const tracks = new Map<string, CheckedEvent[]>();
  for (const event of events) {
    const key = `${event.pid} ${event.tid}`;
    const track = tracks.get(key);
    if (track === undefined) tracks.set(key, [event]);
    else track.push(event);
  }
  return tracks;
}
