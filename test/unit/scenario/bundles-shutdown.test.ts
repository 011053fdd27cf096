import { expect, test } from 'vitest';
import { mistakesIn } from '../../helpers/pair.ts';

test('lacp: pre-negotiation with ports that are shut down: told', () => {
  const lacp = { interfaces: { 'ethernet1/1': { lacp: { 'pre-negotiation': true } } } };
  const pair = (passiveLinkState: string) => ({
    ha: { 'passive-link-state': passiveLinkState },
    devices: { 'palo-1': lacp },
  });

  expect(mistakesIn(pair('auto'))).toEqual([]);
  expect(mistakesIn(pair('shutdown'))).toEqual([
    'expected passive-link-state auto with pre-negotiation, got shutdown',
  ]);
});
