/**
 * Who is active and who has the data path, in a cloud two things: a firewall can be active and own nothing there, because its calls have
 * not completed or never will (reference aws-ha.md, section 1.1; rule C-012). And what its API was asked, call by call.
 */

import { forwardsTraffic, type Role } from '../ha/role.ts';
import type { TraceRecord } from '../kernel/trace.ts';

/** A stretch of a run in which neither changed. */
export interface OwnershipSpan {
  readonly fromUs: number;
  readonly toUs: number;
  /** Firewalls that are active, by name; two in a split brain. */
  readonly active: readonly string[];
  /** How many of the assets each firewall has, those with none left out. */
  readonly owned: Readonly<Record<string, number>>;
}

/** Attempts at the calls of one action. */
export interface CallStatistics {
  readonly action: string;
  readonly attempts: number;
  readonly succeeded: number;
  readonly throttled: number;
  readonly failed: number;
  readonly medianUs: number;
  readonly longestUs: number;
}

export interface DataPathResult {
  /** The provider's way of taking over: `interface-move`, `secondary-ip`. */
  readonly mode: string;
  /** Everything that a takeover moves, with its owner at the end; null = nobody. */
  readonly assets: readonly { readonly kind: string; readonly name: string; readonly owner: string | null }[];
  readonly ownership: readonly OwnershipSpan[];
  /** Time in which exactly one firewall was active and did not have every asset. */
  readonly activeWithoutUs: number;
  readonly calls: readonly CallStatistics[];
}

const THROTTLED = 'RequestLimitExceeded';

interface Calls {
  readonly latenciesUs: number[];
  throttled: number;
  failed: number;
}

/** A fold over the trace. */
export class DataPath {
  readonly #mode: string;
  readonly #assets = new Map<string, { readonly kind: string; owner: string | null }>();
  readonly #active = new Set<string>();
  readonly #calls = new Map<string, Calls>();
  readonly #spans: OwnershipSpan[] = [];
  #sinceUs = 0;

  constructor(mode: string) {
    this.#mode = mode;
  }

  /** Takes a record; most change nothing here. */
  observe({ kind, subject, timeUs, data }: TraceRecord): void {
    if (kind === 'api-call') this.#called(data);
    else if (kind === 'asset') {
      this.#closeSpan(timeUs);
      this.#assets.set(String(data['asset']), {
        kind: String(data['kind']),
        owner: data['owner'] as string | null,
      });
    } else if (kind === 'role' || (kind === 'power' && data['state'] === 'off')) {
      this.#closeSpan(timeUs);
      if (kind === 'role' && forwardsTraffic(data['to'] as Role)) this.#active.add(subject);
      else this.#active.delete(subject);
    }
  }

  #called(data: TraceRecord['data']): void {
    const action = String(data['action']);
    const calls = this.#calls.get(action) ?? { latenciesUs: [], throttled: 0, failed: 0 };
    this.#calls.set(action, calls);
    calls.latenciesUs.push(Number(data['latencyUs']));
    if (data['error'] === THROTTLED) calls.throttled += 1;
    else if (data['error'] !== undefined) calls.failed += 1;
  }

  /** What stood until now is a span of its own, unless it is just what stood before. */
  #closeSpan(toUs: number): void {
    if (toUs === this.#sinceUs) return;
    const span = this.#spanUntil(toUs);
    const before = this.#spans.at(-1);
    this.#sinceUs = toUs;
    if (before === undefined || !sameSpan(before, span)) this.#spans.push(span);
    else this.#spans[this.#spans.length - 1] = { ...before, toUs };
  }

  /** What stands now. */
  #spanUntil(toUs: number): OwnershipSpan {
    const owned = new Map<string, number>();
    for (const { owner } of this.#assets.values()) {
      if (owner !== null) owned.set(owner, (owned.get(owner) ?? 0) + 1);
    }
    const owners = [...owned.keys()].toSorted();
    return {
      fromUs: this.#sinceUs,
      toUs,
      active: [...this.#active].toSorted(),
      owned: Object.fromEntries(owners.map((owner) => [owner, owned.get(owner) as number])),
    };
  }

  /** @param endUs of the run */
  result(endUs: number): DataPathResult {
    const open = this.#spanUntil(endUs);
    const last = this.#spans.at(-1);
    const joined = last !== undefined && sameSpan(last, open);
    const ownership = joined
      ? [...this.#spans.slice(0, -1), { ...last, toUs: endUs }]
      : [...this.#spans, open];
    const without = ownership.filter(
      ({ active, owned }) => active.length === 1 && owned[active[0] as string] !== this.#assets.size,
    );
    return {
      mode: this.#mode,
      assets: [...this.#assets].map(([name, asset]) => ({ name, ...asset })),
      ownership: ownership.filter(({ fromUs, toUs }) => toUs > fromUs),
      activeWithoutUs: without.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0),
      calls: [...this.#calls].map(([action, calls]) => statisticsOf(action, calls)),
    };
  }
}

function sameSpan(a: OwnershipSpan, b: OwnershipSpan): boolean {
  return JSON.stringify([a.active, a.owned]) === JSON.stringify([b.active, b.owned]);
}

function statisticsOf(action: string, { latenciesUs, throttled, failed }: Calls): CallStatistics {
  const ascending = latenciesUs.toSorted((a, b) => a - b);
  const attempts = ascending.length;
  return {
    action,
    attempts,
    succeeded: attempts - throttled - failed,
    throttled,
    failed,
    medianUs: ascending[Math.floor((attempts - 1) / 2)] ?? 0,
    longestUs: ascending.at(-1) ?? 0,
  };
}
