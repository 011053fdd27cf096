import { describe, expect, it, test } from 'vitest';
import { rangeOf } from '../../../src/viewer/cull.ts';
import { AXIS_HEIGHT, FIELD_HEIGHT, layOut, rowAt } from '../../../src/viewer/layout.ts';
import { actionOf, KEYS } from '../../../src/viewer/keys.ts';
import { barText } from '../../../src/viewer/words.ts';
import { laneModel } from '../../helpers/lane-model.ts';

const { groups } = laneModel();

describe('layOut', () => {
  const layout = layOut(groups);

  it('the roles of both firewalls stand on either side of the field of messages', () => {
    const [upper, lower] = [layout.rowOf.get('palo-1/role')!, layout.rowOf.get('palo-2/role')!];
    expect(layout.field.bottom - layout.field.top).toBe(FIELD_HEIGHT);
    expect(layout.field.top - (upper.y + upper.height)).toBeLessThan(10);
    expect(lower.y - layout.field.bottom).toBeLessThan(10);
  });

  it('no two rows on each other, none under the axis, all inside of the height', () => {
    let free = AXIS_HEIGHT;
    for (const { y, height } of layout.rows) {
      expect(y).toBeGreaterThanOrEqual(free);
      free = y + height;
    }
    expect(free).toBeLessThanOrEqual(layout.height);
  });

  it('the row at a height, and none between rows', () => {
    for (const row of layout.rows) expect(rowAt(layout, row.y + 1)).toBe(row);
    expect(rowAt(layout, (layout.field.top + layout.field.bottom) / 2)).toBeNull();
  });

  it('one group alone has no field', () => {
    const { field } = layOut(groups.slice(0, 1));
    expect(field.bottom - field.top).toBe(0);
  });
});

test('rangeOf: what is inside, ends included; nothing of nothing', () => {
  const times = [1, 3, 3, 7, 9];
  const range = (fromUs: number, toUs: number) => rangeOf(times.length, (at) => times[at]!, fromUs, toUs);
  expect(range(3, 7)).toEqual([1, 4]);
  expect(range(10, 20)).toEqual([5, 5]);
  expect(rangeOf(0, () => 0, 0, 1)).toEqual([0, 0]);
});

describe('keys', () => {
  const press = (key: string, more: object = {}) =>
    actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

  it('each key does one thing', () => {
    const names = KEYS.flatMap(([keys]) => keys);
    expect(new Set(names).size).toBe(names.length);
    expect(press('ArrowLeft')).toEqual({ do: 'pan', share: -0.2 });
    expect(press('f')).toEqual({ do: 'fault' });
  });

  it('what is the browser’s stays the browser’s', () => {
    expect(press('f', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
    expect(press('Tab')).toBeNull();
  });
});

describe('words in bars', () => {
  const timer = { kind: 'timer' } as const;
  const span = {
    fromUs: 0,
    toUs: 5e5,
    text: 'hold',
    tone: 'busy',
    record: 1,
    endRecord: 2,
    deadlineUs: 5e5,
  } as const;

  it('a timer says how long it runs, not its name again', () => {
    expect(barText(timer, span)).toBe('500ms');
  });

  it('one that was cancelled says after how much of it; one that still runs at the end was not', () => {
    expect(barText(timer, { ...span, toUs: 2e5 })).toBe('cancelled after 200ms of 500ms');
    expect(barText(timer, { ...span, toUs: 2e5, endRecord: 0 })).toBe('500ms');
  });

  it('any other bar says what it is', () => {
    expect(barText({ kind: 'role' }, { ...span, text: 'active' })).toBe('active');
  });
});
