/**
 * Expectations on probes ask for what that kind of probe tells: a ping knows no directions, and only a loop of transactions has a longest
 * transaction.
 */

import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';

/** Reports measures that the probe does not have. */
export function checkProbeMeasures(reporter: Reporter, { expect, probes }: Scenario): void {
  for (const [index, expectation] of expect.entries()) {
    const probe = expectation.probe === undefined ? undefined : probes[expectation.probe];
    if (probe === undefined) continue;
    const only = (key: 'direction' | 'failed' | 'longest-transaction', type: string): void => {
      if (expectation[key] === undefined || probe.type === type) return;
      reporter.at(['expect', index, key], `expected ${key} only of a ${type}, got a ${probe.type}`);
    };
    only('direction', 'udp-stream');
    only('failed', 'tcp-transaction');
    only('longest-transaction', 'tcp-transaction');
    const { direction } = expectation;
    if (probe.type !== 'udp-stream' || direction === undefined) continue;
    if (probe.direction === 'both' || probe.direction === direction) continue;
    const message = `expected the direction of the probe, ${probe.direction}, got ${direction}`;
    reporter.at(['expect', index, 'direction'], message);
  }
}
