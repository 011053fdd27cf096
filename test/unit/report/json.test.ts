import { describe, expect, it } from 'vitest';
import { jsonChunks, renderJson } from '../../../src/report/json.ts';
import { result } from '../../helpers/result.ts';

describe('renderJson', () => {
  it('a result: comes back as it was', () => {
    expect(JSON.parse(renderJson(result()))).toEqual(result());
    expect(JSON.parse(renderJson(result({ verdicts: [], records: [] })))).toEqual(
      result({ verdicts: [], records: [] }),
    );
  });

  it('keys in another order: the same text', () => {
    const reversed = Object.fromEntries(Object.entries(result()).toReversed()) as unknown as ReturnType<
      typeof result
    >;
    expect(renderJson(reversed)).toBe(renderJson(result()));
    expect(renderJson(result())).toMatch(/^\{\n {2}"schemaVersion": 1,\n {2}"version": "0\.1\.0",\n/);
  });

  it('each record: on a line of its own', () => {
    const lines = renderJson(result()).split('\n');
    expect(lines.filter((line) => line.startsWith('    {"id":'))).toHaveLength(20);
  });

  it('one line: one line, with its end', () => {
    const text = renderJson(result(), { oneLine: true });
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(JSON.parse(text)).toEqual(result());
  });

  it('chunks: together the same text', () => {
    expect([...jsonChunks(result())].join('')).toBe(renderJson(result()));
  });
});
