/**
 * The shared pair of a mode, active/passive unless told, as a test arranges it: a few words laid over scenarios/topology,
 * loaded and validated as a scenario file is, run, and asked in the words of the rules.
 *
 * Unlike the scenarios, the pair is quiet (no probe, no workload unless a test adds one) and its clocks are aligned: every
 * heartbeat, hello and path ping falls on a multiple of its interval, so that a test can name times to the microsecond.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HaMode } from '../../src/ha/config.ts';
import type { TraceRecord } from '../../src/kernel/trace.ts';
import type { RecordData, RecordKind } from '../../src/run/record.ts';
import { assemble, type Assembly } from '../../src/run/assemble.ts';
import type { RunResult } from '../../src/run/result.ts';
import { run } from '../../src/run/run.ts';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import { parseScenario, type LoadResult } from '../../src/scenario/load.ts';
import type { ResolvedScenario } from '../../src/scenario/schema/scenario.ts';
import { parseDurationUs } from '../../src/scenario/schema/units.ts';

const fileOf = (mode: HaMode): string =>
  fileURLToPath(new URL(`../../scenarios/topology/${mode}-pair.yaml`, import.meta.url));

/** The topologies by their file, as text. */
const TOPOLOGIES = new Map(
  (['active-passive', 'active-active'] as const).map((mode) => [
    fileOf(mode),
    readFileSync(fileOf(mode), 'utf8'),
  ]),
);

export type Device = 'palo-1' | 'palo-2';

/** A piece of a scenario file, as plain data. */
export type Part = Readonly<Record<string, unknown>>;

/** What a test changes of the pair, in the words of a scenario file; `null` removes a key. */
export interface PairPart {
  /** Which of the two topologies: `active-passive` unless told. Their firewalls have the same names. */
  readonly mode?: HaMode;
  /** `high-availability:` of both firewalls. */
  readonly ha?: Part;
  readonly devices?: Part;
  readonly network?: Part;
  readonly unpublished?: Part;
  readonly probes?: Part;
  readonly expect?: readonly Part[];
  readonly workloads?: Part;
  readonly start?: 'converged' | 'cold-boot';
  readonly seed?: number;
  /** Rules that the scenario goes against on purpose. */
  readonly deliberate?: readonly string[];
  readonly timeline?: readonly Part[];
  readonly until?: string;
  readonly flows?: 'packets' | 'intervals';
}

/** `20.55s` in microseconds. */
export function us(duration: string): number {
  const value = parseDurationUs(duration);
  if (value === null) throw new Error(`${duration} is no duration`);
  return value;
}

/** From the loss of carrier to the HA agent knowing of it, in every pair of these tests. */
export const DETECTION_US = us('50ms');
/** One message over HA1: two cables of 500 us with a switch between them. */
export const HA1_US = us('1ms');

/**
 * For split brains: both ping with one virtual MAC address, so the switch hands the replies of two pings of one instant to one
 * firewall, and aligned clocks make that every instant. The other would fail its path monitoring, as it well might.
 */
export const NO_PATH_MONITORING: Part = { monitoring: { 'path-monitoring': { enabled: false } } };

/** Settings on which times rest, pinned here so that another default does not move them. */
export const UNPUBLISHED: Part = {
  'heartbeat-phase': 'aligned',
  'heartbeat-reply-timeout': 1,
  'link-down-detection': '50ms',
  'hello-losses': 3,
  'initial-timeout': '1min',
  'bulk-session-sync': '30s',
  'boot-time': '3min',
  'port-bring-up-shutdown': '3s',
  'port-bring-up-auto': '200ms',
  'port-flap': '500ms',
};

/** What makes noise in each topology, taken away. */
const QUIET: Readonly<Record<HaMode, { readonly workloads: Part; readonly probes: Part }>> = {
  'active-passive': { workloads: { web: null, dns: null, ssh: null }, probes: { ping: null } },
  'active-active': {
    workloads: { 'web-1': null, 'web-2': null },
    probes: { 'ping-1': null, 'ping-2': null },
  },
};

