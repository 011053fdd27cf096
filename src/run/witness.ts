/**
 * What the laws of a pair are held against: what a firewall knows of its peer and which addresses it has, as it stands when asked.
 */

import type { Witness } from '../check/invariants.ts';
import type { Firewall } from '../firewall/firewall.ts';
import { isPrimary } from '../ha/role.ts';

/** A firewall beside its peer, as a witness. */
export class FirewallWitness implements Witness {
  readonly name: string;
  readonly #firewall: Firewall;
  readonly #peer: Firewall;

  constructor(firewall: Firewall, peer: Firewall) {
    this.name = firewall.name;
    this.#firewall = firewall;
    this.#peer = peer;
  }

  get knowsPeer(): boolean {
    const { connection, hello } = this.#firewall.state.peer;
    const now = this.#peer.currentHello();
    const known = hello?.role === now.role && hello.interfacesDown.join() === now.interfacesDown.join();
    return this.#firewall.agentRuns && connection === 'up' && known && differ(this.#firewall, this.#peer);
  }

  get addresses(): readonly string[] {
    return this.#firewall.virtualAddresses;
  }

  get knowsPeerActive(): boolean {
    const { role, peer } = this.#firewall.state;
    return (
      this.#firewall.agentRuns &&
      isPrimary(role) &&
      peer.connection === 'up' &&
      isPrimary(peer.hello?.role ?? null)
    );
  }
}

/** Two firewalls that claim one device-id are no pair: one of them will find out (`A/A mode device-id overlap`). */
function differ(firewall: Firewall, other: Firewall): boolean {
  return firewall.settings.ha.deviceId !== other.settings.ha.deviceId;
}
