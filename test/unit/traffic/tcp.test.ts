import { describe, expect, test } from 'vitest';
import { LINUX_TCP, mostRepetitions, rtoUs, type TcpPhase } from '../../../src/traffic/tcp.ts';

const SECOND = 1_000_000;

/** Seconds after the first transmission at which TCP repeats itself, and at last gives up. */
function schedule(phase: TcpPhase): { repeats: number[]; givesUp: number } {
  const most = mostRepetitions(LINUX_TCP, phase);
  let atUs = 0;
  const times = Array.from({ length: most + 1 }, (_, repetitions) => {
    atUs += rtoUs(LINUX_TCP, phase, repetitions);
    return atUs / SECOND;
  });
  return { repeats: times.slice(0, most), givesUp: times[most]! };
}

const resumesAfter = (phase: TcpPhase, outage: number): number | undefined =>
  schedule(phase).repeats.find((time) => time >= outage);

describe("TCP's patience with Linux's defaults (reference aws-ha.md, section 4)", () => {
  test('tcp: an open connection: repeats from 0.2 s to 804.6 s, and is aborted at 924.6 s', () => {
    const { repeats, givesUp } = schedule('open');
    expect(repeats.slice(0, 10)).toEqual([0.2, 0.6, 1.4, 3, 6.2, 12.6, 25.4, 51, 102.2, 204.6]);
    expect(repeats).toHaveLength(15);
    expect(givesUp).toBe(924.6);
  });

  test('tcp: a SYN: repeats at 1, 3, 7, 15, 31 and 63 s, and is given up at 127 s', () => {
    expect(schedule('opening')).toEqual({ repeats: [1, 3, 7, 15, 31, 63], givesUp: 127 });
  });

  test.each([
    [5.4, 6.2, 7],
    [9.4, 12.6, 15],
    [14.2, 25.4, 15],
    [31.7, 51, 63],
    [101.6, 102.2, undefined],
  ])(
    'tcp: an outage of %f s: an open connection resumes at %f s, a SYN connects at %f s',
    (outage, open, syn) => {
      expect(resumesAfter('open', outage)).toBe(open);
      expect(resumesAfter('opening', outage)).toBe(syn);
    },
  );
});
