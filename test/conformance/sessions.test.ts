/** what HA2 carries, what is lost without it, and configuration sync. */

import { describe, expect, test } from 'vitest';
import { NO_PATH_MONITORING, lay, runPair, us, type PairPart, type PairRun } from '../helpers/pair.ts';

/** A TCP session every 100 ms from 0.1 s on, none of which ends. Its sync message leaves at once. */
const STEADY = {
  workloads: {
    steady: {
      from: 'client',
      to: 'server',
      protocol: 'tcp',
      port: 443,
      arrivals: { constant: '10/s' },
      'holding-time': 'forever',
    },
  },
  unpublished: { 'session-sync-lag': '0s' },
} satisfies PairPart;
const HA2_BACKUP = {
  ha: { interface: { 'ha2-backup': { port: 'ethernet1/4' } } },
  network: { links: { 'ha2-backup': { between: ['palo-1:ethernet1/4', 'palo-2:ethernet1/4'] } } },
} satisfies PairPart;

/** Between two arrivals, and after those under way have been answered. */
const failover = { at: '20050ms', suspend: 'palo-1' };
const SESSIONS_AT_FAILOVER = 200;

const ha2Fault = (at: string, kind: object) => ({ at, ...kind });
const cut = { 'link-down': 'ha2' };
const blackhole = { blackhole: { link: 'ha2' } };

const takenOver = (part: PairPart): ReturnType<PairRun['sessionsTakenOver']> =>
  runPair({ ...part, ...STEADY, until: '30s' }).sessionsTakenOver('palo-2');

