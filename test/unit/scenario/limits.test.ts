/** Files and texts that are no scenario: each gets one clear sentence, at once, and never a stack trace. */

import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/load.ts';
import { messagesOf, pairWith } from '../../helpers/scenario-text.ts';

describe('texts that are no scenario', () => {
  test.each([
    ['empty', '', 'pair.yaml:1:1: expected a scenario, got an empty file.'],
    ['blank', ' \n\t\n', 'pair.yaml:1:1: expected a scenario, got an empty file.'],
    ['only comments', '# one\n# two\n', 'pair.yaml:1:1: expected a scenario, got only comments.'],
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
      'backslashes',
      `"${'\\q'.repeat(400_000)}"`,
      'pair.yaml:1:20002: expected a scenario of at most 10000 backslashes, got more.',
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
      'pair.yaml:45:5: expected a key that JavaScript does not reserve, got "__proto__".',
      'pair.yaml:46:5: expected a key that JavaScript does not reserve, got "constructor".',
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
