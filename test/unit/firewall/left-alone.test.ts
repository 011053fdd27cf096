/** An active-primary whose peer stops serving: it keeps its role, takes the peer's addresses and sessions, and the books say so. */

import { expect, test } from 'vitest';
import { runPair, us, type Part } from '../../helpers/pair.ts';

const staying: Part = {
  of2: {
    from: 'client-2',
    to: 'server',
    protocol: 'tcp',
    port: 22,
    arrivals: { concurrent: 3 },
    'holding-time': 'forever',
  },
};

test('active/active: the active-secondary dies: one record of sessions at the active-primary, and its takeover has it', () => {
  const pair = runPair({
    mode: 'active-active',
    workloads: staying,
    timeline: [{ at: '20s', 'power-off': 'palo-2' }],
    until: '40s',
  });

  expect(pair.story('palo-1')).toBe('active-primary');
  expect(pair.records('sessions').map(({ subject, data }) => [subject, data.carried])).toEqual([
    ['palo-1', 3],
  ]);
  expect(pair.result.failovers).toMatchObject([{ from: 'palo-2', to: 'palo-1', sessions: { carried: 3 } }]);
  expect(pair.result.failovers[0]?.takeoverUs).toBeGreaterThan(us('20s'));
});

test('active/active: the active-primary dies: one record, not a second one for the peer that is gone', () => {
  const pair = runPair({
    mode: 'active-active',
    workloads: staying,
    timeline: [{ at: '20s', suspend: 'palo-1' }],
    until: '40s',
  });

  expect(pair.records('sessions').map(({ subject }) => subject)).toEqual(['palo-2']);
});
