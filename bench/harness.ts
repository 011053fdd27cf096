/**
 * How a bench measures: a warm-up that is thrown away, several runs, their median and spread. Absolute times on a shared machine
 * drift by a third within the hour, so what is compared is measured in the same run, in turn.
 */

/** The checkout: benches run from there, compiled to elsewhere. */
export const ROOT = `${process.cwd()}/`;

/** The timings of several runs, in milliseconds. */
export interface Timing {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Milliseconds that a piece of work took. */
export function timeMs(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Median, least and most of a list of times. */
export function summarize(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] as number;
  return { medianMs: at(Math.floor(sorted.length / 2)), minMs: at(0), maxMs: at(sorted.length - 1) };
}

/**
 * Measures several pieces of work in turn (A B C A B C …), so that a drift of the machine hits all of them alike.
 *
 * @param runs counted rounds, after one that is not
 */
export function measureInTurn(works: readonly (() => void)[], runs: number): Timing[] {
  const times: number[][] = works.map(() => []);
  for (let round = -1; round < runs; round += 1) {
    works.forEach((work, index) => {
      const ms = timeMs(work);
      if (round >= 0) times[index]?.push(ms);
    });
  }
  return times.map(summarize);
}

/** `123.4 ms (118.0 to 140.2)`. */
export function writeTiming({ medianMs, minMs, maxMs }: Timing): string {
  return `${medianMs.toFixed(1)} ms (${minMs.toFixed(1)} to ${maxMs.toFixed(1)})`;
}
