import { describe, expect, test } from 'vitest';
import { REASON } from '../../../src/ha/reason.ts';
import { inWords } from '../../../src/measure/in-force.ts';
import type { SetBy } from '../../../src/measure/part.ts';
import { setByDuring } from '../../../src/measure/set-by.ts';
import type { RecordData, RecordKind } from '../../../src/run/record.ts';
import { IN_FORCE, Notes } from '../../helpers/notes.ts';

const MS = 1_000;
const S = 1_000_000;

/** A record after so many microseconds, and what it follows from. */
type Link<K extends RecordKind = RecordKind> = {
  [Kind in K]: readonly [afterUs: number, kind: Kind, subject: string, data: RecordData[Kind]];
}[K];

const FAULT: Link = [0, 'fault', 'palo-1', { action: 'x', text: 'x' }];

/** What a chain of records is set by, from its root at 1 s on. */
function setBy(links: readonly Link[], fromUs = 0, toUs = Number.POSITIVE_INFINITY): readonly SetBy[] {
  const notes = new Notes();
  let [timeUs, cause] = [S, 0];
  for (const [afterUs, kind, subject, data] of links) {
    timeUs += afterUs;
    cause = notes.note(timeUs, kind, subject, data, cause);
  }
  return setByDuring(notes.collector.chain(cause), fromUs, toUs, IN_FORCE);
}

/** The same as `setting value of device`. */
function told(...args: Parameters<typeof setBy>): readonly string[] {
  return setBy(...args).map(({ setting, value, device }) =>
    [setting ?? 'no setting', value, ...(device === undefined ? [] : ['of', device])].join(' '),
  );
}

function timer(name: string, durationUs: number, device = 'palo-2'): readonly Link[] {
  return [
    [0, 'timer', device, { timer: name, step: 'set', durationUs }],
    [durationUs, 'timer', device, { timer: name, step: 'expired' }],
  ];
}

