import { describe, expect, it } from 'vitest';
import { grouped, labelled, printable, table, widthOf, wrap } from '../../../src/report/table.ts';

describe('wrap', () => {
  it('a text that fits: one line', () => {
    expect(wrap('active → passive', 16)).toEqual(['active → passive']);
  });

  it('a longer text: broken at spaces, later lines hang', () => {
    const lines = wrap('waits promotion-hold-time 2s and more', 22, 2);
    expect(lines).toEqual(['waits', '  promotion-hold-time', '  2s and more']);
  });

  it('a word longer than a line: cut behind a hyphen, and nothing is lost', () => {
    const lines = wrap('additional-master-hold-up-time', 22);
    expect(lines).toEqual(['additional-master-', 'hold-up-time']);
  });

  it('an empty text: one empty line', () => {
    expect(wrap('', 10)).toEqual(['']);
  });

  it('double spaces inside a line: kept', () => {
    expect(wrap('active  Link down', 40)).toEqual(['active  Link down']);
  });
});

describe('labelled', () => {
  it('a long text: stands beside its label', () => {
    expect(labelled('  seen  ', 'one two three four five six', 28)).toEqual([
      '  seen  one two three four',
      '        five six',
    ]);
  });
});

describe('table', () => {
  it('columns: as wide as their widest cell, aligned, without trailing spaces', () => {
    const rows = [
      [{ text: 'web' }, { text: '1' }, { text: '' }],
      [{ text: 'dns-long' }, { text: '1000' }, { text: 'x' }],
    ];
    expect(table(rows, { align: ['left', 'right'], indent: 1 })).toEqual([
      ' web          1',
      ' dns-long  1000  x',
    ]);
  });

  it('a style: takes no columns', () => {
    const rows = [[{ text: 'a', style: (text: string) => `<${text}>` }, { text: 'b' }]];
    expect(table(rows)).toEqual(['<a>  b']);
  });
});

describe('printable', () => {
  it('escape sequences and line breaks: none reaches a terminal', () => {
    expect(printable('a\u001b[31m\nb\u202ec')).toBe('a\ufffd[31m b\ufffdc');
  });
});

describe('grouped', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [1_234_567, '1,234,567'],
  ])('%d: %s', (count, text) => {
    expect(grouped(count)).toBe(text);
  });
});

describe('widthOf', () => {
  it('characters outside the first plane: one column each', () => {
    expect(widthOf('a😀┃')).toBe(3);
  });
});
