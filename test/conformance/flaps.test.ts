/** what counts as a flap, and the suspension that ends a loop. */

import { expect, test } from 'vitest';
import { HA1_US, lay, mistakesIn, runPair, timers, us, type PairRun } from '../helpers/pair.ts';
import { configOf, fired, follow, helloFrom, monitor, stateIn } from '../helpers/protocol.ts';

const flapMax = (value: number) => timers({ 'flap-max': value });
const preemptive = (max: number) => lay(flapMax(max), { 'election-option': { preemptive: true } });
const failure = (at: string) => ({ at, 'interface-down': 'palo-1:ethernet1/1', for: '5s' });

/** Preemptive on both: 120 s after it left, palo-1 is active again. It leaves 550 ms after each failure. */
const everyTwoMinutes = (count: number) =>
  Array.from({ length: count }, (_, index) => failure(`${20 + 130 * index}s`));

/** palo-1 leaves at 20.55 s; the operator gives it the role back at 100 s. */
const leaveAndReturn = [failure('20s'), { at: '100s', suspend: 'palo-2', for: '10s' }];

test('R-080: active left within 15 min after it was last left: a flap; a microsecond more: none', () => {
  const ha = flapMax(1);
  const within = runPair({ ha, timeline: [...leaveAndReturn, failure('920s')], until: '20min' });
  const after = runPair({ ha, timeline: [...leaveAndReturn, failure('920000001us')], until: '20min' });

  expect(within.enters('palo-1', 'non-functional', 2) - within.enters('palo-1', 'non-functional')).toBe(
    us('15min'),
  );
  expect(within.story('palo-1')).toBe('active non-functional passive active non-functional suspended');
  expect(after.story('palo-1')).toBe('active non-functional passive active non-functional passive');
});

test('R-081: the first departure ever counts no flap, even with flap-max 1', () => {
  const pair = runPair({ ha: flapMax(1), timeline: [failure('20s')], until: '5min' });

  expect(pair.story('palo-1')).toBe('active non-functional passive');
});

test('R-082: flap-max 3: the third flap suspends the node, and the peer has the role', () => {
  const pair = runPair({ ha: preemptive(3), timeline: everyTwoMinutes(6), until: '15min' });

  // Three flaps need four departures: at 20, 150, 280 and 410 s.
  expect(pair.enters('palo-1', 'non-functional', 4)).toBe(us('410.55s'));
  expect(pair.entering('palo-1', 'suspended')).toMatchObject({ atUs: us('410.55s'), rule: 'T21' });
  expect(pair.enters('palo-2', 'active', 4)).toBe(us('410.55s') + HA1_US);
  expect(pair.rolesAt('15min')).toEqual(['suspended', 'active']);
});

test('R-083: flap-max 0: never suspended', () => {
  const pair = runPair({ ha: preemptive(0), timeline: everyTwoMinutes(20), until: '45min' });

  expect(pair.roleChanges('palo-1').filter(({ to }) => to === 'non-functional')).toHaveLength(20);
  expect(pair.story('palo-1')).not.toContain('suspended');
  expect(pair.story('palo-2')).not.toContain('suspended');
});

test('R-084: flap-max: 0 to 16, 3 unless configured, others are refused', () => {
  expect(runPair({ until: '1s' }).settings('palo-1').flapMax).toBe(3);
  for (const value of [0, 16]) expect(mistakesIn({ ha: flapMax(value) })).toEqual([]);
  for (const value of [-1, 17]) {
    expect(mistakesIn({ ha: flapMax(value) })[0]).toMatch(
      /^expected a flap-max from 0 to 16\b.*\(R-084, D04\)/,
    );
  }
});

