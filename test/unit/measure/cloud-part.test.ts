/** A takeover in a cloud taken apart, by hand-written traces and by runs. */

import { describe, expect, test } from 'vitest';
import type { RecordData } from '../../../src/run/record.ts';
import { runAws, type AwsPart } from '../../helpers/aws-pair.ts';
import { IN_FORCE, Notes } from '../../helpers/notes.ts';
import { us } from '../../helpers/pair.ts';

const SECOND = 1_000_000;
const MODE = 'interface-move';

/** The active dies at 20 s, palo-2 is active at 29 s; what follows is noted after so many seconds. */
class After {
  readonly #notes = new Notes(undefined, { ...IN_FORCE, cloud: { latency: 'reference' } });
  readonly #role: number;

  constructor() {
    this.#notes.role(0, 'palo-1', null as never, 'active', 'converged');
    const fault = this.#notes.note(20 * SECOND, 'fault', 'palo-1', {
      action: 'power-off',
      text: 'power-off palo-1',
    });
    this.#role = this.#notes.role(29 * SECOND, 'palo-2', 'passive', 'active', 'T15', fault);
  }

  port(seconds: number): this {
    return this.#note(seconds, 'port', { interface: 'ethernet1/2', forwarding: true });
  }

  takeover(seconds: number, step: RecordData['takeover']['step'], reason?: string): this {
    return this.#note(seconds, 'takeover', { step, mode: MODE, ...(reason === undefined ? {} : { reason }) });
  }

  asset(seconds: number, state: string): this {
    return this.#note(seconds, 'asset', { asset: 'eni', kind: 'network-interface', state, owner: null });
  }

  restored(seconds: number): this {
    return this.#note(seconds, 'restored', {});
  }

  #note<K extends 'port' | 'takeover' | 'asset' | 'restored'>(
    seconds: number,
    kind: K,
    data: RecordData[K],
  ): this {
    this.#notes.note((29 + seconds) * SECOND, kind, 'palo-2', data, this.#role);
    return this;
  }

  get failover() {
    const [failover] = this.#notes.collector.failovers();
    if (failover === undefined) throw new Error('expected a failover');
    return failover;
  }

  /** Each part that took time, in seconds; null = never over. */
  get parts(): Readonly<Record<string, number | null>> {
    const lasting = this.failover.parts.filter((part) => part.us !== 0);
    return Object.fromEntries(lasting.map((part) => [part.part, part.us === null ? null : part.us / SECOND]));
  }
}

