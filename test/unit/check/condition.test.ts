import { describe, expect, test } from 'vitest';
import { conditionHolds, describeCondition, describeState } from '../../../src/check/condition.ts';
import type { Moment } from '../../../src/check/course.ts';
import type { Comparison } from '../../../src/scenario/schema/comparison.ts';
import type { Condition } from '../../../src/scenario/schema/condition.ts';

const STATE: Moment = {
  timeUs: 0,
  roles: { 'palo-1': 'active', 'palo-2': null },
  reasons: { 'palo-1': 'Won the election', 'palo-2': '' },
  connections: { 'palo-1': 'down', 'palo-2': 'never' },
  configurationSynchronized: true,
  owners: {},
  addresses: {
    '10.0.0.1': [{ device: 'palo-1', mac: 'a' }],
    '10.0.0.2': [
      { device: 'palo-2', mac: 'b' },
      { device: 'palo-2', mac: 'a' },
    ],
    '10.0.0.3': [
      { device: 'palo-2', mac: 'b' },
      { device: 'palo-1', mac: 'a' },
    ],
    '10.0.0.4': [],
  },
  record: 0,
  traffic: 'degraded',
  probe: (name) => (name === 'ping' ? 'lost' : null),
  calls: (action) => (action === 'ReplaceRoute' ? 3 : 0),
  lost: (workload, cause) =>
    cause === undefined ? 5 : cause === 'in-flight' ? (workload === 'web' ? 1 : 3) : 0,
  carriedOut: () => false,
  logged: ({ text, device }) => ('HA Group 1: Moved'.includes(text) && device !== 'palo-2' ? 1 : 0),
};

/** `< limit` */
function less(limit: number): Comparison {
  return { text: `< ${limit}`, minimum: null, maximum: limit, minimumOpen: false, maximumOpen: true };
}

describe('condition: each clause', () => {
  test.each<[Condition, boolean, string, string]>([
    [{ role: { 'palo-1': 'active' } }, true, 'palo-1 active', 'palo-1 active'],
    [{ role: { 'palo-2': 'passive' } }, false, 'palo-2 passive', 'palo-2 off'],
    [
      { reason: { 'palo-1': 'Won the election' } },
      true,
      'palo-1 "Won the election"',
      'palo-1 "Won the election"',
    ],
    [{ reason: { 'palo-1': 'Link down' } }, false, 'palo-1 "Link down"', 'palo-1 "Won the election"'],
    [
      { 'peer-connection': { 'palo-1': 'down', 'palo-2': 'up' } },
      false,
      'palo-1 peer connection down, palo-2 peer connection up',
      'palo-1 peer connection down, palo-2 peer connection never',
    ],
    [{ traffic: 'degraded' }, true, 'traffic degraded', 'traffic degraded'],
    [{ traffic: 'up' }, false, 'traffic up', 'traffic degraded'],
    [{ probe: { ping: 'lost' } }, true, 'ping lost', 'ping lost'],
    [{ probe: { ping: 'answered' } }, false, 'ping answered', 'ping lost'],
    [{ probe: { other: 'answered' } }, false, 'other answered', 'other no more kept'],
    [{ sessions: { lost: less(6) } }, true, 'sessions lost < 6', 'sessions lost 5'],
    [
      { sessions: { workload: 'web', 'in-flight': less(1) } },
      false,
      'sessions of web lost in-flight < 1',
      'sessions of web lost in-flight 1',
    ],
    [{ logged: { text: 'Moved' } }, true, 'logged "Moved"', 'logged "Moved"'],
    [
      { logged: { text: 'Moved', device: 'palo-2' } },
      false,
      'logged "Moved" at palo-2',
      'not logged "Moved" at palo-2',
    ],
    [{ 'dual-active': false }, true, 'not dual-active', 'not dual-active'],
    [{ 'dual-active': true }, false, 'dual-active', 'not dual-active'],
    [
      { 'configuration-synchronized': true },
      true,
      'configuration synchronized',
      'configuration synchronized',
    ],
    [
      { 'configuration-synchronized': false },
      false,
      'configuration not synchronized',
      'configuration synchronized',
    ],
    [{ address: { '10.0.0.1': 'palo-1' } }, true, '10.0.0.1 at palo-1', '10.0.0.1 at palo-1'],
    [{ address: { '10.0.0.1': 'both' } }, false, '10.0.0.1 at both', '10.0.0.1 at palo-1'],
    [{ address: { '10.0.0.2': 'palo-2' } }, true, '10.0.0.2 at palo-2', '10.0.0.2 at palo-2'],
    [{ address: { '10.0.0.3': 'palo-1' } }, false, '10.0.0.3 at palo-1', '10.0.0.3 at both'],
    [{ address: { '10.0.0.4': 'none' } }, true, '10.0.0.4 at none', '10.0.0.4 at none'],
    [{ address: { '10.0.0.5': 'none' } }, true, '10.0.0.5 at none', '10.0.0.5 at none'],
  ])('condition: %j: holds %s', (condition, holds, expected, measured) => {
    expect(conditionHolds(condition, STATE)).toBe(holds);
    expect(describeCondition(condition, STATE)).toBe(expected);
    expect(describeState(condition, STATE)).toBe(measured);
  });

  test('condition: several clauses: all must hold', () => {
    const both: Condition = { role: { 'palo-1': 'active' }, 'dual-active': true };
    expect(conditionHolds(both, STATE)).toBe(false);
    const dual = { ...STATE, roles: { 'palo-1': 'active', 'palo-2': 'active' } } as const;
    expect(conditionHolds(both, dual)).toBe(true);
  });
});
