/** Loading: a right scenario, all mistakes at once, and each kind of file that is none. */

import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/load.ts';
import { load, messagesOf, mistakesOf, PAIR, pairWith, readFrom } from '../../helpers/scenario-text.ts';

function loaded(text: string, files: Readonly<Record<string, string>> = {}) {
  const result = load(text, files);
  if (!result.ok) throw new Error(mistakesOf(text, files));
  return result;
}

describe('a right scenario', () => {
  test('load: the pair: plain data with every default', () => {
    const { scenario, files } = loaded(PAIR);

    expect(files).toEqual(['pair.yaml']);
    expect(scenario.until).toBe(180_000_000);
    expect(scenario.seed).toBe('7');
    expect(scenario.devices['palo-2']?.['high-availability']).toMatchObject({
      'group-id': 1,
      'passive-link-state': 'auto',
      'monitor-fail-hold-down-time': 60_000_000,
      'election-option': { 'device-priority': 110, preemptive: false, timers: 'recommended' },
      interface: {
        ha1: { port: 'management', 'monitor-hold-time': 3_000_000 },
        ha2: { port: 'ethernet1/3' },
      },
    });
    expect(scenario.unpublished['initial-timeout']).toBe(60_000_000);
    expect(scenario).not.toHaveProperty('extends');
    expect(scenario).not.toHaveProperty('high-availability');
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
  });

  test('load: anchors and aliases: stand for what they name', () => {
    const { scenario } = loaded(
      pairWith(
        ['client: { ip', 'client: &host { gateway: 10.0.0.1, ip'],
        [', gateway: 10.0.0.1 }', ' }\n    other: { ip: 10.0.0.11/24, gateway: &gateway 10.0.0.1 }'],
        ['ping: {', 'again: { type: ping, from: other, to: *gateway }\n  ping: {'],
      ),
    );

    expect(scenario.network.hosts['client']?.gateway).toBe('10.0.0.1');
    expect(scenario.probes['again']).toMatchObject({ from: 'other', to: '10.0.0.1', interval: 1_000_000 });
  });

  test('load: line breaks of Windows and a byte order mark: read as without', () => {
    expect(loaded(`\ufeff${PAIR.replaceAll('\n', '\r\n')}`).scenario).toEqual(loaded(PAIR).scenario);
  });
});

