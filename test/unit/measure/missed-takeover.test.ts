import { describe, expect, test } from 'vitest';
import { missedTakeovers } from '../../../src/measure/missed-takeover.ts';
import { pairSettings } from '../../../src/run/pair-settings.ts';
import { outcomes } from '../../helpers/missed.ts';
import { resolvePair, us, type PairPart } from '../../helpers/pair.ts';
import { record } from '../../helpers/result.ts';

describe('missedTakeoversAt', () => {
  const FAULTS: PairPart = {
    timeline: [
      { at: '10s', commit: { device: 'palo-1' } },
      { at: '20s', 'link-down': 'client', for: '5s' },
      { at: '30s', 'interface-down': 'palo-1:ethernet1/1' },
    ],
  };
  const told = (atUs: number): string[] => outcomes(FAULTS, atUs).map(({ text }) => text);

  test('a time: only what was in force then', () => {
    expect(told(us('21s'))).toEqual(['link-down client']);
    expect(told(us('30.2s'))).toEqual(['interface-down palo-1:ethernet1/1']);
  });

  test('a time at which nothing was in force: the last that was done', () => {
    expect(told(us('28s'))).toEqual(['link-up client']);
    expect(told(us('5s'))).toEqual([]);
  });

  test('within the hold: no takeover yet, though one follows', () => {
    const [held] = outcomes(FAULTS, us('30.2s'));
    expect(held).toMatchObject({ verdict: 'no-takeover', finding: { reason: 'hold-running' } });
    expect(outcomes(FAULTS, us('31s'))[0]).toMatchObject({ verdict: 'takeover', failovers: [1] });
  });
});

test('missedTakeovers: what no explanation knows: says where the chain ended', () => {
  const roles = { 'palo-1': 'active', 'palo-2': 'passive' } as const;
  const state = {
    timeUs: 0,
    roles,
    reasons: {},
    connections: {},
    configurationSynchronized: true,
    addresses: {},
    owners: {},
    record: 0,
  };
  const records = [
    record(1, 20_000, 'palo-1', 'fault', { action: 'rain', text: 'rain palo-1' }),
    record(2, 20_001, 'palo-1', 'log', { severity: 'critical', text: 'wet' }, 1),
  ];
  const settings = pairSettings(resolvePair({}));
  const [rain] = missedTakeovers({ settings, states: [state], records, failovers: [], endUs: us('30s') });
  expect(rain?.finding).toEqual({
    reason: 'ended',
    text: 'what followed from it ended with #2',
    rule: null,
    setting: null,
    records: [2],
  });
});
