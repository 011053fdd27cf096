import { parseHTML } from 'linkedom';
import { describe, expect, it, test } from 'vitest';
import { bars, type Axis, type Bar } from '../../../../src/report/html/bars.ts';
import { TEXTURE_DEFINITIONS } from '../../../../src/report/html/fills.ts';
import { textsOf } from '../../../helpers/report-page.ts';

const piece = { text: 'a long word', short: 'word', title: 'told', fill: 'f1' } as const;

function draw(list: readonly Bar[], from: number, to: number, axis?: Axis) {
  const { document } = parseHTML(`<body>${bars(list, from, to, 'what it shows', axis).source}</body>`);
  const texts = (selector: string): string[] => textsOf(document.querySelectorAll(selector));
  return { document, texts };
}

describe('bars', () => {
  test.each([
    ['time', -100_000, 900_000, ['start', '+200ms', '+400ms', '+600ms', '+800ms']],
    ['clock', 0, 170_000_000, ['0s', '30s', '1min', '1min 30s', '2min', '2min 30s']],
    ['clock', 0, 86_400_000_000, ['0s', '6h', '12h', '18h', '1d']],
    ['count', 0, 1_500, ['0', '500', '1,000', '1,500']],
    ['count', 0, 3, ['0', '1', '2', '3']],
  ] as const)('an axis of %s from %i to %i has round numbers', (axis, from, to, ticks) => {
    expect(draw([], from, to, axis).texts('.axis')).toEqual(ticks);
  });

  it('a piece has its words where they fit, fewer where there is less room, and none where there is none', () => {
    const pieces = [0, 200, 250, 251].map((fromUs, at, all) => ({
      ...piece,
      fromUs,
      toUs: all[at + 1] ?? 300,
    }));
    const { texts, document } = draw([{ label: 'x', pieces }], 0, 1_000);
    expect(texts('.word')).toEqual(['a long word', 'word', 'word']);
    expect(draw([{ label: 'x', pieces }], 0, 2_000).texts('.word')).toEqual(['word']);
    expect(document.querySelectorAll('.piece title')).toHaveLength(4);
  });

  it('what is beyond the axis is not drawn beyond it', () => {
    const { document } = draw([{ label: 'x', pieces: [{ ...piece, fromUs: -50, toUs: 5_000 }] }], 0, 100);
    const box = document.querySelector('rect')!;
    const [x, width] = [Number(box.getAttribute('x')), Number(box.getAttribute('width'))];
    expect(x).toBeGreaterThan(100);
    expect(x + width).toBeLessThan(920);
  });

  it('a strip is cut from the time of one probe on, to both sides', () => {
    const strip: Bar = { label: 'x', pieces: [], cells: { atUs: 30, everyUs: 20 } };
    const cuts = draw([strip], 0, 100).document.querySelector('.cuts')?.getAttribute('d') ?? '';
    expect(cuts.match(/M/g)).toHaveLength(5); // 10, 30, 50, 70, 90
  });

  it('a long label is shortened, and told in full to who asks', () => {
    const label = 'a workload with a very long name';
    const { document } = draw([{ label, pieces: [] }], 0, 1);
    expect(document.querySelector('.label title')?.textContent).toBe(label);
    expect(document.querySelector('.label')?.textContent).toContain('a workload with a …');
  });

  it('no two parts of a failover look alike without their colours, where they stand side by side', () => {
    const { document } = parseHTML(`<body>${TEXTURE_DEFINITIONS.source}</body>`);
    const textures = [0, 1, 2, 3, 4, 5, 6, 7].map((part) =>
      document.querySelector(`#fill-f${part} path`)?.getAttribute('d'),
    );
    for (const [at, texture] of textures.entries()) if (at > 0) expect(texture).not.toBe(textures[at - 1]);
  });
});
