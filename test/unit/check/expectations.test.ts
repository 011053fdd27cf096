import { describe, expect, test } from 'vitest';
import { judge, type Evidence } from '../../../src/check/expectations.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { expectationSchema } from '../../../src/scenario/schema/expectation.ts';
import { Notes } from '../../helpers/notes.ts';
import { result } from '../../helpers/result.ts';

const SECOND = 1_000_000;

/** At 20 s palo-1 leaves and palo-2 takes over; the run ends at 60 s. Records: 1 and 2 the start, 3 the fault, 4 and 5 roles. */
function evidence(change: Partial<Evidence> = {}): Evidence {
  const notes = new Notes().converged();
  const fault = notes.note(20 * SECOND, 'fault', 'palo-1', { action: 'power-off', text: 'power-off palo-1' });
  const left = notes.role(20 * SECOND, 'palo-1', 'active', 'non-functional', 'T9', fault);
  const takeover = notes.role(20 * SECOND + 1_000, 'palo-2', 'passive', 'active', 'T14', left);
  notes.note(20 * SECOND + 1_000, 'sessions', 'palo-2', {
    from: 'palo-1',
    carried: 30,
    missing: {},
    recreated: 0,
  });
  notes.note(20 * SECOND + 201_000, 'restored', 'palo-2', {}, takeover);
  return {
    history: notes.history,
    failovers: notes.collector.failovers(),
    losses: new Map(),
    probes: [
      {
        name: 'ping',
        intervalUs: SECOND,
        sent: 60,
        received: 58,
        lost: 2,
        longestGapUs: 2_500_000,
        lossDerivedUs: 2 * SECOND,
        firstPacketUs: null,
        outages: [],
        moreOutages: 0,
      },
    ],
    workloads: [
      {
        name: 'web',
        application: 'web',
        protocol: 'tcp',
        started: 9,
        completed: 5,
        failed: 0,
        lost: { 'in-flight': 3 },
        open: 1,
        decrypted: 0,
        undecrypted: 0,
        recreated: 0,
        losses: [],
        stalls: null,
      },
      {
        name: 'ssh',
        application: 'ssh',
        protocol: 'tcp',
        started: 2,
        completed: 0,
        failed: 1,
        lost: { asymmetric: 1 },
        open: 0,
        decrypted: 0,
        undecrypted: 0,
        recreated: 0,
        losses: [],
        stalls: null,
      },
    ],
    sync: [],
    calls: [],
    ha3: [{ device: 'palo-1', packets: { owner: 7, 'set-up': 2 }, dropped: { mtu: 3, queue: 1 } }],
    availability: result().availability,
    timeline: [],
    records: notes.records,
    endedAtUs: 60 * SECOND,
    chain: (record) => notes.collector.chain(record).map(({ id }) => id),
    ...change,
  };
}

/** The verdict on an expectation, as a scenario file writes it. */
function verdictOn(expectation: object, change: Partial<Evidence> = {}): Verdict {
  const [verdict] = judge([expectationSchema.parse(expectation)], evidence(change));
  return verdict as Verdict;
}

const PALO_2_ACTIVE = { role: { 'palo-2': 'active' } };

describe('expectations: at', () => {
  test('expectations: at a time, met: passed, without causes', () => {
    expect(verdictOn({ at: '30s', that: PALO_2_ACTIVE })).toEqual({
      index: 0,
      name: 'at 30s palo-2 active',
      passed: true,
      expected: 'at 30s palo-2 active',
      measured: 'palo-2 active',
      atUs: 30 * SECOND,
      causes: [],
    });
  });

  test('expectations: at a time, not met: what is the case instead, and why', () => {
    const verdict = verdictOn({ name: 'palo-1 serves', at: '30s', that: { role: { 'palo-1': 'active' } } });
    expect(verdict).toMatchObject({
      name: 'palo-1 serves',
      passed: false,
      measured: 'palo-1 non-functional',
    });
    expect(verdict.causes).toEqual([5, 4, 3]); // The last change of the pair, back to the fault.
  });

  test('expectations: at the instant of a change: everything of that instant has happened', () => {
    expect(verdictOn({ at: '20s', that: { role: { 'palo-1': 'non-functional' } } }).passed).toBe(true);
  });

  test('expectations: at a time that the run did not reach: not met, and that is what it says', () => {
    const verdict = verdictOn({ at: '90s', that: PALO_2_ACTIVE });
    expect(verdict).toMatchObject({ passed: false, measured: 'the run ended at 60s' });
  });
});

