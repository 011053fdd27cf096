/** HA2 keep-alive beyond the rules: who sends, what it costs, and how it lives through power, dataplane and carrier. */

import { describe, expect, test } from 'vitest';
import { run } from '../../../src/run/run.ts';
import { libraryScenario } from '../../helpers/library.ts';
import { buildPair, lay, runPair, us, type PairPart } from '../../helpers/pair.ts';

const on = {
  ha: { 'state-synchronization': { 'ha2-keep-alive': { enabled: true, threshold: '5s' } } },
} satisfies PairPart;
const onlyAt = (device: string): PairPart => ({ devices: { [device]: { 'high-availability': on.ha } } });

/** The keep-alive's verdicts of one device, as `seconds step`. */
function verdicts(part: PairPart, device: string): string[] {
  return runPair({ until: '60s', ...part })
    .records('ha2', device)
    .map(({ atUs, data }) => `${Math.floor(atUs / 1e6)} ${data.step}`);
}

describe('firewall: HA2 keep-alive', () => {
  test('firewall: keep-alive on one side only: that side sends and judges, the other just answers (D24)', () => {
    const part = { ...onlyAt('palo-1'), timeline: [{ at: '10.5s', blackhole: { link: 'ha2' } }] };
    expect(verdicts({ ...onlyAt('palo-1') }, 'palo-1')).toEqual([]);
    expect(verdicts(part, 'palo-1')).toEqual(['15 failed']);
    expect(verdicts(part, 'palo-2')).toEqual([]);
  });

  test('firewall: keep-alive in active/active with split-datapath: what is done about it is noted, and no role changes', () => {
    const scenario = libraryScenario('active-active/dhcp-relay.yaml');
    for (const { 'high-availability': ha } of Object.values(scenario.devices)) {
      const keepAlive = { enabled: true, action: 'split-datapath' as const, threshold: us('5s') };
      ha['state-synchronization']['ha2-keep-alive'] = keepAlive;
    }
    const value = { link: 'ha2', direction: 'both' } as const;
    const timeline = [{ atUs: us('10s'), entry: 0, action: 'blackhole' as const, value }];
    const result = run({ ...scenario, timeline });
    const told = result.records.filter(({ kind }) => kind === 'ha2');
    expect(told.map(({ subject }) => subject).toSorted()).toEqual(['palo-1', 'palo-2']);
    for (const { data } of told) {
      expect(data).toEqual({ link: 'ha2', step: 'failed', action: 'split-datapath', carriedBy: null });
    }
    expect(result.final.map(({ role }) => role)).toEqual(['active-primary', 'active-secondary']);
  });

  test('firewall: keep-alive: one direction blackholed is silence as well', () => {
    const timeline = [{ at: '10.5s', blackhole: { link: 'ha2', direction: { from: 'palo-2:ethernet1/3' } } }];
    expect(verdicts({ ...onlyAt('palo-1'), timeline }, 'palo-1')).toEqual(['15 failed']);
  });

  test('firewall: keep-alive failure: follows from the fault; the recovery from the failure; the log line from it', () => {
    const timeline = [{ at: '10.5s', blackhole: { link: 'ha2' }, for: '10s' }];
    const pair = runPair({ ...on, timeline, until: '30s' });
    const [failed, recovered] = pair.records('ha2', 'palo-1');
    expect(failed?.cause).toBe(pair.records('fault')[0]?.id);
    expect(recovered?.cause).toBe(failed?.id);
    expect(pair.records('log', 'palo-1').map(({ cause, data }) => [cause, data.text])).toEqual([
      [failed?.id, 'HA Group 1: HA2 keep-alive down'],
      [recovered?.id, 'HA Group 1: HA2 keep-alive up'],
    ]);
  });

  test('firewall: keep-alive and the peer’s power: silence while it boots, recovered when it is back', () => {
    const timeline = [{ at: '10.5s', 'power-off': 'palo-2', for: '10s' }];
    const part = { ...onlyAt('palo-1'), timeline, unpublished: { 'boot-time': '20s' } };
    expect(verdicts(part, 'palo-1')).toEqual(['15 failed', '41 recovered']);
  });

  test('firewall: keep-alive at a dataplane that crashes: none is sent or judged until it works again', () => {
    const part = {
      ...on,
      timeline: [{ at: '10.5s', 'dataplane-crash': 'palo-2' }],
      unpublished: { 'dataplane-restart-time': '20s' },
    };
    expect(verdicts(part, 'palo-2')).toEqual([]);
    expect(verdicts(part, 'palo-1')).toEqual(['15 failed', '31 recovered']);
  });

  test('firewall: keep-alive: HA2 and its backup fail: synchronization is off until the first of them returns', () => {
    const part = lay(on, {
      ha: { interface: { 'ha2-backup': { port: 'ethernet1/4' } } },
      network: { links: { 'ha2-backup': { between: ['palo-1:ethernet1/4', 'palo-2:ethernet1/4'] } } },
    });
    const timeline = [
      { at: '10.5s', blackhole: { link: 'ha2' }, for: '30s' },
      { at: '20.5s', blackhole: { link: 'ha2-backup' }, for: '10s' },
    ];
    const pair = runPair({ ...part, timeline, until: '60s' });
    expect(pair.records('ha2', 'palo-1').map(({ data }) => [data.link, data.step, data.carriedBy])).toEqual([
      ['ha2', 'failed', 'ha2-backup'],
      ['ha2-backup', 'failed', null],
      ['ha2-backup', 'recovered', 'ha2-backup'],
      ['ha2', 'recovered', 'ha2'],
    ]);
  });

  test('firewall: ha2-recovery-sync bulk: HA2 has its carrier back: the peer gets what it lacks, keep-alive or not', () => {
    const steady = { arrivals: { constant: '10/s' }, 'holding-time': 'forever' };
    const workloads = { steady: { from: 'client', to: 'server', protocol: 'tcp', port: 443, ...steady } };
    const copies = (unpublished: Record<string, unknown>): number[] => {
      const timeline = [{ at: '5050ms', 'link-down': 'ha2', for: '5s' }];
      const pair = buildPair({ workloads, unpublished, timeline });
      pair.runTo('20050ms');
      return pair.firewalls.map(({ table }) => table.size);
    };
    expect(copies({})).toEqual([200, 149]);
    expect(copies({ 'ha2-recovery-sync': 'bulk' })).toEqual([200, 199]);
  });

  test('firewall: only the passive has keep-alive on, and ha2-recovery-sync is bulk: it asks for what it lacks', () => {
    const timeline = [{ at: '10.5s', blackhole: { link: 'ha2' }, for: '10s' }];
    const unpublished = { 'ha2-recovery-sync': 'bulk' };
    const pair = runPair({ ...onlyAt('palo-2'), timeline, unpublished, until: '60s' });
    const steps = pair.records('session-sync').map(({ subject, atUs, data }) => [subject, atUs, data.step]);
    expect(steps).toEqual([
      ['palo-2', expect.closeTo(us('21s'), -3), 'requested'],
      ['palo-2', expect.closeTo(us('51s'), -3), 'complete'],
    ]);
    expect(pair.story('palo-2')).toBe('passive');
  });
});
