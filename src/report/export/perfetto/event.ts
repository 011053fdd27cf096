/**
 * Events of the Chrome trace format ("Trace Event Format", 2016), which ui.perfetto.dev and chrome://tracing open. Only what both draw is
 * used. Times are microseconds, as ours are.
 */

/** Plain data that a click on an event shows. */
export type Args = Readonly<Record<string, string | number | boolean>>;

interface OnTrack {
  readonly name: string;
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
}

export type TraceEvent =
  /** Names and order of processes and threads. */
  | {
      readonly ph: 'M';
      readonly name: string;
      readonly pid: number;
      readonly tid?: number;
      readonly args: Args;
    }
  /** From one time to another, on a thread. */
  | (OnTrack & { readonly ph: 'X'; readonly dur: number; readonly cname?: string; readonly args: Args })
  /** At one time: of all (`g`), or of a thread. */
  | (OnTrack & { readonly ph: 'i'; readonly s: 'g' | 't'; readonly args: Args })
  /** An arrow begins in the slice that is open at this time on this thread, and ends in another. */
  | (OnTrack & { readonly ph: 's'; readonly id: number })
  | (OnTrack & { readonly ph: 'f'; readonly id: number; readonly bp: 'e' })
  /** As `X`, of things that overlap. */
  | (OnTrack & { readonly ph: 'b'; readonly id: string; readonly args: Args })
  | (OnTrack & { readonly ph: 'e'; readonly id: string })
  /** The values of a counter from now on. */
  | {
      readonly ph: 'C';
      readonly name: string;
      readonly pid: number;
      readonly ts: number;
      readonly args: Readonly<Record<string, number>>;
    };

/** A thread of a process: the format's word for what a viewer draws as a track. */
export interface Track {
  readonly pid: number;
  readonly tid: number;
}

/** Hands out processes and threads, each with its name and its place. Thread ids are unique in the file, and no process has one of them. */
export class Tracks {
  #processes = 0;
  #threads = 1000;

  /** The next process, below those before it. */
  process(name: string): { readonly pid: number; readonly events: readonly TraceEvent[] } {
    this.#processes += 1;
    const pid = this.#processes;
    return {
      pid,
      events: [
        { ph: 'M', name: 'process_name', pid, args: { name } },
        { ph: 'M', name: 'process_sort_index', pid, args: { sort_index: pid } },
      ],
    };
  }

  /** The next thread of a process, below those before it. */
  thread(pid: number, name: string): { readonly track: Track; readonly events: readonly TraceEvent[] } {
    this.#threads += 1;
    const tid = this.#threads;
    return {
      track: { pid, tid },
      events: [
        { ph: 'M', name: 'thread_name', pid, tid, args: { name } },
        { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: tid } },
      ],
    };
  }
}
