import { expect, test } from 'vitest';
import { Wiring } from '../../../src/measure/wiring.ts';

const NEAR = 'palo-1:ethernet1/1';
const FAR = 'palo-2:ethernet1/1';

/** Carrier, and whether it carries from and to the near end. */
function state(wiring: Wiring): boolean[] {
  return [wiring.carrier(NEAR), wiring.carriesFrom(NEAR), wiring.carriesTo(NEAR)];
}

test('wiring: a cable without faults: carries both ways; what is in no cable has no carrier', () => {
  const wiring = new Wiring({ cable: [NEAR, FAR] });

  expect(state(wiring)).toEqual([true, true, true]);
  expect(wiring.carrier('palo-1:ethernet1/9')).toBe(false);
});

test('wiring: either port down, or the cable cut: no carrier, until both are mended', () => {
  const wiring = new Wiring({ cable: [NEAR, FAR] });
  wiring.apply({ kind: 'port', end: FAR, up: false });
  expect(state(wiring)).toEqual([false, false, false]);

  wiring.apply({ kind: 'link', link: 'cable', up: false });
  wiring.apply({ kind: 'port', end: FAR, up: true });
  expect(state(wiring)).toEqual([false, false, false]);

  wiring.apply({ kind: 'link', link: 'cable', up: true });
  expect(state(wiring)).toEqual([true, true, true]);
});

test('wiring: one direction swallowed: the other carries, and the carrier stays', () => {
  const wiring = new Wiring({ cable: [NEAR, FAR] });
  wiring.apply({ kind: 'direction', link: 'cable', side: 0, by: 'blackhole', swallows: true });

  expect(state(wiring)).toEqual([true, false, true]);
  expect([wiring.carriesFrom(FAR), wiring.carriesTo(FAR)]).toEqual([true, false]);
});

test('wiring: a blackhole ends under an impairment that swallows all: still swallowed', () => {
  const wiring = new Wiring({ cable: [NEAR, FAR] });
  wiring.apply({ kind: 'direction', link: 'cable', side: 1, by: 'blackhole', swallows: true });
  wiring.apply({ kind: 'direction', link: 'cable', side: 1, by: 'impair', swallows: true });
  wiring.apply({ kind: 'direction', link: 'cable', side: 1, by: 'blackhole', swallows: false });

  expect(state(wiring)).toEqual([true, true, false]);
});
