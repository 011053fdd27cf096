/**
 * Runs a scenario: assembles it, lets the kernel execute it, and folds what happened into a result.
 *
 * A run can be advanced in slices, so that a caller stays responsive; the result is the same however it is cut.
 */

import type { EventRecord, TraceLevel, TraceRecord } from '../kernel/trace.ts';
import { judge, unjudged } from '../check/expectations.ts';
import { Invariants } from '../check/invariants.ts';
import type { Verdict } from '../check/verdict.ts';
import type { Firewall } from '../firewall/firewall.ts';
import { Availability } from '../measure/availability.ts';
import { Collector } from '../measure/collector.ts';
import { DataPath } from '../measure/data-path.ts';
import { Incidents } from '../measure/incident.ts';
import { PairHistory } from '../measure/history.ts';
import type { Expectation } from '../scenario/schema/expectation.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import type { WorkloadBooks } from '../traffic/workload-books.ts';
import type { Flows } from '../traffic/flows.ts';
import { VERSION } from '../version.ts';
import { assemble, type Assembly } from './assemble.ts';
import { assumptionsOf } from './assumptions.ts';
import { Capture } from './capture.ts';
import { settingsInForce } from './in-force.ts';
import { availabilityPlan, Deeds } from './availability.ts';
import { RESULT_SCHEMA_VERSION, type RunResult } from './result.ts';
import { summarizeDevice } from './summary.ts';
import { topologyOf } from './topology.ts';
import { FirewallWitness } from './witness.ts';

export interface RunOptions {
  /** Name of the scenario's file, for the result only. */
  readonly file?: string;
  /** Instead of the scenario's own seed. */
  readonly seed?: string;
  /** Length in microseconds, instead of the scenario's own. */
  readonly untilUs?: number;
  /** How much of the trace the result holds; `protocol` unless told. */
  readonly traceLevel?: TraceLevel;
  /** Also keeps the packets of all links, up to so many crossings (see `Capture`); none unless told. */
  readonly packets?: number;
  /** Is told of all that happens, as it happens; executed events (trace level full only) are then not kept. */
  readonly observer?: RunObserver;
}

/** Whoever looks on while a run goes by. */
export interface RunObserver {
  record(record: TraceRecord): void;
  event(event: EventRecord): void;
}

/** A run that is under way. */
export interface ActiveRun {
  readonly nowUs: number;
  /** The sessions of the workloads. */
  readonly flows: Flows;
  readonly untilUs: number;
  /**
   * Executes at most so many events.
   *
   * @throws LimitError when the scenario runs away, InvariantError when a law of the model is broken
   */
  advance(budget: number): 'paused' | 'done';
  /** What has happened so far. */
  result(): RunResult;
  /** Holds further expectations against what has happened so far. */
  judge(expectations: readonly Expectation[]): Verdict[];
}

/** Begins a run of a resolved scenario. */
export function startRun(scenario: ResolvedScenario, options: RunOptions = {}): ActiveRun {
  return new ScenarioRun(scenario, options);
}

/**
 * Runs a resolved scenario to its end.
 *
 * @throws LimitError, InvariantError as `ActiveRun.advance`
 */
export function run(scenario: ResolvedScenario, options: RunOptions = {}): RunResult {
  const active = startRun(scenario, options);
  active.advance(Number.POSITIVE_INFINITY);
  return active.result();
}

class ScenarioRun implements ActiveRun {
  readonly untilUs: number;
  readonly #scenario: ResolvedScenario;
  readonly #options: RunOptions;
  readonly #seed: string;
  readonly #assembly: Assembly;
  /** Null unless packets are asked for. */
  readonly #capture: Capture | null;
  readonly #history: PairHistory;
  readonly #collector: Collector;
  readonly #incidents = new Incidents();
  readonly #availability: Availability;
  readonly #invariants: Invariants;
  /** Null outside of a cloud. */
  readonly #dataPath: DataPath | null;
  #done = false;

