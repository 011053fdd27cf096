/**
 * A broken law as a scenario file: the path as a timeline over the shared pair, and what must not be the case at its end.
 * It runs with `hasim run`; on a protocol that has the defect, its expectation is not met (or an invariant stops the run).
 */

import type { HaConfig } from '../../src/ha/config.ts';
import { isPrimary } from '../../src/ha/role.ts';
import type { Model } from './model.ts';
import { describeMove } from './move.ts';
import type { Violation } from './search.ts';
import { HEARTBEAT_US, nameOf, timePath } from './timing.ts';
import { SIDES, type World } from './world.ts';

/** When the law is certainly broken, counted from the last move. */
const SETTLED_US = {
  'in a move': -500,
  'in a world': 100_000,
  'at rest': 1_000_000,
  'in a circle': -500,
} as const;

/** Writes the scenario. It stands in scenarios/MODE/, beside the others. */
export function asScenario(violation: Violation): string {
  const { model } = violation;
  const [first, second] = model.bounds.configs;
  const { entries, lastMoveUs, notes } = timePath(violation);
  const fromUs = lastMoveUs + SETTLED_US[violation.found];
  const end = violation.path.at(-1)?.world ?? violation.from;
  return [
    `# ${violation.law}.`,
    '#',
    '# Found by the exhaustive search (test/exhaustive), by a shortest path:',
    ...violation.path.map(({ move, changes }) => {
      const became = changes.map(({ to, transition }) => ` -> ${to} (${transition})`).join('');
      return `#   ${describeMove(move)}${became}`;
    }),
    ...notes.map((note) => `# Order: ${note}.`),
    'name: Counterexample of the exhaustive search',
    `description: ${JSON.stringify(violation.law)}`,
    'source: test/exhaustive',
    `extends: ../topology/${first.mode}-pair.yaml`,
    `start: ${violation.from.states[0] < 0 ? 'cold-boot' : 'converged'}`,
    `until: ${write(lastMoveUs + 10_000_000)}`,
    '',
    ...settings(first, second),
    '',
    'timeline:',
    ...entries.map(({ atUs, action }) => `  - { at: ${write(atUs)}, ${action} }`),
    '',
    'expect:',
    `  - name: ${JSON.stringify(violation.law)}`,
    `    never: ${condition(model, end)}`,
    `    from: ${write(fromUs)}`,
    '',
  ].join('\n');
}

function write(us: number): string {
  return `${us / 1_000_000}s`;
}

/** What is the case at the end of the path. */
function condition(model: Model, world: World): string {
  const roles = SIDES.map((side) => model.facts(world, side)?.role ?? null);
  if (roles.every(isPrimary)) return '{ dual-active: true }';
  const known = SIDES.filter((side) => roles[side] !== null);
  return `{ role: { ${known.map((side) => `${nameOf(side)}: ${roles[side]}`).join(', ')} } }`;
}

/** The configuration of the model in the words of a scenario, and the surroundings on which `timing.ts` rests. */
function settings(first: HaConfig, second: HaConfig): string[] {
  const { timers, assumptions } = first;
  const member = (config: HaConfig): string =>
    config.mode === 'active-active'
      ? `{ active-active: { device-id: ${config.deviceId} } }`
      : `{ election-option: { device-priority: ${config.devicePriority} } }`;
  return [
    'high-availability:',
    '  interface: { ha1: { monitor-hold-time: 1s } }',
    ...(first.mode === 'active-active'
      ? [`  active-active: { tentative-hold-time: ${write(first.tentativeHoldUs)} }`]
      : [
          `  monitor-fail-hold-down-time: ${write(first.monitorFailHoldDownUs)}`,
          '  monitoring: { path-monitoring: { enabled: false } }',
        ]),
    `  state-synchronization: { enabled: ${first.stateSynchronization} }`,
    '  election-option:',
    `    preemptive: ${first.preemptive}`,
    '    timers:',
    '      advanced:',
    `        heartbeat-interval: ${write(HEARTBEAT_US)}`,
    `        hello-interval: ${write(HEARTBEAT_US)}`,
    `        promotion-hold-time: ${write(timers.promotionHoldUs)}`,
    `        preemption-hold-time: ${write(timers.preemptionHoldUs)}`,
    `        monitor-fail-hold-up-time: ${write(timers.monitorFailHoldUpUs)}`,
    `        additional-master-hold-up-time: ${write(timers.additionalMasterHoldUpUs)}`,
    `        flap-max: ${timers.flapMax}`,
    'devices:',
    ...[first, second].map((config, side) => `  palo-${side + 1}: { high-availability: ${member(config)} }`),
    'unpublished:',
    '  heartbeat-phase: aligned',
    '  control-retransmission: 1ms',
    '  link-down-detection: 1ms',
    '  boot-time: 1s',
    '  ha-agent-restart-time: 1s',
    '  dataplane-restart-time: 1s',
    '  bulk-session-sync: 50ms',
    '  port-bring-up-auto: 0s',
    '  port-flap: 0s',
    `  initial-timeout: ${write(assumptions.initialTimeoutUs)}`,
    `  announced-failure-hold: ${assumptions.announcedFailureHold}`,
    `  flap-comparison: ${assumptions.flapComparison}`,
    `  split-brain-loser: ${assumptions.splitBrainLoser}`,
    `  both-monitors-failed: ${assumptions.bothMonitorsFailed}`,
    `  ha3-loss-leaver: ${assumptions.ha3LossLeaver}`,
  ];
}
