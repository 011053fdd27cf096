import { describe, expect, it } from 'vitest';
import { BASE_STYLE } from '../../../src/report/html/style.ts';

/** The three palettes of the style: light, dark, paper. */
const PALETTES = [...BASE_STYLE.matchAll(/:root\{[^}]*\}/g)].map(([rule]) =>
  Object.fromEntries(
    [...rule.matchAll(/--(\w+):(#[0-9a-f]+)/g)].map(([, name = '', value = '']) => [name, value]),
  ),
);

/** Of WCAG 2: 1 (the same) to 21 (black on white). */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const full = colour.length === 4 ? colour.replaceAll(/[0-9a-f]/g, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(['light', 'dark', 'paper'].map((name, at) => [name, PALETTES[at] ?? {}] as const))(
  'the colours of a page: %s',
  (_, palette) => {
    const of = (name: string): string => palette[name] ?? '';

    it.each(['ink', 'soft', 'bad', 'c1', 'c3'])('%s is read on the page and on a card', (name) => {
      expect(contrast(of(name), of('paper'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of(name), of('card'))).toBeGreaterThanOrEqual(4.5);
    });

    it('words on a full bar, and on a node that waits, are read', () => {
      expect(contrast(of('paper'), of('c3'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of('ink'), of('strip'))).toBeGreaterThanOrEqual(4.5);
    });

    it.each(['c1', 'c2', 'c3', 'c4', 'far', 'bad', 'soft'])('a line of %s is seen', (name) => {
      expect(contrast(of(name), of('paper'))).toBeGreaterThanOrEqual(3);
    });
  },
);
