/** Entries of the timeline, expectations and workloads: one changed line, and the mistake that it makes. */

import { describe, expect, test } from 'vitest';
import { mistakesOf, pairWith, sentencesOf as mistakes, type Change } from '../../helpers/scenario-text.ts';

describe('expectations and entries', () => {
  test.each<[string, Change, string]>([
    [
      'no action',
      ['at: 100s, suspend: palo-2', 'at: 100s'],
      'expected exactly one action beside at, got none.',
    ],
    [
      'two actions',
      ['suspend: palo-2', 'suspend: palo-2, reboot: palo-1'],
      'expected exactly one action beside at, got reboot and suspend.',
    ],
    [
      'for beside an action without an opposite',
      ['suspend: palo-2', 'reboot: palo-2, for: 5s'],
      'got it beside reboot.',
    ],
    ['no mode', ['probe: ping, lost: <= 10', 'lost: <= 10'], 'expected the key probe beside lost, got none.'],
    [
      'two modes',
      ['probe: ping, lost', 'probe: ping, failover: 1, lost'],
      'expected one of failover and probe, got both.',
    ],
    [
      'a mode without a measure',
      ['probe: ping, lost: <= 10', 'probe: ping'],
      'expected a measure beside probe (lost, longest-gap, outage, failed, longest-transaction, direction), got none.',
    ],
    [
      'a key of another mode',
      ['probe: ping, lost', 'probe: ping, total: < 1s, lost'],
      'expected beside probe: only name, lost, longest-gap, outage, failed, longest-transaction, direction, got total.',
    ],
    [
      'at without that',
      ['at: 25s, that: { role: { palo-2: active } }', 'at: 25s'],
      'expected the key that beside at, got none.',
    ],
    [
      'an empty condition',
      ['{ role: { palo-2: active } }', '{}'],
      'expected at least one of role, reason, dual-active, peer-connection, configuration-synchronized, address, owner, traffic, probe, logged, api-calls, sessions, timeline, got none.',
    ],
    ...(['role', 'reason', 'peer-connection', 'address'] as const).map(
      (key): [string, [string, string], string] => [
        `a condition on the ${key} of nobody`,
        ['{ role: { palo-2: active } }', `{ ${key}: {} }`],
        'expected at least one name, got none.',
      ],
    ),
    [
      'sessions without a measure',
      ['probe: ping, lost: <= 10', 'sessions: {}'],
      'expected a measure of the sessions, such as lost or carried, got none.',
    ],
    [
      'sessions of a workload without a measure',
      ['probe: ping, lost: <= 10', 'sessions: { workload: web }'],
      'expected a measure of the sessions, such as lost or carried, got none.',
    ],
    ['a role that is none', ['palo-2: active', 'palo-2: activ'], 'Did you mean active?'],
    [
      'two ways of arrival',
      ['poisson: 5/s', 'poisson: 5/s, constant: 1/s'],
      'expected at most one of poisson, constant, on-off, diurnal or csv, got poisson and constant.',
    ],
    [
      'an impairment of nothing',
      ['suspend: palo-2', 'impair: { link: ha2 }'],
      'expected at least one of latency, jitter, loss,',
    ],
    [
      'more flaps than a run can hold',
      [
        'suspend: palo-2',
        'flap: { link: ha2, times: 10000, down: 1us, up: 1us } }\n'.concat(
          '  - { at: 1s, flap: { link: ha2, times: 10000, down: 1us, up: 1us } }\n'.repeat(5),
          '  - { at: 1s, suspend: palo-1',
        ),
      ],
      'expected at most 100000 actions in the timeline, got more.',
    ],
    [
      'a merge key',
      ['suspend: palo-2', 'suspend: palo-2, <<: {}'],
      'got "<<". YAML 1.2 has no merge key; see extends.',
    ],
    [
      'a number as a text',
      ['name: a pair loses its uplink', 'name: 0815'],
      'without control characters, got 0815. Put it in quotes.',
    ],
    [
      'a name with an escape sequence',
      ['name: a pair loses its uplink', 'name: "a\\e[31m"'],
      'expected a text on one line of 1 to 200 characters, without control characters, got "a\\u001b[31m".',
    ],
  ])('entries: %s: told', (_, change, expected) => {
    const found = mistakes(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  test('expectations: a comparison that begins with ">" without quotes: a hint', () => {
    expect(mistakesOf(pairWith(['total: < 1s', 'total: > 1s']))).toMatchInlineSnapshot(`
      "pair.yaml:70:27: expected a value, got a character that no plain value starts with. Put a comparison that begins with ">" in quotes: "> 1s".
        70 |   - { failover: 1, total: > 1s }
           |                           ^
      "
    `);
    expect(mistakes(['total: < 1s', 'total: "> 1s"'])).toEqual([]);
  });
});
