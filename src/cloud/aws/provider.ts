/**
 * AWS as the cloud of a pair: what a takeover moves there, who has it, and the takeovers that are under way.
 */

import type { Simulation } from '../../kernel/simulation.ts';
import { formatIp } from '../../network/address.ts';
import type { CloudApi } from '../api.ts';
import type { CloudRoutes } from '../cloud-routes.ts';
import { latencySampler } from '../latency.ts';
import { Later } from '../later.ts';
import type { Asset, CloudProvider } from '../provider.ts';
import { Ec2 } from './ec2.ts';
import { FIRST_DATA_INDEX, InterfaceMove } from './interface-move.ts';
import type { Inventory, NetworkInterface } from './inventory.ts';
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
  /** Firewalls that look after the data path. */
  readonly #watching = new Set<string>();
  /** Hears when the guest behind a network interface has it in use, or has not any more. */
  usable: (networkInterface: string, usable: boolean) => void = () => {};

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
    const mood = { medianUs: MOOD_UNIT, sigma: settings.moodSigma, tail: null };
    this.#drawMood = latencySampler(mood, simulation.random.stream('aws/mood'));
  }

  /** Notes who has what when the run begins. */
  begin(): void {
    for (const { kind, name, owner } of this.assets()) {
      const state = kind === 'network-interface' ? 'usable' : 'moved';
      this.#simulation.note('asset', owner ?? 'aws', { asset: name, kind, state, owner });
    }
  }

  takeOver(node: string, cause: number): void {
    const { simulation, inventory } = { simulation: this.#simulation, inventory: this.#inventory };
    const [first, second] = this.#settings.firewalls;
    const { mode } = this.#settings.plugin;
    this.abandon(node);
    this.watch(node);
    const mood = this.#settings.moodSigma === 0 ? 1 : this.#drawMood(1) / MOOD_UNIT;
    if (mood !== 1) simulation.assume('aws-mood');
    simulation.cause = simulation.note('takeover', node, { step: 'begun', mode }, cause);
    const context = {
      simulation,
      ec2: this.#ec2,
      inventory,
      node,
      peer: node === first ? second : first,
      mood,
      usable: (name: string, usable: boolean) => this.usable(name, usable),
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
    this.#watching.delete(node);
    this.#ec2.abandon(node);
    this.#takeovers.get(node)?.abandon();
  }

  watch(node: string): void {
    const { ownershipCheckUs } = this.#settings.plugin;
    if (ownershipCheckUs === 0 || this.#watching.has(node)) return;
    this.#watching.add(node);
    this.#lookAfter(node, ownershipCheckUs);
  }

  #lookAfter(node: string, periodUs: number): void {
    this.#later.after(periodUs, () => {
      if (!this.#watching.has(node)) return;
      this.#simulation.assume('aws-ownership-check');
      this.#simulation.cause = 0;
      const lacks = this.assets().some(({ owner }) => owner !== node);
      if (lacks && !this.#takeovers.has(node)) {
        this.#watching.delete(node);
        this.takeOver(node, 0);
      } else this.#lookAfter(node, periodUs);
    });
  }

  // --- who has what --------------------------------------------------------------------------------------------------

  assets(): readonly Asset[] {
    return this.#settings.plugin.mode === 'interface-move' ? this.#networkInterfaces() : this.#addresses();
  }

  /** The data network interfaces of both firewalls. */
  #data(): readonly NetworkInterface[] {
    const { firewalls } = this.#settings;
    return this.#inventory.settings.instances
      .filter(({ name }) => firewalls.includes(name))
      .flatMap(({ networkInterfaces }) => networkInterfaces.slice(FIRST_DATA_INDEX))
      .map((name) => this.#inventory.networkInterface(name));
  }

  #networkInterfaces(): readonly Asset[] {
    return this.#data().map(({ settings, attachment }) => {
      const owner = attachment?.state === 'attached' ? attachment.instance : null;
      return { kind: 'network-interface', name: settings.name, owner };
    });
  }

  /** Floating addresses, elastic IPs of data network interfaces, and routes to these. */
  #addresses(): readonly Asset[] {
    const inventory = this.#inventory;
    const names = new Set(this.#data().map(({ settings }) => settings.name));
    const ownerOf = (name: string): string | null => inventory.instanceOf(name);
    const floating = this.#data()
      .flatMap(({ settings }) => settings.secondaryIps)
      .map((ip): Asset => {
        const holder = inventory.holderOf(ip)?.settings.name;
        return {
          kind: 'private-ip',
          name: formatIp(ip),
          owner: holder === undefined ? null : ownerOf(holder),
        };
      });
    const elastic = inventory.elasticIps
      .filter(({ settings }) => names.has(settings.association?.networkInterface ?? ''))
      .map(({ settings, association }): Asset => {
        const owner = association === null ? null : ownerOf(association.networkInterface);
        return { kind: 'elastic-ip', name: settings.name, owner };
      });
    const routes = inventory.routes
      .filter(({ settings: { target } }) => target.kind === 'network-interface' && names.has(target.name))
      .map((route): Asset => {
        const owner = route.effective.kind === 'network-interface' ? ownerOf(route.effective.name) : null;
        return { kind: 'route', name: inventory.nameOf(route), owner };
      });
    return [...floating, ...elastic, ...routes];
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
    this.#notingChanges(() => putBack(this.#inventory, terraform.manages));
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
