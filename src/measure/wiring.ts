/**
 * The cables of the pair over time: which ports have carrier, and in which direction a cable swallows everything. Faults say
 * so, not the firewalls, who learn of some of it late and of a blackhole never.
 *
 * Links that lose only some packets carry traffic; so do ports that a firewall keeps dark itself, which the roles tell.
 */

/** What a fault or its end does to a cable. */
export type WireChange =
  | { readonly kind: 'port'; readonly end: string; readonly up: boolean }
  | { readonly kind: 'link'; readonly link: string; readonly up: boolean }
  | {
      /** The direction that starts at one side of the link. */
      readonly kind: 'direction';
      readonly link: string;
      readonly side: 0 | 1;
      /** Blackholes and impairments come and go on their own. */
      readonly by: 'blackhole' | 'impair';
      readonly swallows: boolean;
    };

/** The two ends of each link: `palo-1:ethernet1/1`, or a name without a port for what is no firewall. */
export type Cables = Readonly<Record<string, readonly [string, string]>>;

export class Wiring {
  /** By end: its link, and its side there. */
  readonly #at = new Map<string, { readonly link: string; readonly side: 0 | 1; readonly far: string }>();
  readonly #downPorts = new Set<string>();
  readonly #downLinks = new Set<string>();
  readonly #swallowing = new Set<string>();

  constructor(cables: Cables) {
    for (const [link, [a, b]] of Object.entries(cables)) {
      this.#at.set(a, { link, side: 0, far: b });
      this.#at.set(b, { link, side: 1, far: a });
    }
  }

  apply(change: WireChange): void {
    if (change.kind === 'port') toggle(this.#downPorts, change.end, !change.up);
    else if (change.kind === 'link') toggle(this.#downLinks, change.link, !change.up);
    else toggle(this.#swallowing, `${change.link} ${change.side} ${change.by}`, change.swallows);
  }

  /** The port has carrier if both ends want to. */
  carrier(end: string): boolean {
    const at = this.#at.get(end);
    if (at === undefined || this.#downLinks.has(at.link)) return false;
    return !this.#downPorts.has(end) && !this.#downPorts.has(at.far);
  }

  /** What leaves here arrives at the other end of the cable. */
  carriesFrom(end: string): boolean {
    const at = this.#at.get(end);
    return at !== undefined && this.carrier(end) && !this.#swallows(at.link, at.side);
  }

  /** What is sent at the other end of the cable arrives here. */
  carriesTo(end: string): boolean {
    const at = this.#at.get(end);
    return at !== undefined && this.carrier(end) && !this.#swallows(at.link, at.side === 0 ? 1 : 0);
  }

  #swallows(link: string, side: 0 | 1): boolean {
    return ['blackhole', 'impair'].some((by) => this.#swallowing.has(`${link} ${side} ${by}`));
  }
}

function toggle(set: Set<string>, item: string, present: boolean): void {
  if (present) set.add(item);
  else set.delete(item);
}
