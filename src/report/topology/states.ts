/** How nodes, links and addresses stand over time, from the lanes, where every state has been found already. */

import type { RunResult } from '../../run/result.ts';
import type { TopologyNode } from '../../run/topology.ts';
import { carrierSpans } from '../lanes/carrier.ts';
import { recordsOf } from '../lanes/data.ts';
import { groupsAround } from '../lanes/around.ts';
import type { Span } from '../lanes/model.ts';
import { roleSpans } from '../lanes/role.ts';
import { heals } from '../tones.ts';
import { conditionsOf } from './conditions.ts';
import type { DrawnAsset, NodeStates, StateChange, States } from './model.ts';

/** Spans as changes: a state holds until the next. */
function changes(spans: readonly Span[]): StateChange[] {
  return spans.map(({ fromUs, text, tone, record }) => ({ atUs: fromUs, text, tone, record }));
}

/** The role of a firewall, and what is the matter with any node. */
export function nodeStates(result: RunResult, node: TopologyNode): NodeStates {
  return {
    role: changes(roleSpans(result.records, node.name, result.endedAtUs)),
    conditions: conditionsOf(result, node),
  };
}

/** Faults that a link shows beside its carrier: it swallows or harms packets while they last. */
const HARMS: Readonly<Record<string, string>> = { blackhole: 'blackhole', impair: 'impaired' };

/** The carrier of a link, and what a fault does to it while there is carrier. */
export function linkStates(result: RunResult, name: string): States {
  const index = result.capture?.links.findIndex((link) => link.name === name) ?? -1;
  if (index === -1) return [];
  const carrier = changes(carrierSpans(result, index));
  const harms = recordsOf(result.records, 'fault', name).flatMap(({ id, timeUs, data }): StateChange[] => {
    const text = Object.entries(HARMS).find(([action]) => data.action.startsWith(action))?.[1];
    if (text === undefined) return [];
    return [{ atUs: timeUs, text: heals(data.action) ? '' : text, tone: 'warn', record: id }];
  });
  if (harms.length === 0) return carrier;
  return together(carrier, harms);
}

/** Without carrier a harm does not show; with it, it does until it is undone. */
function together(carrier: States, harms: States): States {
  const times = [...new Set([...carrier, ...harms].map(({ atUs }) => atUs))].toSorted((a, b) => a - b);
  return times.flatMap((atUs) => {
    const base = stateAt(carrier, atUs);
    const harm = stateAt(harms, atUs);
    if (base === undefined) return [];
    const shown = base.tone === 'good' && harm !== undefined && harm.text !== '' ? harm : base;
    return [{ ...shown, atUs }];
  });
}

/** The state at a time, or undefined before the first. */
export function stateAt(states: States, us: number): StateChange | undefined {
  return states.findLast(({ atUs }) => atUs <= us);
}

/** Who has which address, interface or route. */
export function assetStates(result: RunResult): DrawnAsset[] {
  const group = groupsAround(result).find(({ name }) => name === 'addresses');
  return (group?.lanes ?? []).map(({ label, spans }) => ({ name: label, states: changes(spans) }));
}
