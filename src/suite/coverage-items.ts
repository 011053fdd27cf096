/**
 * What a suite of scenarios can exercise, by the mode of the pair: the tables that the simulator runs on, item by item, so that this
 * list cannot say anything else than they do. What a mode can never do is no item of it.
 */

import { MISMATCH_REASONS } from '../ha/compatibility.ts';
import type { HaMode } from '../ha/config.ts';
import { HA_EVENT_TYPES } from '../ha/event.ts';
import { REASON } from '../ha/reason.ts';
import type { Role } from '../ha/role.ts';
import type { Reaction, Row } from '../ha/table.ts';
import { TIMER_NAMES, type TimerName } from '../ha/timers.ts';
import { MODES } from '../ha/transition.ts';
import { TRANSITIONS, type TransitionNumber } from '../ha/transitions.ts';
import { OPERATOR_ACTIONS } from '../run/faults.ts';
import { ACTION_KEYS, type ActionKey } from '../scenario/schema/timeline.ts';
import { LOSS_CAUSES } from '../traffic/loss.ts';

/** What is counted apart, in the order of reports. */
export const COVERAGE_KINDS = [
  'transitions',
  'reactions',
  'timers',
  'reasons',
  'faults',
  'operator actions',
  'session losses',
] as const;

export type CoverageKind = (typeof COVERAGE_KINDS)[number];

/** Something that a run may exercise. */
export interface CoverageItem {
  readonly name: string;
  /** What it is, where its name does not say so; else empty. */
  readonly describe: string;
}

/** Actions that need `aws:`. */
const AWS_ACTIONS: ReadonlySet<ActionKey> = new Set([
  'terminate-instance',
  'revoke-security-group-ingress',
  'authorize-security-group-ingress',
  'api-unavailable',
  'api-available',
  'terraform-apply',
]);

/** Reasons of one mode alone; test/exhaustive visits what either can reach. */
const REASONS_OF_ONE_MODE: Readonly<Record<string, HaMode>> = {
  [REASON.hasim.recovered]: 'active-passive',
  [REASON.hasim.synchronized]: 'active-passive',
  [REASON.hasim.syncTimedOut]: 'active-passive',
  [REASON.ha3Down]: 'active-active',
  [REASON.waitingForTentativeHold]: 'active-active',
  [REASON.hasim.peerTentative]: 'active-active',
  [REASON.hasim.peerNotPrimary]: 'active-active',
  [REASON.hasim.ha3NotNeeded]: 'active-active',
  [REASON.hasim.ha3Restored]: 'active-active',
  [REASON.hasim.tentativeHoldOver]: 'active-active',
};

/** PAN-OS shows it of a peer that was never heard (K21); here such a peer has no connection that could go down. */
const NEVER_GIVEN: readonly string[] = [REASON.neverConnected];

/** Everything of one kind that a pair of this mode can exercise. @param aws there is such a pair in AWS */
export function coverageItems(kind: CoverageKind, mode: HaMode, aws: boolean): readonly CoverageItem[] {
  switch (kind) {
    case 'transitions':
      return transitionsOf(mode).map((number) => ({ name: number, describe: TRANSITIONS[number] }));
    case 'reactions':
      return cellsOf(mode).map(({ role, event, cell }) => ({
        name: reactionName(role, event),
        describe: cell.does,
      }));
    case 'timers':
      return timersOf(mode).map(named);
    case 'reasons':
      return reasonsOf(mode).map(named);
    case 'faults':
      return actions(aws)
        .filter((action) => !OPERATOR_ACTIONS.has(action))
        .map(named);
    case 'operator actions':
      return actions(aws)
        .filter((action) => OPERATOR_ACTIONS.has(action))
        .map(named);
    case 'session losses':
      return LOSS_CAUSES.map(named);
  }
}

/** How a cell of the protocol's table is called: `passive: peer-lost`, `active: timer promotion-hold-time`. */
export function reactionName(role: Role, event: string): string {
  return `${role}: ${event}`;
}

const named = (name: string): CoverageItem => ({ name, describe: '' });

interface Cell {
  readonly role: Role;
  readonly event: string;
  readonly cell: Reaction;
}

function cellsOf(mode: HaMode): Cell[] {
  const rows = Object.entries(MODES[mode].table) as [Role, Row][];
  return rows.flatMap(([role, row]) =>
    HA_EVENT_TYPES.flatMap((event): Cell[] => {
      if (event === 'timer') {
        return TIMER_NAMES.flatMap((timer) => cellAt(role, `timer ${timer}`, row.timer?.[timer]));
      }
      return cellAt(role, event, row[event]);
    }),
  );
}

function cellAt(role: Role, event: string, cell: Reaction | undefined): Cell[] {
  return cell === undefined ? [] : [{ role, event, cell }];
}

function transitionsOf(mode: HaMode): TransitionNumber[] {
  const possible = new Set(cellsOf(mode).flatMap(({ cell }) => cell.follows));
  return (Object.keys(TRANSITIONS) as TransitionNumber[]).filter((number) => possible.has(number));
}

/** Those that some role answers, and the flap window, which every role does. */
function timersOf(mode: HaMode): TimerName[] {
  const answered = new Set(cellsOf(mode).map(({ event }) => event));
  return TIMER_NAMES.filter((timer) => answered.has(`timer ${timer}`) || timer === FLAP_WINDOW_TIMER);
}

const FLAP_WINDOW_TIMER: TimerName = 'flap-window';

function reasonsOf(mode: HaMode): string[] {
  const { hasim, ...panOs } = REASON;
  const all = [...Object.values(panOs), ...Object.values(hasim), ...MISMATCH_REASONS];
  return all.filter((reason) => {
    const only = reason.startsWith('A/A mode ') ? 'active-active' : REASONS_OF_ONE_MODE[reason];
    return !NEVER_GIVEN.includes(reason) && (only === undefined || only === mode);
  });
}

function actions(aws: boolean): ActionKey[] {
  return ACTION_KEYS.filter((action) => aws || !AWS_ACTIONS.has(action));
}