describe('the part cloud', () => {
  test('cloud: from the role to the last asset in use, the plugin’s hold included', () => {
    const after = new After().port(0.2).takeover(0.5, 'begun').takeover(20, 'complete').restored(20.1);

    expect(after.parts).toEqual({ promotion: 9, cloud: 20, restoration: expect.closeTo(0.1) });
    expect(after.failover.totalUs).toBe(29.1 * SECOND);
  });

  test('cloud: traffic passes before the rest has moved: no longer than that', () => {
    const after = new After().port(0.2).takeover(0.5, 'begun').restored(8).takeover(90, 'complete');

    expect(after.parts).toEqual({ promotion: 9, cloud: 8 });
  });

  test('cloud: no traffic: ports that forward do not count, a data path that has moved does', () => {
    const moving = new After().port(0.2).takeover(0.5, 'begun');
    expect([moving.failover.restoredUs, moving.parts['cloud']]).toEqual([null, null]);

    moving.takeover(20, 'complete');
    expect([moving.failover.restoredUs, moving.failover.restoredBy]).toEqual([49 * SECOND, 'ports']);
  });

  test.each(['failed', 'abandoned'] as const)('cloud: %s: never over, nor anything after it', (step) => {
    const after = new After().port(0.2).takeover(0.5, 'begun').takeover(3, step, 'refused');

    expect(after.parts).toEqual({
      promotion: 9,
      cloud: null,
      port: null,
      announcement: null,
      learning: null,
      restoration: null,
    });
    expect(after.failover.totalUs).toBeNull();
  });

  test.each([
    ['failed', 'Attach of eni: UnauthorizedOperation', 'Attach of eni: UnauthorizedOperation'],
    ['abandoned', undefined, 'palo-2 was no longer active before it was over'],
    ['begun', undefined, 'the takeover was under way when the run ended'],
  ] as const)('cloud: %s: it says why it is never over', (step, reason, why) => {
    const after = new After().takeover(0.5, 'begun');
    if (step !== 'begun') after.takeover(3, step, reason);

    expect(after.failover.parts.find(({ part }) => part === 'cloud')).toEqual({
      part: 'cloud',
      us: null,
      setBy: [{ setting: null, value: why }],
    });
  });

  test('cloud: failed, begun anew and complete: over with the second, the hold that of the first', () => {
    const after = new After()
      .takeover(0.5, 'begun')
      .takeover(3, 'failed', 'refused')
      .takeover(60, 'begun')
      .takeover(70, 'complete');
    const cloud = after.failover.parts.find(({ part }) => part === 'cloud');

    expect(after.parts).toEqual({ promotion: 9, cloud: 70 });
    expect(cloud?.setBy[0]?.setting).toBe('additional-master-hold-up-time');
    expect(cloud?.setBy.map(({ value }) => value)).not.toContain('refused');
  });

  test('cloud: what set its length: the hold, the latency model, and the longest wait', () => {
    const after = new After()
      .takeover(0.5, 'begun')
      .asset(2, 'detaching')
      .asset(12, 'available')
      .takeover(20, 'complete');
    const cloud = after.failover.parts.find(({ part }) => part === 'cloud');

    expect(cloud?.setBy).toEqual([
      { setting: 'additional-master-hold-up-time', value: '500 ms', device: 'palo-2' },
      { setting: 'aws-latency', value: 'reference' },
      { setting: null, value: 'longest: eni from detaching to available 10s' },
    ]);
  });

  test('cloud: a pair with cables: there is no such part', () => {
    const notes = new Notes(undefined, IN_FORCE);
    notes.role(0, 'palo-1', null as never, 'active', 'converged');
    notes.role(SECOND, 'palo-2', 'passive', 'active', 'T15');

    expect(notes.collector.failovers()[0]?.parts.map(({ part }) => part)).not.toContain('cloud');
  });

  test.each([1, 2, 3, 4, 5])('cloud: seed %d: the parts of a run sum to the whole', (seed) => {
    for (const mode of ['interface-move', 'secondary-ip'] as const) {
      const probes = {
        ping: { type: 'ping', from: 'private', to: 'server', interval: '200ms', timeout: '1s' },
      };
      const { result } = runAws({
        mode,
        seed,
        probes,
        timeline: [{ at: '20s', 'power-off': 'palo-1' }],
        until: '10min',
      });
      const [failover] = result.failovers;

      expect(failover?.parts.reduce((sum, part) => sum + (part.us ?? Number.NaN), 0)).toBe(failover?.totalUs);
      expect(failover?.cloudUs).toBeGreaterThan(us('1s'));
    }
  });
});

describe('ownership beside the role', () => {
  const CRASH: AwsPart = { timeline: [{ at: '20s', 'power-off': 'palo-1' }], until: '5min' };

  test('data path: a takeover: the spans tile the run, and the last owner has everything', () => {
    const { result } = runAws(CRASH);
    const { ownership = [], assets = [], mode, activeWithoutUs = 0 } = result.cloud ?? {};

    expect(mode).toBe('interface-move');
    expect(ownership[0]?.fromUs).toBe(0);
    expect(ownership.at(-1)?.toUs).toBe(us('5min'));
    for (const [index, { fromUs }] of ownership.slice(1).entries())
      expect(fromUs).toBe(ownership[index]?.toUs);
    expect(ownership.at(-1)).toMatchObject({ active: ['palo-2'], owned: { 'palo-2': 2 } });
    expect(assets).toEqual([
      { kind: 'network-interface', name: 'palo-outside-eni', owner: 'palo-2' },
      { kind: 'network-interface', name: 'palo-inside-eni', owner: 'palo-2' },
    ]);
    expect(activeWithoutUs).toBeGreaterThan(us('10s'));
  });

  test('data path: it is not the active’s: the pair is down although a firewall is active', () => {
    const { result } = runAws({
      ...CRASH,
      aws: { instances: { 'palo-2': { 'iam-instance-profile': null } } },
    });

    expect(result.availability.timesUs.down).toBeGreaterThan(us('4min'));
    expect(result.cloud?.activeWithoutUs).toBeGreaterThan(us('4min'));
    expect(result.final.map(({ role }) => role)).toEqual([null, 'active']);
  });

  test('calls: attempts are succeeded, throttled or failed, and nothing else', () => {
    const { result } = runAws({ ...CRASH, mode: 'secondary-ip' });
    const calls = result.cloud?.calls ?? [];

    expect(calls.map(({ action }) => action)).toEqual([
      'DescribeInstances',
      'DescribeNetworkInterfaces',
      'DescribeRouteTables',
      'AssignPrivateIpAddresses',
      'ReplaceRoute',
    ]);
    for (const { attempts, succeeded, throttled, failed, medianUs, longestUs } of calls) {
      expect(attempts).toBe(succeeded + throttled + failed);
      expect(medianUs).toBeLessThanOrEqual(longestUs);
    }
  });
});
