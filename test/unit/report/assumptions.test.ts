import { describe, expect, it } from 'vitest';
import { assumptionLines } from '../../../src/report/assumptions.ts';
import { PLAIN } from '../../../src/report/style.ts';
import type { Assumption } from '../../../src/run/result.ts';
import { page, result } from '../../helpers/result.ts';

const LAG: Assumption = {
  name: 'session-sync-lag',
  value: '1s',
  default: '100ms',
  changed: true,
  range: '0s to 10s',
  note: 'From a session change to its sync message leaving on HA2.',
  source: '14.A',
};

const BOOT: Assumption = {
  name: 'boot-time',
  value: '3min',
  default: '3min',
  changed: false,
  range: '1s to 30min',
  note: 'From power-on to HA starting.',
  source: 'ours',
};

describe('assumptionLines', () => {
  it('two parameters, one of them changed: each with value, default, range, note and source', () => {
    expect(page(assumptionLines(result({ assumptions: [LAG, BOOT] }), PLAIN, 110))).toMatchInlineSnapshot(`
      "
      Assumptions that this result rests on
        PAN-OS does not publish these; a scenario sets them under unpublished:
        session-sync-lag  1s (changed; default 100ms), range 0s to 10s
          From a session change to its sync message leaving on HA2. Source: section 14.A of the reference.
        boot-time         3min (default), range 1s to 30min
          From power-on to HA starting. Source: ours.
      "
    `);
  });

  it('a run that rests on none: says so', () => {
    expect(assumptionLines(result(), PLAIN, 110)[1]).toBe(
      '  none: nothing that PAN-OS does not publish took effect',
    );
  });
});
