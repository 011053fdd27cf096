import { describe, expect, test } from 'vitest';
import { TakeoverBench, UNAUTHORIZED } from '../../helpers/takeover-bench.ts';

const statesOf = (bench: TakeoverBench, name: string): readonly string[] =>
  bench.life(name).map((step) => step.split(' ')[1] as string);

describe('interface-move: how long it takes', () => {
  test('interface-move: medians of section 7.1: 9.4 s each with its polls, and one bind at the end', () => {
    const bench = new TakeoverBench().takeOver().run();

    // Two describes; a detach of 4 s in all, seen 0.5 s later; an attach of 2.9 s, seen 0.8 s later; 1.2 s in the guest.
    expect(bench.life('outside-1')).toEqual([
      '1.1 detaching',
      '4.6 available',
      '5.8 attaching',
      '8 attached',
      '11.5 usable',
    ]);
    expect(bench.end).toMatchObject({ at: expect.closeTo(0.6 + 2 * 9.4 + 1.5), step: 'complete' });
  });

  test('interface-move: serial: the next one is detached when the guest sees this one, while PAN-OS binds it', () => {
    const bench = new TakeoverBench().takeOver().run();

    expect(bench.when('inside-1', 'detaching')).toBeCloseTo(bench.when('outside-1', 'usable') - 1.5 + 0.5);
  });

  test('interface-move: parallel: all at once, in the time of one', () => {
    const bench = new TakeoverBench({ plugin: { concurrency: 'parallel' } }).takeOver().run();

    expect(bench.life('inside-1')).toEqual(bench.life('outside-1'));
    expect(bench.end.at).toBeCloseTo(0.6 + 9.4 + 1.5);
  });

  test('interface-move: an operation that is over exactly at a poll: seen by that poll', () => {
    const bench = new TakeoverBench({ latencies: { detach: 3, attach: 2 } }).takeOver().run();

    expect(bench.end.at).toBeCloseTo(0.6 + 2 * (0.5 + 3 + 0.7 + 2 + 1.2) + 1.5);
  });

  test('interface-move: another poll period: its grid', () => {
    const bench = new TakeoverBench({ plugin: { pollUs: 5_000_000 } }).takeOver().run();

    expect(bench.end.at).toBeCloseTo(0.6 + 2 * (0.5 + 5 + 0.7 + 5 + 1.2) + 1.5);
  });

  test('interface-move: the mood of the region: multiplies what AWS does and not what the guest does', () => {
    const never = { detach: 0, attach: 0, describe: 0, 'detach-call': 0, 'attach-call': 1 } as const;
    const bench = new TakeoverBench({ latencies: never, settings: { moodSigma: 1 } }).takeOver().run();

    const [first = 0] = bench.returned('AttachNetworkInterface', 'outside-1');
    const [second = 0] = bench.returned('AttachNetworkInterface', 'inside-1');
    expect(first).not.toBeCloseTo(1, 2);
    expect(second - first).toBeCloseTo(1.2 + first);
    expect(bench.end.at - second).toBeCloseTo(1.2 + 1.5);
  });
});

