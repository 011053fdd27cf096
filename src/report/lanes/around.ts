/** The lanes beside the firewalls: links, who has which address, the calls of a cloud's API, and what users saw. */

import type { RunResult } from '../../run/result.ts';
import { describeRecord } from '../records.ts';
import { Bands } from './band.ts';
import { carrierSpans } from './carrier.ts';
import { recordsOf } from './data.ts';
import { faultLook } from './marks.ts';
import type { Lane, LaneGroup, Mark, Span, Tone } from './model.ts';

/** The groups below the firewalls, without those that have nothing to show. */
export function groupsAround(result: RunResult): readonly LaneGroup[] {
  const groups = [
    { name: 'links', lanes: linkLanes(result) },
    { name: 'around', lanes: aroundLanes(result) },
    { name: 'addresses', lanes: [...addressLanes(result), ...assetLanes(result)] },
    { name: 'API calls', lanes: callLanes(result) },
    { name: 'users', lanes: [...probeLanes(result), ...workloadLanes(result)] },
  ];
  return groups.filter(({ lanes }) => lanes.length > 0);
}

/** Links with a duty of HA, and those to which something happened that no port of a firewall shows. */
function linkLanes(result: RunResult): Lane[] {
  const { capture, topology, records, devices } = result;
  if (capture === null) return [];
  return capture.links.flatMap(({ name, ends }, index) => {
    const marks = records
      .filter(({ kind, subject }) => kind === 'fault' && subject === name)
      .map((record): Mark => {
        const [glyph, tone] = faultLook(String(record.data['action']));
        return { atUs: record.timeUs, text: describeRecord(record, devices), glyph, tone, record: record.id };
      });
    const duties = topology.links.find((link) => link.name === name)?.duties ?? [];
    const spans = carrierSpans(result, index);
    const shownElsewhere = ends.some(({ node }) => devices.some((device) => device.name === node));
    const quiet = marks.length === 0 && duties.length === 0 && (shownElsewhere || spans.length < 2);
    if (quiet) return [];
    const label = duties.length === 0 ? name : `${name} (${duties.join(', ')})`;
    return [{ id: `link/${name}`, label, kind: 'link', spans, marks }];
  });
}

/** What happens to switches, routers and hosts. */
function aroundLanes(result: RunResult): Lane[] {
  const { records, devices, capture } = result;
  const elsewhere = new Set([
    ...devices.map(({ name }) => name),
    ...(capture?.links ?? []).map(({ name }) => name),
  ]);
  const marks = new Map<string, Mark[]>();
  for (const record of records) {
    const { kind, subject, id, timeUs } = record;
    if (elsewhere.has(subject) || kind === 'address' || kind === 'asset' || kind === 'api-call') continue;
    const [glyph, tone] =
      kind === 'fault'
        ? faultLook(String(record.data['action']))
        : ([kind === 'learned' ? 'learned' : 'event', 'idle'] as const);
    const list = marks.get(subject) ?? [];
    marks.set(subject, list);
    list.push({ atUs: timeUs, text: describeRecord(record, devices), glyph, tone, record: id });
  }
  return [...marks].map(([name, list]) => ({
    id: `around/${name}`,
    label: name,
    kind: 'events',
    spans: [],
    marks: list,
  }));
}

/** Virtual addresses with the firewall that holds them; with load sharing, each share for itself. */
function addressLanes({ records, endedAtUs }: RunResult): Lane[] {
  const bands = new Bands();
  const holders = new Map<string, string[]>();
  for (const { id, timeUs, subject, data } of recordsOf(records, 'address')) {
    const name = data.share === undefined ? data.address : `${data.address} (share of device ${data.share})`;
    const others = (holders.get(name) ?? []).filter((holder) => holder !== subject);
    const now = data.held ? [...others, subject] : others;
    holders.set(name, now);
    const tone: Tone = now.length === 0 ? 'off' : now.length === 1 ? 'good' : 'bad';
    bands.of(name).set(timeUs, { text: now.length === 0 ? 'nobody' : now.join(' and '), tone }, id);
  }
  return bands
    .entries()
    .map(([name, band]) => bandLane(`address/${name}`, name, 'address', band.spans(endedAtUs)));
}

