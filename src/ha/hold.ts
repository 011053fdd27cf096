/**
 * Monitor-fail hold-up: how long a failed link or path is tolerated before the role is left.
 *
 * The active (active-primary) waits monitor-fail-hold-up-time plus additional-master-hold-up-time, the passive
 * (active-secondary) only the first, so that a failure both can see is known of the passive before the active gives up (D04;
 *
 */

import { monitorFailed } from './health.ts';
import { isPrimary } from './role.ts';
import { cancelTimer, setTimerOnce, type Step } from './step.ts';

export function holdUpUs(step: Step): number {
  const { monitorFailHoldUpUs, additionalMasterHoldUpUs } = step.config.timers;
  return isPrimary(step.state.role) ? monitorFailHoldUpUs + additionalMasterHoldUpUs : monitorFailHoldUpUs;
}

/**
 * Starts or cancels the hold-up to match the monitors.
 *
 * @returns true when there is nothing to wait for and the role has to be left in this step
 */
export function settleHoldUp(step: Step): boolean {
  if (!monitorFailed(step.state)) {
    cancelTimer(step, 'monitor-fail-hold-up-time');
    return false;
  }
  const durationUs = holdUpUs(step);
  if (durationUs === 0 && !step.moved) return true;
  setTimerOnce(step, 'monitor-fail-hold-up-time', durationUs);
  return false;
}
