/** The pair and what is around it, as it stands at the time under the cursor; a click tells why it stands so. */

import { groupsOf, viewBoxOf, type Group } from '../report/topology/drawing.ts';
import { shapesAt } from '../report/topology/shapes.ts';
import type { RunPicture, ViewerState } from './state.ts';
import { timeText } from './scale.ts';

export function Topology({ state, picture }: { readonly state: ViewerState; readonly picture: RunPicture }) {
  const { topology } = picture.run;
  if (topology.nodes.length === 0) return null;
  const us = Math.min(Math.max(state.shownUs.value + picture.originUs, 0), picture.run.lanes.endUs);
  const shapes = shapesAt(topology, us);
  const { links, nodes, assets } = shapes;
  const choose = (record: number): void => {
    if (record !== 0) state.choose({ run: picture.number, kind: 'record', id: record });
  };
  return (
    <figure class="topology">
      <figcaption>
        {picture.run.label === '' ? '' : `${picture.run.label}: `}as it stands at{' '}
        <b>{timeText(state.shownUs.value, state.view.value)}</b>
      </figcaption>
      <svg
        viewBox={viewBoxOf(topology)}
        style={{ maxWidth: topology.width }}
        role="group"
        aria-label="Topology"
      >
        {groupsOf(shapes).map((group) => (
          <Drawn key={group.name} group={group} choose={choose} />
        ))}
      </svg>
      {assets.length === 0 ? null : (
        <StateTable
          heads={['address', 'who has it']}
          rows={assets.map(({ name, owner, record }) => ({ name, state: owner, record }))}
          run={picture.number}
        />
      )}
      <details>
        <summary>As a table</summary>
        <StateTable
          heads={['what', 'how it stands']}
          rows={[...nodes, ...links].map(({ name, title, record }) => ({ name, state: title, record }))}
          run={picture.number}
        />
      </details>
    </figure>
  );
}

interface StateRow {
  readonly name: string;
  readonly state: string;
  /** What a click on the row is about, 0 for nothing. */
  readonly record: number;
}

function StateTable({
  heads,
  rows,
  run,
}: {
  readonly heads: readonly string[];
  readonly rows: readonly StateRow[];
  readonly run: number;
}) {
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, state, record }) => (
          <tr key={`${name} ${state}`} data-record={record === 0 ? undefined : record} data-run={run}>
            <td>{name}</td>
            <td class="wrap">{state}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Choose = (record: number) => void;

/** What can be chosen can be reached by the keyboard. */
function reachable(record: number, title: string, choose: Choose) {
  if (record === 0) return { 'aria-label': title, role: 'img' as const };
  return {
    'aria-label': title,
    role: 'button' as const,
    tabIndex: 0,
    onClick: () => choose(record),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' || event.key === ' ') choose(record);
    },
  };
}

function Drawn({ group, choose }: { readonly group: Group; readonly choose: Choose }) {
  return (
    <g class={group.class} {...reachable(group.record, group.title, choose)}>
      <title>{group.title}</title>
      {group.pieces.map(({ tag: Tag, attributes, text }, index) => (
        <Tag key={index} {...attributes}>
          {text}
        </Tag>
      ))}
    </g>
  );
}
