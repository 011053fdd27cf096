/**
 * The laws of a run (architecture, section 4) over random pairs, random faults and random commands. What the model checks
 * itself (`src/check/invariants.ts`) ends a run with an InvariantError, and so fails every test here.
 *
 * Times come from the scenario's own timers: a healed pair gets the sum of everything that it may have to wait for.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/run/result.ts';
import { run, startRun } from '../../src/run/run.ts';
import { REASON } from '../../src/ha/reason.ts';
import { PacketTap } from '../helpers/packet-tap.ts';
import { randomCase, randomRun, type RandomCase } from '../helpers/random-run.ts';

/** `HASIM_FUZZ=20 npx vitest run test/property` looks twenty times as hard. */
const FUZZ = Number(process.env['HASIM_FUZZ'] ?? 1);

/** Room for shrinking a counterexample, not for the runs. */
const TIMEOUT = 300_000 * FUZZ;
const SECOND = 1_000_000;
/** The end of a run, in which a healed pair is watched. */
const WATCHED_US = 20 * SECOND;

/** Suspended by its own flaps: only an operator brings it back. */
function isLooping({ role, reason }: RunResult['final'][number]): boolean {
  return role === 'suspended' && (reason === REASON.nonFunctionalLoop || reason === REASON.preemptionLoop);
}

/** The roles of the pair after its last fault, in words, or what is wrong with them. */
function wholeness({ final }: RunResult): string {
  const left = final.filter((device) => !isLooping(device));
  const roles = left.map(({ role }) => role).toSorted();
  const whole = { 0: [], 1: ['active'], 2: ['active', 'passive'] }[left.length];
  if (JSON.stringify(roles) !== JSON.stringify(whole)) {
    return final.map(({ device, role, reason }) => `${device} ${role} (${reason})`).join(', ');
  }
  return left.length === 0 ? 'nobody left' : 'whole';
}

/** Records in order: time never runs backwards, and every cause precedes its effect. */
function checkForest({ records }: RunResult): void {
  let lastUs = 0;
  for (const [index, record] of records.entries()) {
    if (record.id !== index + 1) throw new Error(`record ${record.id} is in place ${index + 1}`);
    if (record.timeUs < lastUs) throw new Error(`record ${record.id} is earlier than the one before`);
    if (record.cause >= record.id || record.cause < 0)
      throw new Error(`record ${record.id} is caused by ${record.cause}`);
    const cause = records[record.cause - 1];
    if (cause !== undefined && cause.timeUs > record.timeUs)
      throw new Error(`record ${record.id} precedes its cause`);
    lastUs = record.timeUs;
  }
}

function checkBooks({ workloads, probes }: RunResult): void {
  for (const { name, started, completed, failed, open, lost } of workloads) {
    const booked = Object.values(lost).reduce((sum, count) => sum + count, completed + failed + open);
    if (booked !== started) throw new Error(`workload ${name}: ${started} started, ${booked} booked`);
  }
  for (const { name, sent, received, lost, outages } of probes) {
    if (received + lost > sent)
      throw new Error(`probe ${name}: ${sent} sent, ${received + lost} accounted for`);
    const inOutages = outages.reduce((sum, outage) => sum + outage.lost, 0);
    if (inOutages > lost) throw new Error(`probe ${name}: ${lost} lost, ${inOutages} in outages`);
  }
}

function checkFailovers({ failovers }: RunResult): void {
  for (const { ordinal, detectionUs, holdUs, promotionUs, restorationUs, startUs, takeoverUs } of failovers) {
    const parts = [detectionUs, holdUs, promotionUs, restorationUs ?? 0];
    if (parts.some((part) => part < 0))
      throw new Error(`failover ${ordinal} has a negative part: ${parts.join(', ')}`);
    if (detectionUs + holdUs + promotionUs !== takeoverUs - startUs)
      throw new Error(`failover ${ordinal} does not add up`);
  }
}

/** One clock of each kind for each port, however often it was stopped and started. */
function checkClocks({ ticks }: PacketTap, { pair: { timers } }: RandomCase): void {
  const intervalMs = { heartbeat: timers.heartbeat, hello: timers.hello, 'path ping': timers.pingInterval };
  for (const [name, count] of ticks) {
    const clock = name.slice(name.indexOf(' ') + 1) as keyof typeof intervalMs;
    const most = Math.floor(WATCHED_US / (intervalMs[clock] * 1000)) + 1;
    if (count > most || count < most - 1)
      throw new Error(`${name}: ${count} times, expected ${most} or one less`);
  }
}

/** The passive has a copy of every session that the active has had for a while. */
function checkCopies({ firewalls }: PacketTap): void {
  const [active, passive] = [...firewalls.values()].toSorted((a) => (a.role === 'active' ? -1 : 1));
  if (active?.role !== 'active' || passive?.role !== 'passive') return;
  for (const session of active.table) {
    const fresh = session.sync === 'queued';
    if (session.protocol === 'icmp' || fresh || passive.table.get(session.flow) !== undefined) continue;
    throw new Error(
      `${passive.name} has no copy of session ${session.flow} (${session.protocol}, ${session.sync})`,
    );
  }
}

