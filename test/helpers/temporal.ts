/** A run in which palo-2 changes its role, and what is said of expectations on it. */

import fc from 'fast-check';
import { judge, type Evidence } from '../../src/check/expectations.ts';
import { expectationSchema } from '../../src/scenario/schema/expectation.ts';
import { Notes } from './notes.ts';
import { result } from './result.ts';

export const S = 1_000_000;

/** Roles of palo-2 that change at so many seconds, passive first; the run ends at 60 s. */
export function evidence(changesS: readonly number[], more: Partial<Evidence> = {}): Evidence {
  const notes = new Notes().converged();
  changesS.forEach((atS, index) => {
    const [from, to] = index % 2 === 0 ? (['passive', 'active'] as const) : (['active', 'passive'] as const);
    notes.role(atS * S, 'palo-2', from, to, 'T15', 0);
  });
  return {
    history: notes.history,
    failovers: [],
    probes: [],
    workloads: [],
    sync: [],
    calls: [],
    ha3: [],
    losses: new Map(),
    availability: { ...result().availability, spans: [], spansOmitted: 0 },
    timeline: [],
    records: notes.records,
    endedAtUs: 60 * S,
    chain: (record) => notes.collector.chain(record).map(({ id }) => id),
    ...more,
  };
}

/** The verdict on one expectation, as a file has it. */
export function verdict(expectation: object, of: Evidence) {
  const [answer] = judge([expectationSchema.parse(expectation)], of);
  return answer!;
}

export const ACTIVE = { role: { 'palo-2': 'active' } };
export const PASSIVE = { role: { 'palo-2': 'passive' } };

/** Distinct ascending seconds in which palo-2 changes its role. */
export const changeTimes = fc
  .uniqueArray(fc.integer({ min: 1, max: 59 }), { maxLength: 12 })
  .map((times) => times.toSorted((a, b) => a - b));

/** Whether palo-2 is active at a second, by definition. */
export function activeAt(times: readonly number[], second: number): boolean {
  return times.filter((time) => time <= second).length % 2 === 1;
}
