/**
 * Random faults and commands, each with what it touches. All that last heal by themselves.
 */

import fc from 'fast-check';
import { DEVICES, milliseconds, written, type Ends, type Part } from './random-pair.ts';

/** Links that every active/passive pair has, with their ends; those of HA1 and HA2 beside the topology's come in by `haLinks`. */
export const ACTIVE_PASSIVE_LINKS: Readonly<Record<string, Ends>> = {
  'palo-1-uplink': ['palo-1:ethernet1/1', 'untrust-switch'],
  'palo-2-uplink': ['palo-2:ethernet1/1', 'untrust-switch'],
  'palo-1-downlink': ['palo-1:ethernet1/2', 'trust-switch'],
  'palo-2-downlink': ['palo-2:ethernet1/2', 'trust-switch'],
  isp: ['isp:customer', 'untrust-switch'],
  client: ['client', 'trust-switch'],
  server: ['server', 'isp:internet'],
  ha2: ['palo-1:ethernet1/3', 'palo-2:ethernet1/3'],
  'palo-1-management': ['palo-1:management', 'management-switch'],
  'palo-2-management': ['palo-2:management', 'management-switch'],
};

/** As above, of every active/active pair. */
export const ACTIVE_ACTIVE_LINKS: Readonly<Record<string, Ends>> = (() => {
  const { client: _client, ...common } = ACTIVE_PASSIVE_LINKS;
  return {
    ...common,
    'client-1': ['client-1', 'trust-switch'],
    'client-2': ['client-2', 'trust-switch'],
    ha3: ['palo-1:ethernet1/4', 'palo-2:ethernet1/4'],
  };
})();

const trouble = fc.record(
  {
    latency: milliseconds(0, 200).map(written),
    jitter: milliseconds(0, 50).map(written),
    loss: fc.integer({ min: 1, max: 90 }).map((percent) => `${percent}%`),
    'burst-loss': fc.record({
      'mean-gap': fc.integer({ min: 1, max: 50 }),
      'mean-length': fc.integer({ min: 1, max: 20 }),
    }),
    duplicate: fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
    reorder: fc.record({
      share: fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
      delay: milliseconds(1, 300).map(written),
    }),
    bandwidth: fc.constantFrom('64kbps', '1Mbps'),
  },
  { requiredKeys: ['latency'] },
);

type Fault =
  | { readonly kind: 'interface-down'; readonly pick: number }
  | { readonly kind: 'link-down' | 'blackhole' | 'flap'; readonly pick: number; readonly oneWay: boolean }
  | { readonly kind: 'impair'; readonly pick: number; readonly oneWay: boolean; readonly trouble: Part }
  | { readonly kind: DeviceAction; readonly device: string }
  | { readonly kind: 'target-unreachable' };

const LASTING = [
  'power-off',
  'ha-agent-hang',
  'management-plane-stall',
  'policy-push-failure',
  'suspend',
] as const;
const MOMENTARY = [
  'reboot',
  'ha-agent-restart',
  'dataplane-crash',
  'functional',
  'commit',
  'sync-to-remote',
] as const;
type DeviceAction = (typeof LASTING)[number] | (typeof MOMENTARY)[number];

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('interface-down' as const), pick: fc.nat(99) }),
  fc.record({
    kind: fc.constantFrom('link-down' as const, 'blackhole' as const, 'flap' as const),
    pick: fc.nat(99),
    oneWay: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('impair' as const), pick: fc.nat(99), oneWay: fc.boolean(), trouble }),
  fc.record({ kind: fc.constantFrom(...LASTING, ...MOMENTARY), device: fc.constantFrom(...DEVICES) }),
  fc.record({ kind: fc.constant('target-unreachable' as const) }),
);

/** A fault with its time and length in milliseconds. */
export const randomEntry = fc.record({
  at: milliseconds(5_000, 120_000),
  lasts: milliseconds(100, 90_000),
  fault,
});

export type Entry = typeof randomEntry extends fc.Arbitrary<infer T> ? T : never;

/** What the faults of a run leave alone: what the peers know of each other, or their session sync. */
export type Spared = 'control' | 'data-link';

export interface Told {
  readonly entry: Part;
  readonly touches: ReadonlySet<Spared>;
  readonly endMs: number;
}

const NOTHING: ReadonlySet<Spared> = new Set();

function touchedBy(action: DeviceAction): ReadonlySet<Spared> {
  if (['suspend', 'functional', 'commit', 'sync-to-remote'].includes(action)) return NOTHING;
  // HA2 is a data port, and in one variant HA1 is.
  return new Set(action === 'dataplane-crash' ? ['control', 'data-link'] : ['control']);
}

function touchedByLink(link: string): ReadonlySet<Spared> {
  if (link.startsWith('ha2')) return new Set(['data-link']);
  return link.startsWith('ha1') || link.endsWith('-management') ? new Set(['control']) : NOTHING;
}

/**
 * The timeline entry of a fault.
 *
 * @param cables the cables of the pair
 */
export function tell(cables: Readonly<Record<string, Ends>>, { at, lasts, fault }: Entry): Told {
  const start = { at: written(at) };
  const during = { ...start, for: written(lasts) };
  const endMs = at + lasts;
  if (!('pick' in fault)) {
    if (fault.kind === 'target-unreachable') {
      return { entry: { ...during, [fault.kind]: '203.0.113.1' }, touches: NOTHING, endMs };
    }
    const value = fault.kind === 'commit' ? { device: fault.device } : fault.device;
    const lasting = (LASTING as readonly string[]).includes(fault.kind);
    return {
      entry: { ...(lasting ? during : start), [fault.kind]: value },
      touches: touchedBy(fault.kind),
      endMs,
    };
  }
  const links = Object.entries(cables);
  const [link, ends] = links[fault.pick % links.length] as [string, Ends];
  const touched = { touches: touchedByLink(link), endMs };
  const end = ends[fault.pick % 2] as string;
  if (fault.kind === 'interface-down') {
    const port = end.startsWith('palo-') ? end : ends[0];
    if (port.startsWith('palo-')) return { entry: { ...during, 'interface-down': port }, ...touched };
    return { entry: { ...during, 'link-down': link }, ...touched };
  }
  if (fault.kind === 'link-down') return { entry: { ...during, 'link-down': link }, ...touched };
  if (fault.kind === 'flap') {
    const half = written(Math.max(1, Math.floor(lasts / 6)));
    return { entry: { ...start, flap: { link, times: 3, down: half, up: half } }, ...touched };
  }
  const direction = fault.oneWay ? { direction: { from: end } } : {};
  const trouble = fault.kind === 'impair' ? fault.trouble : {};
  return { entry: { ...during, [fault.kind]: { link, ...direction, ...trouble } }, ...touched };
}