describe('expectations: always and never', () => {
  test('expectations: always, met in its window', () => {
    const verdict = verdictOn({ always: PALO_2_ACTIVE, from: '21s' });
    expect(verdict).toMatchObject({ passed: true, atUs: null, measured: 'palo-2 active', causes: [] });
    expect(verdict.expected).toBe('always from 21s to 60s palo-2 active');
  });

  test('expectations: always, broken: when and by what', () => {
    const verdict = verdictOn({ always: { role: { 'palo-1': 'active' } }, until: '40s' });
    expect(verdict).toMatchObject({ passed: false, measured: 'palo-1 non-functional', atUs: 20 * SECOND });
    expect(verdict.causes).toEqual([4, 3]);
  });

  test('expectations: always, broken from the start of its window: then is when', () => {
    expect(verdictOn({ always: { role: { 'palo-1': 'active' } }, from: '30s' }).atUs).toBe(30 * SECOND);
  });

  test('expectations: never, met; and broken', () => {
    expect(verdictOn({ never: { 'dual-active': true } })).toMatchObject({
      passed: true,
      measured: 'not dual-active',
    });
    const broken = verdictOn({ never: PALO_2_ACTIVE });
    expect(broken).toMatchObject({ passed: false, atUs: 20 * SECOND + 1_000, causes: [5, 4, 3] });
    expect(broken.expected).toBe('never from 0s to 60s palo-2 active');
  });

  test.each([
    { always: PALO_2_ACTIVE },
    { never: { 'dual-active': true } },
    { eventually: { 'dual-active': true } },
  ])('expectations: %j in a window that the run did not reach: not met, and that is what it says', (mode) => {
    const verdict = verdictOn({ ...mode, from: '50s', until: '70s' });
    expect(verdict).toMatchObject({ passed: false, measured: 'the run ended at 60s', atUs: null });
    const beyond = verdictOn({ ...mode, from: '65s', until: '70s' });
    expect(beyond).toMatchObject({ passed: false, measured: 'the run ended at 60s', atUs: null });
  });

  test('expectations: a window that begins after the end of the run: nothing has been seen in it', () => {
    expect(verdictOn({ eventually: PALO_2_ACTIVE, from: '65s', until: '70s' }).passed).toBe(false);
    expect(verdictOn({ always: PALO_2_ACTIVE, from: '65s', until: '70s' }).passed).toBe(false);
  });
});

describe('expectations: eventually', () => {
  test('expectations: eventually, met: when', () => {
    const verdict = verdictOn({ eventually: PALO_2_ACTIVE, from: '19s', until: '21s' });
    expect(verdict).toMatchObject({ passed: true, atUs: 20 * SECOND + 1_000, measured: 'palo-2 active' });
  });

  test('expectations: eventually, already so at the start of its window: met there', () => {
    expect(verdictOn({ eventually: PALO_2_ACTIVE, from: '30s' }).atUs).toBe(30 * SECOND);
  });

  test('expectations: eventually, too late for its window: the state at its end', () => {
    const verdict = verdictOn({ eventually: PALO_2_ACTIVE, until: '10s' });
    expect(verdict).toMatchObject({ passed: false, atUs: null, measured: 'palo-2 passive' });
  });
});

