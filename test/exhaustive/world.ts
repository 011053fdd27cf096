/**
 * A world of the model: two firewalls, the hellos under way between them, what is broken, and what may still go wrong.
 *
 * Everything is a small number, and a world never changes: a move makes another one.
 */

/** The two firewalls, palo-1 and palo-2. */
export type SideIndex = 0 | 1;
export const SIDES: readonly SideIndex[] = [0, 1];

export function otherSide(side: SideIndex): SideIndex {
  return side === 0 ? 1 : 0;
}

/** State of a firewall whose HA agent does not run: it is off, booting, or hung and about to be restarted. */
export const ABSENT = -1;

/** What is broken, as bits; those of palo-2 are one place above those of palo-1. */
export const BROKEN = {
  /** A monitored link or path of the firewall. */
  monitor: 1,
  dataplane: 1 << 2,
  /** The firewall has missed heartbeats since HA1 or its peer last failed: it may yet declare its peer lost. */
  heartbeats: 1 << 4,
  ha1: 1 << 6,
  /** The cable of HA3 (active/active). */
  ha3: 1 << 7,
} as const;

export interface World {
  /** Number of the state of each firewall, or ABSENT. */
  readonly states: readonly [number, number];
  /** Number of the list of hellos on their way to each firewall. */
  readonly inboxes: readonly [number, number];
  readonly broken: number;
  /** Faults that may still happen, of any kind. */
  readonly faults: number;
  /** What the operator may still do. */
  readonly orders: number;
}

/** Whether this is broken at this side. */
export function isBroken(
  world: World,
  what: 'monitor' | 'dataplane' | 'heartbeats',
  side: SideIndex,
): boolean {
  return (world.broken & (BROKEN[what] << side)) !== 0;
}

export function ha1Down(world: World): boolean {
  return (world.broken & BROKEN.ha1) !== 0;
}

/** HA3 is a port of the dataplane: it has a carrier while its cable is whole and both dataplanes work. */
export function ha3Down(world: World): boolean {
  return (world.broken & (BROKEN.ha3 | (BROKEN.dataplane * 3))) !== 0;
}
