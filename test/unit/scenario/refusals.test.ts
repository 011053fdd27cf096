/** What PAN-OS refuses: each refusal, its rule and its source; and `deliberate:`, which lifts it. */

import { describe, expect, test } from 'vitest';
import { run } from '../../../src/run/run.ts';
import { REFUSALS } from '../../../src/scenario/checks/refusals/deliberate.ts';
import { PLACEMENT } from '../../../src/scenario/checks/refusals/placement.ts';
import { scenarioJsonSchema } from '../../../src/scenario/json-schema.ts';
import { loadAws, runAws } from '../../helpers/aws-pair.ts';
import { loadPair, mistakesIn, resolvePair } from '../../helpers/pair.ts';
import { activeActive, ping, RANGES, second, TABLES } from '../../helpers/refused.ts';
import { PLACEMENTS } from '../../helpers/refused-in-aws.ts';
import { messagesOf, mistakesOf, pairWith } from '../../helpers/scenario-text.ts';

const CASES = [...RANGES, ...TABLES].map(([situation, part, ...messages]) => ({ situation, part, messages }));

const PLACED = PLACEMENTS.map(([situation, part, ...messages]) => ({ situation, part, messages }));

const FAULT = { at: '20s', 'power-off': 'palo-1' };

/** The rules that messages name. */
const rulesIn = (messages: readonly string[]): string[] => [
  ...new Set(messages.map((message) => /R-\d{3}/.exec(message)?.[0] ?? '')),
];

describe('refusals', () => {
  test.each(CASES)('refusal: $situation: told, with its rule and its source', ({ part, messages }) => {
    expect([...new Set(mistakesIn(part))].toSorted()).toEqual(messages.toSorted());
  });

  test.each(CASES)('deliberate: $situation: simulated as given', ({ part, messages }) => {
    const fault = { at: '20s', 'interface-down': 'palo-1:ethernet1/2', for: '30s' };
    const timeline = [fault, { at: '100s', reboot: 'palo-1' }];
    const given = { ...part, deliberate: rulesIn(messages), timeline, until: '5min' };

    expect(run(resolvePair(given)).end).toBe('until');
  });

  test.each(PLACED)(
    'refusal in AWS: $situation: told, and simulated when deliberate',
    ({ part, messages }) => {
      const rules = messages.map((message) => /C-\d{3}/.exec(message)?.[0] ?? '');
      const loaded = loadAws(part);

      expect(loaded.ok ? [] : loaded.diagnostics.map(({ message }) => message)).toEqual(messages);
      expect(runAws({ ...part, deliberate: rules, timeline: [FAULT] }).result.end).toBe('until');
    },
  );

  test('refusal in AWS: listed by its rule of either reference: lifted', () => {
    const { part = {} } = CASES.find(({ situation }) => situation === 'AWS: ha1-backup') ?? {};
    const lifted = (rule: string) => loadPair({ ...part, deliberate: [rule] });

    for (const rule of ['R-153', 'C-004']) expect(lifted(rule)).toMatchObject({ ok: true });
    expect(lifted('C-002')).toMatchObject({ ok: false });
  });

  test('refusals: of the placement in AWS: every one has a case', () => {
    const told = PLACEMENTS.flatMap(([, , ...messages]) => messages).join('\n');

    expect(PLACEMENT.filter(({ rule }) => !told.includes(rule))).toEqual([]);
  });

  test('refusals: every one of the tables has a case', () => {
    const hit = CASES.flatMap(({ part }) => {
      const loaded = loadPair(part);
      const diagnostics = loaded.ok ? [] : loaded.diagnostics;
      return diagnostics.map(({ message, path }) => `${/\((.*)\)/.exec(message)?.[1]} ${path}`);
    });
    const missed = REFUSALS.filter(({ rule, onAws: alias = [], sources, at }) => {
      const origin = [rule, ...[alias].flat(), ...sources].join(', ');
      return !hit.some((one) => one.startsWith(origin) && one.endsWith(at.join('.')));
    });

    expect(missed.map(({ rule, at }) => `${rule} ${at.join('.')}`)).toEqual([]);
  });

  test('refusals: every range of PAN-OS has a case, and editors tell it', () => {
    const told = new Set<string>();
    JSON.stringify(scenarioJsonSchema(), (key, value: unknown) => {
      const { description = '' } = (value ?? {}) as { description?: unknown };
      if (String(description).includes('PAN-OS accepts ')) told.add(key);
      return value;
    });

    expect([...told].toSorted()).toEqual(RANGES.map(([name]) => name).toSorted());
  });

  test('refusal: in a file with other mistakes: told with them, at its place', () => {
    const text = pairWith(
      ['until: 3min', 'untl: 3min'],
      ['          destination-group:', '          ping-count: 2\n          destination-group:'],
    );

    expect(mistakesOf(text)).toMatchInlineSnapshot(`
      "pair.yaml:2:1: expected a key of a scenario, got "untl". Did you mean until?
         2 | untl: 3min
           | ^^^^

      pair.yaml:15:23: expected a ping-count from 3 to 10, got 2 (R-039, D06). List R-039 under deliberate: to simulate it all the same.
        15 |           ping-count: 2
           |                       ^
      "
    `);
  });

  test('refusal: a value that cannot be simulated either: both ranges', () => {
    expect(mistakesIn(ping({ 'ping-count': 0 }))).toEqual([
      'expected a ping-count from 3 to 10 (R-039, D06), or deliberately a whole number from 1 to 1000, got 0',
    ]);
    expect(mistakesIn(ping({ 'ping-interval': '1us' }))).toEqual([
      'expected a ping-interval from 200ms to 1min (R-039, D06), or deliberately a duration from 10ms to 1d, got "1us"',
    ]);
  });
});