describe('expectations: measured values', () => {
  test('expectations: a failover: each part that is asked for, with its value', () => {
    const verdict = verdictOn({ failover: 1, detection: '0s', promotion: '<= 1ms', total: '< 1s' });
    expect(verdict).toMatchObject({
      passed: true,
      name: 'failover 1: detection 0s, promotion <= 1ms, total < 1s',
      measured: 'detection 0s, promotion 1ms, total 201ms',
      atUs: 20 * SECOND + 1_000,
    });
  });

  test('expectations: a failover slower than asked for: its causes', () => {
    const verdict = verdictOn({ failover: 1, total: '< 100ms' });
    expect(verdict).toMatchObject({ passed: false, measured: 'total 201ms', causes: [5, 4, 3] });
  });

  test('expectations: a failover that never came: says how many did', () => {
    const verdict = verdictOn({ failover: 2, total: '< 1s' });
    expect(verdict).toMatchObject({ passed: false, measured: 'only 1 failover happened', atUs: null });
    const none = verdictOn({ failover: 1, total: '< 1s' }, { failovers: [] });
    expect(none.measured).toBe('no failover happened');
  });

  test('expectations: a failover whose traffic never passed again: a total of none', () => {
    const [failover] = evidence().failovers;
    const failovers = failover === undefined ? [] : [{ ...failover, restorationUs: null, totalUs: null }];
    const verdict = verdictOn({ failover: 1, total: '< 1s' }, { failovers });
    expect(verdict).toMatchObject({ passed: false, measured: 'total none' });
  });

  test('expectations: a part of a failover: each by its name', () => {
    const [failover] = evidence().failovers;
    const parts = { portUs: 3, announcementUs: 4, learningUs: 5 };
    const failovers = failover === undefined ? [] : [{ ...failover, ...parts }];
    const asked = { failover: 1, port: '= 3us', announcement: '= 4us', learning: '< 5us' };
    const verdict = verdictOn(asked, { failovers });
    expect(verdict).toMatchObject({ passed: false, measured: 'port 3us, announcement 4us, learning 5us' });
  });

  test.each([
    [{ failovers: '= 1' }, true, 'failovers 1'],
    [{ failovers: 0 }, false, 'failovers 1'],
    [{ probe: 'ping', lost: '<= 2' }, true, 'lost 2'],
    [{ probe: 'ping', lost: '< 2', 'longest-gap': '< 3s' }, false, 'lost 2, longest-gap 2.5s'],
    [{ probe: 'nobody', lost: 0 }, false, 'lost none'],
    [{ sessions: { lost: 4, carried: '>= 30' } }, true, 'lost 4, carried 30'],
    [{ sessions: { lost: '< 4' } }, false, 'lost 4'],
    [{ sessions: { failed: 1 } }, true, 'failed 1'],
    [{ ha3: 'palo-1', 'to-owner': '>= 7', 'set-up': 2, dropped: 4 }, true, 'to-owner 7, set-up 2, dropped 4'],
    [{ ha3: 'palo-2', 'to-owner': 0 }, false, 'to-owner none'],
    [{ availability: '> 97 %', down: '< 1s' }, true, 'availability 97.500 %, down 750ms'],
    [{ availability: '>= 99.9 %', degraded: '< 9s' }, false, 'availability 97.500 %, degraded 9.25s'],
    [
      { availability: '= 100 %', zones: 'untrust -> trust', down: '0s' },
      true,
      'availability 100.000 %, down 0s',
    ],
    [{ availability: '= 100 %', zones: 'trust → untrust' }, false, 'availability 97.500 %'],
    [{ availability: '> 0', zones: 'trust → dmz' }, false, 'availability none'],
  ])('expectations: %j: passed %s, measured %s', (expectation, passed, measured) => {
    expect(verdictOn(expectation)).toMatchObject({ passed, measured });
  });

  test('expectations: several: in the order of the file, each with its index', () => {
    const list = [{ failovers: 1 }, { name: 'second', failovers: 2 }].map((item) =>
      expectationSchema.parse(item),
    );
    expect(judge(list, evidence()).map(({ index, name, passed }) => [index, name, passed])).toEqual([
      [0, 'the run: failovers 1', true],
      [1, 'second', false],
    ]);
  });
});
