/**
 * Which port is cabled to what, and what a cable reaches through switches. Only switches pass frames on between their
 * cables; a control path through a host, a router or the data ports of a firewall is none.
 */

import type { Network } from '../schema/network.ts';

/** `palo-1:ethernet1/1` is a port of a node; `untrust` is a node alone. */
export interface End {
  readonly node: string;
  readonly port: string | null;
}

export function parseEnd(text: string): End {
  const colon = text.indexOf(':');
  if (colon === -1) return { node: text, port: null };
  return { node: text.slice(0, colon), port: text.slice(colon + 1) };
}

/** How the ports, hosts and switches of a network are cabled; ends are written as in the scenario. */
export class Cabling {
  readonly #neighbours = new Map<string, Set<string>>();
  readonly #switches: ReadonlySet<string>;

  /** What makes a port usable, for messages: `a link`. */
  readonly means: 'a link' | 'a network interface';

  /** @param hub a node that passes on what comes to any of its ports: the VPC; null = there is none */
  constructor(network: Pick<Network, 'links' | 'switches'>, hub: string | null = null) {
    this.means = hub === null ? 'a link' : 'a network interface';
    this.#switches = new Set([...Object.keys(network.switches), ...(hub === null ? [] : [hub])]);
    for (const { between } of Object.values(network.links)) {
      const [one, other] = between.map((end) => (parseEnd(end).node === hub ? hub : end));
      if (one === undefined || other === undefined) continue;
      this.#join(one, other);
      this.#join(other, one);
    }
  }

  #join(from: string, to: string): void {
    const known = this.#neighbours.get(from) ?? new Set<string>();
    this.#neighbours.set(from, known.add(to));
  }

  isCabled(end: string): boolean {
    return this.#neighbours.has(end);
  }

  /** Cabled ports of a node, without the node's name. */
  portsOf(node: string): string[] {
    const ends = [...this.#neighbours.keys()].map(parseEnd);
    return ends.flatMap((end) => (end.node === node && end.port !== null ? [end.port] : []));
  }

  /** Whether a frame from one end can arrive at the other, directly or through switches only. */
  reaches(from: string, to: string): boolean {
    const seen = new Set([from]);
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const next of this.#neighbours.get(at) ?? []) {
        if (next === to) return true;
        if (!this.#switches.has(next) || seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    return false;
  }
}
