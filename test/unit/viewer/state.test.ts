import { describe, expect, it, test } from 'vitest';
import { subjectAt } from '../../../src/viewer/pointing.ts';
import { xOf } from '../../../src/viewer/scale.ts';
import { ViewerState } from '../../../src/viewer/state.ts';
import { causesOf, tell } from '../../../src/viewer/subject.ts';
import { laneModel, runView } from '../../helpers/lane-model.ts';

const WANTED = { messages: 1_000, records: 4, endUs: 100e6 };

function oneRun(): ViewerState {
  return new ViewerState({ runs: [runView(WANTED)] });
}

describe('the state of the viewer', () => {
  it('opens with the fault in the middle; the whole has room around', () => {
    const state = oneRun();
    expect(state.view.value).toEqual({ fromUs: 19e6, toUs: 21e6 });
    state.act({ do: 'whole' });
    expect(state.view.value).toEqual({ fromUs: -2e6, toUs: 102e6 });
    state.act({ do: 'fault' });
    expect(state.view.value).toEqual({ fromUs: 19e6, toUs: 21e6 });
  });

  it('from thing to thing: the first in view, the next with its time brought into view, back, and no farther than the last', () => {
    const state = oneRun();
    state.act({ do: 'next' });
    expect(state.chosen.value).toMatchObject({ kind: 'record', id: 1 });
    state.act({ do: 'next' });
    expect(state.chosen.value).toMatchObject({ id: 2 });
    expect(state.view.value).toEqual({ fromUs: 39e6, toUs: 41e6 });
    state.act({ do: 'previous' });
    expect(state.chosen.value).toMatchObject({ id: 1 });
    for (let step = 0; step < 9; step += 1) state.act({ do: 'next' });
    expect(state.chosen.value).toMatchObject({ id: 4 });
  });

  it('to the cause, and to nothing', () => {
    const state = oneRun();
    state.choose({ run: 0, kind: 'record', id: 3 });
    state.act({ do: 'cause' });
    expect(state.chosen.value).toMatchObject({ id: 2 });
    state.act({ do: 'cause' });
    state.act({ do: 'cause' });
    // The fault has no cause.
    expect(state.chosen.value).toMatchObject({ id: 1 });
    state.act({ do: 'clear' });
    expect(state.chosen.value).toBeNull();
  });

  it('asked to explain where nothing is chosen: the thing nearest to the middle', () => {
    const state = oneRun();
    state.act({ do: 'cause' });
    expect(state.chosen.value).toMatchObject({ kind: 'record', id: 1 });
  });

  it('what is clicked on stays where it is, also a bar that began out of sight', () => {
    const state = oneRun();
    state.point({ run: 0, kind: 'state', lane: 'palo-1/role', text: 'role: active', fromUs: 0 });
    expect(state.view.value).toEqual(state.opening);
    expect(state.chosen.value).toMatchObject({ kind: 'state', fromUs: 0 });
  });

  it('a class is hidden and shown again; only classes that there are have a switch', () => {
    const state = oneRun();
    expect(state.classes).toEqual(['heartbeat', 'hello', 'session-sync']);
    state.toggle('hello');
    expect([state.shows('hello'), state.shows('heartbeat')]).toEqual([false, true]);
    state.toggle('hello');
    expect(state.shows('hello')).toBe(true);
  });

  it('the topology follows the cursor, else what is chosen, else the fault', () => {
    const state = oneRun();
    expect(state.shownUs.value).toBe(20e6);
    state.choose({ run: 0, kind: 'record', id: 3 });
    expect(state.shownUs.value).toBe(60e6);
    state.cursorUs.value = 12e6;
    expect(state.shownUs.value).toBe(12e6);
  });

  it('what a page does not have cannot be chosen', () => {
    const state = oneRun();
    state.choose({ run: 0, kind: 'record', id: 99 });
    expect(state.chosen.value).toBeNull();
    state.choose({ run: 1, kind: 'record', id: 1 });
    expect(state.chosen.value).toBeNull();
  });
});

test('two runs: the axis counts from the fault of each', () => {
  const state = new ViewerState({ runs: [runView(WANTED, 'A'), runView({ ...WANTED, records: 9 }, 'B')] });
  expect(state.runs.map(({ originUs }) => originUs)).toEqual([20e6, 10e6]);
  expect(state.view.value).toEqual({ fromUs: -1e6, toUs: 1e6 });
  state.choose({ run: 1, kind: 'record', id: 2 });
  expect(state.view.value).toEqual({ fromUs: 9e6, toUs: 11e6 });
});

describe('what is under the pointer', () => {
  const state = oneRun();
  const [picture] = state.runs;
  const { layout, columns } = picture!;
  const view = { fromUs: 0, toUs: 100e6 };
  const at = (us: number, lane: string) => {
    const row = layout.rowOf.get(lane)!;
    const place = { run: 0, layout, columns, view, width: 1_000, hidden: 0 };
    return subjectAt(place, xOf(view, us, 1_000), row.y + 2);
  };

  it('a mark near enough, else the bar, which is what began it', () => {
    expect(at(20.3e6, 'palo-1/events')).toEqual({ run: 0, kind: 'record', id: 1 });
    expect(at(30e6, 'palo-1/events')).toBeNull();
    expect(at(30e6, 'palo-1/role')).toEqual({ run: 0, kind: 'record', id: 1 });
  });

  it('a bar that was there from the beginning is a state, which nothing began', () => {
    expect(at(10e6, 'palo-1/role')).toEqual({
      run: 0,
      kind: 'state',
      lane: 'palo-1/role',
      text: 'role: active',
      fromUs: 0,
    });
  });
});

describe('what is told', () => {
  const model = laneModel(WANTED);
  const names = ['palo-1', 'palo-2'];

  it('the causes of a record, back to the fault, and what followed from it', () => {
    expect(causesOf(model, 4).map(({ id }) => id)).toEqual([3, 2, 1]);
    const { title, facts, followed, more } = tell(model, names, { run: 0, kind: 'record', id: 2 });
    expect(title).toBe('thing 2');
    expect(facts).toContainEqual(['at', '40.000 s']);
    expect(facts).toContainEqual(['lasted', '20s']);
    expect(followed.map(({ id }) => id)).toEqual([3]);
    expect(more).toBe(0);
  });

  it('a message that arrived, and one that did not with who is to blame', () => {
    const arrived = tell(model, names, { run: 0, kind: 'message', index: 1 });
    expect(arrived.title).toBe('hello');
    expect(arrived.facts).toContainEqual(['from', 'palo-2 to palo-1']);
    expect(arrived.facts).toContainEqual(['arrived', '0.002 s, after 1ms']);
    const lost = tell(model, names, { run: 0, kind: 'message', index: 9 });
    expect(lost.facts).toContainEqual(['lost', 'for the cause below']);
    expect(lost.causes.map(({ id }) => id)).toEqual([1]);
  });

  it('of many that followed the first ones are told, and how many more there are', () => {
    const many = {
      ...model,
      records: laneModel({ records: 100 }).records.map((one) => ({ ...one, cause: one.id === 1 ? 0 : 1 })),
    };
    const { followed, more } = tell(many, names, { run: 0, kind: 'record', id: 1 });
    expect([followed.length, more]).toEqual([30, 69]);
  });

  it('a chain of causes that turns in a circle ends', () => {
    const circle = { ...model, records: model.records.map((one) => ({ ...one, cause: 5 - one.id })) };
    expect(causesOf(circle, 1).length).toBeLessThan(5);
  });
});
