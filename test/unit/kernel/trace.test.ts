import { expect, test } from 'vitest';
import {
  Trace,
  canonicalJson,
  causesOf,
  type TraceLevel,
  type TraceRecord,
} from '../../../src/kernel/trace.ts';

const LEVELS: readonly TraceLevel[] = ['off', 'protocol', 'full'];

function noted(level: TraceLevel): Trace {
  const trace = new Trace(level);
  const fault = trace.note(10, 'fault', 'link-1', 0, { action: 'cut' });
  const lost = trace.note(20, 'peer.lost', 'fw-b', fault, { missed: 3, via: ['ha1'] });
  trace.note(20, 'role', 'fw-b', lost, { from: 'passive', to: 'active' });
  return trace;
}

function tick(ordinal: number, a = 0): Parameters<Trace['event']>[1] {
  return { ordinal, timeUs: 5, kind: 'tick', target: 1, a, b: 0, cause: 0 };
}

test('trace: the same facts at any level: have one protocol digest', () => {
  expect(new Set(LEVELS.map((level) => noted(level).protocolDigest)).size).toBe(1);
  expect(noted('off').protocolDigest).toMatchInlineSnapshot(`"4b061a01bba5de29"`);
});

test('trace: the same facts at any level: have the ids 1, 2, 3', () => {
  for (const level of LEVELS) {
    const trace = new Trace(level);
    expect([1, 2, 3].map(() => trace.note(0, 'x', 'y', 0))).toEqual([1, 2, 3]);
  }
});

test('trace: level off: keeps nothing, subscribers see all', () => {
  const trace = new Trace('off');
  const seen: TraceRecord[] = [];
  trace.subscribe((record) => seen.push(record));
  trace.note(7, 'fault', 'link-1', 0, { action: 'cut' });
  expect(trace.records).toEqual([]);
  expect(seen).toEqual([
    { id: 1, timeUs: 7, kind: 'fault', subject: 'link-1', cause: 0, data: { action: 'cut' } },
  ]);
});

test('trace: two subscribers: are called in the order they came', () => {
  const trace = new Trace('protocol');
  const calls: string[] = [];
  trace.subscribe(() => calls.push('first'));
  trace.subscribe(() => calls.push('second'));
  trace.note(0, 'x', 'y', 0);
  expect(calls).toEqual(['first', 'second']);
});

test('trace: any part of a record changes: so does the digest', () => {
  const digestOf = (...fact: Parameters<Trace['note']>): string => {
    const trace = new Trace('off');
    trace.note(...fact);
    return trace.protocolDigest;
  };
  const digests = [
    digestOf(1, 'k', 's', 0, { x: 1 }),
    digestOf(2, 'k', 's', 0, { x: 1 }),
    digestOf(1, 'l', 's', 0, { x: 1 }),
    digestOf(1, 'k', 't', 0, { x: 1 }),
    digestOf(1, 'k', 's', 1, { x: 1 }),
    digestOf(1, 'k', 's', 0, { x: 2 }),
    digestOf(1, 'k', 's', 0),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});

test('trace: events below full: leave no trace and no full digest', () => {
  for (const level of ['off', 'protocol'] as const) {
    const trace = noted(level);
    trace.event(0, tick(1));
    expect([trace.events, trace.fullDigest]).toEqual([[], null]);
    expect(trace.protocolDigest).toBe(noted(level).protocolDigest);
  }
});

test('trace: events at full: are kept and move only the full digest', () => {
  const trace = noted('full');
  trace.event(0, tick(1));
  expect(trace.events).toEqual([tick(1)]);
  expect(trace.protocolDigest).toBe(noted('full').protocolDigest);
  expect(trace.fullDigest).not.toBe(noted('full').fullDigest);
  expect(trace.fullDigest).toMatchInlineSnapshot(`"d8a7e737478ceaa9"`);
});

test('causesOf: a consequence: leads to its root', () => {
  const { records } = noted('protocol');
  expect(causesOf(records, 3).map((record) => record.kind)).toEqual(['role', 'peer.lost', 'fault']);
  expect(causesOf(records, 1).map((record) => record.kind)).toEqual(['fault']);
});

test('causesOf: an unknown record: has no causes', () => {
  expect(causesOf(noted('protocol').records, 4)).toEqual([]);
  expect(causesOf([], 1)).toEqual([]);
});

test('causesOf: only some records at hand: ends where they end', () => {
  const records = noted('protocol').records.filter((record) => record.id !== 1);
  expect(causesOf(records, 3).map((record) => record.id)).toEqual([3, 2]);
});

test('canonicalJson: keys in any order, at any depth: give one text', () => {
  const one = { b: { y: [1, { q: 1, p: 2 }], x: null }, a: 'é' };
  const other = { a: 'é', b: { x: null, y: [1, { p: 2, q: 1 }] } };
  expect(canonicalJson(one)).toBe(canonicalJson(other));
  expect(canonicalJson(one)).toBe('{"a":"é","b":{"x":null,"y":[1,{"p":2,"q":1}]}}');
});

test('canonicalJson: keys without value: are left out', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});
