/**
 * Secondary-IP: every node keeps its network interfaces, and addresses, elastic IPs and routes move from those of the peer to the own ones
 * at the same device index (reference aws-ha.md, section 1.4).
 *
 * Calls are made one after the other unless the plugin works in parallel; a change propagates after its call has returned, while further
 * calls are made. What cannot be moved does not keep the rest from moving (C-052), unless the rest builds on it.
 */

import { assign, associate, replaceRoute, unassign, type Change } from './address-changes.ts';
import { FIRST_DATA_INDEX } from './device-index.ts';
import type { Ec2Action } from './ec2-actions.ts';
import type { ElasticIp, NetworkInterface, Route } from './inventory.ts';
import { Takeover } from './takeover.ts';
import type { Thing } from './thing.ts';

/** A network interface of the peer, and the one here that stands in for it. */
interface Counterpart {
  readonly own: NetworkInterface;
  readonly peers: NetworkInterface;
}

/** What becomes of something that is taken away before it is given to somebody else. */
const LOST = { 'private-ip': 'unassigned', 'elastic-ip': 'disassociated', route: 'blackhole' } as const;

/** Changes each of which builds on the one before it. */
type Chain = readonly Change[];

export class SecondaryIp extends Takeover {
  protected readonly reads: readonly Ec2Action[] = [
    'DescribeInstances',
    'DescribeNetworkInterfaces',
    'DescribeRouteTables',
  ];
  #pairs: readonly Counterpart[] = [];
  /** Chains of which not every call has returned, and changes that have not arrived. */
  #underWay = 0;
  #bindUs = 0;

  protected move(): void {
    const { ec2, simulation, node } = this.context;
    this.#bindUs = ec2.draw(node, 'bind-secondary-ip', 1);
    this.#pairs = this.#counterparts();
    const chains = [
      ...this.#pairs.map((pair) => this.#addresses(pair)),
      ...this.#pairs.flatMap((pair) => this.#elasticIps(pair, false).map((change) => [change])),
      ...this.#pairs.flatMap((pair) => this.#routes(pair)),
    ].filter((chain) => chain.length > 0);
    if (chains.length === 0) return this.#settle();
    simulation.assume('aws-concurrency');
    this.#underWay = chains.length;
    if (ec2.settings.plugin.concurrency === 'serial') return this.#inTurn(chains);
    for (const chain of chains) this.#make(chain, () => {});
  }

  // --- what is to be changed -----------------------------------------------------------------------------------------

