import { expect, test } from 'vitest';
import { incidentLines } from '../../../src/report/incidents.ts';
import { PLAIN } from '../../../src/report/style.ts';
import { page, result } from '../../helpers/result.ts';

const S = 1_000_000;
const incident = { title: 'HA link issue', device: 'palo-1', link: 'ha1' } as const;

test('incidentLines: raised and cleared, raised and open', () => {
  const incidents = [
    { ...incident, raisedUs: 23 * S, clearedUs: 7_260 * S },
    { ...incident, device: 'palo-2', link: 'ha1-backup', raisedUs: 90 * S, clearedUs: null },
  ];

  expect(page(incidentLines(result({ incidents }), PLAIN))).toMatchInlineSnapshot(`
    "
    Incidents   cleared when the link has been up for 2 h
      "HA link issue"  palo-1 ha1         raised at 23.000  cleared at 7260.000
      "HA link issue"  palo-2 ha1-backup  raised at 90.000  open at the end
    "
  `);
});

test('incidentLines: no incident: nothing', () => {
  expect(incidentLines(result(), PLAIN)).toEqual([]);
});

test('incidentLines: many: the first fifty and how many more', () => {
  const incidents = Array.from({ length: 52 }, (_, index) => ({
    ...incident,
    raisedUs: index * S,
    clearedUs: null,
  }));

  const lines = incidentLines(result({ incidents }), PLAIN);

  expect(lines).toHaveLength(1 + 50 + 1);
  expect(lines.at(-1)).toBe('  … and 2 more incidents');
});
