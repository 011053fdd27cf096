/** Shares and means are held against their closed forms, five standard deviations wide; the draws come from a fixed seed. */

import { describe, expect, test } from 'vitest';
import { RandomStreams } from '../../../src/kernel/random.ts';
import {
  DEFAULT_IMPAIRMENT,
  Impairer,
  LOST,
  NO_ROOM,
  type Impairment,
} from '../../../src/network/impairment.ts';

const PACKETS = 100_000;

function impairer(impairment: Partial<Impairment>, seed = '1'): Impairer {
  return new Impairer('cable', { ...DEFAULT_IMPAIRMENT, ...impairment }, new RandomStreams(seed));
}

/** The fates of packets sent at an interval. */
function delays(cable: Impairer, count: number, intervalUs = 1_000, bytes = 100): number[] {
  return Array.from({ length: count }, (_, index) => cable.delayUs(index * intervalUs, bytes));
}

/** Lengths of the runs of lost packets. */
function lostRuns(fates: readonly number[]): number[] {
  const runs: number[] = [];
  let length = 0;
  for (const fate of [...fates, 0]) {
    if (fate === LOST) length += 1;
    else if (length > 0) {
      runs.push(length);
      length = 0;
    }
  }
  return runs;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('impairment: loss', () => {
  test.each([0.001, 0.1, 0.5])('impairment: loss %d: that share of the packets, independently', (loss) => {
    const fates = delays(impairer({ loss }), PACKETS);
    const lost = fates.filter((fate) => fate === LOST).length;
    expect(Math.abs(lost - PACKETS * loss)).toBeLessThan(5 * Math.sqrt(PACKETS * loss * (1 - loss)));
    // Runs of independent losses are geometric: their mean length is 1 / (1 - loss).
    const runs = lostRuns(fates);
    const deviation = Math.sqrt(loss) / (1 - loss) / Math.sqrt(runs.length);
    expect(Math.abs(mean(runs) - 1 / (1 - loss))).toBeLessThan(5 * deviation);
  });

  test('impairment: loss of 100 percent: nothing passes', () => {
    expect(new Set(delays(impairer({ loss: 1 }), 1_000))).toEqual(new Set([LOST]));
  });

  test('impairment: bursts: as long and as far apart as told', () => {
    const burst = { meanGap: 50, meanLength: 5 };
    const runs = lostRuns(delays(impairer({ burst }), PACKETS));
    // Both are geometric from 1 on: variance m (m - 1).
    const deviation = Math.sqrt((5 * 4) / runs.length);
    expect(Math.abs(mean(runs) - 5)).toBeLessThan(5 * deviation);
    const cycle = PACKETS / runs.length;
    expect(Math.abs(cycle - 55)).toBeLessThan(5 * Math.sqrt((50 * 49 + 5 * 4) / runs.length));
  });

  test('impairment: bursts of one packet: never two in a row', () => {
    const runs = lostRuns(delays(impairer({ burst: { meanGap: 3, meanLength: 1 } }), 10_000));
    expect(runs.length).toBeGreaterThan(1_000);
    expect(new Set(runs)).toEqual(new Set([1]));
  });

  test('impairment: jitter added: the same packets are lost', () => {
    const plain = delays(impairer({ loss: 0.1 }), 1_000).map((fate) => fate === LOST);
    const jittery = delays(impairer({ loss: 0.1, jitterUs: 500 }), 1_000).map((fate) => fate === LOST);
    expect(jittery).toEqual(plain);
  });

  test('impairment: set to none and back: losses stop and begin again', () => {
    const cable = impairer({ loss: 1 });
    expect(cable.delayUs(0, 100)).toBe(LOST);
    cable.set(DEFAULT_IMPAIRMENT);
    expect(delays(cable, 100)).not.toContain(LOST);
    cable.set({ ...DEFAULT_IMPAIRMENT, loss: 1 });
    expect(cable.delayUs(0, 100)).toBe(LOST);
  });
});

describe('impairment: delay', () => {
  test('impairment: latency alone: every packet takes as long', () => {
    expect(new Set(delays(impairer({ latencyUs: 700 }), 100))).toEqual(new Set([700]));
  });

  test('impairment: jitter: uniform above the latency', () => {
    const taken = delays(impairer({ latencyUs: 700, jitterUs: 300 }), PACKETS);
    expect(Math.min(...taken)).toBe(700);
    expect(Math.max(...taken)).toBe(1_000);
    expect(Math.abs(mean(taken) - 850)).toBeLessThan(5 * Math.sqrt(300 ** 2 / 12 / PACKETS));
  });

  test('impairment: jitter longer than the spacing: packets keep their order', () => {
    const intervalUs = 10;
    const arrivals = delays(impairer({ jitterUs: 500 }), 5_000, intervalUs).map(
      (us, i) => i * intervalUs + us,
    );
    expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
  });

  test('impairment: reordering: that share is held back, and later packets overtake it', () => {
    const cable = impairer({ latencyUs: 100, reorderShare: 0.2, reorderDelayUs: 5_000 });
    const taken = delays(cable, PACKETS);
    const held = taken.filter((us) => us === 5_100).length;
    expect(new Set(taken)).toEqual(new Set([100, 5_100]));
    expect(Math.abs(held - PACKETS * 0.2)).toBeLessThan(5 * Math.sqrt(PACKETS * 0.2 * 0.8));
  });

  test('impairment: duplication: that share arrives twice', () => {
    const cable = impairer({ duplicate: 0.3 });
    const twice = Array.from({ length: PACKETS }, () => cable.duplicates()).filter(Boolean).length;
    expect(Math.abs(twice - PACKETS * 0.3)).toBeLessThan(5 * Math.sqrt(PACKETS * 0.3 * 0.7));
  });
});

describe('impairment: bandwidth', () => {
  /** 1 Mbit/s takes 8 us for a byte. */
  const slow = { bandwidth: 1_000_000, latencyUs: 50 };

  test('impairment: bandwidth: a packet takes its bits and waits for the one before', () => {
    const cable = impairer(slow);
    expect([0, 0, 0].map(() => cable.delayUs(0, 1_000))).toEqual([8_050, 16_050, 24_050]);
    expect(cable.delayUs(20_000, 125)).toBe(4_000 + 1_000 + 50); // Behind the third, which ends at 24 ms.
    expect(cable.delayUs(1_000_000, 125)).toBe(1_050);
  });

  test('impairment: a wait longer than the queue limit: the packet is dropped, and the queue grows no longer', () => {
    const cable = impairer({ ...slow, queueLimitUs: 16_000 });
    const fates = Array.from({ length: 6 }, () => cable.delayUs(0, 1_000));
    expect(fates).toEqual([8_050, 16_050, 24_050, NO_ROOM, NO_ROOM, NO_ROOM]);
    expect(cable.delayUs(8_000, 1_000)).toBe(24_000 - 8_000 + 8_000 + 50);
  });
});
