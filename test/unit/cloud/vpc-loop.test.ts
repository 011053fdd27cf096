/** A packet that its receiver sends back to where it came from does not go round for ever: packets have no TTL in this model. */

import { expect, test } from 'vitest';
import { runAws } from '../../helpers/aws-pair.ts';

test('VPC: pings to a floating address at which no session ends: lost, and nothing goes round', () => {
  const inbound = { type: 'ping', from: 'server', to: '203.0.113.20', interval: '1s' };
  const run = (probes: Record<string, object>) => runAws({ mode: 'secondary-ip', probes, until: '60s' });
  const [quiet, pinged] = [run({}), run({ inbound })];

  expect(pinged.probe('inbound').received).toBe(0);
  expect(pinged.result.events - quiet.result.events).toBeLessThan(60 * 50);
});
