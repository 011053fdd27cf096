import { describe, expect, test } from 'vitest';
import { failoverStory, type FailoverStory } from '../../../src/measure/failover-story.ts';
import { lossNames, lossStories } from '../../../src/measure/loss-story.ts';
import { pairSettings } from '../../../src/run/pair-settings.ts';
import { run } from '../../../src/run/run.ts';
import { resolvePair, us, type PairPart } from '../../helpers/pair.ts';

const SSH = {
  from: 'client',
  to: 'server',
  protocol: 'tcp',
  port: 22,
  arrivals: { concurrent: 3 },
  'holding-time': 'forever',
  'packet-interval': '1s',
};

function told(part: PairPart) {
  const scenario = resolvePair({ workloads: { ssh: SSH, db: { ...SSH, port: 5432 } }, ...part });
  const result = run(scenario);
  return { result, settings: pairSettings(scenario) };
}

function story(part: PairPart): FailoverStory {
  const { result, settings } = told(part);
  const [failover] = result.failovers;
  if (failover === undefined) throw new Error('no failover');
  return failoverStory(failover, result.records, settings);
}

/** A step in one line: kind, rule, setting. */
const basis = ({ chain }: FailoverStory): string[] =>
  chain.map(({ record, rule, setting }) =>
    `${record.kind} ${rule} ${setting === null ? '' : `${setting.name} ${setting.value}`}`.trim(),
  );

describe('the story of a failover', () => {
  test('a monitored link: from the fault to the role, with the hold as the step that takes the time', () => {
    expect(basis(story({ timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1' }] }))).toEqual([
      'fault null',
      'link null unpublished.link-down-detection 50ms',
      'monitor R-031 link-monitoring.failure-condition any',
      'timer null',
      'timer R-035 monitor-fail-hold-up-time + additional-master-hold-up-time 0s + 500ms',
      'role T8',
      'peer null',
      'role T14',
    ]);
  });

  test('power loss: heartbeats, then the promotion hold', () => {
    expect(basis(story({ timeline: [{ at: '20s', 'power-off': 'palo-1' }] }))).toEqual([
      'fault null',
      'power null',
      'control-path R-001 heartbeat-interval 1s × 3',
      'peer null',
      'timer null',
      'timer R-021 promotion-hold-time 2s',
      'role T15',
    ]);
  });

  test('HA1 cut: heartbeats behind the switch, the monitor hold at the port itself', () => {
    const [, path] = basis(story({ timeline: [{ at: '20s', 'link-down': 'palo-1-management' }] }));
    expect(path).toBe('control-path R-001 heartbeat-interval 1s × 3');
    const [, cut] = basis(story({ timeline: [{ at: '20s', 'link-down': 'palo-2-management' }] }));
    expect(cut).toBe('control-path R-008 monitor-hold-time 3s');
  });

  test('the agent hangs: hellos', () => {
    expect(basis(story({ timeline: [{ at: '20s', 'ha-agent-hang': 'palo-1' }] }))).toContain(
      'peer R-006 hello-interval × hello-losses 8s × 3',
    );
  });

  test('a silent destination: ping-interval × ping-count', () => {
    expect(basis(story({ timeline: [{ at: '20s', blackhole: { link: 'palo-1-uplink' } }] }))).toContain(
      'path R-037 ping-interval × ping-count 200ms × 10',
    );
  });

  test('what followed: ends with the first answer, which is when traffic is back', () => {
    const { restoration, failover } = story({ timeline: [{ at: '20s', suspend: 'palo-1' }] });
    const kinds = restoration.map(({ record }) => record.kind);
    expect(kinds).toEqual(expect.arrayContaining(['sessions', 'garp', 'port', 'restored']));
    expect(restoration.at(-1)?.record).toMatchObject({ kind: 'restored', timeUs: failover.restoredUs });
    expect(restoration.every(({ record }) => record.timeUs >= failover.takeoverUs)).toBe(true);
  });

  test('its parts: sum to the whole', () => {
    const { failover } = story({ timeline: [{ at: '20s', suspend: 'palo-1' }] });
    expect(failover.parts.reduce((sum, { us: length }) => sum + (length ?? Number.NaN), 0)).toBe(
      failover.totalUs,
    );
  });
});

describe('the story of lost sessions', () => {
  const OFF: PairPart = {
    ha: { 'state-synchronization': { enabled: false } },
    timeline: [{ at: '20s', suspend: 'palo-1' }],
  };
  const ALL = { workload: null, cause: null };

  test('one takeover: one story, with its workloads and the chain that ends with the takeover', () => {
    const { result, settings } = told(OFF);
    const [lost, ...others] = lossStories(
      result.workloads,
      result.records,
      { settings, devices: result.devices },
      ALL,
    );
    expect(others).toEqual([]);
    expect(lost).toMatchObject({
      cause: 'not-synced',
      count: 6,
      workloads: [
        { name: 'ssh', count: 3 },
        { name: 'db', count: 3 },
      ],
      remedies: [{ setting: 'state-synchronization.enabled', rule: 'R-096' }],
    });
    expect(lost?.firstUs).toBeGreaterThanOrEqual(us('20s'));
    expect(lost?.lastUs).toBeGreaterThan(lost?.firstUs ?? 0);
    expect(lost?.chain.map(({ record }) => record.kind)).toEqual(['operator', 'role', 'peer', 'role']);
    expect(lost?.chain.at(-1)?.record.id).toBe(result.failovers[0]?.takeoverRecord);
  });

  test('of one workload: only its own', () => {
    const { result, settings } = told(OFF);
    const of = { workload: 'db', cause: 'not-synced' };
    const [lost] = lossStories(result.workloads, result.records, { settings, devices: result.devices }, of);
    expect(lost).toMatchObject({ count: 3, workloads: [{ name: 'db', count: 3 }] });
    const none = { workload: 'db', cause: 'decrypted' };
    expect(
      lossStories(result.workloads, result.records, { settings, devices: result.devices }, none),
    ).toEqual([]);
  });

  test('what there is to ask for: causes, alone and of each workload', () => {
    expect(lossNames(told(OFF).result.workloads)).toEqual(['db/not-synced', 'not-synced', 'ssh/not-synced']);
  });

  test('the entries of the books: add up to what was lost', () => {
    const { result } = told(OFF);
    for (const { lost, losses = [] } of result.workloads) {
      const sum = losses.reduce((total, { count }) => total + count, 0);
      expect(sum).toBe(Object.values(lost).reduce((total, count) => total + count, 0));
      expect(sum).toBeGreaterThan(0);
    }
  });
});
