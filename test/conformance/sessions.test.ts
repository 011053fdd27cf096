/** what HA2 carries, what is lost without it, and configuration sync. */

import { describe, expect, test } from 'vitest';
import {
  NO_PATH_MONITORING,
  lay,
  mistakesIn,
  runPair,
  us,
  type PairPart,
  type PairRun,
} from '../helpers/pair.ts';

/** A TCP session every 100 ms from 0.1 s on, none of which ends. Its sync message leaves at once, and behind no other. */
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
  unpublished: { 'session-sync-lag': '0s', 'session-sync-update': '0s' },
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

/** Both sides send HA2 keep-alives. */
const keepAlive = (settings: object) => ({
  'state-synchronization': { 'ha2-keep-alive': { enabled: true, ...settings } },
});

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

  test('R-099: HA2 keep-alive on: when silence reaches the threshold, of 5 s to 60 s, the action runs', () => {
    // Sent at every whole second; the last answer before the fault came within a millisecond of 10 s.
    const silentAt = (threshold: string | undefined) => {
      const ha = keepAlive(threshold === undefined ? {} : { threshold });
      const pair = runPair({ ha, timeline: [ha2Fault('10550ms', blackhole)], until: '80s' });
      return pair.records('ha2', 'palo-1').map(({ atUs, data }) => [data.step, (atUs - us('10s')) / 1e6]);
    };
    const after = (seconds: number) => [['failed', expect.closeTo(seconds, 3)]];

    expect(silentAt(undefined)).toEqual(after(10)); // The default threshold.
    expect(silentAt('5s')).toEqual(after(5));
    expect(silentAt('60s')).toEqual(after(60));
    expect(mistakesIn({ ha: keepAlive({ threshold: '4999ms' }) })).toHaveLength(1);
    expect(mistakesIn({ ha: keepAlive({ threshold: '60001ms' }) })).toHaveLength(1);
  });

  test('R-100: HA2 keep-alive failure with HA2-backup: the backup takes over, and HA2 when it returns', () => {
    const timeline = [{ ...ha2Fault('10550ms', blackhole), for: '5s' }, failover];
    const part = lay(HA2_BACKUP, { ha: keepAlive({ threshold: '5s' }) });
    const pair = runPair({ ...part, ...STEADY, timeline, until: '30s' });
    const used = pair.records('ha2', 'palo-1').map(({ data }) => [data.step, data.carriedBy]);

    expect(used).toEqual([
      ['failed', 'ha2-backup'],
      ['recovered', 'ha2'],
    ]);
    // Only what was set up in the 4.45 s between the fault and its detection is unknown to palo-2.
    expect(pair.sessionsTakenOver('palo-2')).toMatchObject({ carried: 155, missing: { 'not-synced': 45 } });
    expect([pair.roleChanges('palo-1')[0]?.to]).toEqual(['suspended']); // Not by HA2.
  });

  test('R-101: HA2 keep-alive failure, log-only, no backup: a critical log, no state sync, until it recovers', () => {
    const timeline = [{ ...ha2Fault('10550ms', blackhole), for: '6s' }, failover];
    const ha = keepAlive({ threshold: '5s' });
    const pair = runPair({ ha, ...STEADY, timeline, until: '30s' });
    const logs = pair.records('log', 'palo-1').filter(({ data }) => data.text.includes('HA2'));

    expect(pair.records('ha2', 'palo-1').map(({ data }) => [data.step, data.carriedBy])).toEqual([
      ['failed', null],
      ['recovered', 'ha2'],
    ]);
    expect(logs.map(({ atUs, data }) => [Math.floor(atUs / 1e6), data.severity])).toEqual([
      [15, 'critical'],
      [17, 'informational'],
    ]);
    // From 10.55 s to the answer of 17 s: blackholed until 15 s, switched off after that, though the way is free from 16.55 s on.
    expect(pair.sessionsTakenOver('palo-2').missing).toEqual({ 'not-synced': 65 });
    const resent = { ...STEADY, unpublished: { ...STEADY.unpublished, 'ha2-recovery-sync': 'bulk' } };
    expect(runPair({ ha, ...resent, timeline, until: '30s' }).sessionsTakenOver('palo-2').missing).toEqual(
      {},
    );
  });

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
  const FOREVER = { arrivals: { concurrent: 10 }, 'holding-time': 'forever', 'packet-interval': '500ms' };

  /** Ten sessions under this decryption policy, all of them synchronized, and a failover. */
  const decrypting = (decryption: string, change: object = {}, before: readonly object[] = []): PairRun => {
    const tls = {
      from: 'client',
      to: 'server',
      protocol: 'tcp',
      port: 443,
      decryption,
      ...FOREVER,
      ...change,
    };
    const timeline = [...before, failover] as Record<string, unknown>[];
    return runPair({
      workloads: { tls },
      timeline,
      unpublished: { 'session-sync-lag': '0s' },
      until: '30500ms',
    });
  };

  test('R-107: non-PFS inbound decryption: the session survives the failover, undecrypted', () => {
    const pair = decrypting('ssl-inbound-inspection');

    expect(pair.sessionsTakenOver('palo-2')).toMatchObject({ carried: 10, undecrypted: 10, missing: {} });
    expect(pair.workload('tls')).toMatchObject({ started: 10, open: 10, undecrypted: 10, lost: {} });
  });

  test('R-108: PFS inbound or any outbound decryption: the session is dropped at the failover', () => {
    for (const decryption of ['ssl-inbound-inspection-pfs', 'ssl-forward-proxy']) {
      const pair = decrypting(decryption);

      expect(pair.sessionsTakenOver('palo-2')).toMatchObject({ carried: 0, missing: { decrypted: 10 } });
      expect(pair.workload('tls')).toMatchObject({ started: 10, open: 0, lost: { decrypted: 10 } });
    }
  });

  test('R-109: flows after the failover: decrypted by policy, whatever became of those before it', () => {
    const arrivals = { arrivals: { constant: '1/s' } };
    for (const decryption of ['ssl-inbound-inspection', 'ssl-forward-proxy']) {
      const { started, open, lost, decrypted, undecrypted } = decrypting(decryption, arrivals).workload(
        'tls',
      );

      expect([started, decrypted]).toEqual([30, 30]); // From 1 s to 30 s, each of them.
      expect(open - undecrypted).toBe(10); // Those of 21 s to 30 s are decrypted at the end.
      expect(undecrypted + (lost.decrypted ?? 0)).toBe(20);
    }
  });

  test('R-110: IPsec: phase 2 SAs persist, and ESP passes at once; IKE phase 1 is renegotiated', () => {
    const part = {
      workloads: { tunnel: { ...FOREVER, from: 'server', to: '203.0.113.2', protocol: 'ipsec' } },
      unpublished: { 'ike-negotiation-time': '3s', 'session-sync-lag': '0s' },
      until: '30s',
    };
    const steps = (timeline: readonly Record<string, unknown>[]) => {
      const pair = runPair({ ...part, timeline });
      expect(pair.workload('tunnel')).toMatchObject({ started: 10, open: 10, lost: {} });
      return [...new Set(pair.records('ike', 'palo-2').map(({ data }) => data.step))];
    };

    expect(steps([failover])).toEqual(['phase-1 renegotiated']);
    // Without HA2 palo-2 never heard of the SAs: their packets are lost until both phases are negotiated.
    expect(steps([{ at: '1ms', 'link-down': 'ha2' }, failover])).toEqual([
      'no SA',
      'phase-1 and phase-2 negotiated',
    ]);
  });

  test('R-111: packet broker: decrypted sessions reset, clear ones resume if they were synced', () => {
    const cutEarly = [{ at: '1ms', 'link-down': 'ha2' }];

    expect(decrypting('packet-broker').workload('tls')).toMatchObject({ open: 0, lost: { decrypted: 10 } });
    expect(decrypting('none').workload('tls')).toMatchObject({ open: 10, lost: {} });
    expect(decrypting('none', {}, cutEarly).workload('tls')).toMatchObject({ lost: { 'not-synced': 10 } });
  });
});