describe('interface-move: what the guest makes of it', () => {
  test('interface-move: the VPC hears that packets pass when PAN-OS has bound it, and not before', () => {
    const bench = new TakeoverBench().takeOver();

    bench.run(11.4);
    expect(new Set(bench.heard)).toEqual(new Set(['outside-1 not usable', 'inside-1 not usable']));
    bench.run();
    expect(bench.heard.filter((line) => !line.includes('not'))).toEqual([
      'outside-1 usable',
      'inside-1 usable',
    ]);
  });

  test('interface-move: DPDK on at the new active: attached, never usable; the takeover fails and says why', () => {
    const bench = new TakeoverBench({
      vpc: ({ instances: [first, second] }) => ({
        instances: [first!, { ...second!, firewall: { dpdk: true, dnsServer: null } }],
      }),
    });

    bench.takeOver().run();

    expect(statesOf(bench, 'outside-1').at(-1)).toBe('unusable');
    expect(bench.end).toMatchObject({ step: 'failed', moved: 0, reason: expect.stringContaining('DPDK') });
    expect(bench.heard.filter((line) => !line.includes('not'))).toEqual([]);
  });

  test('interface-move: DPDK on at the old active only: no matter', () => {
    const bench = new TakeoverBench({
      vpc: ({ instances: [first, second] }) => ({
        instances: [{ ...first!, firewall: { dpdk: true, dnsServer: null } }, second!],
      }),
    });

    expect(bench.takeOver().run().end.step).toBe('complete');
  });

  test('interface-move: a guest that sees a share of what is plugged in: about that share fails', () => {
    const ends = Array.from({ length: 200 }, (_, seed) => {
      const plugin = { hotplugFailure: 0.3, concurrency: 'parallel' as const };
      return new TakeoverBench({ seed: String(seed), plugin }).takeOver().run().end;
    });

    const moved = ends.reduce((sum, end) => sum + (end.moved ?? 0), 0);
    expect(moved / 400).toBeGreaterThan(0.62);
    expect(moved / 400).toBeLessThan(0.78);
    expect(ends.filter(({ step }) => step === 'failed').every(({ moved: some = 0 }) => some < 2)).toBe(true);
  });
});

describe('interface-move: what goes wrong', () => {
  const refused = (action: string, target: string) => (_node: string, of: string, about: string) =>
    of === action && about === target ? UNAUTHORIZED : null;

  test('interface-move: one that cannot be attached, serial: those behind it stay with the peer', () => {
    const bench = new TakeoverBench({ refused: refused('AttachNetworkInterface', 'outside-1') });

    bench.takeOver().run();

    expect(bench.owners()).toEqual(['outside-1 nobody', 'inside-1 palo-1']);
  });

  test('interface-move: one that cannot be attached, parallel: the other arrives, and the takeover fails when it has', () => {
    const bench = new TakeoverBench({
      plugin: { concurrency: 'parallel' },
      refused: refused('AttachNetworkInterface', 'outside-1'),
    });

    bench.takeOver().run();

    expect(bench.owners()).toEqual(['outside-1 nobody', 'inside-1 palo-2']);
    expect(bench.end).toMatchObject({ at: expect.closeTo(11.5), step: 'failed', moved: 1 });
  });

  test('interface-move: what there is cannot be read: failed at once, and nothing is touched', () => {
    const bench = new TakeoverBench({ refused: refused('DescribeNetworkInterfaces', 'palo-1') });

    bench.takeOver().run();

    expect(bench.changes()).toEqual([]);
    expect(bench.end).toMatchObject({
      at: expect.closeTo(0.6),
      step: 'failed',
      reason: 'DescribeNetworkInterfaces of palo-1: UnauthorizedOperation',
    });
  });

  test('interface-move: an index that is taken at the new active: attached nowhere (C-033)', () => {
    const bench = new TakeoverBench({
      vpc: ({ instances: [first, second] }) => ({
        instances: [first!, { ...second!, networkInterfaces: ['mgmt-2', 'ha-2', 'outside-2', 'inside-2'] }],
      }),
    });

    bench.takeOver().run();

    expect(bench.changes()).toEqual([
      'DetachNetworkInterface outside-1',
      'AttachNetworkInterface outside-1 InvalidParameterValue',
    ]);
    expect(bench.end.step).toBe('failed');
  });

  test('interface-move: more network interfaces than the instance type takes: AttachmentLimitExceeded', () => {
    const bench = new TakeoverBench({
      vpc: ({ instances: [first, second] }) => ({ instances: [first!, { ...second!, type: 'c5.large' }] }),
    });

    bench.takeOver().run();

    expect(bench.end.reason).toBe('AttachNetworkInterface of inside-1: AttachmentLimitExceeded');
    expect(bench.owners()).toEqual(['outside-1 palo-2', 'inside-1 nobody']);
  });

  test('interface-move: begun again after the permission was given: only what is missing is moved', () => {
    let allowed = false;
    const bench = new TakeoverBench({
      refused: (_node, action) => (action === 'AttachNetworkInterface' && !allowed ? UNAUTHORIZED : null),
    });
    bench.takeOver().run(100);
    const before = bench.changes().length;
    allowed = true;

    bench.takeOver().run();

    expect(bench.changes().slice(before)).toEqual([
      'AttachNetworkInterface outside-1',
      'DetachNetworkInterface inside-1',
      'AttachNetworkInterface inside-1',
    ]);
    expect(bench.end).toMatchObject({ step: 'complete', moved: 2 });
  });

  test('interface-move: the peer pulls it away while PAN-OS binds it: that takeover fails, the peer has it', () => {
    const bench = new TakeoverBench({ plugin: { concurrency: 'parallel' } }).takeOver();
    bench.run(9); // Attached at 8 s, bound at 11.5 s.

    bench.takeOver('palo-1').run();

    const ended = bench.of('takeover').filter(({ data }) => data.step !== 'begun');
    expect(ended.map(({ subject, data }) => `${subject} ${data.step}`)).toEqual([
      'palo-2 failed',
      'palo-1 complete',
    ]);
    expect(ended[0]?.data.reason).toBe('outside-1 was taken away again');
    expect(bench.owners()).toEqual(['outside-1 palo-1', 'inside-1 palo-1']);
    expect(
      bench.of('asset').filter(({ subject, data }) => subject === 'palo-2' && data.state === 'usable'),
    ).toEqual([]);
  });

  test('interface-move: nobody has one, and the peer attaches it first: InUse, and it stays with the peer', () => {
    const bench = new TakeoverBench();
    bench.inventory.detach('outside-1');
    bench.inventory.detached('outside-1');
    bench.takeOver();
    bench.run(1);
    bench.inventory.attach('outside-1', 'palo-1', 2);
    bench.inventory.attached('outside-1');

    bench.run();

    expect(bench.end.reason).toBe('AttachNetworkInterface of outside-1: InvalidNetworkInterface.InUse');
    expect(bench.owners()).toContain('outside-1 palo-1');
  });

  test('interface-move: the instance is terminated while EC2 detaches from it: available at once, and attached', () => {
    const bench = new TakeoverBench().takeOver().run(2);

    bench.provider.terminate('palo-1');
    bench.run();

    expect(statesOf(bench, 'outside-1')).toEqual(['detaching', 'attaching', 'attached', 'usable']);
    expect(bench.owners()).toEqual(['outside-1 palo-2', 'inside-1 palo-2']);
    expect(bench.end.step).toBe('complete');
  });
});

