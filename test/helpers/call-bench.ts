/**
 * A call engine on a simulation of its own: no firewall, no VPC, only calls and what becomes of them.
 */

import type { ApiCall, ApiError, ErrorClass, Gate, RetrySettings } from '../../src/cloud/api.ts';
import { throttleOf } from '../../src/cloud/aws/presets.ts';
import { CallEngine } from '../../src/cloud/call-engine.ts';
import { CloudRoutes } from '../../src/cloud/cloud-routes.ts';
import type { LatencyDistribution } from '../../src/cloud/latency.ts';
import { CLOUD_EVENTS } from '../../src/cloud/provider.ts';
import { Reachability } from '../../src/cloud/reachability.ts';
import type { ThrottleSettings } from '../../src/cloud/throttle.ts';
import { Simulation } from '../../src/kernel/simulation.ts';
import type { TraceRecord } from '../../src/kernel/trace.ts';
import { DataPath, type CallStatistics } from '../../src/measure/data-path.ts';
import type { RecordData } from '../../src/run/record.ts';

export const SECOND_US = 1_000_000;

/** The defaults of `aws-attempts`, `aws-backoff`, `aws-backoff-limit` and `aws-connect-timeout`. */
export const RETRY: RetrySettings = {
  attempts: 5,
  backoffUs: SECOND_US,
  backoffLimitUs: 20 * SECOND_US,
  connectTimeoutUs: 10 * SECOND_US,
};

export const HALF_A_SECOND: LatencyDistribution = { medianUs: SECOND_US / 2, sigma: 0, tail: null };

export interface BenchOptions {
  readonly seed?: string;
  readonly retry?: Partial<RetrySettings>;
  readonly throttle?: ThrottleSettings;
  readonly refused?: Gate['refused'];
}

/** What became of one call. */
export interface Outcome {
  readonly target: string;
  readonly atUs: number;
  readonly error: ApiError | null;
  /** Record in force when the caller heard of it. */
  readonly cause: number;
}

export class CallBench {
  readonly simulation: Simulation;
  readonly reachability = new Reachability();
  readonly engine: CallEngine;
  /** In the order in which the callers heard of it. */
  readonly outcomes: Outcome[] = [];
  /** Targets, in the order in which the provider carried calls out. */
  readonly carriedOut: string[] = [];

  constructor({
    seed = '1',
    retry = {},
    throttle = throttleOf('none'),
    refused = () => null,
  }: BenchOptions = {}) {
    this.simulation = new Simulation({ seed, kinds: CLOUD_EVENTS, traceLevel: 'protocol' });
    this.engine = new CallEngine(this.simulation, new CloudRoutes(this.simulation), {
      name: 'aws',
      gate: { unreachable: (node) => this.reachability.unreachable(node), refused },
      retry: { ...RETRY, ...retry },
      throttle,
    });
  }

  /** Sends ReplaceRoute by palo-2 unless told otherwise. */
  send(target: string, over: Partial<ApiCall> = {}): void {
    this.engine.send({
      node: 'palo-2',
      action: 'ReplaceRoute',
      target,
      latency: HALF_A_SECOND,
      factor: 1,
      perform: () => {
        this.carriedOut.push(target);
        return null;
      },
      returned: (error) => {
        const { nowUs: atUs, cause } = this.simulation;
        this.outcomes.push({ target, atUs, error, cause });
      },
      ...over,
    });
  }

  /** Sends so many at once, to a route each. */
  sendMany(count: number, over: Partial<ApiCall> = {}): void {
    for (let route = 0; route < count; route += 1) this.send(`route ${route}`, over);
  }

  /** @param seconds until this time */
  run(seconds = 100_000): void {
    this.simulation.run(Math.round(seconds * SECOND_US));
  }

  attempts(target?: string): readonly (TraceRecord & { data: RecordData['api-call'] })[] {
    const records = this.simulation.trace.records as (TraceRecord & { data: RecordData['api-call'] })[];
    return records.filter(
      ({ kind, data }) => kind === 'api-call' && (target === undefined || data.target === target),
    );
  }

  /** What a result says of the calls. */
  statistics(): readonly CallStatistics[] {
    const path = new DataPath('interface-move');
    for (const record of this.simulation.trace.records) path.observe(record);
    return path.result(this.simulation.nowUs).calls;
  }
}

/** The rest of a call that fails with these errors in turn, then succeeds. */
export function failing(
  ...errors: readonly (readonly [code: string, errorClass: ErrorClass])[]
): Partial<ApiCall> {
  const left = errors.map(([code, errorClass]): ApiError => ({ code, errorClass }));
  return { perform: () => left.shift() ?? null };
}
