/**
 * Times and targets of the timeline and of expectations: nothing is told to happen, or expected, after the run is over.
 */

import { flapCycles } from '../expand.ts';
import { MAX_ACTIONS } from '../limits.ts';
import type { Path } from '../located.ts';
import { conditionsOf, type Expectation } from '../schema/expectation.ts';
import type { Scenario } from '../schema/scenario.ts';
import { writeDuration } from '../schema/units.ts';
import { knownAddresses } from './addresses.ts';
import type { Reporter } from './report.ts';

/** Reports times outside the run, empty windows, and targets that nobody has. */
export function checkTimes(reporter: Reporter, scenario: Scenario): void {
  checkTimeline(reporter, scenario);
  for (const [index, expectation] of scenario.expect.entries()) {
    const { at, within } = expectation;
    const until = typeof expectation.until === 'number' ? expectation.until : undefined;
    // A window that a condition opens begins at some time of the run.
    const from = typeof expectation.from === 'number' ? expectation.from : undefined;
    const path = ['expect', index];
    checkEntries(reporter, path, expectation, scenario.timeline.length);
    if (at !== undefined) checkWithin(reporter, [...path, 'at'], at, scenario.until);
    if (until !== undefined) checkWithin(reporter, [...path, 'until'], until, scenario.until);
    const stays = expectation['stays-for'];
    const begin = from ?? 0;
    if (within !== undefined) checkWithin(reporter, [...path, 'within'], begin + within, scenario.until);
    if (stays !== undefined) checkWithin(reporter, [...path, 'stays-for'], begin + stays, scenario.until);
    const end = until ?? scenario.until;
    const start = from ?? 0;
    if (start < end || (from === undefined && until === undefined)) continue;
    const message = `expected a window that begins before its end at ${writeDuration(end)}`;
    reporter.at([...path, from === undefined ? 'until' : 'from'], `${message}, got ${writeDuration(start)}`);
  }
}

/** Conditions on entries that the timeline has. */
function checkEntries(reporter: Reporter, path: Path, expectation: Expectation, entries: number): void {
  const has = entries === 0 ? 'which has none' : `1 to ${entries}`;
  for (const [key, { timeline: entry = 0 }] of conditionsOf(expectation)) {
    if (entry <= entries) continue;
    reporter.at([...path, key, 'timeline'], `expected an entry of the timeline (${has}), got ${entry}`);
  }
}

function checkTimeline(reporter: Reporter, scenario: Scenario): void {
  const addresses = knownAddresses(scenario);
  let actions = 0;
  for (const [index, entry] of scenario.timeline.entries()) {
    checkWithin(reporter, ['timeline', index, 'at'], entry.at, scenario.until);
    const added = entry.flap === undefined ? 1 : 2 * flapCycles(entry.at, entry.flap, scenario.until);
    if (actions <= MAX_ACTIONS && actions + added > MAX_ACTIONS) {
      reporter.at(['timeline', index], `expected at most ${MAX_ACTIONS} actions in the timeline, got more`);
    }
    actions += added;
    for (const action of ['target-unreachable', 'target-reachable'] as const) {
      const target = entry[action];
      if (target === undefined || addresses.has(target)) continue;
      const message = `expected the address of a host, a router or a firewall, got ${target}`;
      reporter.at(['timeline', index, action], message);
    }
  }
}

function checkWithin(reporter: Reporter, path: Path, us: number, lengthUs: number): void {
  if (us <= lengthUs) return;
  const length = writeDuration(lengthUs);
  reporter.at(path, `expected a time within the run (until: ${length}), got ${writeDuration(us)}`);
}
