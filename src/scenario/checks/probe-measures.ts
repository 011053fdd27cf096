/**
 * Expectations on probes ask for what that kind of probe tells: a ping knows no directions, and only a loop of transactions has a longest
 * transaction.
 */

import { nearest } from '../nearest.ts';
import { probeOfMetric } from '../schema/metric-names.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Reporter } from './report.ts';

/** Reports measures that the probe does not have. */
export function checkProbeMeasures(reporter: Reporter, { expect, probes }: Scenario): void {
  for (const [index, expectation] of expect.entries()) {
    checkMetric(reporter, index, expectation['over-seeds']?.metric, probes);
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

/** A statement about many runs names a probe in its metric: `outage of ping`. */
function checkMetric(
  reporter: Reporter,
  index: number,
  metric: string | undefined,
  probes: Scenario['probes'],
): void {
  const probe = metric === undefined ? null : probeOfMetric(metric);
  if (probe === null || Object.hasOwn(probes, probe)) return;
  const near = nearest(probe, Object.keys(probes));
  const hint = near === null ? undefined : `Did you mean ${near}?`;
  reporter.at(['expect', index, 'over-seeds'], `expected a probe of this scenario, got ${probe}`, hint);
}
