import { afterEach, describe, expect, it, vi } from 'vitest';
import { stylerFor } from '../../../src/cli/colour.ts';
import { PLAIN } from '../../../src/report/style.ts';

const TERMINAL = { isTTY: true };

describe('stylerFor', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('a terminal: coloured', () => {
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('TERM', 'xterm');
    expect(stylerFor(TERMINAL, false).red('x')).toBe('\u001b[31mx\u001b[39m');
  });

  it('a pipe: plain', () => {
    expect(stylerFor({}, false)).toBe(PLAIN);
  });

  it('--no-color: plain', () => {
    expect(stylerFor(TERMINAL, true)).toBe(PLAIN);
  });

  it('NO_COLOR: plain; empty, it says nothing', () => {
    vi.stubEnv('TERM', 'xterm');
    vi.stubEnv('NO_COLOR', '1');
    expect(stylerFor(TERMINAL, false)).toBe(PLAIN);
    vi.stubEnv('NO_COLOR', '');
    expect(stylerFor(TERMINAL, false)).not.toBe(PLAIN);
  });

  it('TERM=dumb: plain', () => {
    vi.stubEnv('TERM', 'dumb');
    expect(stylerFor(TERMINAL, false)).toBe(PLAIN);
  });
});
