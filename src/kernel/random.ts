/**
 * Named random streams: every source of luck in a run draws from a generator of its own, keyed by seed and name.
 *
 * Adding a stream, or drawing more from one, moves no other, so two timer settings can be compared on the same luck
 * (common random numbers). The generator is seedrandom's alea, seeded with a string: the default generator gives the
 * seeds "1", "11" and "111" one stream, and 1 and "1" two.
 */

import seedrandom from 'seedrandom';

/** One independent sequence of uniform draws. */
export interface RandomStream {
  readonly name: string;
  /** Draws a number in [0, 1) with 32 random bits. */
  next(): number;
  /** Draws an integer in [0, count). */
  int(count: number): number;
}

class AleaStream implements RandomStream {
  readonly name: string;
  readonly next: () => number;

  constructor(seed: string, name: string) {
    this.name = name;
    this.next = seedrandom.alea(`${seed}/${name}`);
  }

  int(count: number): number {
    return Math.floor(this.next() * count);
  }
}

/** All streams of one run; a stream comes into being when it is first asked for. */
export class RandomStreams {
  readonly seed: string;
  private readonly streams = new Map<string, RandomStream>();

  constructor(seed: string) {
    this.seed = seed;
  }

  /** The stream of that name: the same name gives the same object, and so goes on where it stopped. */
  stream(name: string): RandomStream {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      stream = new AleaStream(this.seed, name);
      this.streams.set(name, stream);
    }
    return stream;
  }
}
