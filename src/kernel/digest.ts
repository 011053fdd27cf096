/**
 * A rolling digest of integers and strings: two 32-bit lanes, mixed with Math.imul.
 *
 * Two runs are the same when their digests are, whatever the report, trace level or Node version. It guards against
 * accidents, not against forgery, so it need not be a cryptographic hash; it is folded once per event and must be cheap.
 */

/** Folds values in order; equal sequences give equal digests. */
export class Digest {
  private laneA = 0x9e3779b9 | 0;
  private laneB = 0x85ebca6b | 0;

  /** Folds any safe integer, negative ones too. */
  addInt(n: number): void {
    const low = n | 0;
    const high = low === n ? low >> 31 : Math.floor(n / 0x1_0000_0000) | 0;
    const a = Math.imul(this.laneA ^ low, 0xcc9e2d51);
    const b = Math.imul(this.laneB ^ high, 0x1b873593);
    this.laneA = (((a << 13) | (a >>> 19)) + b) | 0;
    this.laneB = ((b << 17) | (b >>> 15)) ^ this.laneA;
  }

  /** Folds a string by its length and UTF-16 code units, so that "ab","c" and "a","bc" differ. */
  addString(s: string): void {
    this.addInt(s.length);
    for (let i = 0; i < s.length; i++) this.addInt(s.charCodeAt(i));
  }

  /** The digest of all that was folded so far, as 16 hexadecimal characters; folding may go on. */
  hex(): string {
    const a = finish(this.laneA ^ Math.imul(this.laneB, 0xc2b2ae35));
    const b = finish(this.laneB ^ a);
    return toHex(a) + toHex(b);
  }
}

/** Spreads every bit over all 32 (the closing step of MurmurHash3). */
function finish(lane: number): number {
  let h = lane;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function toHex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