describe('set by: what time passes by, from a record to the one that follows', () => {
  test.each<[string, readonly Link[], string[]]>([
    [
      'a link',
      [FAULT, [50 * MS, 'link', 'palo-1', { interface: 'x', up: false, visible: true }]],
      ['link-down-detection 50 ms of palo-1'],
    ],
    [
      'a link of a port that was dark first',
      [FAULT, [3_050 * MS, 'link', 'palo-1', { interface: 'x', up: false, visible: true }]],
      ['port-bring-up-shutdown 3000 ms of palo-1', 'link-down-detection 50 ms of palo-1'],
    ],
    ['HA3', [FAULT, [50 * MS, 'ha3', 'palo-1', { up: false }]], ['link-down-detection 50 ms of palo-1']],
    [
      'a monitored path',
      [FAULT, [2 * S, 'path', 'palo-1', { destination: '192.0.2.1', reachable: false }]],
      ['ping-interval 200 ms of palo-1', 'ping-count 10 of palo-1'],
    ],
    [
      'heartbeats',
      [FAULT, [3 * S, 'control-path', 'palo-2', { path: 'ha1', up: false, reason: REASON.heartbeatFailure }]],
      ['heartbeat-interval 1000 ms × 3 of palo-2', 'heartbeat-reply-timeout 1000 ms of palo-2'],
    ],
    [
      'carrier of HA1 for the whole hold',
      [FAULT, [3 * S, 'control-path', 'palo-2', { path: 'ha1', up: false, reason: REASON.ha1LinkDown }]],
      ['monitor-hold-time 3000 ms of palo-2'],
    ],
    [
      'heartbeats without carrier, before the hold is over',
      [FAULT, [2 * S, 'control-path', 'palo-2', { path: 'ha1', up: false, reason: REASON.ha1LinkDown }]],
      ['heartbeat-interval 1000 ms × 3 of palo-2', 'heartbeat-reply-timeout 1000 ms of palo-2'],
    ],
    [
      'a path that comes up',
      [FAULT, [S, 'control-path', 'palo-2', { path: 'ha1', up: true }]],
      ['heartbeat-interval 1000 ms of palo-2'],
    ],
    [
      'hellos',
      [FAULT, [24 * S, 'peer', 'palo-2', { connection: 'down', reason: REASON.helloFailure }]],
      ['hello-interval 8000 ms × 2 of palo-2', 'hello-losses 2 of palo-2'],
    ],
    [
      'a refused connection',
      [FAULT, [S, 'peer', 'palo-2', { connection: 'down', reason: REASON.encryptionMismatch }]],
      ['no setting from fault to peer'],
    ],
    [
      'a message',
      [FAULT, [MS, 'peer', 'palo-2', { connection: 'up', path: 'ha1' }]],
      ['latency of link one 0.5 ms', 'latency of link two 0.25 ms'],
    ],
    [
      'a message on the cable between the two',
      [FAULT, [MS, 'peer', 'palo-2', { connection: 'up', path: 'ha1-backup' }]],
      ['latency of link cable 1 ms'],
    ],
    [
      'a message that was sent again',
      [FAULT, [201 * MS, 'peer', 'palo-2', { connection: 'up', path: 'ha1-backup' }]],
      ['control-retransmission 200 ms of palo-2', 'latency of link cable 1 ms'],
    ],
    [
      'a promotion',
      [FAULT, ...timer('promotion-hold-time', 2 * S)],
      ['promotion-hold-time 2000 ms of palo-2'],
    ],
    [
      'a preemption',
      [FAULT, ...timer('preemption-hold-time', 60 * S)],
      ['preemption-hold-time 1 min of palo-2'],
    ],
    ['a tentative', [FAULT, ...timer('tentative-hold-time', 60 * S)], ['tentative-hold-time 60 s of palo-2']],
    [
      'a monitor of the active',
      [FAULT, ...timer('monitor-fail-hold-up-time', 1_500 * MS)],
      ['monitor-fail-hold-up-time 1000 ms of palo-2', 'additional-master-hold-up-time 500 ms of palo-2'],
    ],
    [
      'a monitor of the passive',
      [FAULT, ...timer('monitor-fail-hold-up-time', S)],
      ['monitor-fail-hold-up-time 1000 ms of palo-2'],
    ],
    [
      'a dataplane',
      [FAULT, [90 * S, 'dataplane', 'palo-1', { state: 'restarted' }]],
      ['dataplane-restart-time 90000 ms of palo-1'],
    ],
    [
      'a sync',
      [FAULT, [30 * S, 'session-sync', 'palo-1', { step: 'complete' }]],
      ['bulk-session-sync 30000 ms of palo-1'],
    ],
    [
      'a boot',
      [
        FAULT,
        [180 * S, 'role', 'palo-1', { from: null, to: 'initial', reason: REASON.hasim.started, rule: 'T1' }],
      ],
      ['boot-time 180000 ms of palo-1'],
    ],
    [
      'a restart of the agent',
      [
        FAULT,
        [10 * S, 'role', 'palo-1', { from: null, to: 'initial', reason: 'HA agent restarted', rule: 'T1' }],
      ],
      ['ha-agent-restart-time 10000 ms of palo-1'],
    ],
    [
      'a push of the policy',
      [FAULT, [7 * S, 'role', 'palo-1', { from: 'initial', to: 'non-functional', reason: 'x', rule: 'T9' }]],
      ['policy-push-time 7000 ms of palo-1'],
    ],
    [
      'a management plane that stalls',
      [FAULT, [6 * S, 'role', 'palo-1', { from: 'active', to: 'suspended', reason: 'x', rule: 'T10' }]],
      ['no setting until the management plane of palo-1 goes on'],
    ],
  ])('set by: %s', (_, links, expected) => {
    expect(told(links)).toEqual(expected);
  });

  test('set by: a firewall of which nothing is known: still something, and no value that is none', () => {
    const notes = new Notes();
    const fault = notes.note(0, 'fault', 'a', { action: 'x', text: 'x' });
    const lost = { path: 'ha1', up: false, reason: REASON.heartbeatFailure };
    const path = notes.note(3, 'control-path', 'b', lost, fault);
    const timerData = { timer: 'monitor-fail-hold-up-time', durationUs: 500_000 };
    const set = notes.note(3, 'timer', 'b', { ...timerData, step: 'set' }, path);
    const expired = notes.note(5, 'timer', 'b', { timer: timerData.timer, step: 'expired' }, set);
    const none = { devices: {}, links: {}, convergenceUs: {}, cloud: null };
    expect(setByDuring(notes.collector.chain(expired), 0, 5, none)).toEqual([
      inWords('from fault to control-path'),
      { setting: 'monitor-fail-hold-up-time', value: '500 ms', device: 'b' },
    ]);
  });
});

describe('set by: a stretch of a chain', () => {
  const links: readonly Link[] = [
    FAULT,
    [3 * S, 'control-path', 'palo-2', { path: 'ha1', up: false, reason: REASON.heartbeatFailure }],
    [0, 'peer', 'palo-2', { connection: 'down', reason: REASON.heartbeatFailure }],
    ...timer('promotion-hold-time', 2 * S),
  ];

  test('set by: only what overlaps it, in the order of causes', () => {
    expect(told(links, 0, 4 * S)[0]).toMatch(/^heartbeat-interval/);
    expect(told(links, 0, 4 * S)).toHaveLength(2);
    expect(told(links, 4 * S, 6 * S)).toEqual(['promotion-hold-time 2000 ms of palo-2']);
    expect(told(links, 3 * S, 5 * S)).toHaveLength(3);
  });

  test('set by: no length: by nothing', () => {
    expect(setBy(links, 4 * S, 4 * S)).toEqual([]);
  });

  test('set by: the same twice: once', () => {
    expect(told([...links, ...timer('promotion-hold-time', 2 * S)], 4 * S)).toEqual([
      'promotion-hold-time 2000 ms of palo-2',
    ]);
  });
});
