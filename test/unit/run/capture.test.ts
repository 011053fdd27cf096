import { describe, expect, it, test } from 'vitest';
import type { CapturedPacket } from '../../../src/run/capture.ts';
import { run } from '../../../src/run/run.ts';
import { libraryScenario } from '../../helpers/library.ts';
import { captured } from '../../helpers/captured.ts';
import { resolvePair } from '../../helpers/pair.ts';

const HEARTBEATS = ['heartbeat', 'heartbeat-reply'];

test.each(['active-passive/walkthrough.yaml', 'active-active/walkthrough.yaml', 'aws/interface-move.yaml'])(
  'packets of %s are kept: the same run, to the digest of every event',
  (name) => {
    const scenario = libraryScenario(name);
    const digests = [{}, { packets: 1_000_000 }, { packets: 3 }].map((options) => {
      return run(scenario, { traceLevel: 'full', ...options }).digests;
    });
    expect(new Set(digests.map((digest) => JSON.stringify(digest))).size).toBe(1);
  },
);

describe('a captured packet', () => {
  const { packets, links } = captured('active-passive/walkthrough.yaml').capture!;
  const crossings = (packet: number): CapturedPacket[] => packets.filter((item) => item.packet === packet);

  it('crosses a switch as the same packet, each link at its time', () => {
    const first = packets.find(({ kind }) => kind === 'heartbeat')!;
    const [, second] = crossings(first.packet);
    expect(crossings(first.packet)).toHaveLength(2);
    expect(first.arrivedUs).toBe(first.sentUs + 500);
    expect(second?.sentUs).toBe(first.arrivedUs);
  });

  it('a heartbeat has no IP address, a ping has', () => {
    for (const { kind, sourceIp } of packets) {
      if (HEARTBEATS.includes(kind)) expect(sourceIp).toBe(0);
      if (kind.startsWith('echo')) expect(sourceIp).not.toBe(0);
    }
  });

  it('that arrived has no reason to be lost, and the other way round', () => {
    for (const { arrivedUs, loss, sentUs } of packets) {
      expect(arrivedUs === null).toBe(loss !== null);
      if (arrivedUs !== null) expect(arrivedUs).toBeGreaterThanOrEqual(sentUs);
    }
  });

  it('a hello says the role, a frame of session sync how many messages it holds', () => {
    expect(packets.find(({ kind }) => kind === 'hello')?.content).toMatchObject({ role: expect.any(String) });
    expect(packets.find(({ kind }) => kind === 'session-sync')?.content).toEqual({
      messages: expect.any(Number),
    });
  });

  it('links are those of the scenario, in its order', () => {
    expect(links.map(({ name }) => name)).toEqual(
      Object.keys(libraryScenario('active-passive/walkthrough.yaml').network.links),
    );
  });
});

/** Kinds of losses of heartbeats, with the action of the fault that is to blame. */
function losses(timeline: readonly Record<string, unknown>[], link = 'palo-1-management'): string[] {
  const { capture, records } = run(resolvePair({ timeline, until: '12s' }), { packets: 100_000 });
  const number = capture!.links.findIndex(({ name }) => name === link);
  const lost = capture!.packets.filter((item) => item.link === number && item.loss !== null);
  const acts = lost.map(({ loss, cause }) => `${loss} by ${records[cause - 1]?.data['action'] as string}`);
  return [...new Set(acts)];
}

describe('why a packet did not arrive', () => {
  it('a cut cable: sent before and after', () => {
    expect(losses([{ at: '5.0002s', 'link-down': 'palo-1-management' }])).toEqual([
      'carrier-lost by link-down',
      'no-carrier by link-down',
    ]);
  });

  it('a blackhole', () => {
    expect(losses([{ at: '5s', blackhole: { link: 'palo-1-management' } }])).toEqual([
      'blackhole by blackhole',
    ]);
  });

  it('an impairment that loses all', () => {
    expect(losses([{ at: '5s', impair: { link: 'palo-1-management', loss: '100%' } }])).toEqual([
      'loss by impair',
    ]);
  });
});

describe('more packets than asked for', () => {
  const whole = captured('active-passive/walkthrough.yaml').capture!;
  const { capture } = run(libraryScenario('active-passive/walkthrough.yaml'), { packets: 1_000 });
  const acted = 5_000_000;

  it('those around the first thing that is done to the pair are kept, the others counted', () => {
    const kept = capture!.packets;
    expect(kept).toHaveLength(whole.packets.length - capture!.leftOut);
    expect(kept.length).toBeLessThanOrEqual(1_000);
    const before = kept.filter(({ sentUs }) => sentUs < acted).length;
    expect(before).toBeGreaterThanOrEqual(250);
    expect(before).toBeLessThanOrEqual(500);
    const first = whole.packets.findIndex(({ sentUs }) => sentUs === kept[0]!.sentUs);
    expect(kept.map(({ sentUs, kind, link }) => [sentUs, kind, link])).toEqual(
      whole.packets.slice(first, first + kept.length).map(({ sentUs, kind, link }) => [sentUs, kind, link]),
    );
  });

  it('nothing is ever done: the last ones', () => {
    const quiet = run(resolvePair({ until: '60s' }), { packets: 100 }).capture!;
    expect(quiet.packets.length).toBeLessThanOrEqual(50);
    expect(quiet.packets.at(-1)!.sentUs).toBeGreaterThan(59_000_000);
    expect(quiet.leftOut).toBeGreaterThan(100);
  });
});