/** `devices:` with the same laid over both firewalls. */
export function both(part: Part): Part {
  return { 'palo-1': part, 'palo-2': part };
}

/** LACP on both data ports of both firewalls. */
export function lacp(preNegotiation: boolean): Part {
  const port = { lacp: { 'pre-negotiation': preNegotiation } };
  return both({ interfaces: { 'ethernet1/1': port, 'ethernet1/2': port } });
}

/** Only single timers, the others as recommended. */
export function timers(advanced: Part): Part {
  return { 'election-option': { timers: { advanced } } };
}

/** Lays mappings over each other; the later wins, as `extends` does it. */
export function lay(...parts: readonly Part[]): Part {
  const result: Record<string, unknown> = {};
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) {
      const below = result[key];
      result[key] = isPart(below) && isPart(value) ? lay(below, value) : value;
    }
  }
  return result;
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Loads the pair; JSON is YAML, so the text goes the way of every scenario file. */
export function loadPair(part: PairPart): LoadResult {
  const { mode = 'active-passive', ha = {}, unpublished = {}, workloads = {}, probes = {}, ...rest } = part;
  const quiet = QUIET[mode];
  const scenario = {
    name: 'conformance',
    extends: fileOf(mode),
    until: '60s',
    ...rest,
    'high-availability': ha,
    workloads: { ...quiet.workloads, ...workloads },
    probes: { ...quiet.probes, ...probes },
    unpublished: { ...UNPUBLISHED, ...unpublished },
  };
  const readText = (file: string): string => {
    const text = TOPOLOGIES.get(file);
    if (text === undefined) throw new Error(`a test reads ${file}`);
    return text;
  };
  return parseScenario(JSON.stringify(scenario), { file: 'test.yaml', readText });
}

export function resolvePair(part: PairPart): ResolvedScenario {
  const loaded = loadPair(part);
  if (!loaded.ok) throw new Error(renderDiagnostics(loaded.diagnostics));
  return loaded.scenario;
}

/** What is said against a pair, one line for each mistake; empty when it is right. */
export function mistakesIn(part: PairPart): string[] {
  const loaded = loadPair(part);
  return loaded.ok ? [] : loaded.diagnostics.map(({ message }) => message);
}

/** Runs the pair to its end. */
export function runPair(part: PairPart): PairRun {
  const scenario = resolvePair(part);
  return new PairRun(run(scenario));
}

/** The pair under the test's own hands, for what no record tells. The caller moves the clock. */
export function buildPair(part: PairPart): Assembly & { runTo: (time: string) => void } {
  const scenario = resolvePair(part);
  const assembly = assemble(scenario, scenario.seed, 'protocol');
  assembly.begin();
  return { ...assembly, runTo: (time) => void assembly.simulation.run(us(time)) };
}

/** A change of role, with its time in microseconds. */
export interface RoleChange {
  readonly atUs: number;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  /** Transition of the reference, T1 to T29. */
  readonly rule: string;
}

export interface Noted<K extends RecordKind> {
  readonly atUs: number;
  readonly id: number;
  readonly cause: number;
  readonly subject: string;
  readonly data: RecordData[K];
}

/** A finished run, asked for what the rules speak of. Times come back in microseconds. */
export class PairRun {
  readonly result: RunResult;

  constructor(result: RunResult) {
    this.result = result;
  }

  /** All records of a kind, of one device or of all. */
  records<K extends RecordKind>(kind: K, subject?: string): Noted<K>[] {
    return this.result.records
      .filter((record) => record.kind === kind && (subject === undefined || record.subject === subject))
      .map((record) => noted<K>(record));
  }