describe('HA2', () => {
  test('R-094: HA2 down without a backup: no role changes, on neither side', () => {
    const pair = runPair({ timeline: [ha2Fault('20s', cut)], until: '30min' });

    expect(pair.roleChanges('palo-1')).toEqual([]);
    expect(pair.roleChanges('palo-2')).toEqual([]);
    expect(pair.peerFailures('palo-2')).toEqual([]);
  });

  test('R-095: HA2 down for d before a failover: exactly the sessions created in d are lost', () => {
    for (const [at, created] of [
      ['19050ms', 10],
      ['10050ms', 100],
      ['50ms', 200],
    ] as const) {
      const books = takenOver({ timeline: [ha2Fault(at, cut), failover] });

      expect(books.missing).toEqual({ 'not-synced': created });
      expect(books.carried).toBe(SESSIONS_AT_FAILOVER - created);
    }
    expect(takenOver({ timeline: [failover] })).toMatchObject({ carried: SESSIONS_AT_FAILOVER, missing: {} });
  });

  test('R-096: session synchronization off: every session is lost at the failover, and new ones work', () => {
    const ha = { 'state-synchronization': { enabled: false } };
    const pair = runPair({ ha, ...STEADY, timeline: [failover], until: '40s' });

    expect(pair.sessionsTakenOver('palo-2')).toMatchObject({
      carried: 0,
      missing: { 'not-synced': SESSIONS_AT_FAILOVER },
    });
    const { lost, open, started, failed } = pair.workload('steady');
    expect(lost).toEqual({ 'not-synced': SESSIONS_AT_FAILOVER });
    expect(failed).toBe(0);
    expect(open).toBe(started - SESSIONS_AT_FAILOVER);
  });

  test('R-097: HA2 loses carrier and HA2-backup is configured: sync goes on there', () => {
    const withBackup = takenOver({ ...HA2_BACKUP, timeline: [ha2Fault('10050ms', cut), failover] });
    const bothCut = [ha2Fault('10050ms', cut), { at: '15050ms', 'link-down': 'ha2-backup' }, failover];

    expect(withBackup).toMatchObject({ carried: SESSIONS_AT_FAILOVER, missing: {} });
    expect(takenOver({ ...HA2_BACKUP, timeline: bothCut }).missing).toEqual({ 'not-synced': 50 });
  });

  test('R-098: keep-alive off and HA2 blackholed with carrier: not detected, nothing syncs, a backup does not help', () => {
    const timeline = [ha2Fault('10050ms', blackhole), failover];
    const pair = runPair({ ...HA2_BACKUP, ...STEADY, timeline: timeline.slice(0, 1), until: '20s' });

    expect(
      pair.result.records.filter(({ timeUs, kind }) => timeUs > us('10050ms') && kind !== 'fault'),
    ).toEqual([]);
    expect(takenOver({ timeline }).missing).toEqual({ 'not-synced': 100 });
    expect(takenOver({ ...HA2_BACKUP, timeline }).missing).toEqual({ 'not-synced': 100 });
  });

  test.todo(
    'R-099: HA2 keep-alive on, threshold 10 s: the action runs — HA2 keep-alive is not simulated yet',
  );

  test.todo('R-100: HA2 keep-alive failure with HA2-backup: the backup takes over — not simulated yet');

  test.todo('R-101: HA2 keep-alive failure, log-only: a critical log, state sync stops — not simulated yet');

  test.todo('R-102: HA2 keep-alive failure, split-datapath — active/active is not simulated yet');

  test('R-103: sync data flows only from the active to the passive', () => {
    const from = (device: string) =>
      ha2Fault('50ms', { blackhole: { link: 'ha2', direction: { from: `${device}:ethernet1/3` } } });

    expect(takenOver({ timeline: [from('palo-2'), failover] })).toMatchObject({ carried: 200, missing: {} });
    expect(takenOver({ timeline: [from('palo-1'), failover] }).missing).toEqual({ 'not-synced': 200 });
    // Split brain from 6 s on: palo-2 gets the users, and palo-1, active as well, takes nothing from it.
    const separate = { at: '1s', blackhole: { link: 'palo-1-management' } };
    const both = runPair({ ...STEADY, ha: NO_PATH_MONITORING, timeline: [separate], until: '20s' });
    const [palo1, palo2] = both.result.final.map(({ sessions }) => sessions);
    expect(both.result.dualActive).toEqual([{ fromUs: us('6s'), toUs: us('20s') }]);
    expect(palo2).toBeGreaterThanOrEqual(199);
    expect(palo1).toBeGreaterThanOrEqual(59);
    expect(palo1).toBeLessThanOrEqual(61);
  });

  test('R-112: TCP sessions that were synced before the failover continue on the survivor, without a reset', () => {
    const transfers = {
      workloads: {
        transfer: {
          from: 'client',
          to: 'server',
          protocol: 'tcp',
          port: 22,
          arrivals: { concurrent: 20 },
          'holding-time': { constant: '50s' },
          'packet-interval': '500ms',
        },
      },
      until: '55s',
    } satisfies PairPart;
    const synced = runPair({ ...transfers, timeline: [failover] });
    const off = { ha: { 'state-synchronization': { enabled: false } } };
    const unsynced = runPair({ ...transfers, ...off, timeline: [failover] });

    expect(synced.sessionsTakenOver('palo-2')).toMatchObject({ carried: 20, missing: {} });
    expect(synced.workload('transfer')).toMatchObject({ started: 20, completed: 20, lost: {}, open: 0 });
    expect(unsynced.workload('transfer')).toMatchObject({
      started: 20,
      completed: 0,
      lost: { 'not-synced': 20 },
    });
  });
});

