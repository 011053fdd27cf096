/**
 * Why sessions were lost: of which workload, how many, when, what led to it, and what would have saved them.
 */

import { causesOf, type TraceRecord } from '../kernel/trace.ts';
import type { LossEntry } from '../traffic/loss.ts';
import type { Step } from './failover-story.ts';
import type { PairSettings } from './pair-settings.ts';
import { remediesFor, type Remedy, type SyncSettings } from './remedy.ts';
import { groundsOf } from './step-grounds.ts';

/** What it takes of the books of a workload. */
export interface LostBooks {
  readonly name: string;
  readonly lost: Readonly<Record<string, number>>;
  readonly losses?: readonly LossEntry[];
}

/** The losses of one cause that one record is to blame for, over all workloads. */
export interface LossStory {
  readonly cause: string;
  /** Id of the record that is to blame; 0 = none. */
  readonly record: number;
  readonly count: number;
  readonly firstUs: number;
  readonly lastUs: number;
  readonly workloads: readonly { readonly name: string; readonly count: number }[];
  /** From the root to the record that is to blame. */
  readonly chain: readonly Step[];
  readonly remedies: readonly Remedy[];
}

/** What is asked for: all, one cause, or one cause of one workload. */
export interface LossQuestion {
  readonly workload: string | null;
  readonly cause: string | null;
}

/** The stories of the losses that are asked for, in the order in which they began. */
export function lossStories(
  books: readonly LostBooks[],
  records: readonly TraceRecord[],
  { settings, devices }: { readonly settings: PairSettings; readonly devices: readonly SyncSettings[] },
  { workload, cause }: LossQuestion,
): readonly LossStory[] {
  const groups = new Map<string, { readonly name: string; readonly entry: LossEntry }[]>();
  for (const { name, losses = [] } of books) {
    if (workload !== null && workload !== name) continue;
    for (const entry of losses) {
      if (cause !== null && cause !== entry.cause) continue;
      const key = `${entry.cause} ${entry.record}`;
      groups.set(key, [...(groups.get(key) ?? []), { name, entry }]);
    }
  }
  const stories = [...groups.values()].map((parts): LossStory => {
    const entries = parts.map(({ entry }) => entry);
    const { cause: lossCause, record } = entries[0] as LossEntry;
    const chain = causesOf(records, record).toReversed();
    return {
      cause: lossCause,
      record,
      count: entries.reduce((sum, { count }) => sum + count, 0),
      firstUs: Math.min(...entries.map(({ firstUs }) => firstUs)),
      lastUs: Math.max(...entries.map(({ lastUs }) => lastUs)),
      workloads: parts.map(({ name, entry }) => ({ name, count: entry.count })),
      chain: chain.map((one) => ({ record: one, ...groundsOf(one, settings) })),
      remedies: remediesFor(lossCause, devices),
    };
  });
  return stories.toSorted((a, b) => a.firstUs - b.firstUs);
}

/** What there is to ask for: each cause, and each cause of each workload: `not-synced`, `web/not-synced`. */
export function lossNames(books: readonly LostBooks[]): readonly string[] {
  const causes = new Set(books.flatMap(({ losses = [] }) => losses.map(({ cause }) => cause)));
  const pairs = books.flatMap(({ name, losses = [] }) => losses.map(({ cause }) => `${name}/${cause}`));
  return [...causes, ...new Set(pairs)].toSorted();
}
