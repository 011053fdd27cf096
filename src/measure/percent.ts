/** How a share of time is written: three decimals, as people count nines. */

/** `99.987 %`; cut off, not rounded up, so that 100.000 % means all of it. */
export function writePercent(percent: number): string {
  const [whole = '0', decimals = ''] = percent.toFixed(9).split('.');
  if (percent < 100 && whole === '100') return '99.999 %';
  return `${whole}.${decimals.slice(0, 3)} %`;
}
