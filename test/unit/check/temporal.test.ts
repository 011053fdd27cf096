import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectationSchema } from '../../../src/scenario/schema/expectation.ts';
import { LossLog } from '../../../src/traffic/loss-log.ts';
import { Notes } from '../../helpers/notes.ts';
import { result } from '../../helpers/result.ts';
import { ACTIVE, activeAt, changeTimes, evidence, PASSIVE, S, verdict } from '../../helpers/temporal.ts';

describe('eventually … within', () => {
  test('at the last microsecond of the window: met; one later: not', () => {
    const of = evidence([25]);
    expect(verdict({ eventually: ACTIVE, from: '20s', within: '5s' }, of)).toMatchObject({
      passed: true,
      atUs: 25 * S,
    });
    expect(verdict({ eventually: ACTIVE, from: '20s', within: '4999999us' }, of)).toMatchObject({
      passed: false,
      expected: 'eventually from 20s to 24.999999s palo-2 active',
      measured: 'palo-2 passive',
    });
  });
});

describe('eventually … stays-for', () => {
  test('a stretch that is long enough: met at its beginning; shorter ones are passed over', () => {
    const of = evidence([10, 12, 20, 50]);
    expect(verdict({ eventually: ACTIVE, 'stays-for': '30s' }, of)).toMatchObject({
      passed: true,
      atUs: 20 * S,
    });
    expect(verdict({ eventually: ACTIVE, 'stays-for': '2s' }, of)).toMatchObject({
      passed: true,
      atUs: 10 * S,
    });
  });

  test('no stretch that is long enough: says how long the longest was', () => {
    expect(verdict({ eventually: ACTIVE, 'stays-for': '31s' }, evidence([10, 12, 20, 50]))).toMatchObject({
      passed: false,
      measured: 'for 30s at most',
    });
  });

  test('it has to begin within the window, and may go on behind it', () => {
    const of = evidence([20]);
    expect(verdict({ eventually: ACTIVE, until: '20s', 'stays-for': '40s' }, of).passed).toBe(true);
    expect(verdict({ eventually: ACTIVE, until: '19s', 'stays-for': '1s' }, of).passed).toBe(false);
  });
});

describe('always … until', () => {
  test('the one holds until the other comes: met, when it comes', () => {
    expect(verdict({ always: PASSIVE, until: ACTIVE }, evidence([25]))).toMatchObject({
      passed: true,
      atUs: 25 * S,
      expected: 'always from 0s palo-2 passive, until palo-2 active',
    });
  });

  test('the other never comes: not met, though the one holds', () => {
    expect(verdict({ always: PASSIVE, until: ACTIVE }, evidence([]))).toMatchObject({
      passed: false,
      atUs: null,
      measured: 'palo-2 passive, at the end',
    });
  });

  test('the one breaks before the other comes: not met, when it breaks', () => {
    expect(
      verdict(
        { always: ACTIVE, from: '11s', until: { role: { 'palo-1': 'suspended' } } },
        evidence([10, 15]),
      ),
    ).toMatchObject({ passed: false, atUs: 15 * S, measured: 'palo-2 passive' });
  });

  test('the other holds from the beginning: met at once', () => {
    expect(verdict({ always: ACTIVE, until: PASSIVE }, evidence([10]))).toMatchObject({
      passed: true,
      atUs: 0,
    });
  });
});

describe('modes among each other', () => {
  const window = fc
    .tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 60 }))
    .map(([a, b]) => (a < b ? [a, b] : [b - 1, a + 1]) as [number, number]);

  test('never is always not, and eventually is not always not; each as by looking at every second', () => {
    fc.assert(
      fc.property(changeTimes, window, (times, [from, to]) => {
        const of = evidence(times);
        const span = { from: `${from}s`, until: `${to}s` };
        const seconds = Array.from({ length: to - from + 1 }, (_, index) => from + index);
        const some = seconds.some((second) => activeAt(times, second));
        const every = seconds.every((second) => activeAt(times, second));
        expect(verdict({ eventually: ACTIVE, ...span }, of).passed).toBe(some);
        expect(verdict({ never: ACTIVE, ...span }, of).passed).toBe(!some);
        expect(verdict({ always: PASSIVE, ...span }, of).passed).toBe(!some);
        expect(verdict({ always: ACTIVE, ...span }, of).passed).toBe(every);
      }),
    );
  });

  test('until and stays-for: as by looking at every second', () => {
    fc.assert(
      fc.property(
        changeTimes,
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 1, max: 40 }),
        (times, from, stays) => {
          const of = evidence(times);
          const seconds = Array.from({ length: 61 - from }, (_, index) => from + index);
          const comes = seconds.findIndex((second) => activeAt(times, second));
          // Until it comes palo-2 can only be passive.
          expect(verdict({ always: PASSIVE, from: `${from}s`, until: ACTIVE }, of).passed).toBe(comes !== -1);
          const long = seconds.some(
            (second) =>
              second + stays <= 60 &&
              Array.from({ length: stays }, (_, more) => activeAt(times, second + more)).every(Boolean),
          );
          expect(verdict({ eventually: ACTIVE, from: `${from}s`, 'stays-for': `${stays}s` }, of).passed).toBe(
            long,
          );
        },
      ),
    );
  });
});

