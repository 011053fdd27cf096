/**
 * The parts of a failover, seven and in a cloud eight, in their order, and what each is set by. Where one ends the next begins, so they sum to the whole
 * to the microsecond.
 *
 * A step that comes when traffic passes already has held nobody up: it takes no time, and the wait is called what comes after it.
 */

/**
 * - `detection`: from the fault until a firewall knows of it
 * - `hold`: until the active leaves its role, or the last hold before the takeover is over
 * - `promotion`: until the survivor has the role, or the address
 * - `cloud`: in a cloud, until its API has moved the data path to the survivor
 * - `port`: until its data ports forward, and the switches behind them let them
 * - `announcement`: until the gratuitous ARP has left that puts right what switches and neighbours believe
 * - `learning`: until they have learned from it, and send to the survivor
 * - `restoration`: until the first answer is forwarded
 */
export const PARTS = [
  'detection',
  'hold',
  'promotion',
  'cloud',
  'port',
  'announcement',
  'learning',
  'restoration',
] as const;

export type PartName = (typeof PARTS)[number];

/** What the length of a part comes from. */
export interface SetBy {
  /** Key of the scenario file, of PAN-OS or of `unpublished:`; with `of …` where it is no firewall's; null where it is none. */
  readonly setting: string | null;
  /** The setting's value as PAN-OS writes it: `2000 ms`; without a setting, the reason in words. */
  readonly value: string;
  /** The firewall that has the setting. */
  readonly device?: string;
}

export interface Part {
  readonly part: PartName;
  /** Null if it never ended. */
  readonly us: number | null;
  /** Empty where it took no time; of what never ended, why, if that is known. */
  readonly setBy: readonly SetBy[];
}

/** A part; what took no time is set by nothing. */
export function partOf(part: PartName, us: number | null, setBy: readonly SetBy[]): Part {
  return { part, us, setBy: us === null || us === 0 ? [] : setBy };
}
