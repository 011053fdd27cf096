import { describe, expect, test } from 'vitest';
import { mistakesIn } from '../../helpers/pair.ts';

const keepAlive = (settings: object) => ({
  'state-synchronization': { 'ha2-keep-alive': { enabled: true, ...settings } },
});

describe('scenario: ha2-keep-alive', () => {
  test('scenario: split-datapath in active/passive: a mistake, told where it stands', () => {
    const message = 'expected log-only, since split-datapath is for active-active, got split-datapath';
    expect(mistakesIn({ ha: keepAlive({ action: 'split-datapath' }) })).toEqual([message]);
    expect(mistakesIn({ ha: keepAlive({ action: 'log-only' }) })).toEqual([]);
    expect(mistakesIn({ ha: keepAlive({ action: 'split-datapath', enabled: false }) })).toEqual([]);
  });

  test('scenario: keep-alive without ha2: a mistake', () => {
    const off = { 'state-synchronization': { enabled: false, 'ha2-keep-alive': { enabled: true } } };
    const part = { ha: { ...off, interface: { ha2: null } } };
    expect(mistakesIn(part)[0]).toMatch(/^expected ha2-keep-alive on a device with ha2, got palo-1/);
  });
});
