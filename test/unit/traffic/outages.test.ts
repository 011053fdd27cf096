import { expect, test } from 'vitest';
import { MOST_OUTAGES, OutageLog } from '../../../src/traffic/outages.ts';

test('outages: more than are kept: the first are listed, the others counted', () => {
  const log = new OutageLog();
  for (let i = 0; i < MOST_OUTAGES + 3; i += 1) {
    log.lost(20 * i);
    log.received(20 * i + 10, 20 * i + 15);
  }
  const { outages, moreOutages, firstPacketUs } = log.result(1e9);
  expect(outages).toHaveLength(MOST_OUTAGES);
  expect(outages[0]).toEqual({ fromUs: 0, toUs: 10, lost: 1 });
  expect({ moreOutages, firstPacketUs }).toEqual({ moreOutages: 3, firstPacketUs: 15 });
});

test('outages: one that is open: ends with the run, and stays open', () => {
  const log = new OutageLog('reverse');
  log.lost(5, 7);
  expect(log.result(100).outages).toEqual([{ fromUs: 5, toUs: 100, lost: 7, direction: 'reverse' }]);
  log.lost(120);
  log.received(130, 131);
  expect(log.result(200)).toEqual({
    outages: [{ fromUs: 5, toUs: 130, lost: 8, direction: 'reverse' }],
    moreOutages: 0,
    firstPacketUs: 126,
  });
});