describe('conditions on the course of a run', () => {
  test('traffic: the state of the pair', () => {
    const spans = [
      { state: 'up' as const, fromUs: 0, toUs: 20 * S, record: 0, reasons: [] },
      { state: 'down' as const, fromUs: 20 * S, toUs: 24 * S, record: 3, reasons: [] },
      { state: 'degraded' as const, fromUs: 24 * S, toUs: 60 * S, record: 4, reasons: [] },
    ];
    const of = evidence([], { availability: { ...result().availability, spans, spansOmitted: 0 } });
    expect(verdict({ eventually: { traffic: 'down' } }, of)).toMatchObject({ passed: true, atUs: 20 * S });
    expect(verdict({ never: { traffic: 'down' }, from: '24s' }, of).passed).toBe(true);
    expect(verdict({ always: { traffic: 'up' }, until: { traffic: 'down' } }, of)).toMatchObject({
      passed: true,
      atUs: 20 * S,
    });
    expect(verdict({ at: '60s', that: { traffic: 'degraded' } }, of).passed).toBe(true);
    const cut = evidence([], { availability: { ...result().availability, spans, spansOmitted: 5 } });
    expect(verdict({ at: '60s', that: { traffic: 'degraded' } }, cut)).toMatchObject({
      passed: false,
      measured: 'traffic no more kept',
    });
  });

  test('always … until, both on probes: what the first speaks of is looked at, too', () => {
    const [ping] = result().probes;
    const outage = (fromS: number, toS: number) => ({ fromUs: fromS * S, toUs: toS * S, lost: 1 });
    const probes = [
      { ...ping!, name: 'ping', outages: [outage(10, 11)], moreOutages: 0 },
      { ...ping!, name: 'web', outages: [outage(20, 21)], moreOutages: 0 },
    ];
    const expectation = { always: { probe: { ping: 'answered' } }, until: { probe: { web: 'lost' } } };
    expect(verdict(expectation, evidence([], { probes }))).toMatchObject({ passed: false, atUs: 10 * S });
  });

  test('probe: lost from the first lost packet to the first that comes back', () => {
    const [ping] = result().probes;
    const probes = [
      { ...ping!, name: 'ping', outages: [{ fromUs: 20 * S, toUs: 24 * S, lost: 20 }], moreOutages: 0 },
    ];
    const of = evidence([], { probes });
    expect(verdict({ always: { probe: { ping: 'answered' } }, until: '19.999999s' }, of).passed).toBe(true);
    expect(verdict({ eventually: { probe: { ping: 'lost' } } }, of)).toMatchObject({
      passed: true,
      atUs: 20 * S,
    });
    expect(verdict({ always: { probe: { ping: 'answered' } }, from: '24s' }, of).passed).toBe(true);
    expect(verdict({ eventually: { probe: { ping: 'lost' } }, 'stays-for': '4s' }, of).passed).toBe(true);
    expect(verdict({ eventually: { probe: { ping: 'lost' } }, 'stays-for': '4000001us' }, of).passed).toBe(
      false,
    );
  });

  test('logged and log: lines of the system log, by firewall and severity', () => {
    const notes = new Notes().converged();
    const fault = notes.note(20 * S, 'fault', 'palo-1', { action: 'power-off', text: 'power-off palo-1' });
    notes.note(21 * S, 'log', 'palo-2', { severity: 'critical', text: 'HA1 connection down' }, fault);
    notes.note(22 * S, 'log', 'palo-2', { severity: 'informational', text: 'HA1 connection up' });
    const of = evidence([], {
      records: notes.records,
      history: notes.history,
      chain: (record) => notes.collector.chain(record).map(({ id }) => id),
    });
    expect(verdict({ eventually: { logged: { text: 'connection down' } } }, of)).toMatchObject({
      passed: true,
      atUs: 21 * S,
    });
    expect(verdict({ never: { logged: { text: 'down', device: 'palo-1' } } }, of).passed).toBe(true);
    expect(verdict({ log: 'HA1 connection', times: '= 2' }, of)).toMatchObject({
      passed: true,
      measured: 'times 2',
      atUs: 21 * S,
    });
    expect(verdict({ log: 'HA1 connection', severity: 'critical', times: '= 2' }, of)).toMatchObject({
      passed: false,
      measured: 'times 1',
      causes: [4, 3],
    });
    expect(verdict({ log: 'HA2' }, of)).toMatchObject({
      passed: false,
      name: 'log "HA2": times >= 1',
      measured: 'times 0',
    });
  });

  test('sessions: lost by then, of one workload and by one cause', () => {
    const [web, mail] = [new LossLog(), new LossLog()];
    web.add('in-flight', 20 * S, 1);
    web.add('timed-out', 30 * S, 1);
    mail.add('timed-out', 40 * S, 1);
    const of = evidence([], {
      losses: new Map([
        ['web', web],
        ['mail', mail],
      ]),
    });
    const lost = (comparison: string) => ({ sessions: { lost: comparison } });
    expect(verdict({ at: '35s', that: lost('= 2') }, of).passed).toBe(true);
    expect(verdict({ always: lost('= 0'), until: '19.999999s' }, of).passed).toBe(true);
    expect(verdict({ always: lost('<= 2') }, of)).toMatchObject({
      passed: false,
      atUs: 40 * S,
      expected: 'always from 0s to 60s sessions lost <= 2',
      measured: 'sessions lost 3',
    });
    expect(verdict({ never: { sessions: { workload: 'web', lost: '> 2' } } }, of).passed).toBe(true);
    expect(verdict({ eventually: { sessions: { 'timed-out': '>= 2' } } }, of)).toMatchObject({
      passed: true,
      atUs: 40 * S,
    });
  });

  test('api-calls: attempts by then', () => {
    const notes = new Notes().converged();
    for (const atS of [20, 21, 22])
      notes.note(atS * S, 'api-call', 'palo-2', {
        action: 'ReplaceRoute',
        target: 'x',
        attempt: 1,
        latencyUs: 1,
      });
    const of = evidence([], { records: notes.records, history: notes.history });
    expect(verdict({ at: '21s', that: { 'api-calls': { ReplaceRoute: '= 2' } } }, of).passed).toBe(true);
    expect(verdict({ always: { 'api-calls': { ReplaceRoute: '<= 2' } } }, of)).toMatchObject({
      passed: false,
      atUs: 22 * S,
      measured: 'ReplaceRoute 3',
    });
  });
});

