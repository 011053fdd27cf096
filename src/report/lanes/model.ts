/**
 * What the lanes of a report show, as plain data: bands, bars, marks and messages on one time axis, and every record with its cause, so
 * that a click can be answered without asking anybody. `lanesOf` makes it of a result; the viewer draws it.
 *
 * Times are integer microseconds of the run. Record ids are the trace's (1, 2, 3 …); 0 means none.
 */

/** What a thing means for the traffic; never told by colour alone. */
export type Tone = 'good' | 'idle' | 'busy' | 'warn' | 'bad' | 'off';

/** What is in force from one time to another; `toUs` is the end of the run where it never ends. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
  /** Short, for the bar itself: `active`, `down`. */
  readonly text: string;
  readonly tone: Tone;
  /** What began it, and what ended it. */
  readonly record: number;
  readonly endRecord: number;
  /** Of a timer: when it runs out, should nobody cancel it; the bar may end earlier. */
  readonly deadlineUs?: number;
}

export type Glyph =
  'fault' | 'heal' | 'operator' | 'takeover' | 'restored' | 'garp' | 'learned' | 'log' | 'event' | 'lost';

/** Something that happens at one time. */
export interface Mark {
  readonly atUs: number;
  readonly text: string;
  readonly glyph: Glyph;
  readonly tone: Tone;
  readonly record: number;
}

export type LaneKind =
  'role' | 'timer' | 'port' | 'link' | 'control-path' | 'monitor' | 'address' | 'calls' | 'probe' | 'events';

export interface Lane {
  /** Unique, and the same in two runs of one scenario: `palo-1/role`, `link/ha2`, `probe/ping`. */
  readonly id: string;
  readonly label: string;
  readonly kind: LaneKind;
  /** In order of `fromUs`; those of one lane may overlap only where `kind` is `calls`. */
  readonly spans: readonly Span[];
  /** In order of `atUs`. */
  readonly marks: readonly Mark[];
}

/** Lanes that belong together. Messages are drawn between the first two groups, which are the firewalls. */
export interface LaneGroup {
  readonly name: string;
  readonly lanes: readonly Lane[];
}

/** What a message is, for its colour, its dash and the switch that hides it. */
export const MESSAGE_CLASSES = [
  'heartbeat',
  'hello',
  'session-sync',
  'keep-alive',
  'configuration',
  'ha3',
] as const;
export type MessageClass = (typeof MESSAGE_CLASSES)[number];

/** Messages between the two firewalls, end to end over switches, as columns of equal length, in order of `sentUs`. */
export interface Messages {
  readonly sentUs: readonly number[];
  /** -1 of one that was lost. */
  readonly arrivedUs: readonly number[];
  /** Index of the firewall that sent it, 0 or 1. */
  readonly from: readonly number[];
  /** Index in `kinds`. */
  readonly kind: readonly number[];
  /** Index in `paths`. */
  readonly path: readonly number[];
  /** The record to blame for its loss; 0 = chance, or it arrived. */
  readonly cause: readonly number[];
  /** What it says, as an index in `texts`: `#12`, `hello: active, priority 100`. */
  readonly text: readonly number[];
  readonly kinds: readonly { readonly name: string; readonly class: MessageClass }[];
  /** `HA1`, `HA1-backup`, `HA2`, … */
  readonly paths: readonly string[];
  readonly texts: readonly string[];
}

/** A record as a reader sees it. */
export interface RecordView {
  readonly id: number;
  readonly atUs: number;
  readonly subject: string;
  readonly kind: string;
  /** One sentence, as in the timeline. */
  readonly text: string;
  readonly cause: number;
  /** Id of the lane on which it is drawn, or the empty string. */
  readonly lane: string;
}

export interface LaneModel {
  readonly endUs: number;
  /** Where a reader wants to look first: the first fault or operator action with a failover, else the first of anything. */
  readonly focusUs: number;
  /** What is shown on opening, around the focus. */
  readonly openFromUs: number;
  readonly openToUs: number;
  readonly groups: readonly LaneGroup[];
  readonly messages: Messages;
  /** In order of id. */
  readonly records: readonly RecordView[];
  /** Messages that there was no room for. */
  readonly leftOut: number;
}
