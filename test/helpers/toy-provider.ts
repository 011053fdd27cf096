/**
 * A second provider, to show what one takes: a cloud in which one virtual address belongs to one machine, and one call moves it. There is
 * nothing to be polled for and nothing that propagates.
 */

import type { CloudApi } from '../../src/cloud/api.ts';
import type { Asset, CloudProvider, TakeoverStep } from '../../src/cloud/provider.ts';
import type { LatencyDistribution } from '../../src/cloud/latency.ts';
import type { Simulation } from '../../src/kernel/simulation.ts';

const LATENCY: LatencyDistribution = { medianUs: 800_000, sigma: 0.3, tail: null };
const ADDRESS = 'virtual-address';

export class ToyProvider implements CloudProvider {
  readonly #simulation: Simulation;
  readonly #api: CloudApi;
  #owner = 'palo-1';
  readonly #underWay = new Set<string>();

  constructor(simulation: Simulation, api: CloudApi) {
    this.#simulation = simulation;
    this.#api = api;
  }

  takeOver(node: string, cause: number): void {
    this.abandon(node);
    this.#simulation.cause = this.#note(node, 'begun', cause);
    this.#underWay.add(node);
    if (this.#owner === node) return this.#end(node, 'complete');
    this.#api.send({
      node,
      action: 'MoveAddress',
      target: ADDRESS,
      latency: LATENCY,
      factor: 1,
      perform: () => null,
      performed: () => {
        this.#owner = node;
        const data = { asset: ADDRESS, kind: 'address', state: 'moved', owner: node };
        this.#simulation.note('asset', node, data);
      },
      returned: (error) => this.#end(node, error === null ? 'complete' : 'failed'),
    });
  }

  watch(): void {}

  abandon(node: string): void {
    this.#api.abandon(node);
    if (this.#underWay.has(node)) this.#end(node, 'abandoned');
  }

  assets(): readonly Asset[] {
    return [{ kind: 'address', name: ADDRESS, owner: this.#owner }];
  }

  #end(node: string, step: TakeoverStep): void {
    this.#underWay.delete(node);
    this.#note(node, step);
  }

  #note(node: string, step: TakeoverStep, cause = this.#simulation.cause): number {
    return this.#simulation.note('takeover', node, { step, mode: 'toy' }, cause);
  }
}
