import { describe, expect, test } from 'vitest';
import { takeoversBySilence, type HeartbeatRun } from '../../../../src/sweep/tune/heartbeat-runs.ts';

const SECOND = 1_000_000;

function run(changes: Partial<HeartbeatRun> = {}): HeartbeatRun {
  return {
    intervalUs: SECOND,
    replyTimeoutUs: SECOND,
    losses: 3,
    holdUs: 2 * SECOND,
    helloIntervalUs: 8 * SECOND,
    helloLosses: 3,
    retransmissionUs: 200_000,
    roundTripUs: 2_000,
    loss: 0.05,
    burst: null,
    ...changes,
  };
}

describe('runs of lost heartbeats', () => {
  test('without a promotion hold: independent losses: runs of three in a row, as the renewal theorem has them', () => {
    for (const loss of [0.01, 0.05, 0.2]) {
      const lost = 1 - (1 - loss) ** 2; // Request or reply.
      const rate = takeoversBySilence(run({ loss, holdUs: 0 }));
      expect(rate / ((1 - lost) * lost ** 3)).toBeCloseTo(1, 4);
    }
  });

  test('with a promotion hold: each further heartbeat in it has to be lost too, and a hello may come first', () => {
    const loss = 0.01;
    const lost = 1 - (1 - loss) ** 2;
    const rate = takeoversBySilence(run({ loss, holdUs: 2 * SECOND }));
    const fiveLost = (1 - lost) * lost ** 5; // At 3 s, when it is declared, and at 4 s; that of 5 s comes too late.
    expect(rate).toBeLessThan(fiveLost);
    expect(rate).toBeGreaterThan(0.7 * fiveLost); // One hello in 8 s: in a quarter of all holds of 2 s.
  });

  test('a hold: longer: never more takeovers', () => {
    const rates = [0, 0.5, 1, 2, 3, 5, 10].map((hold) => takeoversBySilence(run({ holdUs: hold * SECOND })));
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    expect(new Set(rates).size).toBe(rates.length);
  });

  test('a link: that loses nothing: no takeover', () => {
    expect(takeoversBySilence(run({ loss: 0 }))).toBe(0);
  });

  test('bursts: of the same share of lost packets: more takeovers than independent losses', () => {
    const burst = { meanGap: 950, meanLength: 50 };
    expect(takeoversBySilence(run({ loss: 0, burst }))).toBeGreaterThan(
      100 * takeoversBySilence(run({ loss: 0.05 })),
    );
  });

  test('bursts of one packet: rare ones: as independent losses, but never two in a row in one direction', () => {
    const burst = { meanGap: 99, meanLength: 1 };
    const single = takeoversBySilence(run({ loss: 0, burst, holdUs: 0 }));
    const independent = takeoversBySilence(run({ loss: 0.01, holdUs: 0 }));
    expect(single / independent).toBeGreaterThan(0.1);
    expect(single / independent).toBeLessThan(2);
  });

  test('heartbeats a minute apart: hellos of 8 s find the silence first, so the rate does not vanish', () => {
    const burst = { meanGap: 1000, meanLength: 20 };
    const rate = takeoversBySilence(
      run({ intervalUs: 60 * SECOND, replyTimeoutUs: 60 * SECOND, loss: 0, burst }),
    );
    expect(rate).toBeGreaterThan(1e-7);
  });
});
