/** The statement that no expectation of a scenario file makes: that there is a failover between these firewalls, or of this kind. */

import type { Verdict } from '../check/verdict.ts';
import { formatClock } from '../kernel/time.ts';
import type { Failover } from '../measure/failover.ts';
import type { Run } from './run.ts';
import type { FailoverWords } from './words.ts';

/** Most that is told of what there was instead. */
const MOST_TOLD = 5;

/** Whether there is such a failover, and how long the first of them took. */
export function failsOver(run: Run, { from, to, kind, within, ...parts }: FailoverWords): Verdict {
  const { failovers } = run.result;
  const found = failovers.find(
    (one) =>
      (from === undefined || one.from === from) &&
      (to === undefined || one.to === to) &&
      (kind === undefined || one.kind === kind),
  );
  const between = [from === undefined ? '' : ` from ${from}`, to === undefined ? '' : ` to ${to}`].join('');
  const name = `a ${kind ?? 'failover'}${between}`;
  const expected = { name, expected: name, index: 0 };
  if (found === undefined) {
    const others = told(failovers.map(describe), 'no failover');
    return { ...expected, passed: false, measured: others, atUs: null, causes: [] };
  }
  const total = within === undefined ? {} : { total: within.startsWith('<') ? within : `<= ${within}` };
  const measures = { ...total, ...parts };
  if (Object.keys(measures).length > 0) {
    const verdict = run.judge({ failover: found.ordinal, ...measures }, 'toFailOver');
    return { ...verdict, name: `${name}: ${verdict.expected}` };
  }
  return { ...expected, passed: true, measured: describe(found), atUs: found.takeoverUs, causes: [] };
}

function describe({ kind, from, to, takeoverUs }: Failover): string {
  return `${kind} ${from ?? 'nobody'} → ${to} at ${formatClock(takeoverUs, 0)}`;
}

function told(items: readonly string[], none: string): string {
  if (items.length === 0) return none;
  const left = items.length - MOST_TOLD;
  return `${items.slice(0, MOST_TOLD).join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
}
