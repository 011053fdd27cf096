/** Expansion: single actions in order, and the identity that a device does not give itself. */

import { expect, test } from 'vitest';
import type { TimelineAction } from '../../../src/scenario/schema/timeline.ts';
import { load, mistakesOf, pairWith } from '../../helpers/scenario-text.ts';

function timelineOf(entries: string): readonly TimelineAction[] {
  const text = pairWith([
    '  - { at: 20s, interface-down: palo-1:ethernet1/1, for: 40s }\n  - { at: 100s, suspend: palo-2 }\n',
    entries,
  ]);
  const result = load(text);
  if (!result.ok) throw new Error(mistakesOf(text));
  return result.scenario.timeline;
}

test('expand: entries out of order: sorted by time, equal times as in the file', () => {
  const timeline = timelineOf(`
  - { at: 9s, reboot: palo-1 }
  - { at: 1s, suspend: palo-2 }
  - { at: 9s, functional: palo-2 }
`);
  expect(timeline).toEqual([
    { atUs: 1_000_000, entry: 1, action: 'suspend', value: 'palo-2' },
    { atUs: 9_000_000, entry: 0, action: 'reboot', value: 'palo-1' },
    { atUs: 9_000_000, entry: 2, action: 'functional', value: 'palo-2' },
  ]);
});

test('expand: for: the opposite action after that time, in the same place', () => {
  const timeline = timelineOf(`
  - { at: 1s, impair: { link: ha2, loss: 1%, direction: { from: palo-1:ethernet1/3 } }, for: 5s }
  - { at: 2s, blackhole: { link: ha2 }, for: 1s }
`);
  expect(timeline.map(({ atUs, action, value }) => [atUs, action, value])).toEqual([
    [1_000_000, 'impair', { link: 'ha2', loss: 0.01, direction: { from: 'palo-1:ethernet1/3' } }],
    [2_000_000, 'blackhole', { link: 'ha2', direction: 'both' }],
    [3_000_000, 'blackhole-end', { link: 'ha2', direction: 'both' }],
    [6_000_000, 'impair-end', { link: 'ha2', direction: { from: 'palo-1:ethernet1/3' } }],
  ]);
});

test('expand: an opposite after the end of the run: dropped', () => {
  const timeline = timelineOf(
    '\n  - { at: 170s, power-off: palo-1, for: 11s }\n  - { at: 3min, suspend: palo-1, for: 1us }\n',
  );
  expect(timeline.map(({ action }) => action)).toEqual(['power-off', 'suspend']);
});

test('expand: a flap: pairs of link-down and link-up, up to the end of the run', () => {
  const timeline = timelineOf('\n  - { at: 175s, flap: { link: ha2, times: 10, down: 1s, up: 2s } }\n');
  expect(timeline.map(({ atUs, action, value, entry }) => [atUs / 1_000_000, action, value, entry])).toEqual([
    [175, 'link-down', 'ha2', 0],
    [176, 'link-up', 'ha2', 0],
    [178, 'link-down', 'ha2', 0],
    [179, 'link-up', 'ha2', 0],
  ]);
});

test('expand: devices without identity: MAC addresses and serial numbers in the order of the file', () => {
  const result = load(pairWith(['palo-2:\n', 'palo-2:\n    serial-number: "0123"\n']));
  if (!result.ok) throw new Error('the pair is right');
  const identities = Object.values(result.scenario.devices).map((one) => [
    one['ha1-mac'],
    one['serial-number'],
  ]);
  expect(identities).toEqual([
    ['00:1b:17:aa:00:01', 'palo-1'],
    ['00:1b:17:aa:00:02', '0123'],
  ]);
});