  constructor(scenario: ResolvedScenario, options: RunOptions) {
    this.#scenario = scenario;
    this.#options = options;
    this.#seed = options.seed ?? scenario.seed;
    this.untilUs = options.untilUs ?? scenario.until;
    this.#assembly = assemble(scenario, this.#seed, options.traceLevel ?? 'protocol');
    const { simulation, network, firewalls } = this.#assembly;
    this.#capture = options.packets === undefined ? null : new Capture(network, options.packets);
    network.tap = this.#capture;
    this.#history = new PairHistory(
      firewalls.map((firewall) => firewall.name),
      {
        converged: scenario.start === 'converged',
        configurationSynchronized: firewalls[0].configuration.synchronized,
      },
    );
    this.#collector = new Collector(this.#history, settingsInForce(scenario));
    this.#availability = new Availability(availabilityPlan(scenario), this.#history);
    const deeds = new Deeds(scenario);
    const mode = scenario.aws?.['failover-mode'];
    this.#dataPath = mode === undefined ? null : new DataPath(mode);
    const [first, second] = firewalls;
    this.#invariants = new Invariants(this.#history, [
      new FirewallWitness(first, second),
      new FirewallWitness(second, first),
    ]);
    const { observer } = options;
    if (observer !== undefined) {
      simulation.trace.watch((event) => observer.event(event));
      simulation.trace.subscribe((record) => observer.record(record));
    }
    simulation.trace.subscribe((record) => {
      if (record.kind === 'fault' || record.kind === 'operator') this.#capture?.markAct();
      this.#invariants.settle(record.timeUs);
      this.#collector.observe(record);
      this.#incidents.observe(record);
      this.#availability.observe(record, deeds.of(record));
      this.#invariants.observe(record);
      this.#dataPath?.observe(record);
    });
    this.#assembly.begin();
  }

  get nowUs(): number {
    return this.#assembly.simulation.nowUs;
  }

  get flows(): Flows {
    return this.#assembly.flows;
  }

  advance(budget: number): 'paused' | 'done' {
    if (this.#done) return 'done';
    const end = this.#assembly.simulation.run(this.untilUs, { budget });
    if (end === 'paused') return 'paused';
    this.#done = true;
    this.#assembly.flows.finish();
    this.#invariants.settle(this.nowUs);
    for (const books of this.#workloads()) {
      this.#invariants.balance(this.nowUs, books.name, books.started, booked(books));
    }
    return 'done';
  }

  #workloads(): readonly WorkloadBooks[] {
    return this.#assembly.workloads.map((workload) => workload.books());
  }

  judge(expectations: readonly Expectation[]): Verdict[] {
    return judge(expectations, this.#measured().evidence);
  }

  /** What has been measured so far, of which expectations are judged. */
  #measured() {
    const { firewalls, probes } = this.#assembly;
    const endedAtUs = this.nowUs;
    const ha3 = ha3Result(firewalls);
    const cloud = this.#dataPath?.result(endedAtUs) ?? null;
    const evidence = {
      history: this.#history,
      failovers: this.#collector.failovers(),
      probes: probes.map((probe) => probe.result()),
      workloads: this.#workloads(),
      losses: new Map(this.#assembly.workloads.map(({ settings, losses }) => [settings.name, losses])),
      ha3: ha3?.devices ?? [],
      sync: firewalls.filter(({ sync }) => sync.enabled).map(({ sync }) => sync.books()),
      calls: cloud?.calls ?? [],
      timeline: this.#scenario.timeline,
      records: this.#collector.records,
      availability: this.#availability.result(endedAtUs),
      endedAtUs,
      chain: (record: number) => this.#collector.chain(record).map(({ id }) => id),
    };
    return { evidence, ha3, cloud };
  }

  result(): RunResult {
    const { simulation, firewalls } = this.#assembly;
    const { trace } = simulation;
    const { evidence, ha3, cloud } = this.#measured();
    const { endedAtUs, failovers, availability } = evidence;
    const verdicts = judge(this.#scenario.expect, evidence);
    const { name, description, source, deliberate, unpublished } = this.#scenario;
    return {
      schemaVersion: RESULT_SCHEMA_VERSION,
      version: VERSION,
      scenario: { name, file: this.#options.file ?? '', description, source, deliberate },
      seed: this.#seed,
      untilUs: this.untilUs,
      endedAtUs,
      end: this.#done ? 'until' : 'interrupted',
      events: simulation.executed,
      digests: { protocol: trace.protocolDigest, full: trace.fullDigest },
      traceLevel: trace.level,
      topology: topologyOf(this.#scenario),
      devices: Object.entries(this.#scenario.devices).map(([device, settings]) =>
        summarizeDevice(device, settings, this.#scenario.aws),
      ),
      records: trace.records,
      trace: trace.events,
      capture: this.#capture?.result() ?? null,
      failovers,
      dualActive: this.#history.dualActive(endedAtUs),
      availability,
      incidents: this.#incidents.list(endedAtUs),
      probes: evidence.probes,
      workloads: evidence.workloads,
      sync: evidence.sync,
      ha3,
      cloud,
      final: firewalls.map(finalState),
      assumptions: assumptionsOf(unpublished, simulation.assumed),
      verdicts,
      unjudged: unjudged(this.#scenario.expect),
      passed: verdicts.every((verdict) => verdict.passed),
    };
  }
}

/** Every box of the books but `started`, added up. */
function booked(books: WorkloadBooks): number {
  const lost = Object.values(books.lost).reduce((sum, count) => sum + count, 0);
  return books.completed + books.failed + books.open + lost;
}

/** Null when no firewall has HA3. */
function ha3Result(firewalls: readonly Firewall[]): RunResult['ha3'] {
  const devices = firewalls.flatMap(({ name, ha3Counters }) =>
    ha3Counters === null ? [] : [{ device: name, ...ha3Counters }],
  );
  if (devices.length === 0) return null;
  const most = Math.max(...firewalls.map(({ crossings }) => crossings.length));
  const crossings = Array.from({ length: most }, (_, times) =>
    firewalls.reduce((sum, firewall) => sum + (firewall.crossings[times] ?? 0), 0),
  );
  return { devices, crossings };
}

function finalState(firewall: Firewall): RunResult['final'][number] {
  const { name, role, state, table } = firewall;
  return { device: name, role, reason: role === null ? '' : state.reason, sessions: table.size };
}
