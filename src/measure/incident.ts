/**
 * The incident "HA link issue": raised when HA1 or its backup goes down, cleared when it has been up for 2 h without a break
 * (D31, R-150). It is for those who watch the pair and nothing in the pair depends on it, so it is read from the trace.
 */

import type { TraceRecord } from '../kernel/trace.ts';

/** Of stable up (D31). */
const CLEARS_AFTER_US = 7_200_000_000;

export interface Incident {
  readonly title: 'HA link issue';
  readonly device: string;
  /** `ha1` or `ha1-backup`. */
  readonly link: string;
  readonly raisedUs: number;
  /** Null while it is open. */
  readonly clearedUs: number | null;
}

interface Open {
  readonly index: number;
  /** Since when the link is up again; null while it is down, or its firewall off. */
  upSinceUs: number | null;
}

/** A fold over the trace. */
export class Incidents {
  readonly #incidents: Incident[] = [];
  /** By device and link. */
  readonly #open = new Map<string, Open>();

  /** Takes a record; most change nothing here. */
  observe({ kind, subject, timeUs, data }: TraceRecord): void {
    if (kind === 'control-path' && data['path'] !== 'heartbeat-backup') {
      this.#linkChanged(subject, data['path'] as string, data['up'] === true, timeUs);
    } else if ((kind === 'power' && data['state'] === 'off') || (kind === 'role' && data['rule'] === 'T1')) {
      // The agent starts anew, and with it its links.
      this.#settle(timeUs);
      for (const [key, open] of this.#open) if (key.startsWith(`${subject} `)) open.upSinceUs = null;
    }
  }

  #linkChanged(device: string, link: string, up: boolean, timeUs: number): void {
    this.#settle(timeUs);
    const key = `${device} ${link}`;
    const open = this.#open.get(key);
    if (open !== undefined) open.upSinceUs = up ? timeUs : null;
    else if (!up) {
      this.#open.set(key, { index: this.#incidents.length, upSinceUs: null });
      this.#incidents.push({ title: 'HA link issue', device, link, raisedUs: timeUs, clearedUs: null });
    }
  }

  /** Clears what has been up for long enough by now. */
  #settle(nowUs: number): void {
    for (const [key, { index, upSinceUs }] of this.#open) {
      if (upSinceUs === null || nowUs < upSinceUs + CLEARS_AFTER_US) continue;
      const incident = this.#incidents[index] as Incident;
      this.#incidents[index] = { ...incident, clearedUs: upSinceUs + CLEARS_AFTER_US };
      this.#open.delete(key);
    }
  }

  /** All incidents as they stand at a time, in the order in which they were raised. */
  list(nowUs: number): readonly Incident[] {
    this.#settle(nowUs);
    return [...this.#incidents];
  }
}
