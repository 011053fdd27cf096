/**
 * How often durations of about the same length occurred: to four significant digits, so that its size does not follow the number of
 * durations, and with the longest one exactly. (A histogram package was tried: loading it took longer than the walk-through.)
 */

/** Four significant digits of microseconds. */
function rounded(us: number): number {
  let unit = 1;
  while (us >= 10_000 * unit) unit *= 10;
  return Math.floor(us / unit) * unit;
}

export class Tally {
  readonly #counts = new Map<number, number>();
  #count = 0;
  #longestUs = 0;

  get count(): number {
    return this.#count;
  }

  get longestUs(): number {
    return this.#longestUs;
  }

  add(us: number): void {
    const key = rounded(us);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#count += 1;
    this.#longestUs = Math.max(this.#longestUs, us);
  }

  /**
   * The shortest duration that this share of all do not exceed, to four significant digits (rounded down).
   *
   * @param share above 0, up to 1
   */
  quantileUs(share: number): number {
    const rank = Math.ceil(share * this.#count);
    let seen = 0;
    for (const [us, count] of [...this.#counts].toSorted(([a], [b]) => a - b)) {
      seen += count;
      if (seen >= rank) return us;
    }
    return 0;
  }
}
