import { describe, expect, it, test } from 'vitest';
import { last, outcomes } from '../../../helpers/missed.ts';
import { lay, timers, type PairPart, type Part } from '../../../helpers/pair.ts';

const PREEMPTIVE: Part = { 'election-option': { preemptive: true } };

describe('missed takeover, preemption', () => {
  const back = (device: string, more: PairPart = {}): PairPart => ({
    timeline: [
      { at: '20s', 'interface-down': `${device}:ethernet1/1` },
      { at: '30s', 'interface-up': `${device}:ethernet1/1` },
    ],
    until: '200s',
    ...more,
  });
  const one = { 'palo-1': { 'high-availability': PREEMPTIVE } };
  const slow = lay(PREEMPTIVE, timers({ 'preemption-hold-time': '10min' }));
  it.each<[situation: string, part: PairPart, reason: string, rule: string]>([
    ['the worse one is back', back('palo-2'), 'not-better', 'R-066'],
    ['neither preempts', back('palo-1'), 'preemption-disabled', 'R-068'],
    ['one preempts', back('palo-1', { devices: one }), 'preemption-one-sided', 'R-069'],
    ['both preempt', back('palo-1', { ha: PREEMPTIVE }), 'preempted-later', 'R-070'],
    ['its hold is not over', back('palo-1', { ha: lay(PREEMPTIVE, slow) }), 'preemption-running', 'R-070'],
    ['it is still non-functional', back('palo-1', { ha: PREEMPTIVE, until: '60s' }), 'not-ready', 'R-070'],
  ])('%s', (_situation, part, reason, rule) => {
    expect(last(part)).toMatchObject({ reason, rule });
  });

  test('its monitor fails again within the hold: broken off', () => {
    const part = back('palo-1', { ha: lay(PREEMPTIVE, slow) });
    const timeline = [...(part.timeline ?? []), { at: '150s', 'interface-down': 'palo-1:ethernet1/1' }];
    const [, repair] = outcomes({ ...part, timeline });
    expect(repair?.finding).toMatchObject({ reason: 'preemption-cancelled', rule: 'R-073' });
  });
});
