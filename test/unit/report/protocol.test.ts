/** docs/protocol.md is the table that the protocol runs on, and says nothing that the reference does not know. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HA_EVENT_TYPES } from '../../../src/ha/event.ts';
import { RECORDED, type Reaction } from '../../../src/ha/table.ts';
import { MODES } from '../../../src/ha/transition.ts';
import { TRANSITIONS } from '../../../src/ha/transitions.ts';
import { renderProtocol } from '../../../src/report/protocol.ts';

/** Every cell of both tables. */
const cells: Reaction[] = Object.values(MODES).flatMap(({ table }) =>
  Object.values(table).flatMap(({ timer = {}, ...events }) => [
    ...Object.values(events),
    ...Object.values(timer),
  ]),
);

describe('protocol page', () => {
  test('protocol page: docs/protocol.md: is what the tables say (npm run protocol writes it)', () => {
    const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
    expect(page).toBe(renderProtocol());
  });

  test('protocol page: every cell: its sentence, transitions and rules are there', () => {
    const lines = new Set(
      renderProtocol()
        .split('\n')
        .map((line) => line.replaceAll(/ +/g, ' ')),
    );
    expect(cells.length).toBeGreaterThan(60);
    for (const { does, follows, rules } of cells) {
      const cell = ` ${does} | ${follows.join(' ')} | ${rules.join(' ')} |`.replaceAll(/ +/g, ' ');
      expect([...lines].some((line) => line.endsWith(cell))).toBe(true);
      expect(does).toMatch(/^[A-Z].*\.$/);
      for (const rule of rules) expect(rule).toMatch(/^R-(0\d\d|1[0-5]\d)$/);
    }
  });

  test('protocol page: an event without a cell: has a meaning', () => {
    for (const type of HA_EVENT_TYPES) expect(renderProtocol()).toContain(RECORDED[type]);
  });

  test('protocol page: transitions: each is in some cell, and is explained', () => {
    const named = new Set(cells.flatMap(({ follows }) => follows));
    expect([...named].toSorted()).toEqual(Object.keys(TRANSITIONS).toSorted());
    for (const text of Object.values(TRANSITIONS)) expect(renderProtocol()).toContain(text);
  });
});