const ASSET_TONES: Readonly<Record<string, Tone>> = {
  usable: 'good',
  moved: 'good',
  attached: 'busy',
  unusable: 'bad',
  available: 'off',
  unassigned: 'off',
  disassociated: 'off',
};

/** What decides in a cloud where packets go, with its owner and its state in the provider's words. */
function assetLanes({ records, endedAtUs }: RunResult): Lane[] {
  const bands = new Bands();
  for (const { id, timeUs, data } of recordsOf(records, 'asset')) {
    const owner = data.owner === null ? '' : ` ${data.owner}`;
    const text = data.state === 'usable' || data.state === 'moved' ? owner.trim() : `${data.state}${owner}`;
    bands.of(data.asset).set(timeUs, { text, tone: ASSET_TONES[data.state] ?? 'busy' }, id);
  }
  return bands
    .entries()
    .map(([name, band]) => bandLane(`asset/${name}`, name, 'address', band.spans(endedAtUs)));
}

/** A bar from the sending of each attempt to its answer. */
function callLanes({ records, devices }: RunResult): Lane[] {
  return devices.flatMap(({ name }) => {
    const spans = recordsOf(records, 'api-call', name).map(({ id, timeUs, data }): Span => {
      const fromUs = timeUs - data.latencyUs;
      const text = `${data.action}${data.error === undefined ? '' : `: ${data.error}`}`;
      return {
        fromUs,
        toUs: timeUs,
        text,
        tone: data.error === undefined ? 'good' : 'bad',
        record: id,
        endRecord: id,
      };
    });
    if (spans.length === 0) return [];
    const sorted = spans.toSorted((a, b) => a.fromUs - b.fromUs || a.record - b.record);
    return [bandLane(`${name}/calls`, name, 'calls', sorted)];
  });
}

/** Where a probe got through and where not. */
function probeLanes({ probes, endedAtUs }: RunResult): Lane[] {
  return probes.flatMap(({ name, outages }) =>
    directionsOf(outages).map((direction) => {
      const bands = new Bands();
      const band = bands.of(name);
      band.set(0, { text: 'answered', tone: 'good' }, 0);
      for (const { fromUs, toUs, lost } of outages.filter((outage) => outage.direction === direction)) {
        band.set(fromUs, { text: `${lost} lost`, tone: 'bad' }, 0);
        band.set(toUs, { text: 'answered', tone: 'good' }, 0);
      }
      const label = direction === undefined ? name : `${name} (${direction})`;
      return bandLane(`probe/${label}`, label, 'probe', band.spans(endedAtUs));
    }),
  );
}

function directionsOf<Direction extends string>(
  outages: readonly { readonly direction?: Direction }[],
): readonly (Direction | undefined)[] {
  const found = [...new Set(outages.map(({ direction }) => direction))];
  return found.length === 0 ? [undefined] : found;
}

/** When sessions were lost, and why. */
function workloadLanes({ workloads }: RunResult): Lane[] {
  return workloads.flatMap(({ name, losses }) => {
    if (losses.length === 0) return [];
    const marks = losses.map(({ cause, count, firstUs, record }): Mark => ({
      atUs: firstUs,
      text: `${count} lost: ${cause}`,
      glyph: 'lost',
      tone: 'bad',
      record,
    }));
    return [{ id: `workload/${name}`, label: name, kind: 'probe' as const, spans: [], marks }];
  });
}

function bandLane(id: string, label: string, kind: Lane['kind'], spans: readonly Span[]): Lane {
  return { id, label, kind, spans, marks: [] };
}