test('R-085: suspended by preemption: `Preemption loop detected`; by cycling through non-functional or tentative: `Non-functional loop detected`', () => {
  const preemption = runPair({ ha: preemptive(3), timeline: everyTwoMinutes(4), until: '10min' });
  const cycling = runPair({
    ha: { 'passive-link-state': 'shutdown' },
    timeline: [
      { at: '20s', 'link-down': 'palo-1-uplink' },
      { at: '20s', 'link-down': 'palo-2-uplink' },
    ],
    until: '10min',
  });
  const tentative = runPair({ mode: 'active-active', timeline: everyTwoMinutes(4), until: '10min' });

  expect(preemption.entering('palo-1', 'suspended').reason).toBe('Preemption loop detected');
  expect(loopsLogged(preemption)).toEqual(['preemption loop after 3 loops']);
  expect(cycling.entering('palo-1', 'suspended').reason).toBe('Non-functional loop detected');
  expect(loopsLogged(cycling)).toEqual(['Non-functional loop after 3 loops']);
  expect(tentative.entering('palo-1', 'suspended')).toMatchObject({
    from: 'tentative',
    reason: 'Non-functional loop detected',
  });
  expect(loopsLogged(tentative)).toEqual(['Tentative loop after 3 loops']);
});

/** What palo-1 has logged of loops. */
function loopsLogged(pair: PairRun): (string | undefined)[] {
  const line = /^HA Group 1: Going to Suspended state due to detection of a (.+)$/;
  return pair.records('log', 'palo-1').flatMap(({ data }) => line.exec(data.text)?.slice(1) ?? []);
}

test('R-086: 15 min without a departure: the next counts no flap, and those before are forgotten', () => {
  const timeline = [failure('20s'), failure('150s')]; // Two departures, one flap.
  const ha = preemptive(2);
  const third = runPair({ ha, timeline: [...timeline, failure('280s')], until: '40min' });
  const quiet = [...timeline, failure('1100s'), failure('1230s')];
  const afterQuiet = runPair({ ha, timeline: quiet, until: '40min' });

  expect(third.enters('palo-1', 'suspended')).toBe(us('280.55s'));
  expect(afterQuiet.enters('palo-1', 'non-functional', 4)).toBe(us('1230.55s'));
  expect(afterQuiet.story('palo-1')).not.toContain('suspended');
});

test('R-087: shutdown and the same link down on both: the node that reaches the limit first is suspended, the better one', () => {
  const pair = runPair({
    ha: { 'passive-link-state': 'shutdown' },
    timeline: [
      { at: '20s', 'link-down': 'palo-1-uplink' },
      { at: '20s', 'link-down': 'palo-2-uplink' },
    ],
    until: '10min',
  });

  const [first] = [...pair.roleChanges('palo-1'), ...pair.roleChanges('palo-2')]
    .filter(({ to }) => to === 'suspended')
    .toSorted((a, b) => a.atUs - b.atUs);
  expect(pair.settings('palo-1').devicePriority).toBeLessThan(pair.settings('palo-2').devicePriority);
  expect(pair.enters('palo-1', 'suspended')).toBe(first?.atUs);
  expect(pair.enters('palo-1', 'non-functional', 4)).toBe(first?.atUs);
});

test('R-088: preemption flaps and non-functional flaps: counted apart, against the same maximum', () => {
  const config = configOf({ timers: { flapMax: 2, additionalMasterHoldUpUs: 0 } });
  const oneOfEach = { nonFunctional: 1, preemption: 1, tentative: 0 };
  const leaving = (tookByPreemption: boolean, flaps: typeof oneOfEach) =>
    follow(
      config,
      stateIn('active', helloFrom('passive'), { flaps, tookByPreemption, running: { 'flap-window': true } }),
      monitor(true),
      fired('loop-suspension'),
    ).state;

  expect(leaving(true, { nonFunctional: 1, preemption: 0, tentative: 0 })).toMatchObject({
    role: 'non-functional',
    flaps: { nonFunctional: 1, preemption: 1, tentative: 0 },
  });
  expect(leaving(false, { nonFunctional: 0, preemption: 1, tentative: 0 })).toMatchObject({
    role: 'non-functional',
    flaps: { nonFunctional: 1, preemption: 1, tentative: 0 },
  });
  expect(leaving(true, oneOfEach)).toMatchObject({ role: 'suspended', reason: 'Preemption loop detected' });
  expect(leaving(false, oneOfEach)).toMatchObject({
    role: 'suspended',
    reason: 'Non-functional loop detected',
  });
});