describe('interface-move: the ownership check', () => {
  const checked = () => new TakeoverBench({ plugin: { ownershipCheckUs: 30_000_000 } });

  test('ownership check: the peer has pulled everything away: the active takes it back at the next look (C-071)', () => {
    const bench = checked();
    bench.provider.watch('palo-1');
    bench.takeOver('palo-2').run(25);
    bench.provider.abandon('palo-2');
    expect(bench.owners()).toEqual(['outside-1 palo-2', 'inside-1 palo-2']);

    bench.run(100);

    const begun = bench
      .of('takeover')
      .filter(({ subject, data }) => subject === 'palo-1' && data.step === 'begun');
    expect(begun.map(({ timeUs }) => timeUs)).toEqual([30_000_000]);
    expect(bench.owners()).toEqual(['outside-1 palo-1', 'inside-1 palo-1']);
  });

  test('ownership check: it has everything, or is not active any more: no takeover', () => {
    const bench = checked();
    bench.provider.watch('palo-1');
    bench.run(100);
    bench.provider.abandon('palo-1');
    bench.takeOver('palo-2').run(140);
    bench.provider.abandon('palo-2');
    bench.run(1_000);

    expect(bench.of('takeover').filter(({ subject }) => subject === 'palo-1')).toEqual([]);
  });

  test('ownership check: a takeover that failed: tried again once in every period, however often it was begun', () => {
    const bench = new TakeoverBench({
      plugin: { ownershipCheckUs: 30_000_000 },
      refused: (_node, action) => (action === 'DetachNetworkInterface' ? UNAUTHORIZED : null),
    });
    bench.takeOver().takeOver().run(100);

    const begun = bench.of('takeover').filter(({ data }) => data.step === 'begun');
    expect(begun.map(({ timeUs }) => timeUs / 1e6)).toEqual([0, 0, 30, 60, 90]);
  });
});