describe('what cannot be meant', () => {
  test.each([
    [{ eventually: ACTIVE, within: '5s', until: '9s' }, 'expected one of until and within, got both'],
    [
      { eventually: ACTIVE, until: PASSIVE },
      'expected a duration beside eventually, for a condition that ends a window stands beside always',
    ],
    [
      { always: ACTIVE, 'stays-for': '5s' },
      'expected beside always: only name, from, whenever, until, within, got stays-for',
    ],
    [{ never: ACTIVE, from: '1s', whenever: PASSIVE }, 'expected one of from and whenever, got both'],
    [
      { at: '5s', from: '1s', that: ACTIVE },
      'expected a condition beside at, whose time counts from when it comes, got a time',
    ],
    [{ always: {} }, 'expected at least one of role'],
    [{ always: { 'api-calls': {} } }, 'expected at least one action, got none'],
    [
      { always: { sessions: { workload: 'web' } } },
      'expected lost or a cause of loss, such as in-flight, got none',
    ],
    [{ log: 'x', lost: 3 }, 'expected beside log: only name, device, severity, times, got lost'],
  ])('%j: %s', (expectation, message) => {
    const { error } = expectationSchema.safeParse(expectation);
    expect(error?.issues.map((issue) => issue.message).join('; ')).toContain(message);
  });
});