/** The laws that hold whatever goes wrong, and however it ends. */
function checkLaws(result: RunResult): void {
  checkForest(result);
  checkBooks(result);
  checkFailovers(result);
}

/** Nothing is wrong any more: nothing changes, one is active, the other is its passive, and users are served. */
function checkHealed(result: RunResult, boundUs: number): void {
  const state = wholeness(result);
  if (state === 'nobody left') return;
  expect(state).toBe('whole');
  const last = result.records.findLast(({ kind }) => kind === 'role');
  expect(last?.timeUs ?? 0).toBeLessThanOrEqual(boundUs);
  const outage = result.probes[0]?.outages.at(-1);
  if (outage === undefined || outage.toUs <= result.endedAtUs - WATCHED_US) return;
  throw new Error(`pings are still lost: ${JSON.stringify(outage)}`);
}

function anyFaultsThatHeal(randomCase: RandomCase): void {
  const { scenario, settleUs, healedUs } = randomRun(randomCase, { settles: true });
  const tap = new PacketTap(scenario, scenario.until - WATCHED_US);
  const result = tap.watch(() => startRun(scenario)).result();
  checkLaws(result);
  checkHealed(result, healedUs + settleUs);
  checkClocks(tap, randomCase);
}

function faultsThatStay(randomCase: RandomCase): void {
  const { scenario } = randomRun(randomCase, { settles: true, hopeless: true });
  const tap = new PacketTap(scenario, scenario.until);
  checkLaws(tap.watch(() => startRun(scenario)).result());
}

function controlPathsUntouched(randomCase: RandomCase): void {
  const { scenario } = randomRun(randomCase, { settles: true, spared: 'control' });
  // HA1: 1 ms, and up to 3 ms of jitter and 5 ms of reordering on each of two cables.
  for (const { fromUs, toUs } of run(scenario).dualActive) {
    if (toUs - fromUs > 20_000) throw new Error(`two actives from ${fromUs} to ${toUs} us`);
  }
}

function dataLinksUntouched(randomCase: RandomCase): void {
  const { scenario } = randomRun(randomCase, { settles: true, spared: 'data-link' });
  const tap = new PacketTap(scenario, scenario.until);
  tap.watch(() => startRun(scenario));
  if (randomCase.pair.sessionSync) checkCopies(tap);
}

function alwaysTheSame(randomCase: RandomCase, budgets: readonly number[]): void {
  const { scenario } = randomRun(randomCase, { settles: false });
  const full = run(scenario, { traceLevel: 'full' });
  expect(run(scenario, { traceLevel: 'full' }).digests).toEqual(full.digests);

  const quiet = run(scenario, { traceLevel: 'off' });
  expect(quiet.digests).toEqual({ protocol: full.digests.protocol, full: null });
  const { records: _records, trace: _trace, digests: _digests, traceLevel: _level, ...measured } = full;
  expect(quiet).toMatchObject(measured);

  const sliced = startRun(scenario, { traceLevel: 'full' });
  for (let slice = 0; sliced.advance(budgets[slice % budgets.length] as number) !== 'done'; slice += 1);
  expect(sliced.result()).toEqual(full);
}

const budgets = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 5 });

describe('run: random pairs, faults and commands', { timeout: TIMEOUT }, () => {
  test('run: any faults that heal: the laws hold, and in the end one is active and serves', () => {
    fc.assert(fc.property(randomCase(8), anyFaultsThatHeal), { numRuns: 120 * FUZZ });
  });

  test('run: faults that stay, on links that lose packets: the laws hold', () => {
    fc.assert(fc.property(randomCase(8), faultsThatStay), { numRuns: 60 * FUZZ });
  });

  test('run: control paths untouched: two actives only while a hello is under way', () => {
    fc.assert(fc.property(randomCase(8), controlPathsUntouched), { numRuns: 60 * FUZZ });
  });

  test('run: HA2 untouched: in the end the passive has a copy of every session', () => {
    fc.assert(fc.property(randomCase(8), dataLinksUntouched), { numRuns: 60 * FUZZ });
  });

  test('run: twice, traced or not, in one go or in slices: the same digests and the same result', () => {
    fc.assert(fc.property(randomCase(6), budgets, alwaysTheSame), { numRuns: 25 * FUZZ });
  });

  test('run: another seed: another run', () => {
    const [some] = fc.sample(randomCase(3), { numRuns: 1, seed: 7 }) as [RandomCase];
    const { scenario } = randomRun(some, { settles: false });
    const digests = ['1', '2', '3'].map((seed) => run(scenario, { seed, traceLevel: 'full' }).digests.full);
    expect(new Set(digests).size).toBe(3);
  });
});
