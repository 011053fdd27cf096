/** What the chosen thing is, why it came to it, and what followed. */

import type { RecordView } from '../report/lanes/model.ts';
import { formatDuration } from '../kernel/time.ts';
import type { ViewerState } from './state.ts';
import { tell, type Told } from './subject.ts';

const BEGINS = 'Nothing before it: it is where this begins';
const NO_CAUSE = { state: 'It was so from the beginning', message: 'Nothing to tell before it' } as const;

export function Why({ state }: { readonly state: ViewerState }) {
  const chosen = state.chosen.value;
  const picture = chosen === null ? undefined : state.runs[chosen.run];
  if (chosen === null || picture === undefined) {
    return (
      <aside class="why" aria-label="Why">
        <p class="soft">
          Click on anything, or press n, to see what it is, why it came to it, and what followed.
        </p>
      </aside>
    );
  }
  const { title, facts, causes, followed, more } = tell(picture.run.lanes, picture.names, chosen);
  const choose = (id: number): void => state.choose({ run: picture.number, kind: 'record', id });
  const originUs = picture.run.lanes.records[(causes.at(-1)?.id ?? 0) - 1]?.atUs ?? null;
  return (
    <aside class="why" aria-label="Why">
      <h3>
        {picture.run.label === '' ? null : <span class="over">{picture.run.label} </span>}
        {title}
      </h3>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h4>{causes.length > 0 ? 'Because' : chosen.kind === 'record' ? BEGINS : NO_CAUSE[chosen.kind]}</h4>
      <Records records={causes} originUs={originUs} choose={choose} />
      {followed.length === 0 ? null : (
        <>
          <h4>What followed</h4>
          <Records records={followed} originUs={originUs} choose={choose} />
          {more === 0 ? null : <p class="soft">… and {more} more</p>}
        </>
      )}
    </aside>
  );
}

/** What is chosen, in a sentence, for who hears the page: the panel itself is too long to be read out at every step. */
export function Heard({ state }: { readonly state: ViewerState }) {
  const chosen = state.chosen.value;
  const picture = chosen === null ? undefined : state.runs[chosen.run];
  const told =
    chosen === null || picture === undefined ? null : tell(picture.run.lanes, picture.names, chosen);
  return (
    <p class="heard" role="status">
      {told === null ? '' : sentenceOf(told)}
    </p>
  );
}

/** `20.551 s, palo-2: passive → active; 3 causes, 4 things followed`. */
function sentenceOf({ title, facts, causes, followed, more }: Told): string {
  const value = (name: string): string | undefined => facts.find(([own]) => own === name)?.[1];
  const when = value('at') ?? value('sent') ?? value('since') ?? '';
  const of = value('of');
  const after = followed.length + more;
  const counts = [
    ...(causes.length === 0 ? [] : [`${causes.length} ${causes.length === 1 ? 'cause' : 'causes'}`]),
    ...(after === 0 ? [] : [`${after} ${after === 1 ? 'thing' : 'things'} followed`]),
  ];
  return `${when}, ${of === undefined ? '' : `${of}: `}${title}${counts.length === 0 ? '' : `; ${counts.join(', ')}`}`;
}

/** Records to go on to, with their time since the fault. */
function Records({
  records,
  originUs,
  choose,
}: {
  readonly records: readonly RecordView[];
  readonly originUs: number | null;
  readonly choose: (id: number) => void;
}) {
  return (
    <ol>
      {records.map(({ id, atUs, subject, text }) => (
        <li key={id}>
          <button type="button" onClick={() => choose(id)}>
            <span class="when">
              #{id}{' '}
              {originUs === null
                ? ''
                : atUs === originUs
                  ? 'at the fault'
                  : `+${formatDuration(atUs - originUs)}`}
            </span>{' '}
            <b>{subject}</b> {text}
          </button>
        </li>
      ))}
    </ol>
  );
}
