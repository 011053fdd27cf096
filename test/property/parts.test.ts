/**
 * The parts of a failover over traces that no model would write: whatever was noted, and whatever it is said to follow from, they sum
 * to the whole and none is negative. `run.test.ts` asks the same of what the model does write.
 */

import fc from 'fast-check';
import { test } from 'vitest';
import { ROLES } from '../../src/ha/role.ts';
import { REASON } from '../../src/ha/reason.ts';
import type { RecordKind } from '../../src/run/record.ts';
import { IN_FORCE, Notes } from '../helpers/notes.ts';
import { checkFailovers } from '../helpers/run-laws.ts';

const FUZZ = Number(process.env['HASIM_FUZZ'] ?? 1);

const device = fc.constantFrom('palo-1', 'palo-2');
const name = fc.constantFrom('ethernet1/1', 'ethernet1/2');
const up = fc.boolean();
const timer = fc.constantFrom('promotion-hold-time', 'monitor-fail-hold-up-time', 'preemption-hold-time');
const reason = fc.constantFrom(REASON.ha1LinkDown, REASON.heartbeatFailure, REASON.helloFailure);

/** The kinds that the parts are made of, and what each may carry. */
const DATA: Partial<Record<RecordKind, fc.Arbitrary<object>>> = {
  fault: fc.constant({ action: 'x', text: 'x' }),
  operator: fc.constant({ action: 'x', text: 'x' }),
  dataplane: fc.record({ state: fc.constantFrom('failed', 'restarted') }),
  link: fc.record({ interface: name, up, visible: fc.boolean() }),
  path: fc.record({ destination: fc.constantFrom('192.0.2.1', '192.0.2.9'), reachable: up }),
  monitor: fc.record({ monitor: fc.constantFrom('link', 'path'), failed: up }),
  'control-path': fc.record({ path: fc.constantFrom('ha1', 'ha1-backup'), up, reason }),
  peer: fc.record({ connection: fc.constantFrom('up', 'down'), path: fc.constant('ha1'), reason }),
  timer: fc.record({
    timer,
    step: fc.constantFrom('set', 'cancelled', 'expired'),
    durationUs: fc.constant(500_000),
  }),
  role: fc.record({
    from: fc.constantFrom(null, ...ROLES),
    to: fc.constantFrom(...ROLES),
    reason: fc.constantFrom('HA started', 'x'),
    rule: fc.constantFrom('T1', 'T4', 'T14', 'T15', 'T16', 'T27'),
  }),
  garp: fc.record({ times: fc.constant(1), sent: fc.array(name), lost: fc.array(name) }),
  address: fc.record({
    address: fc.constant('10.0.0.1'),
    interface: name,
    mac: fc.constant('m'),
    held: fc.boolean(),
  }),
  lacp: fc.record({ interface: name, negotiated: fc.constant(true) }),
  port: fc.record({ interface: name, forwarding: fc.constant(true) }),
  'spanning-tree': fc.record({
    towards: fc.tuple(device, name).map((end) => end.join(':')),
    forwardDelayUs: fc.nat(1_000_000),
  }),
  learned: fc.record({
    mac: fc.constant('m'),
    towards: fc.tuple(device, name).map((end) => end.join(':')),
    instead: fc.constant('x'),
  }),
  routes: fc.record({
    neighbor: fc.constantFrom('isp', 'other'),
    state: fc.constantFrom('usable', 'withdrawn'),
  }),
  restored: fc.constant({}),
};

type Kinds = readonly RecordKind[];

const AFTERWARDS: Kinds = [
  'garp',
  'learned',
  'learned',
  'port',
  'lacp',
  'spanning-tree',
  'routes',
  'restored',
];
const BEFORE = (Object.keys(DATA) as Kinds).filter((kind) => !AFTERWARDS.includes(kind));

/** A record after a while that follows from one of the last. */
function noteOf(kinds: Kinds) {
  return fc.constantFrom(...kinds).chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      data: DATA[kind] as fc.Arbitrary<object>,
      subject: device,
      afterUs: fc.oneof(fc.constant(0), fc.nat(3_000_000)),
      back: fc.nat(3),
    }),
  );
}

/** Something happens, somebody takes over, something comes of it. */
const act = fc.record({
  before: fc.array(noteOf(BEFORE), { maxLength: 10 }),
  survivor: device,
  from: fc.constantFrom('passive', 'active-secondary'),
  after: fc.array(noteOf(AFTERWARDS), { maxLength: 10, size: 'max' }),
});

test('parts: any trace: they sum to the whole, none is negative, and what takes time says by what', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 4 }), (acts) => {
      const notes = new Notes(undefined, IN_FORCE).converged();
      let timeUs = 0;
      const latest = (back = 0): number => Math.max(0, notes.records.length - back);
      for (const { before, survivor, from, after } of acts) {
        const tell = ({ kind, data, subject, afterUs, back }: (typeof before)[number]): void => {
          timeUs += afterUs;
          notes.note(timeUs, kind, subject, data as never, latest(back));
        };
        before.forEach(tell);
        notes.role(timeUs, survivor, from, 'active', 'T15', latest());
        after.forEach(tell);
      }
      checkFailovers({ failovers: notes.collector.failovers() });
    }),
    { numRuns: 500 * FUZZ },
  );
});