  #counterparts(): readonly Counterpart[] {
    const { inventory, node, peer } = this.context;
    const namesOf = (instance: string): readonly string[] =>
      inventory.instances.get(instance)?.settings.networkInterfaces.slice(FIRST_DATA_INDEX) ?? [];
    const own = namesOf(node);
    return namesOf(peer).flatMap((name, index) => {
      const counterpart = own[index];
      if (counterpart !== undefined) {
        return [{ own: inventory.networkInterface(counterpart), peers: inventory.networkInterface(name) }];
      }
      if (this.#hasAnything(inventory.networkInterface(name))) {
        this.fail(`${node} has no network interface at device index ${FIRST_DATA_INDEX + index}`);
      }
      return [];
    });
  }

  #hasAnything(item: NetworkInterface): boolean {
    const { elasticIps, routes } = this.context.inventory;
    return (
      item.secondaryIps.length > 0 ||
      elasticIps.some(({ association }) => association?.networkInterface === item.settings.name) ||
      routes.some(({ target }) => leadsTo(target, item))
    );
  }

  #addresses(pair: Counterpart): Chain {
    const { inventory, ec2, simulation } = this.context;
    const { own, peers } = pair;
    const ips = floatingIps(pair).filter((ip) => !own.secondaryIps.includes(ip));
    if (ips.length === 0) return this.#elasticIps(pair, true); // Dropped by a takeover that was abandoned.
    simulation.assume('aws-address-move');
    const pulls = ec2.settings.plugin.addressMove === 'reassign';
    const held = pulls ? [] : ips.filter((ip) => peers.secondaryIps.includes(ip));
    return [
      ...(held.length === 0 ? [] : [unassign(inventory, peers, held)]),
      assign(inventory, own, ips),
      ...this.#elasticIps(pair, true),
    ];
  }

  /**
   * Elastic IPs that a call of their own brings here: those of primary addresses (C-036), those that have been dropped, and from another
   * zone, where all addresses stay, each of them (C-062).
   *
   * @param floating those of floating addresses, or the others
   */
  #elasticIps(pair: Counterpart, floating: boolean): Chain {
    const { inventory } = this.context;
    return inventory.elasticIps.flatMap((elastic) => {
      const place = this.#lastPlace(elastic, pair);
      const floats = place !== null && floatingIps(pair).includes(place);
      if (place === null || floats !== floating) return [];
      if (floats && !this.#isDropped(elastic)) return [];
      return [associate(inventory, elastic, pair.own, floats ? place : pair.own.settings.privateIp)];
    });
  }

  /** The address for which an elastic IP stands or stood that is not here; null = it is, or has nothing to do with these two. */
  #lastPlace({ association, settings }: ElasticIp, { own, peers }: Counterpart): number | null {
    const place = association ?? settings.association;
    const isPeers = place?.networkInterface === peers.settings.name;
    const wasOwn = association === null && place?.networkInterface === own.settings.name;
    return isPeers || wasOwn ? (place?.privateIp ?? null) : null;
  }

  /** It does not come with its address: a call takes that away first, or has done so. */
  #isDropped({ association }: ElasticIp): boolean {
    return association === null || this.context.ec2.settings.plugin.addressMove === 'unassign';
  }

  /** One call for each route that leads to the peer's network interface, whatever its prefix (C-038). */
  #routes({ own, peers }: Counterpart): Chain[] {
    const { inventory } = this.context;
    return inventory.routes
      .filter(({ target }) => leadsTo(target, peers))
      .map((route) => [replaceRoute(inventory, route, own)]);
  }

  // --- one after the other -------------------------------------------------------------------------------------------

  #inTurn([first, ...rest]: readonly Chain[]): void {
    if (first !== undefined) this.#make(first, () => this.#inTurn(rest));
  }

  /** @param then every call of the chain has returned, or one has failed */
  #make([change, ...rest]: Chain, then: () => void): void {
    if (change === undefined) {
      then();
      return this.#done();
    }
    const { action, target, call: step } = change;
    this.call({
      action,
      target,
      step,
      perform: () => change.perform(),
      performed: () => this.#propagate(change),
      returned: (error) => this.#make(error === null ? rest : [], then),
    });
  }

  /** EC2 goes on with it whether the plugin listens or not; PAN-OS forwards on it a moment later. */
  #propagate(change: Change): void {
    const { ec2, mood, node } = this.context;
    const things = change.things();
    const isAway = change.propagation === null;
    this.#note(things, ({ kind }) => (isAway ? LOST[kind] : 'moving'));
    if (change.propagation === null) return;
    this.#underWay += 1;
    ec2.after(ec2.draw(change.target, change.propagation, mood) + this.#bindUs, () => {
      change.arrive();
      const moved = things.filter((thing) => thing.owner() === node); // The peer may have pulled something away again.
      this.#note(moved, () => 'moved');
      this.hasMoved(moved.length);
      this.#done();
    });
  }

  /** Each of them follows from what is in force now, and not from the one before it. */
  #note(things: readonly Thing[], stateOf: (thing: Thing) => string): void {
    const { simulation } = this.context;
    const { cause } = simulation;
    for (const thing of things) {
      simulation.cause = cause;
      this.context.note(thing.kind, thing.name, stateOf(thing), thing.owner());
    }
  }

  #done(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#settle();
  }

  /** What an earlier takeover of this firewall has set going may be on its way still. */
  #settle(): void {
    if (this.#pairs.every(({ own }) => this.#hasArrived(own))) return this.end();
    this.context.simulation.assume('aws-poll');
    this.after(this.context.ec2.settings.plugin.pollUs, () => this.#settle());
  }

  /** Packets go where EC2 says that they do. */
  #hasArrived(own: NetworkInterface): boolean {
    const { inventory } = this.context;
    return (
      own.secondaryIps.every((ip) => inventory.holderOf(ip) === own) &&
      inventory.routes.every(({ target, effective }) => target === effective || !leadsTo(target, own))
    );
  }
}

function leadsTo(target: Route['target'], { settings }: NetworkInterface): boolean {
  return target.kind === 'network-interface' && target.name === settings.name;
}

/** Addresses that move between two network interfaces; not between zones, each of which has its own (C-062). */
function floatingIps({ own, peers }: Counterpart): readonly number[] {
  if (own.subnet.zone !== peers.subnet.zone) return [];
  return [...peers.settings.secondaryIps, ...own.settings.secondaryIps];
}
