/** Diagnostics: how mistakes are shown, whatever the file holds. */

import { describe, expect, test } from 'vitest';
import {
  diagnose,
  nearest,
  renderDiagnostics,
  sortDiagnostics,
  type Diagnostic,
} from '../../../src/scenario/diagnostics.ts';
import { makeSource } from '../../../src/scenario/source.ts';

function mistake(text: string, marked: string, detail: { hint?: string } = {}, file = 'a.yaml'): Diagnostic {
  const start = text.indexOf(marked);
  const span = { source: makeSource(file, text), start, end: start + marked.length };
  return diagnose(span, 'expected x, got y', detail);
}

const colour = (style: string, text: string) => `<${style}>${text}</>`;

describe('renderDiagnostics', () => {
  test('render: a mistake with a hint: place, sentence, source line, carets', () => {
    const one = mistake('a: 1\nfoo: bar # why\n', 'bar', { hint: 'Did you mean baz?' });
    expect(renderDiagnostics([one])).toBe(
      [
        'a.yaml:2:6: expected x, got y. Did you mean baz?',
        '   2 | foo: bar # why',
        '     |      ^^^',
        '',
      ].join('\n'),
    );
  });

  test('render: nothing: an empty text', () => {
    expect(renderDiagnostics([])).toBe('');
  });

  test('render: an empty line: the sentence alone', () => {
    expect(renderDiagnostics([mistake('', '')])).toBe('a.yaml:1:1: expected x, got y.\n');
  });

  test('render: the end of a line: one caret behind it', () => {
    const one = mistake('foo:\nbar: 1\n', '\n');
    expect(renderDiagnostics([one])).toContain('   1 | foo:\n     |     ^\n');
  });

  test('render: a stretch over several lines: carets to the end of the first', () => {
    const one = mistake('foo: {a: 1,\n b: 2}\n', '{a: 1,\n b: 2}');
    expect(renderDiagnostics([one])).toContain('   1 | foo: {a: 1,\n     |      ^^^^^^\n');
  });

  test('render: a long line: cut around the caret', () => {
    const one = mistake(`${'x'.repeat(500)}WRONG${'y'.repeat(500)}`, 'WRONG');
    const [, source = '', carets = ''] = renderDiagnostics([one]).split('\n');
    expect(source.length).toBeLessThan(120);
    expect(source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('WRONG');
    expect(source).toMatch(/\| …x+WRONGy+…$/);
    expect(one).toMatchObject({ column: 501, endColumn: 506 });
  });

  test('render: tabs, escapes, invisible characters, half a surrogate pair: shown, not sent', () => {
    const text = '\ta\x1b[31m\u202eb\u200b\ud800\x07WRONG\r\n';
    const [head = '', source = '', carets = ''] = renderDiagnostics([
      mistake(text, 'WRONG', {}, 'evil\x1b]0;x\n.yaml'),
    ]).split('\n');
    expect(head).toBe('evil␛]0;x␊.yaml:1:13: expected x, got y.');
    expect(source).toBe('   1 |  a␛[31m�b��␇WRONG');
    expect(source.indexOf('WRONG')).toBe(carets.indexOf('^'));
  });

  test('render: characters of two units: carets count characters', () => {
    const [, source = '', carets = ''] = renderDiagnostics([mistake('😀😀: WRONG', 'WRONG')]).split('\n');
    expect([...source].indexOf('W')).toBe([...carets].indexOf('^'));
  });

  test('render: with a styler: each part has its style', () => {
    expect(renderDiagnostics([mistake('foo: bar', 'bar', { hint: 'H' })], { colour })).toBe(
      [
        '<bold>a.yaml:1:6:</> expected x, got y. <cyan>H</>',
        '<dim>   1 |</> foo: bar',
        '<dim>     |</>      <red>^^^</>',
        '',
      ].join('\n'),
    );
  });

  test('render: more than the limit: the number of the rest', () => {
    const text = 'abcdef';
    const all = [...text].map((letter) => mistake(text, letter));
    const rendered = renderDiagnostics(all, { limit: 2 });
    expect(rendered.match(/expected/g)).toHaveLength(2);
    expect(rendered).toMatch(/… and 4 more\n$/);
  });
});

describe('sortDiagnostics', () => {
  test('sort: out of order and repeated: by file, line and column, each once', () => {
    const text = 'one\ntwo three\n';
    const [one, two, three] = ['one', 'two', 'three'].map((word) => mistake(text, word)) as Diagnostic[];
    const other = mistake(text, 'one', {}, 'Z.yaml');
    const given = [three, other, one, two, one].filter((each) => each !== undefined);
    expect(sortDiagnostics(given)).toEqual([other, one, two, three]);
  });
});

describe('nearest', () => {
  test.each([
    ['supend', 'suspend'],
    ['suspned', 'suspend'],
    ['Suspend', 'suspend'],
    ['device_priority', 'device-priority'],
    ['at', 'at'],
  ])('nearest: %s: %s', (word, expected) => {
    expect(nearest(word, ['reboot', 'suspend', 'device-priority', 'at'])).toBe(expected);
  });

  test.each(['', 'x', 'zz', 'completely-else', 'x'.repeat(1000)])('nearest: %j: nothing is near', (word) => {
    expect(nearest(word, ['reboot', 'suspend', 'device-priority', 'at'])).toBeNull();
  });

  test('nearest: two equally near: the first', () => {
    expect(nearest('palo-3', ['palo-1', 'palo-2'])).toBe('palo-1');
  });
});