  /** The first record of a kind that has all of `data`. */
  firstRecord<K extends RecordKind>(kind: K, subject: string, data: Partial<RecordData[K]> = {}): Noted<K> {
    const wanted = Object.entries(data);
    const found = this.records(kind, subject).find((record) =>
      wanted.every(([key, value]) => (record.data as unknown as Part)[key] === value),
    );
    if (found === undefined) throw new Error(`no record ${kind} of ${subject} with ${JSON.stringify(data)}`);
    return found;
  }

  /** Every change of role but the beginning of a converged pair. */
  roleChanges(device: Device): RoleChange[] {
    return this.records('role', device)
      .filter(({ data }) => data.rule !== 'converged')
      .map(({ atUs, data }) => ({ atUs, ...data }));
  }

  /** The roles one after the other, the first one included: `active non-functional passive`. */
  story(device: Device): string {
    return this.records('role', device)
      .map(({ data }) => data.to)
      .join(' ');
  }

  /** The role at a time, everything that happened at that very instant included; null when off or booting. */
  roleAt(device: Device, time: string): string | null {
    const limit = us(time);
    let role: string | null = null;
    for (const { kind, subject, timeUs, data } of this.result.records) {
      if (subject !== device || timeUs > limit) continue;
      if (kind === 'role') role = data['to'] as string;
      else if (kind === 'power') role = null;
    }
    return role;
  }

  rolesAt(time: string): (string | null)[] {
    return [this.roleAt('palo-1', time), this.roleAt('palo-2', time)];
  }

  /** When a device takes a role for the n-th time, the beginning of a converged pair not counted. */
  enters(device: Device, role: string, nth = 1): number {
    return this.entering(device, role, nth).atUs;
  }

  /** As {@link enters}, the whole change. */
  entering(device: Device, role: string, nth = 1): RoleChange {
    const change = this.roleChanges(device).filter(({ to }) => to === role)[nth - 1];
    if (change === undefined) throw new Error(`${device} is never ${role} (${nth}): ${this.story(device)}`);
    return change;
  }

  /** When a device declares its peer failed for the n-th time. */
  declaresPeerFailed(device: Device, nth = 1): number {
    const down = this.records('peer', device).filter(({ data }) => data.connection === 'down')[nth - 1];
    if (down === undefined) throw new Error(`${device} never declares its peer failed (${nth})`);
    return down.atUs;
  }

  peerFailures(device: Device): { atUs: number; reason: string | undefined }[] {
    return this.records('peer', device)
      .filter(({ data }) => data.connection === 'down')
      .map(({ atUs, data }) => ({ atUs, reason: data.reason }));
  }

  /** When a monitor's verdict of a device becomes failed for the n-th time. */
  monitorFails(device: Device, monitor: 'link' | 'path', nth = 1): number {
    const failures = this.records('monitor', device).filter(
      ({ data }) => data.monitor === monitor && data.failed,
    );
    const failure = failures[nth - 1];
    if (failure === undefined) throw new Error(`${monitor} monitoring of ${device} never fails (${nth})`);
    return failure.atUs;
  }

  /** The settings of a device as the report shows them. */
  settings(device: Device): RunResult['devices'][number] {
    return this.result.devices.find(({ name }) => name === device) as RunResult['devices'][number];
  }

  probe(name: string): RunResult['probes'][number] {
    return this.result.probes.find((probe) => probe.name === name) as RunResult['probes'][number];
  }

  workload(name: string): RunResult['workloads'][number] {
    return this.result.workloads.find((item) => item.name === name) as RunResult['workloads'][number];
  }

  /** What became of the sessions at the n-th takeover by a device. */
  sessionsTakenOver(device: Device, nth = 1): RecordData['sessions'] {
    return this.records('sessions', device)[nth - 1]?.data as RecordData['sessions'];
  }
}

function noted<K extends RecordKind>({ timeUs, id, cause, subject, data }: TraceRecord): Noted<K> {
  return { atUs: timeUs, id, cause, subject, data: data as unknown as RecordData[K] };
}

/** A mapping for each seed from 1 to `count`. */
export function sweepSeeds<T>(count: number, act: (seed: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => act(index + 1));
}
