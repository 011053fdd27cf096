/**
 * Sends the calls of a cloud's API: each attempt takes its time, may not get there, may be refused or throttled, and is made again where
 * its error may pass (reference aws-ha.md, section 1.5).
 *
 * What becomes of an attempt before the provider looks at it is settled when it is sent: a call that has reached the API is answered,
 * even if the API goes down meanwhile. The provider carries it out when it returns. Every attempt is noted when it is over; its record
 * is the cause of what follows from the call.
 */

import { latencySampler, type LatencyDistribution } from './latency.ts';
import type { ApiCall, ApiError, CloudApi, Gate, RetrySettings } from './api.ts';
import { drawBackoff } from './backoff.ts';
import type { CloudRoutes, Fired } from './cloud-routes.ts';
import { TokenBucket, type ThrottleSettings } from './throttle.ts';
import type { Handle } from '../kernel/queue.ts';
import type { Simulation } from '../kernel/simulation.ts';
import type { TimeUs } from '../kernel/time.ts';

const CONNECT_TIMEOUT: ApiError = { code: 'ConnectTimeout', errorClass: 'transient' };
const THROTTLED: ApiError = { code: 'RequestLimitExceeded', errorClass: 'transient' };

/** Second operand of the engine's events. */
const OVER = 0;
const AGAIN = 1;

export interface CallEngineSettings {
  /** Begins the names of its random streams, and the keys of what it assumes: `aws`. */
  readonly name: string;
  readonly gate: Gate;
  readonly retry: RetrySettings;
  readonly throttle: ThrottleSettings;
}

/** A call between its first attempt and the end of its last one. */
interface CallUnderWay {
  readonly call: ApiCall;
  attempt: number;
  sentAtUs: TimeUs;
  /** Why the provider will not look at this attempt; null = it will. */
  refusal: ApiError | null;
  /** Record of what keeps the attempt from the API, 0 = none. */
  blame: number;
  /** Its next event; null while the provider has the call, which cannot be taken back then. */
  revocable: Handle | null;
  abandoned: boolean;
}

export class CallEngine implements CloudApi, Fired {
  readonly #simulation: Simulation;
  readonly #routes: CloudRoutes;
  readonly #settings: CallEngineSettings;
  readonly #target: number;
  readonly #calls = new Map<number, CallUnderWay>();
  readonly #buckets = new Map<string, TokenBucket | null>();
  readonly #latencies = new Map<string, { of: LatencyDistribution; draw: (factor: number) => number }>();
  #sent = 0;

  constructor(simulation: Simulation, routes: CloudRoutes, settings: CallEngineSettings) {
    this.#simulation = simulation;
    this.#routes = routes;
    this.#settings = settings;
    this.#target = routes.call.add(this);
  }

  send(call: ApiCall): void {
    this.#sent += 1;
    const item = {
      call,
      attempt: 0,
      sentAtUs: 0,
      refusal: null,
      blame: 0,
      revocable: null,
      abandoned: false,
    };
    this.#calls.set(this.#sent, item);
    this.#attempt(this.#sent, item);
  }

  abandon(node: string): void {
    for (const [number, item] of this.#calls) {
      if (item.call.node !== node) continue;
      item.abandoned = true;
      if (item.revocable === null) continue;
      this.#simulation.cancel(item.revocable);
      this.#calls.delete(number);
    }
  }

  fire(number: number, step: number): void {
    const item = this.#calls.get(number);
    if (item === undefined) throw new Error(`no call has the number ${number}`);
    if (step === AGAIN) this.#attempt(number, item);
    else this.#over(number, item);
  }

  #attempt(number: number, item: CallUnderWay): void {
    const { gate, retry, name } = this.#settings;
    const { node, action, target } = item.call;
    item.attempt += 1;
    item.sentAtUs = this.#simulation.nowUs;
    const blame = gate.unreachable(node);
    if (blame !== null) {
      item.blame = blame;
      const why = gate.whyUnreachable?.(node) ?? null;
      item.refusal = why === null ? CONNECT_TIMEOUT : { ...CONNECT_TIMEOUT, why };
      this.#simulation.assume(`${name}-connect-timeout`);
      item.revocable = this.#routes.call.schedule(retry.connectTimeoutUs, this.#target, number, OVER);
      return;
    }
    item.blame = 0;
    item.refusal = gate.refused(node, action, target) ?? this.#throttled(action);
    item.revocable = null;
    this.#routes.call.schedule(this.#latencyOf(item.call), this.#target, number, OVER);
  }

  #over(number: number, item: CallUnderWay): void {
    const { call, attempt, sentAtUs, refusal } = item;
    const simulation = this.#simulation;
    const error = refusal ?? call.perform();
    const latencyUs = simulation.nowUs - sentAtUs;
    const retryUs = this.#retryUs(item, error);
    const { node, action, target } = call;
    const data = {
      action,
      target,
      attempt,
      latencyUs,
      ...(error === null ? {} : { error: error.code }),
      ...(error?.why === undefined ? {} : { why: error.why }),
      ...(retryUs === null ? {} : { retryUs }),
    };
    const cause = item.blame === 0 ? simulation.cause : item.blame;
    const record = simulation.note('api-call', node, data, cause);
    simulation.cause = record;
    if (retryUs !== null) {
      item.revocable = this.#routes.call.schedule(retryUs, this.#target, number, AGAIN);
      return;
    }
    if (error === null) call.performed?.();
    this.#calls.delete(number);
    simulation.cause = record;
    if (!item.abandoned) call.returned(error);
  }

  /** How long until the next attempt; null when there is none. */
  #retryUs({ call, attempt, abandoned }: CallUnderWay, error: ApiError | null): TimeUs | null {
    if (error?.errorClass !== 'transient' || abandoned) return null;
    const { name, retry } = this.#settings;
    this.#simulation.assume(`${name}-attempts`);
    if (attempt >= retry.attempts) return null;
    this.#simulation.assume(`${name}-backoff`);
    if (retry.backoffUs * 2 ** (attempt - 1) > retry.backoffLimitUs) {
      this.#simulation.assume(`${name}-backoff-limit`);
    }
    return drawBackoff(retry, attempt - 1, this.#simulation.random.stream(`${this.#streamOf(call)}/backoff`));
  }

  /** An action takes its tokens from a bucket of its own, whoever calls. */
  #throttled(action: string): ApiError | null {
    const { name, throttle } = this.#settings;
    let bucket = this.#buckets.get(action);
    if (bucket === undefined) {
      const settings = throttle.buckets[action];
      bucket = settings === undefined ? null : new TokenBucket(settings, throttle.backgroundUs[action]);
      this.#buckets.set(action, bucket);
    }
    if (bucket === null || bucket.take(this.#simulation.nowUs)) return null;
    this.#simulation.assume(`${name}-throttle`);
    return THROTTLED;
  }

  #latencyOf(call: ApiCall): TimeUs {
    const name = this.#streamOf(call);
    let latency = this.#latencies.get(name);
    if (latency?.of !== call.latency) {
      const draw = latencySampler(call.latency, this.#simulation.random.stream(name));
      latency = { of: call.latency, draw };
      this.#latencies.set(name, latency);
    }
    this.#simulation.assume(`${this.#settings.name}-latency`);
    return latency.draw(call.factor);
  }

  #streamOf({ action, target }: ApiCall): string {
    return `${this.#settings.name}/${target}/${action}`;
  }
}
