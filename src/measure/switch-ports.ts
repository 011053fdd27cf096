/**
 * When the ports of switches with spanning tree open, as the records tell it: the ports of a firewall that takes over may have carrier
 * long before.
 */

import type { TraceRecord } from '../kernel/trace.ts';
import { writeValue } from './in-force.ts';
import type { SetBy } from './part.ts';

interface Opening {
  readonly us: number;
  readonly setBy: SetBy;
}

/** A fold over the trace that keeps the latest opening of each port. */
export class SwitchPorts {
  readonly #device: string | null;
  /** By the other end of the link: `palo-1:ethernet1/1`. */
  readonly #openings: Map<string, Opening>;

  private constructor(device: string | null, openings: Map<string, Opening>) {
    this.#device = device;
    this.#openings = openings;
  }

  static none(): SwitchPorts {
    return new SwitchPorts(null, new Map());
  }

  /** Only those towards a device, to be followed from now on. */
  towards(device: string): SwitchPorts {
    const openings = [...this.#openings].filter(([end]) => end.startsWith(`${device}:`));
    return new SwitchPorts(device, new Map(openings));
  }

  /** Takes a record; most change nothing here. */
  observe({ kind, subject, timeUs, data }: TraceRecord): void {
    if (kind !== 'spanning-tree') return;
    const end = String(data['towards']);
    if (this.#device !== null && !end.startsWith(`${this.#device}:`)) return;
    const delayUs = Number(data['forwardDelayUs']);
    const setting = `spanning-tree forward-delay of ${subject}`;
    const setBy = { setting, value: `${writeValue(setting, delayUs)} × 2` };
    this.#openings.set(end, { us: timeUs + 2 * delayUs, setBy });
  }

  /** The last opening after one time and until another, its end included; null if there is none. */
  lastOpened(afterUs: number, untilUs: number): Opening | null {
    const opened = [...this.#openings.values()].filter(({ us }) => us > afterUs && us <= untilUs);
    return opened.toSorted((a, b) => a.us - b.us).at(-1) ?? null;
  }
}
