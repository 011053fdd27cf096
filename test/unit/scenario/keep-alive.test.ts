import { describe, expect, test } from 'vitest';
import { mistakesIn } from '../../helpers/pair.ts';

describe('scenario: ha2-keep-alive', () => {
  test('scenario: keep-alive without ha2: a mistake', () => {
    const off = { 'state-synchronization': { enabled: false, 'ha2-keep-alive': { enabled: true } } };
    const part = { ha: { ...off, interface: { ha2: null } } };
    expect(mistakesIn(part)[0]).toMatch(/^expected ha2-keep-alive on a device with ha2, got palo-1/);
  });
});
