/**
 * `perfetto`: a run as Chrome trace events, for ui.perfetto.dev and chrome://tracing. Firewalls, links, what stands around them and users
 * are processes; their lanes (`lanesOf`) are threads; messages between the firewalls are flows; faults and what operators do are
 * instants across everything.
 */

import type { RunResult } from '../../run/result.ts';
import { lanesOf } from '../lanes/lanes.ts';
import type { LaneGroup, LaneModel } from '../lanes/model.ts';
import type { ExportContext, Exporter } from './exporter.ts';
import { counterEvents } from './perfetto/counters.ts';
import { Tracks, type Track, type TraceEvent } from './perfetto/event.ts';
import { failoverEvents } from './perfetto/failovers.ts';
import { laneEvents, RecordArgs, trackName } from './perfetto/lanes.ts';
import { messageEvents } from './perfetto/messages.ts';

/** Events are handed out together, one on each line. */
const EVENTS_AT_ONCE = 1024;

export const perfetto: Exporter = { extension: 'json', binary: false, packets: true, render };

function* render(result: RunResult, context: ExportContext): Generator<string> {
  const about = JSON.stringify(aboutRun(result, context));
  let lines = `{"displayTimeUnit":"ms","otherData":${about},"traceEvents":[`;
  let count = 0;
  for (const event of eventsOf(result)) {
    lines += `${count === 0 ? '' : ','}\n${JSON.stringify(event)}`;
    count += 1;
    if (count % EVENTS_AT_ONCE !== 0) continue;
    yield lines;
    lines = '';
  }
  yield `${lines}\n]}\n`;
}

function aboutRun(result: RunResult, { replay }: ExportContext): Readonly<Record<string, string>> {
  const { version, scenario, seed, digests } = result;
  return {
    about: `simulated by hasim ${version}; times are those of the run`,
    scenario: `${scenario.name} (${scenario.file})`,
    seed,
    digest: digests.protocol,
    replay,
  };
}

function* eventsOf(result: RunResult): Generator<TraceEvent> {
  const lanes = lanesOf(result);
  const tracks = new Tracks();
  const records = new RecordArgs(lanes.records);
  yield* failoverEvents(result, tracks, records);
  /** By firewall and path. */
  const messageTracks: Track[][] = [];
  for (const [index, group] of lanes.groups.entries()) {
    const { pid, events } = tracks.process(group.name);
    yield* events;
    const isFirewall = index < result.devices.length;
    const ordered = isFirewall ? roleFirst(group) : group.lanes;
    for (const [place, lane] of ordered.entries()) {
      const { track, events: names } = tracks.thread(pid, trackName(group, lane));
      yield* names;
      yield* laneEvents(lane, track, records);
      if (!isFirewall || place > 0) continue;
      const paths = lanes.messages.paths.map((path) => tracks.thread(pid, `${path} messages`));
      for (const path of paths) yield* path.events;
      messageTracks.push(paths.map((path) => path.track));
    }
  }
  yield* messageEvents(lanes, records, (firewall, path) => messageTracks[firewall]![path]!);
  const { pid, events } = tracks.process('counters');
  yield* events;
  yield* counterEvents(result, pid);
}

/** The lanes of the first firewall are in the order in which its half of a page is drawn, from the outside. */
function roleFirst({ lanes }: LaneGroup): LaneModel['groups'][number]['lanes'] {
  return lanes[0]?.kind === 'role' ? lanes : lanes.toReversed();
}
