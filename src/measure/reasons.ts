/**
 * Why a pair that passes traffic is degraded: what would make a second failure cost more than a takeover does. Each with the
 * rule or section of the reference that it rests on; docs/availability.md has the table.
 *
 * What a firewall says of itself and its peer comes from the trace; what a cable does comes from its faults, so a link is dead
 * from the fault on and a blackhole that nobody notices counts (R-098).
 */

import type { Role } from '../ha/role.ts';
import type { Forwarding } from './forwarding.ts';
import type { PairState } from './history.ts';
import type { Wiring } from './wiring.ts';

export interface Reason {
  readonly code: 'peer' | 'ha1' | 'ha2' | 'ha3' | 'monitor' | 'data-link' | 'port' | 'interface';
  /** Such as `palo-2 suspended (User requested)`. */
  readonly text: string;
  /** Rule or section of the reference. */
  readonly source: string;
}

/** A link between the firewalls that both have: its name, and its port at each. */
export interface ChannelLink {
  readonly name: string;
  readonly ends: readonly [string, string];
}

/** What the reasons are read from. */
export interface Scene {
  readonly activeActive: boolean;
  readonly state: PairState;
  readonly devices: readonly [Forwarding, Forwarding];
  readonly wiring: Wiring;
  /** HA2 and its backup; empty when sessions are not synchronized. */
  readonly sessionSync: readonly ChannelLink[];
  /** HA3; empty when there is none. */
  readonly packetForwarding: readonly ChannelLink[];
  /** Keep-alives that stay unanswered: `palo-1 ha2`. */
  readonly silent: ReadonlySet<string>;
  /** Monitors that have failed: `palo-1 link`. */
  readonly failed: ReadonlySet<string>;
  /** Zones between which the pair passes packets. */
  readonly zones: readonly string[];
}

/** All reasons that hold, in a fixed order; none: the pair is up. */
export function reasonsOf(scene: Scene): Reason[] {
  const { devices } = scene;
  const ready = devices.map((device) => standing(scene, device));
  const faults = ready.flatMap((item) => item ?? []);
  // Without a firewall there is nothing to be said of the links to it.
  const both = devices.every(({ role, works }) => role !== null && works);
  return [
    ...faults,
    ...(both ? [...ha1(scene), ...ha2(scene), ...ha3(scene)] : []),
    ...monitors(scene),
    ...devices.flatMap((device) => dataPorts(scene, device)),
  ];
}

/** What keeps a firewall from serving, or from taking over at once. */
function standing({ activeActive, state }: Scene, device: Forwarding): Reason | null {
  const { name, role, works, serves } = device;
  const reason = (text: string, source: string): Reason => ({
    code: 'peer',
    text: `${name} ${text}`,
    source,
  });
  if (role === null) return reason('off', 'section 1.1');
  if (!works) return reason('without its dataplane', 'D10');
  if (serves || (!activeActive && role === 'passive')) return null;
  const why = state.reasons[name] ?? '';
  return reason(`${role}${why === '' ? '' : ` (${why})`}`, STANDING[role] ?? 'section 1.1');
}

/** Where the reference says that a firewall in this role cannot take over. */
const STANDING: Readonly<Partial<Record<Role, string>>> = {
  initial: 'section 1.1',
  tentative: 'section 1.1',
  suspended: 'section 1.1',
  'non-functional': 'section 1.1',
};

function ha1({ state, devices }: Scene): Reason[] {
  const deaf = devices.filter(({ name }) => state.connections[name] !== 'up').map(({ name }) => name);
  if (deaf.length === 0) return [];
  return [
    { code: 'ha1', text: `HA1: ${deaf.join(' and ')} cannot hear the peer`, source: 'R-001, R-006, R-008' },
  ];
}

/** Sessions go from who serves to the peer. */
function ha2(scene: Scene): Reason[] {
  const { sessionSync, devices } = scene;
  if (sessionSync.length === 0) return [];
  return devices.flatMap((device, index): Reason[] => {
    if (!device.serves) return [];
    const text = `HA2 carries no sessions from ${device.name}`;
    const state = channel(scene, sessionSync, index as 0 | 1);
    if (state === 'carries') return [];
    return state === 'down'
      ? [{ code: 'ha2', text, source: 'R-097, R-101' }]
      : [{ code: 'ha2', text: `${text}, unnoticed`, source: 'R-098' }];
  });
}

function ha3(scene: Scene): Reason[] {
  const { packetForwarding, devices } = scene;
  if (packetForwarding.length === 0) return [];
  return devices.flatMap(({ name }, index): Reason[] =>
    channel(scene, packetForwarding, index as 0 | 1) === 'carries'
      ? []
      : [{ code: 'ha3', text: `HA3 carries nothing from ${name}`, source: 'R-124' }],
  );
}

/** The sender uses the first link that is not known to be down; whether that one carries is another matter. */
function channel(
  { wiring, devices, silent }: Scene,
  links: readonly ChannelLink[],
  sender: 0 | 1,
): 'carries' | 'swallows' | 'down' {
  const { name } = devices[sender];
  const used = links.find((link) => wiring.carrier(link.ends[sender]) && !silent.has(`${name} ${link.name}`));
  if (used === undefined) return 'down';
  const arrives = wiring.carriesTo(used.ends[sender === 0 ? 1 : 0]);
  return wiring.carriesFrom(used.ends[sender]) && arrives ? 'carries' : 'swallows';
}

function monitors({ devices, failed }: Scene): Reason[] {
  return devices.flatMap(({ name, serves, role }) =>
    (['link', 'path'] as const)
      // Of who does not serve, its role tells already.
      .filter((monitor) => (serves || role === 'passive') && failed.has(`${name} ${monitor}`))
      .map((monitor): Reason => {
        const source = monitor === 'link' ? 'R-030 to R-036' : 'R-037 to R-045';
        return { code: 'monitor', text: `${name}: ${monitor} monitoring has failed`, source };
      }),
  );
}

/** Data ports of a firewall that serves, or has to be able to. */
function dataPorts({ wiring, zones }: Scene, device: Forwarding): Reason[] {
  const { name, role, works, serves, ports } = device;
  if (!works || !(serves || role === 'passive')) return [];
  const missing = zones.filter((zone) => device.portsIn(zone).length === 0);
  return [
    ...missing.map((zone): Reason => {
      const text = `${name} has no interface in ${zone}`;
      return { code: 'interface', text, source: 'section 10' };
    }),
    ...ports.flatMap((port): Reason[] => {
      const end = `${name}:${port}`;
      if (!wiring.carrier(end)) return [{ code: 'data-link', text: `${end} without link`, source: 'R-030' }];
      if (!wiring.carriesFrom(end) || !wiring.carriesTo(end))
        return [{ code: 'data-link', text: `${end} has a link that swallows packets`, source: 'R-037' }];
      if (!serves || device.ready(port)) return [];
      return [{ code: 'port', text: `${end} does not forward yet`, source: 'section 9' }];
    }),
  ];
}
