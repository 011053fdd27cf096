/** Values of an axis of a sweep as places on an axis of a picture. */

import type { SweepAxis } from '../../../sweep/result.ts';

/** A value as a number on its axis. */
export function placeOf({ values, numbers }: SweepAxis, value: string | undefined): number {
  return numbers?.[values.indexOf(value ?? '')] ?? 0;
}

/** How a number is written on an axis: in the unit that its values have. */
export function written({ values, numbers }: SweepAxis, value: number): string {
  const at = numbers?.findIndex((one) => one !== 0) ?? -1;
  const text = values[at] ?? '';
  const unit = /[a-z%]+$/i.exec(text)?.[0] ?? '';
  const factor = (numbers?.[at] ?? 1) / (Number.parseFloat(text) || 1);
  return `${Number((value / factor).toPrecision(3))}${unit}`;
}
