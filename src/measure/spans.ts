/**
 * A value over the time of a run: its spans one after another, without gap or overlap, and how long each value lasted in all.
 *
 * Values that do not outlast their instant leave no span. The list is capped so that memory does not grow with a pair that
 * flaps for a month; the sums go on.
 */

/** `fromUs` included, `toUs` not. */
export interface ValueSpan<Value> {
  readonly fromUs: number;
  readonly toUs: number;
  readonly value: Value;
  /** The record that brought it about, 0 for the start of the run. */
  readonly record: number;
}

type Open<Value> = Omit<ValueSpan<Value>, 'toUs'>;

/** Spans that are kept, the first ones. */
export const SPANS_MOST = 1_000;

export class Spans<Value> {
  readonly #same: (left: Value, right: Value) => boolean;
  readonly #class: (value: Value) => string;
  readonly #kept: ValueSpan<Value>[] = [];
  readonly #sumsUs = new Map<string, number>();
  #ended = 0;
  #before: Open<Value> | null = null;
  #now: Open<Value>;

  /**
   * @param first the value at time 0
   * @param same two values are one span where they meet
   * @param classOf under which name a value's time is added up
   */
  constructor(first: Value, same: (left: Value, right: Value) => boolean, classOf: (value: Value) => string) {
    this.#same = same;
    this.#class = classOf;
    this.#now = { fromUs: 0, value: first, record: 0 };
  }

  /** The value from a time on, at or after all earlier ones. */
  set(timeUs: number, value: Value, record: number): void {
    if (this.#same(value, this.#now.value)) return;
    if (timeUs > this.#now.fromUs) {
      this.#endBefore();
      this.#before = this.#now;
    } else if (this.#before !== null && this.#same(value, this.#before.value)) {
      // Back within the instant, as if nothing had been.
      this.#now = this.#before;
      this.#before = null;
      return;
    }
    this.#now = { fromUs: timeUs, value, record };
  }

  /** The span before the open one is over for good. */
  #endBefore(): void {
    if (this.#before === null) return;
    const span = { ...this.#before, toUs: this.#now.fromUs };
    this.#ended += 1;
    if (this.#kept.length < SPANS_MOST) this.#kept.push(span);
    const name = this.#class(span.value);
    this.#sumsUs.set(name, (this.#sumsUs.get(name) ?? 0) + span.toUs - span.fromUs);
  }

  /** Spans that are not over for good, as they stand at a time. */
  #last(endUs: number): ValueSpan<Value>[] {
    const before = this.#before === null ? [] : [{ ...this.#before, toUs: this.#now.fromUs }];
    return [...before, { ...this.#now, toUs: endUs }].filter(({ fromUs, toUs }) => toUs > fromUs);
  }

  /** The spans from 0 to a time that is not before the last change, the first {@link SPANS_MOST} of them. */
  list(endUs: number): readonly ValueSpan<Value>[] {
    return [...this.#kept, ...this.#last(endUs)].slice(0, SPANS_MOST);
  }

  /** How many there are in all. */
  count(endUs: number): number {
    return this.#ended + this.#last(endUs).length;
  }

  /** Time with values of this class, in microseconds. */
  sumUs(name: string, endUs: number): number {
    const last = this.#last(endUs).filter(({ value }) => this.#class(value) === name);
    return last.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, this.#sumsUs.get(name) ?? 0);
  }
}
