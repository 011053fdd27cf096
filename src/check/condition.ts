/**
 * Conditions of an expectation, held against a moment of a run; and both in words.
 */

import { holdersOf, isDualActive, type PairState } from '../measure/history.ts';
import { satisfies, type Comparison } from '../scenario/schema/comparison.ts';
import type { Condition } from '../scenario/schema/condition.ts';
import { LOSS_CAUSES } from '../traffic/loss.ts';
import type { Moment } from './course.ts';

/** One thing that a condition says, and what is the case. */
interface Clause {
  readonly expected: string;
  readonly measured: string;
  readonly holds: boolean;
}

function clauses(condition: Condition, state: Moment): readonly Clause[] {
  const list: Clause[] = [];
  const perDevice = (
    wanted: Readonly<Record<string, string>> | undefined,
    actual: Readonly<Record<string, string | null>>,
    write: (device: string, value: string) => string,
    absent: string,
  ): void => {
    for (const [device, value] of Object.entries(wanted ?? {})) {
      const is = actual[device] ?? null;
      list.push({
        expected: write(device, value),
        measured: write(device, is ?? absent),
        holds: is === value,
      });
    }
  };
  perDevice(condition.role, state.roles, (device, role) => `${device} ${role}`, 'off');
  perDevice(condition.reason, state.reasons, (device, reason) => `${device} "${reason}"`, '');
  perDevice(
    condition['peer-connection'],
    state.connections,
    (device, connection) => `${device} peer connection ${connection}`,
    'never',
  );
  const owners = Object.keys(condition.address ?? {}).map((address) => [address, ownerOf(state, address)]);
  perDevice(condition.address, Object.fromEntries(owners), (address, owner) => `${address} at ${owner}`, '');
  const assets = Object.keys(condition.owner ?? {}).map((asset) => [asset, state.owners[asset] ?? 'none']);
  perDevice(condition.owner, Object.fromEntries(assets), (asset, owner) => `${asset} at ${owner}`, '');
  const flag = (wanted: boolean | undefined, is: boolean, yes: string, no: string): void => {
    if (wanted === undefined) return;
    list.push({ expected: wanted ? yes : no, measured: is ? yes : no, holds: wanted === is });
  };
  flag(condition['dual-active'], isDualActive(state), 'dual-active', 'not dual-active');
  flag(
    condition['configuration-synchronized'],
    state.configurationSynchronized,
    'configuration synchronized',
    'configuration not synchronized',
  );
  const { traffic, probe = {}, logged, 'api-calls': calls = {} } = condition;
  if (traffic !== undefined) {
    const is = state.traffic ?? 'no more kept';
    list.push({ expected: `traffic ${traffic}`, measured: `traffic ${is}`, holds: is === traffic });
  }
  const fates = Object.keys(probe).map((name) => [name, state.probe(name)]);
  perDevice(probe, Object.fromEntries(fates), (name, fate) => `${name} ${fate}`, 'no more kept');
  if (logged !== undefined) {
    const line = `"${logged.text}"${logged.device === undefined ? '' : ` at ${logged.device}`}`;
    const holds = state.logged(logged) > 0;
    list.push({ expected: `logged ${line}`, measured: `${holds ? 'logged' : 'not logged'} ${line}`, holds });
  }
  const counted = (what: string, comparison: Comparison | undefined, count: () => number): void => {
    if (comparison === undefined) return;
    const is = count();
    const holds = satisfies(comparison, is);
    list.push({ expected: `${what} ${comparison.text}`, measured: `${what} ${is}`, holds });
  };
  for (const [action, comparison] of Object.entries(calls)) {
    counted(action, comparison, () => state.calls(action));
  }
  if (condition.sessions !== undefined) {
    const { workload, lost, ...causes } = condition.sessions;
    const subject = workload === undefined ? 'sessions' : `sessions of ${workload}`;
    counted(`${subject} lost`, lost, () => state.lost(workload, undefined));
    for (const cause of LOSS_CAUSES) {
      counted(`${subject} lost ${cause}`, causes[cause], () => state.lost(workload, cause));
    }
  }
  if (condition.timeline !== undefined) {
    const what = `timeline entry ${condition.timeline}`;
    const holds = state.carriedOut(condition.timeline);
    list.push({
      expected: what,
      measured: holds ? what : `${what} still to come`,
      holds,
    });
  }
  return list;
}

/** The firewall that holds a virtual address; `both` may, with ARP load sharing or in a split brain. */
function ownerOf(state: PairState, address: string): string {
  const [owner = 'none', other] = holdersOf(state, address);
  return other === undefined ? owner : 'both';
}

/** True when every clause of the condition holds. */
export function conditionHolds(condition: Condition, state: Moment): boolean {
  return clauses(condition, state).every((clause) => clause.holds);
}

/** The condition in words: `palo-1 passive, palo-2 active`. */
export function describeCondition(condition: Condition, state: Moment): string {
  return clauses(condition, state)
    .map((clause) => clause.expected)
    .join(', ');
}

/** What is the case, about the things that the condition speaks of. */
export function describeState(condition: Condition, state: Moment): string {
  return clauses(condition, state)
    .map((clause) => clause.measured)
    .join(', ');
}
