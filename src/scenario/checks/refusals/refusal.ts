/**
 * One thing that PAN-OS refuses, as data: the rule of the reference that says so, its sources, where the refused value
 * stands in a device, and when it is refused. The tables are beside this file, one for each subject; `deliberate.ts` reads them.
 */

import type { Path } from '../../located.ts';
import type { Device } from '../../schema/device.ts';
import type { Scenario } from '../../schema/scenario.ts';

/** What is known around a device. */
export interface Surroundings {
  /** The other device; null when the scenario does not have two. */
  readonly peer: Device | null;
  /** Where the two contradict each other, the second device of the file is told. */
  readonly second: boolean;
  readonly start: Scenario['start'];
  readonly unpublished: Scenario['unpublished'];
  /** Whether the file, one of its bases or the shared block gives this key of the device. */
  readonly given: (path: Path) => boolean;
}

export interface Refusal {
  /** `R-153`: what `deliberate:` lists. */
  readonly rule: string;
  /** The same in the reference for AWS, `C-002`: `deliberate:` may list either. */
  readonly onAws?: string;
  /** Keys of the reference's list of sources: `D24`. */
  readonly sources: readonly string[];
  /** The refused value, from the device on. */
  readonly at: Path;
  readonly part?: 'key' | 'value';
  /** What is expected and what is got, in words; null when PAN-OS has nothing against it. */
  readonly breach: (device: Device, around: Surroundings) => readonly [expected: string, got: string] | null;
}

/** A path into the device's `high-availability`. */
export function ha(...rest: Path): Path {
  return ['high-availability', ...rest];
}
