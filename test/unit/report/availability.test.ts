import { expect, test } from 'vitest';
import { availabilityLines } from '../../../src/report/availability.ts';
import { PLAIN } from '../../../src/report/style.ts';
import { widthOf } from '../../../src/report/table.ts';
import { page, result } from '../../helpers/result.ts';

const { availability } = result();

test('availabilityLines: a failover: a bar for the pair and each direction, with the worst of each cell', () => {
  expect(page(availabilityLines(result(), PLAIN, 80))).toMatchInlineSnapshot(`
    "
    Availability   ─ up   ▒ degraded   █ down
      pair             ──────────────██▒▒▒▒▒▒   97.500 %
      trust → untrust  ──────────────██──────   97.500 %  down 750ms
      untrust → trust  ──────────────────────  100.000 %
      times: up 20s, degraded 9.25s, down 750ms
      degraded: palo-1 non-functional (Link down) [section 1.1] 9.25s
    "
  `);
});

test('availabilityLines: a run without length: nothing', () => {
  const empty = { ...availability, lengthUs: 0, percent: null };
  expect(availabilityLines(result({ availability: empty }), PLAIN, 80)).toEqual([]);
});

test('availabilityLines: spans beyond the limit: the bar is blank where they are missing', () => {
  const capped = { ...availability, spans: availability.spans.slice(0, 1), spansOmitted: 2, directions: [] };
  const [, pair] = availabilityLines(result({ availability: capped }), PLAIN, 80);
  expect(pair).toMatch(/^ {2}pair {2}─{22} {11,} 97\.500 %$/);
});

test('availabilityLines: many directions with long names: the first dozen, none wider than the page', () => {
  const [first] = availability.directions;
  const directions = Array.from({ length: 20 }, (_, index) => ({
    ...(first as NonNullable<typeof first>),
    from: `a-zone-with-a-rather-long-name-${index}`,
  }));
  const lines = availabilityLines(result({ availability: { ...availability, directions } }), PLAIN, 72);
  expect(lines).toContain('  … and 8 more directions; --json holds them all');
  expect(lines.filter((line) => widthOf(line) > 72)).toEqual([]);
});
