/**
 * What every provider of a cloud has to keep to, whatever it moves and however it does that (src/cloud/provider.ts). A provider is one
 * folder, and a subject that builds it; it passes these tests as they are.
 */

import { describe, expect, test } from 'vitest';
import type { CloudProvider } from '../../src/cloud/provider.ts';
import type { Simulation } from '../../src/kernel/simulation.ts';
import type { TraceRecord } from '../../src/kernel/trace.ts';

/** A provider on a simulation of its own, where palo-1 has everything at the start. */
export interface Subject {
  readonly simulation: Simulation;
  readonly provider: CloudProvider;
}

/** By then every takeover is over, however unlucky its draws. */
const OVER_US = 3_600_000_000;
const STEP_US = 100_000;

/** Registers the tests. @param build a new one each time; a seed decides its luck */
export function describeProvider(name: string, build: (seed: string) => Subject): void {
  const start = (seed = '1'): Running => new Running(build(seed));

  describe(`a provider: ${name}`, () => {
    test('a provider: at the start: there is something to move, and palo-1 has it all', () => {
      const running = start();

      expect(running.owners.length).toBeGreaterThan(0);
      expect(running.owners.every((owner) => owner === 'palo-1')).toBe(true);
    });

    test('a provider: a takeover: ends complete, and everything is with the one that took over', () => {
      const running = start();

      running.takeOver('palo-2');
      running.finish();

      expect(running.steps('palo-2')).toEqual(['begun', 'complete']);
      expect(new Set(running.owners)).toEqual(new Set(['palo-2']));
    });

    test('a provider: a takeover and one back: everything is where it was', () => {
      const running = start();

      running.takeOver('palo-2');
      running.finish();
      running.provider.abandon('palo-2');
      running.takeOver('palo-1');
      running.finish();

      expect(new Set(running.owners)).toEqual(new Set(['palo-1']));
    });

    test('a provider: what one has already: complete, and no call that changes anything', () => {
      const running = start();

      running.takeOver('palo-1');
      running.finish();

      expect(running.steps('palo-1')).toEqual(['begun', 'complete']);
      expect(running.changes('palo-1')).toEqual([]);
      expect(running.of('asset')).toEqual([]);
    });

    test('a provider: at any time: the assets are the same ones, each with one of the pair or nobody', () => {
      const running = start();
      const names = running.names;

      running.takeOver('palo-2');
      for (let atUs = 0; atUs < 60_000_000; atUs += STEP_US) {
        running.run(STEP_US);

        expect(running.names).toEqual(names);
        expect(running.owners.filter((owner) => !['palo-1', 'palo-2', null].includes(owner))).toEqual([]);
      }
    });

    test('a provider: complete: not before everything has moved', () => {
      const running = start();

      running.takeOver('palo-2');
      while (!running.steps('palo-2').includes('complete')) {
        running.run(STEP_US / 100);
        expect(running.simulation.nowUs).toBeLessThan(OVER_US);
      }

      expect(new Set(running.owners)).toEqual(new Set(['palo-2']));
    });

    test.each([200_000, 700_000, 2_000_000, 3_000_000, 6_000_000])(
      'a provider: abandoned after %i us: makes no further call, and does not end any more',
      (delayUs) => {
        const running = start();
        running.takeOver('palo-2');
        running.run(delayUs);
        const atUs = running.simulation.nowUs;
        const isOver = running.steps('palo-2').length > 1;

        running.provider.abandon('palo-2');
        running.finish();

        // What was under way is carried out.
        const sentUs = running.of('api-call').map(({ timeUs, data }) => timeUs - Number(data['latencyUs']));
        expect(Math.max(...sentUs)).toBeLessThanOrEqual(atUs);
        expect(running.steps('palo-2')).toEqual(['begun', isOver ? 'complete' : 'abandoned']);
      },
    );

    test.each([0, 200_000, 700_000, 2_000_000, 3_000_000, 6_000_000, 9_000_000])(
      'a provider: taken over again after %i us: begun anew, and complete',
      (delayUs) => {
        const running = start();

        running.takeOver('palo-2');
        running.run(delayUs);
        running.takeOver('palo-2');
        running.finish();

        expect(running.steps('palo-2').at(-1)).toBe('complete');
        expect(running.steps('palo-2').filter((step) => step === 'begun')).toHaveLength(2);
        expect(new Set(running.owners)).toEqual(new Set(['palo-2']));
      },
    );

    test('a provider: abandoned in the middle and taken over by the other: everything is with the other', () => {
      for (let delayUs = 0; delayUs < 12_000_000; delayUs += 500_000) {
        const running = start();

        running.takeOver('palo-2');
        running.run(delayUs);
        running.provider.abandon('palo-2');
        running.run(60_000_000);
        running.takeOver('palo-1');
        running.finish();

        expect(running.steps('palo-1')).toEqual(['begun', 'complete']);
        expect(new Set(running.owners)).toEqual(new Set(['palo-1']));
      }
    });

    test('a provider: both take over: it comes to an end, and each asset has exactly one owner', () => {
      for (let delayUs = 0; delayUs < 12_000_000; delayUs += 500_000) {
        const running = start();

        running.takeOver('palo-2');
        running.run(delayUs);
        running.takeOver('palo-1');
        running.finish();

        expect(running.owners).not.toContain(null);
        for (const node of ['palo-1', 'palo-2']) expect(running.steps(node)).toHaveLength(2);
      }
    });

    test('a provider: one after the other without being abandoned: the last one has everything', () => {
      const running = start();

      running.takeOver('palo-2');
      running.finish();
      running.takeOver('palo-1');
      running.finish();

      expect(new Set(running.owners)).toEqual(new Set(['palo-1']));
    });

    test('a provider: one seed: the same records at the same times; another seed: other times', () => {
      const records = (seed: string): readonly TraceRecord[] => {
        const running = start(seed);
        running.takeOver('palo-2');
        running.finish();
        return running.simulation.trace.records;
      };

      expect(records('1')).toEqual(records('1'));
      expect(records('2')).not.toEqual(records('1'));
    });

    test('a provider: every call and every change follows from what made the firewall active', () => {
      const running = start();
      const cause = running.simulation.note('role', 'palo-2');

      running.provider.takeOver('palo-2', cause);
      running.finish();

      const { records } = running.simulation.trace;
      const causes = new Map(records.map((record) => [record.id, record.cause]));
      const rootOf = (id: number): number =>
        (causes.get(id) ?? 0) === 0 ? id : rootOf(causes.get(id) as number);
      expect(records.length).toBeGreaterThan(4);
      expect(new Set(records.map(({ id }) => rootOf(id)))).toEqual(new Set([cause]));
    });
  });
}

class Running {
  readonly simulation: Simulation;
  readonly provider: CloudProvider;

  constructor({ simulation, provider }: Subject) {
    this.simulation = simulation;
    this.provider = provider;
  }

  takeOver(node: string): void {
    this.provider.takeOver(node, 0);
  }

  run(us: number): void {
    this.simulation.run(this.simulation.nowUs + us);
  }

  finish(): void {
    this.run(OVER_US);
  }

  get names(): readonly string[] {
    return this.provider.assets().map(({ kind, name }) => `${kind} ${name}`);
  }

  get owners(): readonly (string | null)[] {
    return this.provider.assets().map(({ owner }) => owner);
  }

  of(kind: string): readonly TraceRecord[] {
    return this.simulation.trace.records.filter((record) => record.kind === kind);
  }

  /** How the takeovers of a firewall went. */
  steps(node: string): readonly unknown[] {
    return this.of('takeover')
      .filter(({ subject }) => subject === node)
      .map(({ data }) => data['step']);
  }

  /** Calls of a firewall that do more than read. */
  changes(node: string): readonly unknown[] {
    return this.of('api-call')
      .filter(({ subject }) => subject === node)
      .map(({ data }) => data['action'])
      .filter((action) => !String(action).startsWith('Describe'));
  }
}
