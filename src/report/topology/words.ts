/** What stands in a node at a time, beneath its name. */

import type { DrawnAsset, NodeStates, StateChange } from './model.ts';
import { stateAt } from './states.ts';

/** More addresses than these are counted. */
const MOST_ASSETS = 4;

/** A node without its place. */
export interface Worded extends NodeStates {
  readonly name: string;
  readonly notes: readonly string[];
}

/** What is the matter with a node at a time: its role first; of one that is off there is no more to say. */
export function standing({ role, conditions }: NodeStates, us: number): readonly StateChange[] {
  const first = stateAt(role, us);
  if (first?.tone === 'off') return [first];
  const others = conditions.flatMap((states) => stateAt(states, us) ?? []);
  return [...(first === undefined ? [] : [first]), ...others.filter(({ text }) => text !== '')];
}

/** Its states, its addresses, and the floating ones that it has. */
export function wordsAt(node: Worded, assets: readonly DrawnAsset[], us: number): readonly string[] {
  const own = assets.filter(({ states }) => isOf(stateAt(states, us), node.name)).map(({ name }) => name);
  const named = own.length > MOST_ASSETS ? own.slice(0, MOST_ASSETS - 1) : own;
  const more = own.length === named.length ? [] : [`and ${own.length - named.length} more`];
  return [...standing(node, us).map(({ text }) => text), ...node.notes, ...named, ...more];
}

/** An address may have two owners, which `palo-1 and palo-2` says; one that is on its way has none yet. */
function isOf(state: StateChange | undefined, name: string): boolean {
  return state !== undefined && state.text.split(' and ').includes(name);
}

/** The words that take most room of all that a node ever shows: so many lines, the longest of each. */
export function roomiest(node: Worded, assets: readonly DrawnAsset[]): readonly string[] {
  const states = [node.role, ...node.conditions, ...assets.map((asset) => asset.states)];
  const times = new Set([0, ...states.flat().map(({ atUs }) => atUs)]);
  const room: string[] = [];
  for (const us of times) {
    for (const [line, word] of wordsAt(node, assets, us).entries()) {
      if (word.length > (room[line] ?? '').length) room[line] = word;
    }
  }
  return room.map((word) => word ?? '');
}
