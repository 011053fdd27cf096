/**
 * Secondary-IP: every node keeps its network interfaces, and addresses, elastic IPs and routes move from those of the peer to the own ones
 * at the same device index (reference aws-ha.md, section 1.4).
 *
 * Calls are made one after the other unless the plugin works in parallel; a change propagates after its call has returned, while further
 * calls are made. What cannot be moved does not keep the rest from moving (C-052).
 */

import type { ApiError } from '../api.ts';
import type { Ec2Action } from './ec2-actions.ts';
import { FIRST_DATA_INDEX } from './interface-move.ts';
import type { ElasticIp, NetworkInterface, Route } from './inventory.ts';
import type { LatencyStep } from './settings.ts';
import { Takeover } from './takeover.ts';
import { formatIp } from '../../network/address.ts';

/** One call, and what comes of it. */
interface Change {
  readonly action: Ec2Action;
  readonly target: string;
  readonly call: LatencyStep;
  /** How long it takes to reach packets. */
  readonly propagation: LatencyStep | null;
  perform(): ApiError | null;
  /** The call has been carried out. */
  performed?(): void;
  /** It has reached them. */
  arrived(): void;
}

/** A network interface of the peer, and the one here that stands in for it. */
interface Counterpart {
  readonly own: NetworkInterface;
  readonly peers: NetworkInterface;
}

export class SecondaryIp extends Takeover {
  protected readonly reads: readonly Ec2Action[] = [
    'DescribeInstances',
    'DescribeNetworkInterfaces',
    'DescribeRouteTables',
  ];
  #queue: Change[] = [];
  #underWay = 0;
  #bindUs = 0;

  protected move(): void {
    const { ec2, simulation } = this.context;
    this.#bindUs = ec2.draw('palo', 'bind-secondary-ip', 1);
    const pairs = this.#counterparts();
    this.#queue = [
      ...pairs.flatMap((pair) => this.#addresses(pair)),
      ...pairs.flatMap((pair) => this.#elasticIps(pair)),
      ...pairs.flatMap((pair) => this.#routes(pair)),
    ];
    if (this.#queue.length === 0) return this.end();
    simulation.assume('aws-concurrency');
    if (ec2.settings.plugin.concurrency === 'serial') return this.#next();
    while (this.#queue.length > 0) this.#next();
  }

  #counterparts(): readonly Counterpart[] {
    const { inventory, node, peer } = this.context;
    const namesOf = (instance: string): readonly string[] =>
      inventory.instances.get(instance)?.settings.networkInterfaces.slice(FIRST_DATA_INDEX) ?? [];
    const own = namesOf(node);
    return namesOf(peer).flatMap((name, index) => {
      const counterpart = own[index];
      if (counterpart === undefined) return [];
      return [{ own: inventory.networkInterface(counterpart), peers: inventory.networkInterface(name) }];
    });
  }

  // --- what is to be changed -----------------------------------------------------------------------------------------

  /** One call for all floating addresses of a network interface (C-034); not from another zone, whose addresses are its own (C-062). */
  #addresses({ own, peers }: Counterpart): Change[] {
    const { inventory, ec2 } = this.context;
    const ips = peers.secondaryIps;
    if (ips.length === 0 || own.subnet.zone !== peers.subnet.zone) return [];
    const { name } = own.settings;
    const elastic = inventory.elasticIps.filter(
      ({ association }) =>
        association?.networkInterface === peers.settings.name && ips.includes(association.privateIp),
    );
    const assign: Change = {
      action: 'AssignPrivateIpAddresses',
      target: name,
      call: 'assign-call',
      propagation: 'assign',
      perform: () => inventory.assign(name, ips, true),
      arrived: () => {
        inventory.remapped(name, ips);
        for (const ip of ips) this.#moved('private-ip', formatIp(ip));
        for (const { settings, association } of elastic) {
          if (association?.networkInterface === name) this.#moved('elastic-ip', settings.name);
        }
      },
    };
    if (ec2.settings.plugin.addressMove === 'reassign') return [assign];
    this.context.simulation.assume('aws-address-move');
    const unassign: Change = {
      action: 'UnassignPrivateIpAddresses',
      target: peers.settings.name,
      call: 'assign-call',
      propagation: null,
      perform: () => inventory.unassign(peers.settings.name, ips),
      performed: () => {
        for (const ip of ips) this.context.note('private-ip', formatIp(ip), 'unassigned', null);
        for (const { settings } of elastic)
          this.context.note('elastic-ip', settings.name, 'disassociated', null);
      },
      arrived: () => {},
    };
    const again = elastic.flatMap((item) => {
      const privateIp = item.association?.privateIp;
      return privateIp === undefined ? [] : [this.#associate(item, name, privateIp)];
    });
    return [unassign, assign, ...again];
  }

  /** Those of primary addresses need a call each (C-036). */
  #elasticIps({ own, peers }: Counterpart): Change[] {
    const { inventory } = this.context;
    const { name, privateIp } = peers.settings;
    return inventory.elasticIps
      .filter(
        ({ association }) => association?.networkInterface === name && association.privateIp === privateIp,
      )
      .map((item) => this.#associate(item, own.settings.name, own.settings.privateIp));
  }

  #associate({ settings }: ElasticIp, networkInterface: string, privateIp: number): Change {
    return {
      action: 'AssociateAddress',
      target: settings.name,
      call: 'associate-call',
      propagation: 'associate',
      perform: () => null,
      arrived: () => {
        this.context.inventory.associated(settings.name, networkInterface, privateIp);
        this.#moved('elastic-ip', settings.name);
      },
    };
  }

  /** One call for each route that leads to the peer's network interface, whatever its prefix (C-038). */
  #routes({ own, peers }: Counterpart): Change[] {
    const { inventory } = this.context;
    const leadsToPeer = ({ target }: Route): boolean =>
      target.kind === 'network-interface' && target.name === peers.settings.name;
    return inventory.routes.filter(leadsToPeer).map((route) => ({
      action: 'ReplaceRoute',
      target: inventory.nameOf(route),
      call: 'replace-route-call',
      propagation: 'replace-route',
      perform: () => inventory.replaceRoute(route, own.settings.name),
      arrived: () => {
        inventory.rerouted(route);
        this.#moved('route', inventory.nameOf(route));
      },
    }));
  }

  #moved(kind: string, asset: string): void {
    this.context.note(kind, asset, 'moved', this.context.node);
    this.hasMoved();
  }

  // --- one after the other -------------------------------------------------------------------------------------------

  #next(): void {
    const change = this.#queue.shift();
    if (change === undefined) return;
    this.#underWay += 1;
    this.call({
      action: change.action,
      target: change.target,
      step: change.call,
      perform: () => change.perform(),
      performed: () => this.#propagate(change),
      returned: (error) => {
        if (this.context.ec2.settings.plugin.concurrency === 'serial') this.#next();
        if (error !== null) this.#done();
      },
    });
  }

  /** EC2 goes on with it whether the plugin listens or not; PAN-OS forwards on it a moment later. */
  #propagate(change: Change): void {
    const { ec2, mood } = this.context;
    change.performed?.();
    const us =
      change.propagation === null ? 0 : ec2.draw(change.target, change.propagation, mood) + this.#bindUs;
    ec2.after(us, () => {
      change.arrived();
      this.#done();
    });
  }

  /** One change has arrived, or never will. */
  #done(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0 && this.#queue.length === 0) this.end();
  }
}