describe('configuration sync', () => {
  const interfaces = { 'ethernet1/1': { zone: 'outside', ip: '203.0.113.2/24' } };
  const commit = { at: '20s', commit: { device: 'palo-1', interfaces, 'static-route': [] } };
  const TAKES = { 'configuration-sync-time': '5s' };

  test('R-104: a commit on one node: what is committed goes to the peer, over HA1, and never what is not', () => {
    const steps = (timeline: readonly Record<string, unknown>[], ha: Record<string, unknown> = {}) =>
      runPair({ unpublished: TAKES, ha, timeline })
        .records('configuration-sync')
        .map(({ atUs, subject, data }) => [subject, data.step, atUs]);
    const applied = ['palo-2', 'applied', us('25.001s')];

    expect(steps([commit])).toEqual([['palo-1', 'started', us('20s')], applied]);
    expect(steps([ha2Fault('10s', cut), commit])).toContainEqual(applied); // HA2 plays no part.
    expect(steps([{ at: '10s', 'link-down': 'palo-1-management' }, commit])).toEqual([
      ['palo-1', 'failed', us('20s')],
    ]);
    expect(steps([commit], { 'configuration-synchronization': { enabled: false } })).toEqual([]);
    expect(steps([])).toEqual([]); // Nothing committed, nothing sent.

    // What is only in the candidate configuration stays there, until it is committed.
    const edit = { at: '10s', candidate: { device: 'palo-1', interfaces } };
    const pushes = [
      { at: '20s', 'sync-to-remote': 'palo-1' },
      { at: '40s', commit: { device: 'palo-1' } },
    ];
    const pair = runPair({ unpublished: TAKES, timeline: [edit, ...pushes] });
    const uncommitted = runPair({ unpublished: TAKES, timeline: pushes });
    const received = pair.records('configuration-sync', 'palo-2').map(({ data }) => data.interfaces);
    expect(received).toEqual([['ethernet1/1', 'ethernet1/2'], ['ethernet1/1']]);
    expect(uncommitted.records('configuration-sync', 'palo-2')[1]?.data.interfaces).toEqual([
      'ethernet1/1',
      'ethernet1/2',
    ]);
  });

  test('R-105: HA1 down: configuration is not synchronized, HA2 goes on', () => {
    const onlyHeartbeatBackup = {
      ha: { 'election-option': { 'heartbeat-backup': true }, interface: { ha1: { port: 'ha1-a' } } },
      network: { links: { ha1: { between: ['palo-1:ha1-a', 'palo-2:ha1-a'] } } },
    } satisfies PairPart;
    const timeline = [{ at: '5s', 'link-down': 'ha1' }, { ...commit, at: '15s' }, failover];
    const pair = runPair({
      ...onlyHeartbeatBackup,
      ...lay(STEADY, { unpublished: TAKES }),
      timeline: [timeline[0], timeline[2]] as Record<string, unknown>[],
    });
    const committed = runPair({ ...onlyHeartbeatBackup, timeline: timeline.slice(0, 2) });

    expect(committed.records('configuration-sync')).toMatchObject([{ data: { step: 'failed' } }]);
    expect(pair.sessionsTakenOver('palo-2')).toMatchObject({ carried: SESSIONS_AT_FAILOVER, missing: {} });
  });

  test('R-106: another feature release of PAN-OS or another URL database: configuration sync fails', () => {
    const steps = (palo2: object, start: 'converged' | 'cold-boot' = 'converged') =>
      runPair({
        start,
        unpublished: TAKES,
        devices: { 'palo-2': palo2 },
        timeline: [{ ...commit, at: start === 'converged' ? '20s' : '280s' }],
        until: '300s',
      })
        .records('configuration-sync')
        .map(({ subject, data }) => [subject, data.step, data.reason]);

    for (const version of ['11.0.6', '11.2.0']) {
      expect(steps({ 'sw-version': version })).toEqual([
        ['palo-1', 'failed', `incompatible PAN-OS: 11.1.4 here, ${version} there`],
      ]);
    }
    expect(steps({ 'url-database': 'brightcloud' }, 'cold-boot')).toEqual([
      ['palo-1', 'failed', 'incompatible URL databases: paloaltonetworks here, brightcloud there'],
    ]);
    // Maintenance releases and hotfixes do not matter.
    const applied = [
      ['palo-1', 'started', undefined],
      ['palo-2', 'applied', undefined],
    ];
    expect(steps({ 'sw-version': '11.1.10-h1' })).toEqual(applied);
    expect(steps({}, 'cold-boot')).toEqual(applied);
  });
});

describe('what else a failover carries', () => {
  test.todo('R-107: non-PFS inbound decryption survives undecrypted — decryption is not simulated yet');

  test.todo('R-108: PFS inbound or outbound decryption is dropped — decryption is not simulated yet');

  test.todo('R-109: new flows after the failover are decrypted by policy — decryption is not simulated yet');

  test.todo('R-110: IPsec phase 2 SAs persist, IKE phase 1 is renegotiated — VPN is not simulated yet');

  test.todo('R-111: packet-broker decrypted sessions reset — packet broker is not simulated yet');
});
