/** What a test says, in the words of a scenario file: the types of what may be written there. */

import type { z } from 'zod';
import type { FailoverKind } from '../measure/failover.ts';
import type { expectationSchema } from '../scenario/schema/expectation.ts';
import type { timelineEntrySchema } from '../scenario/schema/timeline.ts';

/** An entry of `timeline:` without its `at`: exactly one fault or operator action, and `for` where it has an opposite. */
export type Action = Omit<z.input<typeof timelineEntrySchema>, 'at'>;

/** An entry of `expect:`. */
export type ExpectationWords = z.input<typeof expectationSchema>;

/** What can be true of the pair at an instant; several keys must all hold. */
export type ConditionWords = NonNullable<ExpectationWords['always']>;

/** A duration as in a scenario file: `200ms`, `3s`, `1min`. */
export type Duration = string;

/** `< 3s`, `<= 5`, `= 0`, `500ms to 520ms`, or a bare value for equality. */
export type ComparisonWords = string | number;

/** A moment of the run, its end unless told; or so long after a condition first came, or each time that it does. */
export interface When {
  readonly at?: Duration;
  readonly from?: ConditionWords;
  readonly whenever?: ConditionWords;
}

/** A part of the run, all of it unless told: from a moment, from when a condition first comes, or each time that it does. */
export interface Window {
  readonly from?: Duration | ConditionWords;
  readonly whenever?: ConditionWords;
  readonly until?: Duration;
  readonly within?: Duration;
}

/** Throughout, and until when: a moment, or a condition that has to come. */
export interface StayWindow extends Omit<Window, 'until'> {
  readonly until?: Duration | ConditionWords;
}

/** By when; and how long it has to last. */
export interface ReachWindow extends Window {
  readonly 'stays-for'?: Duration;
}

/** Of which firewall, how severe, and how often. */
export type LogWords = Pick<ExpectationWords, 'device' | 'severity' | 'times'>;

/** The first failover that fits, and how long it and its parts may take. */
export interface FailoverWords extends Partial<
  Pick<
    ExpectationWords,
    | 'detection'
    | 'hold'
    | 'promotion'
    | 'cloud'
    | 'port'
    | 'announcement'
    | 'learning'
    | 'restoration'
    | 'total'
  >
> {
  readonly from?: string;
  readonly to?: string;
  readonly kind?: FailoverKind;
  /** Its whole length, at most: `4s` is `total: <= 4s`. */
  readonly within?: Duration;
}