describe('mistakes', () => {
  test('load: many mistakes of many kinds: all are told at once, in the order of the file', () => {
    const text = pairWith(
      ['until: 3min', 'untl: 3min'],
      ['passive-link-state: auto', 'passive-link-state: aut'],
      ['device-priority: 100', 'device-priority: 300'],
      ['device-priority: 110', 'device-prioriy: 110'],
      ['latency: 50us', 'latency: 50'],
      ['[isp:inside, untrust]', '[isp:insid, untrust]'],
      ['from: client, to', 'from: clint, to'],
      ['exponential: 10s', 'exponentail: 10s'],
      ['suspend: palo-2', 'supend: palo-2'],
      ['total: < 1s', 'total: fast'],
      ['lost: <= 10', 'loss: <= 10'],
    );

    expect(mistakesOf(text)).toMatchInlineSnapshot(`
      "pair.yaml:2:1: expected a key of a scenario, got "untl". Did you mean until?
         2 | untl: 3min
           | ^^^^

      pair.yaml:5:23: expected shutdown or auto, got "aut". Did you mean auto?
         5 |   passive-link-state: aut
           |                       ^^^

      pair.yaml:20:43: expected a whole number from 0 to 255 (PAN-OS device-priority; the lower value wins), got 300.
        20 |       election-option: { device-priority: 300 }
           |                                           ^^^

      pair.yaml:28:26: expected a key of election-option, got "device-prioriy". Did you mean device-priority?
        28 |       election-option: { device-prioriy: 110 }
           |                          ^^^^^^^^^^^^^^

      pair.yaml:45:71: expected a duration such as 200ms, 3s or 1min, got 50. Write the unit with the number.
        45 |     palo-1-uplink: { between: [palo-1:ethernet1/1, untrust], latency: 50 }
           |                                                                       ^^

      pair.yaml:52:29: expected an interface of isp (isp:inside or isp:outside), got "isp:insid". Did you mean isp:inside?
        52 |     isp-inside: { between: [isp:insid, untrust] }
           |                             ^^^^^^^^^

      pair.yaml:56:29: expected the name of a host (client or server), got "clint". Did you mean client?
        56 |   ping: { type: ping, from: clint, to: server, interval: 200ms }
           |                             ^^^^^

      pair.yaml:64:21: expected a key of holding-time, got "exponentail". Did you mean exponential?
        64 |     holding-time: { exponentail: 10s }
           |                     ^^^^^^^^^^^

      pair.yaml:67:17: expected a key of timeline[1], got "supend". Did you mean suspend?
        67 |   - { at: 100s, supend: palo-2 }
           |                 ^^^^^^

      pair.yaml:70:27: expected a comparison with a duration, such as "< 1s", "= 500ms" or "1s to 2s", got "fast".
        70 |   - { failover: 1, total: fast }
           |                           ^^^^

      pair.yaml:71:20: expected a key of expect[2], got "loss". Did you mean lost?
        71 |   - { probe: ping, loss: <= 10 }
           |                    ^^^^
      "
    `);
  });

  test('load: a scenario of one key: every missing key is told', () => {
    expect(messagesOf('name: x\n')).toMatchInlineSnapshot(`
      [
        "pair.yaml:1:1: expected the key devices, got none.",
        "pair.yaml:1:1: expected the key network, got none.",
        "pair.yaml:1:1: expected the key until, got none.",
      ]
    `);
  });

  test('load: words of YAML 1.1: true and false are offered', () => {
    expect(messagesOf(pairWith(['device-priority: 110', 'device-priority: 110, preemptive: yes']))).toEqual([
      'pair.yaml:28:60: expected true or false, got "yes". Did you mean true?',
    ]);
  });

  test('load: values outside the ranges of PAN-OS: the range and its name', () => {
    const timers = 'timers: { advanced: { hello-interval: 1s, flap-max: 17, promotion-hold-time: 2min } }';
    expect(messagesOf(pairWith(['device-priority: 110', timers]))).toMatchInlineSnapshot(`
      [
        "pair.yaml:28:64: expected a duration from 8s to 1min (PAN-OS hello-interval), got "1s".",
        "pair.yaml:28:78: expected a whole number from 0 to 16 (PAN-OS flap-max; 0 = never suspend), got 17.",
        "pair.yaml:28:103: expected a duration from 0s to 1min (PAN-OS promotion-hold-time), got "2min".",
      ]
    `);
  });

  test('load: a mistake in what both devices share: told once, where it stands', () => {
    expect(messagesOf(pairWith(['passive-link-state: auto', 'group-id: 64']))).toEqual([
      'pair.yaml:5:13: expected a whole number from 1 to 63 (PAN-OS group-id), got 64.',
    ]);
  });

  test('load: a shared mistake that both devices override: told all the same', () => {
    const text = pairWith(
      ['passive-link-state: auto', 'passive-link-state: automatic'],
      ['election-option: { device-priority: 100 }', 'passive-link-state: auto'],
      ['election-option: { device-priority: 110 }', 'passive-link-state: auto'],
    );
    expect(messagesOf(text)).toEqual(['pair.yaml:5:23: expected shutdown or auto, got "automatic".']);
  });

  test('load: a shared block that the devices complete: is right', () => {
    const text = pairWith(
      ['ha2: { port: ethernet1/3 }', 'ha1: { monitor-hold-time: 5s }\n    ha2: { port: ethernet1/3 }'],
      ['election-option: { device-priority: 100 }', 'interface: { ha1: { port: management } }'],
      ['election-option: { device-priority: 110 }', 'interface: { ha1: { port: management } }'],
    );
    const { scenario } = loaded(text);
    expect(scenario.devices['palo-1']?.['high-availability'].interface.ha1).toEqual({
      port: 'management',
      'monitor-hold-time': 5_000_000,
    });
  });

  test('load: null in a device: takes away what is shared', () => {
    const text = pairWith(
      ['until: 3min', 'until: 3min\n'],
      ['election-option: { device-priority: 110 }', 'monitoring: null'],
    );
    const { scenario } = loaded(text);
    const monitoring = scenario.devices['palo-2']?.['high-availability'].monitoring;
    expect(monitoring?.['link-monitoring']['link-group']).toEqual({});
  });

  test('load: null where nothing is inherited: a mistake with a hint', () => {
    expect(messagesOf(pairWith(['seed: 7', 'seed: null']))).toEqual([
      'pair.yaml:3:7: expected a whole number or a text, got nothing. null takes away only what is inherited.',
    ]);
  });

  test('load: several devices: two are expected', () => {
    const text = pairWith(['  palo-2:\n    high', '  palo-3: {}\n  palo-2:\n    high']);
    expect(messagesOf(text)).toEqual(['pair.yaml:17:1: expected exactly two devices, got 3.']);
  });
});

