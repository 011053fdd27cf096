/** A band of states, one after another: what is in force from when to when. */

import type { Span, Tone } from './model.ts';

export interface State {
  readonly text: string;
  readonly tone: Tone;
}

/** Puts together the spans of a lane from the times at which its state changes. */
export class Band {
  readonly #spans: Span[] = [];
  #open: (State & { readonly fromUs: number; readonly record: number }) | null = null;

  /** The state from now on; null = none. What does not outlast its instant leaves no span. */
  set(atUs: number, state: State | null, record: number): void {
    const open = this.#open;
    if (open !== null && state !== null && open.text === state.text && open.tone === state.tone) return;
    this.#close(atUs, record);
    this.#open = state === null ? null : { ...state, fromUs: atUs, record };
  }

  /** The spans up to the end of the run. */
  spans(endUs: number): readonly Span[] {
    this.#close(endUs, 0);
    this.#open = null;
    return this.#spans;
  }

  #close(toUs: number, endRecord: number): void {
    if (this.#open === null || toUs <= this.#open.fromUs) return;
    this.#spans.push({ ...this.#open, toUs, endRecord });
  }
}

/** Bands by name, in the order in which each was first asked for. */
export class Bands {
  readonly #bands = new Map<string, Band>();

  of(name: string): Band {
    const known = this.#bands.get(name);
    if (known !== undefined) return known;
    const band = new Band();
    this.#bands.set(name, band);
    return band;
  }

  entries(): readonly (readonly [string, Band])[] {
    return [...this.#bands];
  }
}
