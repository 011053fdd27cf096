/**
 * What a run comes down to where there are many: a row of numbers under fixed names. The columns follow from the scenario alone,
 * so that every run of a sweep has the same, and a run without a failover says so by `null` instead of leaving one out.
 */

import { PARTS } from '../measure/part.ts';
import type { Failover } from '../measure/failover.ts';
import type { MetricUnit } from '../scenario/schema/metric-names.ts';
import type { ResolvedScenario } from '../scenario/schema/scenario.ts';
import { LOSS_CAUSES } from '../traffic/loss.ts';
import { falseFailovers } from '../measure/false-failovers.ts';
import type { RunResult } from './result.ts';

export interface Metric {
  /** As in `p99 failover`: words separated by blanks. */
  readonly name: string;
  readonly unit: MetricUnit;
  readonly what: string;
  /** Of one run; null where the run has no such value. */
  readonly of: (result: RunResult) => number | null;
}

/**
 * The metrics of a scenario, in the order of columns: `failover` and its parts (of the first failover of a run, `failover 2` of its
 * second …), `failovers`, `false failovers`, availability, `outage of PROBE`, sessions and their losses, calls of a cloud's API.
 */
export function metricsOf(
  scenario: Pick<ResolvedScenario, 'probes' | 'workloads' | 'aws'>,
): readonly Metric[] {
  return [
    ...PAIR,
    ...Object.keys(scenario.probes).flatMap(ofProbe),
    ...(Object.keys(scenario.workloads).length === 0 ? [] : SESSIONS),
    ...(scenario.aws === undefined ? [] : CLOUD),
  ];
}

function metric(name: string, unit: MetricUnit, what: string, of: Metric['of']): Metric {
  return { name, unit, what, of };
}

/** A failover without an end took longer than any other: it counts as endless, not as none. */
const ENDLESS = Number.POSITIVE_INFINITY;

function ofFirst(value: (failover: Failover) => number | null | undefined): Metric['of'] {
  return ({ failovers: [first] }) => (first === undefined ? null : (value(first) ?? ENDLESS));
}

const PAIR: readonly Metric[] = [
  metric(
    'failover',
    'us',
    'From the fault until traffic passes again, of the first failover',
    ofFirst(({ totalUs }) => totalUs),
  ),
  ...PARTS.filter((part) => part !== 'cloud').map((part) =>
    metric(
      part,
      'us',
      `The part ${part} of the first failover`,
      ofFirst((failover) => failover[`${part}Us`]),
    ),
  ),
  metric('failovers', 'count', 'Failovers and switchovers of the run', ({ failovers }) => failovers.length),
  metric(
    'false failovers',
    'count',
    'Takeovers for which nobody had given cause: no fault, no operator',
    ({ failovers, records }) => falseFailovers(failovers, records),
  ),
  metric(
    'down',
    'us',
    'Time in which nobody passed traffic',
    ({ availability }) => availability.timesUs.down,
  ),
  metric(
    'degraded',
    'us',
    'Time without a peer that could take over',
    ({ availability }) => availability.timesUs.degraded,
  ),
  metric('dual-active', 'us', 'Time with two actives', ({ dualActive }) =>
    dualActive.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0),
  ),
  metric(
    'availability',
    'percent',
    'Share of the run in which the pair passed traffic',
    ({ availability }) => availability.percent,
  ),
];

const CLOUD: readonly Metric[] = [
  metric(
    'cloud',
    'us',
    'The part cloud of the first failover',
    ofFirst(({ cloudUs }) => cloudUs),
  ),
  metric('api-calls', 'count', "Attempts at calls of the provider's API", ({ cloud }) =>
    (cloud?.calls ?? []).reduce((sum, { attempts }) => sum + attempts, 0),
  ),
  metric('throttled', 'count', 'Of them, refused for coming too fast', ({ cloud }) =>
    (cloud?.calls ?? []).reduce((sum, { throttled }) => sum + throttled, 0),
  ),
];

function ofProbe(name: string): Metric[] {
  const of = (result: RunResult) => result.probes.find((probe) => probe.name === name);
  return [
    metric(
      `outage of ${name}`,
      'us',
      `Loss ÷ rate of ${name}`,
      (result) => of(result)?.lossDerivedUs ?? null,
    ),
    metric(
      `longest-gap of ${name}`,
      'us',
      `Longest gap of ${name}`,
      (result) => of(result)?.longestGapUs ?? null,
    ),
    metric(
      `lost of ${name}`,
      'count',
      `Packets or transactions that ${name} lost`,
      (result) => of(result)?.lost ?? null,
    ),
  ];
}

const SESSIONS: readonly Metric[] = [
  metric('sessions', 'count', 'Sessions started', ({ workloads }) =>
    workloads.reduce((sum, { started }) => sum + started, 0),
  ),
  metric('sessions lost', 'count', 'Sessions lost, by any cause', (result) =>
    LOSS_CAUSES.reduce((sum, cause) => sum + lostBy(result, cause), 0),
  ),
  ...LOSS_CAUSES.map((cause) =>
    metric(`sessions ${cause}`, 'count', `Sessions lost by ${cause}`, (result) => lostBy(result, cause)),
  ),
  metric('sessions failed', 'count', 'Sessions that never began', ({ workloads }) =>
    workloads.reduce((sum, { failed }) => sum + failed, 0),
  ),
  metric('longest-stall', 'us', 'Longest wait of a session that went on', ({ workloads }) =>
    Math.max(0, ...workloads.map(({ stalls }) => stalls?.longestUs ?? 0)),
  ),
];

function lostBy({ workloads }: RunResult, cause: (typeof LOSS_CAUSES)[number]): number {
  return workloads.reduce((sum, { lost }) => sum + (lost[cause] ?? 0), 0);
}