describe('deliberate', () => {
  const withDeliberate = (list: string, ...more: readonly (readonly [string, string])[]): string[] =>
    messagesOf(pairWith(['seed: 7', `seed: 7\ndeliberate: ${list}`], ...more));

  test('deliberate: a rule that nothing goes against: told', () => {
    expect(withDeliberate('[R-039]')).toEqual([
      'pair.yaml:4:14: expected a rule that this scenario goes against, got R-039. Nothing here goes against R-039.',
    ]);
  });

  test('deliberate: one of two refusals: the other is still told', () => {
    const twice = ['passive-link-state: auto', 'monitor-fail-hold-down-time: 1s\n  group-id: 99'] as const;
    expect(withDeliberate('[R-053]', twice)).toEqual([
      'pair.yaml:7:13: expected a group-id from 1 to 63, got 99 (R-140, C19). List R-140 under deliberate: to simulate it all the same.',
    ]);
  });

  test.each(['R-000', 'R-160', 'R-39', 'r-039', 'T13', 'C-000', 'C-091'])(
    'deliberate: %s: no rule of the reference',
    (id) => {
      expect(withDeliberate(`[${id}]`)).toEqual([
        `pair.yaml:4:14: expected a rule of the reference from R-001 to R-159, or on AWS from C-001 to C-090, or a rule of hasim lint such as X03 or H01, got "${id}".`,
      ]);
    },
  );

  test('device: hypervisor on hardware, and no device-id in active/active: told', () => {
    const missing = { 'high-availability': { 'active-active': null } };

    expect(mistakesIn(second({ hypervisor: 'kvm' }))).toEqual([
      'expected platform VM-Series beside hypervisor, got PA-3400',
    ]);
    expect(mistakesIn(activeActive({}, second(missing)))).toEqual([
      'expected a device-id of palo-2 (0 or 1) in mode active-active, got none',
    ]);
  });

  test('device: session-setup not given with primary-device as owner: primary-device', () => {
    const part = activeActive({
      'active-active': { 'session-owner-selection': 'primary-device', 'session-setup': null },
    });
    const [device] = Object.values(resolvePair(part).devices);

    expect(device?.['high-availability']['active-active']['session-setup']).toBe('primary-device');
  });

  test('interface: ha3-backup: told that there is none', () => {
    const loaded = loadPair({ ha: { interface: { 'ha3-backup': { port: 'hsci' } } } });
    const hints = loaded.ok ? [] : loaded.diagnostics.map(({ hint }) => hint);

    expect(new Set(hints)).toEqual(
      new Set(['PAN-OS has no backup of HA3; it is made redundant by an aggregate (D11).']),
    );
  });
});