describe('texts that are no scenario', () => {
  test.each([
    ['empty', '', 'pair.yaml:1:1: expected a scenario, got an empty file.'],
    ['blank', ' \n\t\n', 'pair.yaml:1:1: expected a scenario, got an empty file.'],
    ['only comments', '# one\n# two\n', 'pair.yaml:3:1: expected a scenario, got only comments.'],
    [
      'a list',
      '- a\n',
      'pair.yaml:1:1: expected a mapping of keys such as name, until, devices and network, got a list.',
    ],
    [
      'a single value',
      'hello\n',
      'pair.yaml:1:1: expected a mapping of keys such as name, until, devices and network, got a single value.',
    ],
    [
      'an empty mapping',
      '{}',
      'pair.yaml:1:1: expected a mapping of keys such as name, until, devices and network, got an empty one.',
    ],
    ['a zero byte', 'name: \0', 'pair.yaml:1:7: expected a text in UTF-8, got binary data.'],
    ['bytes that are no UTF-8', '\x7fELF\ufffd', 'pair.yaml:1:5: expected a text in UTF-8, got binary data.'],
    [
      'two documents',
      'name: a\n---\nname: b\n',
      'pair.yaml:2:1: expected one YAML document, got another one here.',
    ],
    [
      'a tag',
      'name: !!binary aGk=\n',
      'pair.yaml:1:7: expected no tag, got one that a scenario does not know.',
    ],
    ['another YAML', '%YAML 1.1\n---\nname: b\n', 'pair.yaml:1:1: expected YAML 1.2, got %YAML 1.1.'],
    ['a loop', 'name: &a [*a]\n', 'pair.yaml:1:11: expected an alias that does not contain itself, got *a.'],
    ['deep nesting', '['.repeat(10_000), 'pair.yaml:1:65: expected at most 64 levels of nesting, got more.'],
    [
      'deep nesting of another kind',
      '- '.repeat(400_000),
      'pair.yaml:1:129: expected at most 64 levels of nesting, got more.',
    ],
    [
      'many tokens',
      `[${','.repeat(1_000_000)}`,
      'pair.yaml:1:200000: expected a scenario of at most 200000 YAML tokens, got more.',
    ],
    [
      'a 50 MB file',
      'a'.repeat(50 * 1024 * 1024),
      'pair.yaml:1:1: expected a scenario file of at most 1.0 MiB, got 50.0 MiB.',
    ],
  ])('load: %s: one clear sentence', (_, text, expected) => {
    expect(messagesOf(text)).toEqual([expected]);
  });

  test('load: aliases that expand a thousandfold: refused at the alias that goes too far', () => {
    const lines = ['a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((pair) => [...pair])) {
      lines.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`);
    }
    expect(messagesOf(lines.join('\n'))).toEqual([
      'pair.yaml:5:36: expected aliases that expand to at most 100000 values, got more.',
    ]);
  });

  test('load: names that JavaScript reserves: refused, and nothing is polluted', () => {
    const text = pairWith(['links:', 'links:\n    __proto__: { between: [a, b] }\n    constructor: {}']);
    expect(messagesOf(text)).toEqual([
      'pair.yaml:45:5: expected another key than "__proto__", which JavaScript reserves.',
      'pair.yaml:46:5: expected another key than "constructor", which JavaScript reserves.',
    ]);
    expect(({} as Record<string, unknown>)['between']).toBeUndefined();
    expect(messagesOf(pairWith(['suspend: palo-2', 'suspend: constructor']))).toHaveLength(1);
  });

  test('load: a key twice: refused at the second, with the line of the first', () => {
    expect(messagesOf(pairWith(['seed: 7', 'seed: 7\nname: again']))).toEqual([
      'pair.yaml:4:1: expected each key once, got "name" again after line 1.',
    ]);
  });
});

describe('files that cannot be read', () => {
  test.each([
    ['ENOENT', 'no such file'],
    ['EISDIR', 'it is a directory'],
    ['EACCES', 'permission denied'],
    ['ERR_STRING_TOO_LONG', 'it is too large'],
    ['EUNHEARD', 'EUNHEARD'],
  ])('load: %s: one clear sentence', (code, why) => {
    const result = loadScenario('dir/a.yaml', () => {
      throw Object.assign(new Error('boom'), { code });
    });
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [
        {
          file: 'dir/a.yaml',
          line: 1,
          column: 1,
          message: `expected a readable scenario file, got dir/a.yaml: ${why}`,
        },
      ],
    });
  });

  test('load: an error without a code: its first line', () => {
    const result = loadScenario('a.yaml', () => {
      throw new Error('first\nsecond');
    });
    expect(result).toMatchObject({ diagnostics: [{ message: expect.stringMatching(/: first$/) }] });
  });
});

describe('extends', () => {
  const child = 'extends: lib/base.yaml\nname: child\ntimeline: [{ at: 5s, suspend: palo-1 }]\nexpect: []\n';

  test('extends: a child over its base: mappings merge, lists are replaced', () => {
    const over = `${child}network: { links: { palo-1-uplink: { loss: 1% } } }\n`;
    const { scenario, files } = loaded(over, { 'lib/base.yaml': PAIR });

    expect(files).toEqual(['pair.yaml', 'lib/base.yaml']);
    expect(scenario.name).toBe('child');
    expect(scenario.timeline).toHaveLength(1);
    expect(scenario.network.links['palo-1-uplink']).toEqual({
      between: ['palo-1:ethernet1/1', 'untrust'],
      latency: 50,
      loss: 0.01,
    });
    expect(Object.keys(scenario.devices)).toEqual(['palo-1', 'palo-2']);
  });

  test('extends: null in the child: deletes the key of the base', () => {
    const { scenario } = loaded(`${child}workloads: { web: null }\n`, { 'lib/base.yaml': PAIR });
    expect(scenario.workloads).toEqual({});
  });

  test('extends: a base of a base: relative to the file that names it', () => {
    const middle = 'extends: ../deep/./root.yaml\nname: middle\n';
    const { files } = loaded(child, { 'lib/base.yaml': middle, 'deep/root.yaml': PAIR });
    expect(files).toEqual(['pair.yaml', 'lib/base.yaml', 'deep/root.yaml']);
  });

  test('extends: a mistake in the base: told where it stands', () => {
    const base = pairWith(['suspend', 'x'], ['latency: 50us', 'latency: 50'], ['until: 3min', 'until: 4sec']);
    expect(messagesOf(child, { 'lib/base.yaml': base })).toEqual([
      'lib/base.yaml:2:8: expected a duration such as 200ms, 3s or 1min, got "4sec".',
      'lib/base.yaml:45:71: expected a duration such as 200ms, 3s or 1min, got 50. Write the unit with the number.',
    ]);
  });

  test('extends: a missing base: told at the name', () => {
    expect(mistakesOf(child)).toMatchInlineSnapshot(`
      "pair.yaml:1:10: expected a readable scenario file, got lib/base.yaml: no such file.
         1 | extends: lib/base.yaml
           |          ^^^^^^^^^^^^^
      "
    `);
  });

  test('extends: a circle: told at the name that closes it', () => {
    expect(messagesOf(child, { 'lib/base.yaml': 'extends: ../pair.yaml\n' })).toEqual([
      'lib/base.yaml:1:10: expected a base that does not lead back here, got pair.yaml → lib/base.yaml → pair.yaml.',
    ]);
  });

  test('extends: a chain of nine: refused', () => {
    const names = Array.from({ length: 10 }, (_, index) => `${index}.yaml`);
    const files = Object.fromEntries(names.map((name, index) => [name, `extends: ${names[index + 1]}\n`]));
    expect(messagesOf('extends: 0.yaml\n', files)).toEqual([
      '6.yaml:1:10: expected at most 8 files in a chain of extends, got more.',
    ]);
  });

  test('extends: something that is no name: refused', () => {
    expect(messagesOf('extends: [a]\nname: x\n')).toEqual([
      'pair.yaml:1:1: expected the name of a scenario file, got a list of 1.',
    ]);
    expect(messagesOf('extends: ""\nname: x\n')).toEqual([
      'pair.yaml:1:10: expected the name of a scenario file, got "".',
    ]);
  });

  test('load: a file by its name: bases are looked up beside it', () => {
    const result = loadScenario(
      'lib/child.yaml',
      readFrom({ 'lib/child.yaml': 'extends: base.yaml', 'lib/base.yaml': PAIR }),
    );
    expect(result).toMatchObject({ ok: true, files: ['lib/child.yaml', 'lib/base.yaml'] });
  });
});
