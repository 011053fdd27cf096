/** The mark of what was lost. */

/** Adds a cross around a place. @param reach pixels to either side */
export function addCross(path: Path2D, x: number, y: number, reach: number): void {
  path.moveTo(x - reach, y - reach);
  path.lineTo(x + reach, y + reach);
  path.moveTo(x + reach, y - reach);
  path.lineTo(x - reach, y + reach);
}
