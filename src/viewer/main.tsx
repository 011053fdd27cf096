/**
 * The viewer of a report page: reads the runs that the page holds, draws them, and answers clicks. It asks nobody for anything; without
 * it the page still says everything, in tables.
 */

import { render } from 'preact';
import { effect } from '@preact/signals';
import type { PageView } from '../report/page/view.ts';
import { actionOf } from './keys.ts';
import { Lanes } from './lanes.tsx';
import { ViewerState } from './state.ts';
import './style.css';
import type { Subject } from './subject.ts';
import { Toolbar } from './toolbar.tsx';
import { Topology } from './topology.tsx';
import { Heard, Why } from './why.tsx';
import { countText } from './words.ts';

function Viewer({ state }: { readonly state: ViewerState }) {
  return (
    <div class="viewer" onKeyDown={(event) => press(state, event)}>
      <Toolbar state={state} />
      <Heard state={state} />
      <div class="stage">
        <div class="pictures">
          {state.runs.map((picture) => (
            <section key={picture.number} aria-label={picture.run.label || picture.run.name}>
              {picture.run.label === '' ? null : (
                <h3 class="run">
                  {picture.run.label}: {picture.run.name}
                </h3>
              )}
              <Lanes state={state} picture={picture} />
              {picture.run.lanes.leftOut === 0 ? null : (
                <p class="soft">
                  There was no room for {countText(picture.run.lanes.leftOut)} packets, long before or after
                  the first thing that was done to the pair: their messages are not drawn.
                </p>
              )}
            </section>
          ))}
        </div>
        <div class="beside">
          <Why state={state} />
          {state.runs.map((picture) => (
            <Topology key={picture.number} state={state} picture={picture} />
          ))}
        </div>
      </div>
    </div>
  );
}

function press(state: ViewerState, event: KeyboardEvent): void {
  const action = actionOf(event);
  // Enter on a button is the button's.
  if (action === null || (event.key === 'Enter' && !(event.target instanceof HTMLCanvasElement))) return;
  if (event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  state.act(action);
}

/** Rows of the page's tables name the record that they are about: a click there chooses it. */
function followTables(state: ViewerState): void {
  const choose = (target: EventTarget | null): boolean => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-record]') : null;
    if (element === null) return false;
    const run = Number(element.dataset['run'] ?? 0);
    state.choose({ run, kind: 'record', id: Number(element.dataset['record']) });
    document.getElementById('hasim-viewer')?.scrollIntoView({ block: 'start' });
    return true;
  };
  document.addEventListener('click', (event) => choose(event.target));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && choose(event.target)) event.preventDefault();
  });
}

const PLACE = /^#(b-)?r(\d+)$/;

/** A link to a record: `#r17`, of the second run `#b-r17`. */
function followPlace(state: ViewerState): void {
  const read = (): void => {
    const [, second, id] = PLACE.exec(location.hash) ?? [];
    if (id !== undefined) state.choose({ run: second === undefined ? 0 : 1, kind: 'record', id: Number(id) });
  };
  read();
  addEventListener('hashchange', read);
  effect(() => {
    const place = placeOf(state.chosen.value);
    if (place !== null && place !== location.hash) history.replaceState(null, '', place);
  });
}

function placeOf(chosen: Subject | null): string | null {
  return chosen?.kind === 'record' ? `#${chosen.run === 1 ? 'b-' : ''}r${chosen.id}` : null;
}

/** Details are told on paper. */
function followPaper(): void {
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details')) {
      if (details.open) continue;
      details.open = true;
      addEventListener('afterprint', () => (details.open = false), { once: true });
    }
  });
}

function start(): void {
  const place = document.getElementById('hasim-viewer');
  const data = document.getElementById('hasim-view')?.textContent;
  if (place === null || data === null || data === undefined) return;
  const state = new ViewerState(JSON.parse(data) as PageView);
  place.replaceChildren();
  render(<Viewer state={state} />, place);
  followTables(state);
  followPlace(state);
  followPaper();
}

start();
