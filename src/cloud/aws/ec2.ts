/**
 * EC2 as the plugin uses it: calls with the latencies of the scenario, and the operations that go on after a call has returned.
 *
 * Every step of every asset draws from a stream of its own, so that one more asset moves no other's draws (rule C-084); all latencies
 * of one takeover share a factor, for the region answers fast or slowly as a whole (section 7.1).
 */

import type { Simulation } from '../../kernel/simulation.ts';
import type { ApiError, CloudApi } from '../api.ts';
import type { CloudRoutes } from '../cloud-routes.ts';
import { Later } from '../later.ts';
import { latencySampler } from '../latency.ts';
import type { Ec2Action } from './ec2-actions.ts';
import type { LatencyStep } from './latency-steps.ts';
import type { AwsSettings, StallSettings } from './settings.ts';

/** One call, as a takeover makes it. */
export interface Ec2Call {
  readonly node: string;
  readonly action: Ec2Action;
  readonly target: string;
  readonly step: LatencyStep;
  readonly mood: number;
  perform(): ApiError | null;
  performed(): void;
  returned(error: ApiError | null): void;
}

/** Steps whose length the guest decides, not the region. */
const GUEST_STEPS: ReadonlySet<LatencyStep> = new Set(['guest', 'bind-interface-move', 'bind-secondary-ip']);

export class Ec2 {
  readonly settings: AwsSettings;
  readonly #simulation: Simulation;
  readonly #api: CloudApi;
  readonly #later: Later;
  readonly #samplers = new Map<string, (factor: number) => number>();
  readonly #stalls: Set<StallSettings>;

  constructor(simulation: Simulation, routes: CloudRoutes, api: CloudApi, settings: AwsSettings) {
    this.settings = settings;
    this.#simulation = simulation;
    this.#api = api;
    this.#later = new Later(routes.operation);
    this.#stalls = new Set(settings.stalls);
  }

  send({ step, mood, ...call }: Ec2Call): void {
    if (this.settings.latencies[step].medianUs > 0) this.#simulation.assume('aws-latency');
    this.#api.send({ ...call, latency: this.settings.latencies[step], factor: mood });
  }

  /** The firewall makes no further call, and hears of none. */
  abandon(node: string): void {
    this.#api.abandon(node);
  }

  /** How long a step takes this time, in microseconds. */
  draw(of: string, step: LatencyStep, mood: number): number {
    const name = `aws/${of}/${step}`;
    let sampler = this.#samplers.get(name);
    if (sampler === undefined) {
      sampler = latencySampler(this.settings.latencies[step], this.#simulation.random.stream(name));
      this.#samplers.set(name, sampler);
    }
    return sampler(GUEST_STEPS.has(step) ? 1 : mood);
  }

  /** The extra length of the first such operation on a network interface, as the scenario has it. */
  stallUs(action: StallSettings['action'], networkInterface: string): number {
    for (const stall of this.#stalls) {
      if (stall.action !== action || stall.networkInterface !== networkInterface) continue;
      this.#stalls.delete(stall);
      return stall.forUs;
    }
    return 0;
  }

  /** When the plugin sees it: it looks once in every poll period, counted from the return of the call. */
  polledUs(lengthUs: number): number {
    const { pollUs } = this.settings.plugin;
    return Math.ceil(lengthUs / pollUs) * pollUs;
  }

  after(delayUs: number, act: () => void): void {
    this.#later.after(delayUs, act);
  }

  /** The same, but what takes no time is over when its call returns: there is nothing to be polled for. */
  atLast(delayUs: number, act: () => void): void {
    if (delayUs === 0) act();
    else this.after(delayUs, act);
  }
}
