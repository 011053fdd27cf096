/** What is the matter with a node beside its role, over time: with the planes of a firewall, the ports of a switch, who answers. */

import type { RunResult } from '../../run/result.ts';
import type { TopologyNode } from '../../run/topology.ts';
import { recordsOf } from '../lanes/data.ts';
import type { Tone } from '../lanes/model.ts';
import type { StateChange, States } from './model.ts';

/** Faults of a firewall that do not show in its role, until what undoes them. */
const AILMENTS: readonly { readonly begins: string; readonly ends: string; readonly text: string }[] = [
  { begins: 'management-plane-stall', ends: 'management-plane-resume', text: 'management stalled' },
  { begins: 'ha-agent-hang', ends: 'ha-agent-restart', text: 'HA agent hangs' },
  { begins: 'policy-push-failure', ends: 'policy-push', text: 'policy push fails' },
];

/** All conditions that a node is ever in. */
export function conditionsOf(result: RunResult, node: TopologyNode): readonly States[] {
  const found = {
    firewall: () => [
      dataplane(result, node.name),
      ...AILMENTS.map((ailment) => ailing(result, node.name, ailment)),
    ],
    switch: () => spanningTree(result, node.name),
    router: () => [silence(result, node)],
    host: () => [silence(result, node)],
    vpc: () => [],
  }[node.kind]();
  return found.filter((states) => states.length > 0);
}

function dataplane({ records }: RunResult, name: string): States {
  return recordsOf(records, 'dataplane', name).map(({ id, timeUs, data }) =>
    change(timeUs, data.state === 'failed' ? 'dataplane down' : '', 'bad', id),
  );
}

function ailing(
  { records }: RunResult,
  name: string,
  { begins, ends, text }: (typeof AILMENTS)[number],
): States {
  return recordsOf(records, 'fault', name).flatMap(({ id, timeUs, data: { action } }) => {
    if (action === begins) return [change(timeUs, text, 'warn', id)];
    return action === ends ? [change(timeUs, '', 'good', id)] : [];
  });
}

/** The ports of a switch that listen and learn before they forward, each for itself. */
function spanningTree({ records }: RunResult, name: string): States[] {
  const held = recordsOf(records, 'spanning-tree', name);
  const ports = [...new Set(held.map(({ data }) => data.towards))];
  return ports.map((port) =>
    held
      .filter(({ data }) => data.towards === port)
      .flatMap(({ id, timeUs, data }) => [
        change(timeUs, `${port} learning`, 'busy', id),
        change(timeUs + 2 * data.forwardDelayUs, '', 'good', id),
      ])
      .toSorted((a, b) => a.atUs - b.atUs),
  );
}

/** An address that does not answer those who monitor it. */
function silence({ records }: RunResult, { addresses }: TopologyNode): States {
  const own = new Set(addresses.map((address) => address.split('/')[0]));
  return recordsOf(records, 'fault')
    .filter(({ subject }) => own.has(subject))
    .flatMap(({ id, timeUs, data: { action } }) => {
      if (action === 'target-unreachable') return [change(timeUs, 'does not answer', 'bad', id)];
      return action === 'target-reachable' ? [change(timeUs, '', 'good', id)] : [];
    });
}

function change(atUs: number, text: string, tone: Tone, record: number): StateChange {
  return { atUs, text, tone, record };
}
