/**
 * The laws of a run (architecture, section 4) over random pairs, random faults and random commands. What the model checks
 * itself (`src/check/invariants.ts`) ends a run with an InvariantError, and so fails every test here.
 *
 * Times come from the scenario's own timers: a healed pair gets the sum of everything that it may have to wait for.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run, startRun } from '../../src/run/run.ts';
import { PacketTap } from '../helpers/packet-tap.ts';
import { claimsOf } from '../helpers/random-active-active.ts';
import { randomActiveActiveCase, randomCase, randomRun, type RandomCase } from '../helpers/random-run.ts';
import {
  checkClocks,
  checkCopies,
  checkHealed,
  checkHolders,
  checkLaws,
  checkRest,
  WATCHED_US,
} from '../helpers/run-laws.ts';

/** `HASIM_FUZZ=20 npx vitest run test/property` looks twenty times as hard. */
const FUZZ = Number(process.env['HASIM_FUZZ'] ?? 1);

/** Room for shrinking a counterexample, not for the runs. */
const TIMEOUT = 300_000 * FUZZ;
function anyFaultsThatHeal(randomCase: RandomCase): void {
  const { scenario, settleUs, healedUs } = randomRun(randomCase, { settles: true });
  const tap = new PacketTap(scenario, scenario.until - WATCHED_US);
  const result = tap.watch(() => startRun(scenario)).result();
  checkLaws(result);
  checkHealed(result, healedUs + settleUs, randomCase.more?.unknownPacket !== 'drop');
  checkClocks(tap, randomCase);
  checkRest(tap);
  if (randomCase.more !== undefined) checkHolders(tap, claimsOf(randomCase.more));
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
    fc.assert(fc.property(randomCase(8), anyFaultsThatHeal), { numRuns: 100 * FUZZ });
  });

  test('run: faults that stay, on links that lose packets: the laws hold', () => {
    fc.assert(fc.property(randomCase(8), faultsThatStay), { numRuns: 40 * FUZZ });
  });

  test('run: control paths untouched: two actives only while a hello is under way', () => {
    fc.assert(fc.property(randomCase(8), controlPathsUntouched), { numRuns: 40 * FUZZ });
  });

  test('run: HA2 untouched: in the end the passive has a copy of every session', () => {
    fc.assert(fc.property(randomCase(8), dataLinksUntouched), { numRuns: 40 * FUZZ });
  });

  test('run: active/active: any faults that heal: the laws hold, and in the end both serve', () => {
    fc.assert(fc.property(randomActiveActiveCase(8), anyFaultsThatHeal), { numRuns: 50 * FUZZ });
  });

  test('run: active/active: faults that stay, on links that lose packets: the laws hold', () => {
    fc.assert(fc.property(randomActiveActiveCase(8), faultsThatStay), { numRuns: 25 * FUZZ });
  });

  test('run: active/active: twice, traced or not, in one go or in slices: the same', () => {
    fc.assert(fc.property(randomActiveActiveCase(6), budgets, alwaysTheSame), { numRuns: 10 * FUZZ });
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
