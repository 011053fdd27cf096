/** The topology of a run, placed on a plane, with the states that everything goes through. Pure. */

import type { RunResult } from '../../run/result.ts';
import { dutyName } from '../duties.ts';
import { nodeOf, placesOf, portOf } from './layout.ts';
import type { DrawnLink, DrawnNode, TopologyModel } from './model.ts';
import { assetStates, linkStates, nodeStates } from './states.ts';

/** Room around the outermost nodes. */
const MARGIN = { x: 104, y: 48 };
const MOST_NOTES = 3;

/** What a report draws of where everything stands. @param result of a run that kept its packets; without them links have no states */
export function topologyModel(result: RunResult): TopologyModel {
  const { topology } = result;
  const places = placesOf(topology);
  const [xs, ys] = [[...places.values()].map(({ x }) => x), [...places.values()].map(({ y }) => y)];
  const left = Math.min(0, ...xs) - MARGIN.x;
  const top = Math.min(0, ...ys) - MARGIN.y;
  const nodes = topology.nodes.map(({ name, kind, addresses }): DrawnNode => {
    const { x, y } = places.get(name) ?? { x: 0, y: 0 };
    const notes = addresses.slice(0, MOST_NOTES);
    const more = addresses.length - notes.length;
    return {
      name,
      kind,
      x: x - left,
      y: y - top,
      notes: kind === 'firewall' ? [] : [...notes, ...(more > 0 ? [`and ${more} more`] : [])],
      states: nodeStates(result, name),
    };
  });
  const index = new Map(topology.nodes.map(({ name }, at) => [name, at]));
  const links = topology.links.map(({ name, between, duties }): DrawnLink => ({
    name,
    from: index.get(nodeOf(between[0])) ?? 0,
    to: index.get(nodeOf(between[1])) ?? 0,
    ports: [portOf(between[0]), portOf(between[1])],
    duty: duties.map(dutyName).join(', '),
    states: linkStates(result, name),
  }));
  return {
    width: Math.max(0, ...xs) + MARGIN.x - left,
    height: Math.max(0, ...ys) + MARGIN.y - top,
    nodes,
    links,
    assets: assetStates(result),
  };
}
