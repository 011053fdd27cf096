import { expect, test } from 'vitest';
import type { EventRecord, TraceRecord } from '../../../src/kernel/trace.ts';
import { renderDeterminism } from '../../../src/report/determinism.ts';
import { PLAIN } from '../../../src/report/style.ts';
import { run, startRun, type ActiveRun, type RunObserver } from '../../../src/run/run.ts';
import { Comparison, type Agreement, type Start } from '../../../src/suite/determinism.ts';
import { libraryScenario } from '../../helpers/library.ts';

const scenario = libraryScenario('active-passive/walkthrough.yaml');

const honest: Start = (observer) => startRun(scenario, { traceLevel: 'full', observer });

/** A simulation that does otherwise: what it tells is bent on its way. */
function bent({ event = (one) => [one], record = (one) => one }: Bend): Start {
  return (observer) =>
    honest({
      event: (one) => event(one).forEach((told) => observer.event(told)),
      record: (one) => observer.record(record(one)),
    });
}

interface Bend {
  readonly event?: (event: EventRecord) => EventRecord[];
  readonly record?: (record: TraceRecord) => TraceRecord;
}

function compare(first: Start, second: Start): Agreement {
  const comparison = new Comparison(first, second);
  while (comparison.advance() === 'paused') {
    // Until it is done.
  }
  return comparison.result();
}

function rendered(agreement: Agreement): string {
  const report = {
    file: 'a.yaml',
    seed: '7',
    agreement,
    others: [],
    deterministic: agreement.difference === null,
    replay: 'again',
  };
  return renderDeterminism(report, { style: PLAIN, width: 110 });
}

test('Comparison: two runs of one scenario and seed: they agree in every event and record, with the digests of a whole run', () => {
  const whole = run(scenario, { traceLevel: 'full' });

  const agreement = compare(honest, honest);

  expect(agreement.difference).toBeNull();
  expect(agreement).toMatchObject({ events: whole.events, records: whole.records.length, error: null });
  expect(agreement.digests).toEqual([whole.digests, whole.digests]);
  expect(rendered(agreement)).toContain('22,158 events and 80 records agree');
});

test('Comparison: one operand of one event is another: that event is named, and what led to it', () => {
  const second = bent({ event: (one) => [one.ordinal === 9_001 ? { ...one, a: one.a + 1 } : one] });

  const { difference } = compare(honest, second);

  expect(difference?.fields).toEqual(['a']);
  expect(difference?.first).toMatchObject({ kind: 'event', event: { ordinal: 9_001 } });
  expect(difference?.second).toMatchObject({ kind: 'event', event: { ordinal: 9_001 } });
});

test('Comparison: a record with other data: its chain of causes leads to the fault', () => {
  const second = bent({
    record: (one) =>
      one.kind === 'role' && one.data['to'] === 'active' && one.timeUs > 0
        ? { ...one, data: { ...one.data, reason: 'Luck' } }
        : one,
  });

  const agreement = compare(honest, second);

  expect(agreement.difference?.fields).toEqual(['data']);
  expect(agreement.difference?.chains[0].at(-1)?.kind).toBe('fault');
  const text = rendered(agreement);
  expect(text).toContain('differ in the next, in data');
  expect(text).toContain('Luck');
  expect(text).toContain('What led to the first:');
  expect(text).not.toContain('What led to the second:');
});

test('Comparison: keys of data in another order: no difference', () => {
  const second = bent({
    record: (one) => ({ ...one, data: Object.fromEntries(Object.entries(one.data).toReversed()) }),
  });

  expect(compare(honest, second).difference).toBeNull();
});

test('Comparison: the second run does one thing less: the first event that it has not', () => {
  const second = bent({ event: (one) => (one.ordinal === 500 ? [] : [one]) });

  const { difference } = compare(honest, second);

  expect(difference?.first).toMatchObject({ kind: 'event', event: { ordinal: 500 } });
  expect(difference?.second).toMatchObject({ kind: 'event', event: { ordinal: 501 } });
  expect(difference?.fields).toContain('ordinal');
});

test('Comparison: the second run ends earlier: what it lacks is named', () => {
  const second: Start = (observer) =>
    startRun(scenario, { traceLevel: 'full', observer, untilUs: 30_000_000 });

  const agreement = compare(honest, second);

  expect(agreement.difference?.first.kind).toBe('event');
  expect(agreement.difference?.second).toEqual({ kind: 'end', timeUs: 30_000_000, error: null });
  expect(rendered(agreement)).toContain('second  nothing more up to 30s');
});

test('Comparison: the second run goes on for longer: what it does more is named', () => {
  const first: Start = (observer) =>
    startRun(scenario, { traceLevel: 'full', observer, untilUs: 30_000_000 });

  const { difference } = compare(first, honest);

  expect(difference?.first.kind).toBe('end');
  expect(difference?.second.kind).toBe('event');
});

/** A run that breaks off with its n-th event. */
function breaking(at: number, message: string): Start {
  return (observer: RunObserver): ActiveRun =>
    honest({
      record: (one) => observer.record(one),
      event(one) {
        observer.event(one);
        if (one.ordinal === at) throw new Error(message);
      },
    });
}

test('Comparison: both break off alike: they agree, and the error is told', () => {
  const agreement = compare(breaking(5_000, 'a law is broken'), breaking(5_000, 'a law is broken'));

  expect(agreement).toMatchObject({ difference: null, error: 'a law is broken', events: 5_000 });
  expect(rendered(agreement)).toContain('Both broke off: a law is broken.');
});

test('Comparison: they break off with different words, or only one does: that is the difference', () => {
  const words = compare(breaking(5_000, 'one law'), breaking(5_000, 'another law'));
  const alone = compare(breaking(5_000, 'one law'), honest);

  expect(words.difference?.fields).toEqual(['error']);
  expect(alone.difference?.first).toMatchObject({ kind: 'end', error: 'one law' });
  expect(rendered(alone)).toContain('breaks off at');
});

test('startRun: an observer at trace level full: events are told and not kept', () => {
  let told = 0;
  const active = startRun(scenario, {
    traceLevel: 'full',
    untilUs: 1_000_000,
    observer: { record: () => {}, event: () => told++ },
  });
  active.advance(Number.POSITIVE_INFINITY);

  expect(told).toBe(active.result().events);
  expect(active.result().trace).toEqual([]);
});
