/**
 * AWS as the cloud of a pair: what a takeover moves there, who has it, and the takeovers that are under way.
 */

import type { Simulation } from '../../kernel/simulation.ts';
import type { CloudApi } from '../api.ts';
import type { CloudRoutes } from '../cloud-routes.ts';
import { latencySampler } from '../latency.ts';
import { Later } from '../later.ts';
import type { Asset, CloudProvider } from '../provider.ts';
import { assetsOf } from './assets.ts';
import { Ec2 } from './ec2.ts';
import { Guests } from './guests.ts';
import { InterfaceMove } from './interface-move.ts';
import type { Inventory } from './inventory.ts';
import { SecondaryIp } from './secondary-ip.ts';
import type { AwsSettings } from './settings.ts';
import type { Takeover } from './takeover.ts';
import { putBack } from './terraform.ts';

export class AwsProvider implements CloudProvider {
  readonly #simulation: Simulation;
  readonly #inventory: Inventory;
  readonly #ec2: Ec2;
  readonly #settings: AwsSettings;
  readonly #later: Later;
  readonly #drawMood: (factor: number) => number;
  readonly #takeovers = new Map<string, Takeover>();
  /** Firewalls that look after the data path, each with the number of its watch: one that is over looks no more. */
  readonly #watches = new Map<string, number>();
  #watched = 0;
  readonly #guests: Guests;

  constructor(
    simulation: Simulation,
    routes: CloudRoutes,
    inventory: Inventory,
    api: CloudApi,
    settings: AwsSettings,
  ) {
    this.#simulation = simulation;
    this.#inventory = inventory;
    this.#settings = settings;
    this.#ec2 = new Ec2(simulation, routes, api, settings);
    this.#later = new Later(routes.takeover);
    this.#guests = new Guests(simulation, settings);
    const mood = { medianUs: MOOD_UNIT, sigma: settings.moodSigma, tail: null };
    this.#drawMood = latencySampler(mood, simulation.random.stream('aws/mood'));
  }

  /** Hears when the guest behind a network interface has it in use, or has not any more. */
  set usable(hears: Guests['usable']) {
    this.#guests.usable = hears;
  }

  /** Notes who has what when the run begins. */
  begin(): void {
    for (const { kind, name, owner } of this.assets()) {
      const state = kind === 'network-interface' ? 'usable' : 'moved';
      this.#simulation.note('asset', owner ?? 'aws', { asset: name, kind, state, owner });
    }
  }

  takeOver(node: string, cause: number): void {
    const simulation = this.#simulation;
    const { firewalls, plugin, moodSigma } = this.#settings;
    const [first, second] = firewalls;
    const { mode } = plugin;
    this.abandon(node);
    this.watch(node);
    const mood = moodSigma === 0 ? 1 : this.#drawMood(1) / MOOD_UNIT;
    if (mood !== 1) simulation.assume('aws-mood');
    simulation.cause = simulation.note('takeover', node, { step: 'begun', mode }, cause);
    const context = {
      simulation,
      ec2: this.#ec2,
      inventory: this.#inventory,
      node,
      peer: node === first ? second : first,
      mood,
      guests: this.#guests,
      note: (kind: string, asset: string, state: string, owner: string | null) =>
        this.#note(kind, asset, state, owner ?? node, owner),
      ended: () => this.#takeovers.delete(node),
    };
    const takeover = mode === 'interface-move' ? new InterfaceMove(context) : new SecondaryIp(context);
    this.#takeovers.set(node, takeover);
    takeover.begin();
  }

  /** What follows from a change has it as its cause. */
  #note(kind: string, asset: string, state: string, subject: string, owner: string | null): void {
    this.#simulation.cause = this.#simulation.note('asset', subject, { asset, kind, state, owner });
  }

  abandon(node: string): void {
    this.#watches.delete(node);
    this.#ec2.abandon(node);
    this.#takeovers.get(node)?.abandon();
  }

  watch(node: string): void {
    const { ownershipCheckUs } = this.#settings.plugin;
    if (ownershipCheckUs === 0 || this.#watches.has(node)) return;
    this.#watched += 1;
    this.#watches.set(node, this.#watched);
    this.#lookAfter(node, this.#watched, ownershipCheckUs);
  }

  #lookAfter(node: string, watch: number, periodUs: number): void {
    this.#later.after(periodUs, () => {
      if (this.#watches.get(node) !== watch) return;
      this.#simulation.assume('aws-ownership-check');
      this.#simulation.cause = 0;
      const lacks = this.assets().some(({ owner }) => owner !== node);
      if (lacks && !this.#takeovers.has(node)) this.takeOver(node, 0);
      else this.#lookAfter(node, watch, periodUs);
    });
  }

  assets(): readonly Asset[] {
    return assetsOf(this.#inventory, this.#settings);
  }

  // --- what happens to a VPC -----------------------------------------------------------------------------------------

  /** The instance is gone for good, and its attachments with it. */
  terminate(instance: string): void {
    this.#notingChanges(() => this.#inventory.terminate(instance));
  }

  /** Terraform puts back what it manages to where the scenario has it, whichever firewall is active (C-085). */
  apply(): void {
    const { terraform } = this.#settings;
    if (terraform === null) return;
    this.#notingChanges(() => putBack(this.#inventory, this.#guests, terraform.manages));
  }

  /** The instance has been stopped and is started again: it sees whatever is attached to it. */
  start(instance: string): void {
    this.#guests.start(instance);
  }

  #notingChanges(change: () => void): void {
    const before = this.assets();
    change();
    this.assets().forEach(({ kind, name, owner }, index) => {
      const former = before[index]?.owner ?? null;
      if (owner === former) return;
      const state = owner === null ? 'available' : kind === 'network-interface' ? 'usable' : 'moved';
      this.#simulation.note('asset', owner ?? former ?? 'aws', { asset: name, kind, state, owner });
    });
  }
}

/** A latency of this length stands for the factor 1, so that the factor is drawn to six digits. */
const MOOD_UNIT = 1_000_000;
