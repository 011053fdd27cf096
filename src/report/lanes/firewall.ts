/** The lanes of one firewall: what happened to it, its timers, its ports, its control paths, its monitors and its role. */

import type { TraceRecord } from '../../kernel/trace.ts';
import type { RunResult } from '../../run/result.ts';
import { Bands } from './band.ts';
import { carrierSpans } from './carrier.ts';
import { recordsOf } from './data.ts';
import { eventMarks, serviceMarks } from './marks.ts';
import type { Lane, LaneGroup, LaneKind, Span } from './model.ts';
import { beganConverged, roleSpans } from './role.ts';
import { timerLanes } from './timers.ts';

/** The lanes of a firewall. The role stands at the edge to its peer, where the messages are drawn: last of the first firewall, first of the other. */
export function firewallGroup(result: RunResult, index: 0 | 1): LaneGroup {
  const name = result.devices[index]?.name ?? '';
  const { records, endedAtUs } = result;
  const role = lane(
    `${name}/role`,
    'role',
    'role',
    roleSpans(records, name, endedAtUs),
    serviceMarks(result, name),
  );
  const outwards = [
    ...controlPathLanes(records, name, endedAtUs),
    ...timerLanes(records, name, endedAtUs),
    ...portLanes(result, name),
    ...monitorLanes(records, name, endedAtUs),
    lane(`${name}/events`, 'events', 'events', [], eventMarks(result, name)),
  ];
  return { name, lanes: index === 0 ? [...outwards.toReversed(), role] : [role, ...outwards] };
}

function lane(
  id: string,
  label: string,
  kind: LaneKind,
  spans: Lane['spans'],
  marks: Lane['marks'] = [],
): Lane {
  return { id, label, kind, spans, marks };
}

/** Of a pair that had long been up, a path that is first heard of when it goes down was up before. */
function controlPathLanes(records: readonly TraceRecord[], device: string, endUs: number): Lane[] {
  const bands = new Bands();
  const known = new Set<string>();
  const converged = beganConverged(records);
  for (const { id, timeUs, data } of recordsOf(records, 'control-path', device)) {
    const band = bands.of(data.path);
    if (!known.has(data.path) && !data.up && converged) band.set(0, { text: 'up', tone: 'good' }, 0);
    known.add(data.path);
    band.set(timeUs, data.up ? { text: 'up', tone: 'good' } : { text: 'down', tone: 'bad' }, id);
  }
  return bands
    .entries()
    .map(([path, band]) => lane(`${device}/control-path/${path}`, path, 'control-path', band.spans(endUs)));
}

/** Only monitors that ever failed have something to show; before that all was well. */
function monitorLanes(records: readonly TraceRecord[], device: string, endUs: number): Lane[] {
  const bands = new Bands();
  const known = new Set<string>();
  for (const { id, timeUs, data } of recordsOf(records, 'monitor', device)) {
    const band = bands.of(data.monitor);
    if (!known.has(data.monitor)) band.set(0, { text: 'all well', tone: 'good' }, 0);
    known.add(data.monitor);
    band.set(timeUs, data.failed ? { text: 'failed', tone: 'bad' } : { text: 'all well', tone: 'good' }, id);
  }
  return bands
    .entries()
    .map(([name, band]) =>
      lane(`${device}/monitor/${name}`, `${name} monitoring`, 'monitor', band.spans(endUs)),
    );
}

/** The ports that have a cable, with their carrier; from when on one forwards is a mark. */
function portLanes(result: RunResult, device: string): Lane[] {
  const { capture, records } = result;
  if (capture === null) return [];
  return capture.links.flatMap(({ ends }, index) =>
    ends.flatMap(({ node, port }) => {
      if (node !== device) return [];
      const spans: readonly Span[] = carrierSpans(result, index);
      const marks = recordsOf(records, 'port', device)
        .filter(({ data }) => data.interface === port)
        .map(({ id, timeUs }) => ({
          atUs: timeUs,
          text: `${port} forwards`,
          glyph: 'event' as const,
          tone: 'good' as const,
          record: id,
        }));
      return [lane(`${device}/port/${port}`, port, 'port', spans, marks)];
    }),
  );
}
