import { describe, expect, it } from 'vitest';
import { failoverLines } from '../../../src/report/failovers.ts';
import { probeLines } from '../../../src/report/probes.ts';
import { sessionLines } from '../../../src/report/sessions.ts';
import { settingsLines } from '../../../src/report/settings.ts';
import { PLAIN } from '../../../src/report/style.ts';
import { widthOf } from '../../../src/report/table.ts';
import { verdictLines } from '../../../src/report/verdicts.ts';
import { BROKEN, HELD, page, result } from '../../helpers/result.ts';

describe('settingsLines', () => {
  it('a pair: what differs side by side, the rest once', () => {
    expect(page(settingsLines(result(), PLAIN, 110))).toMatchInlineSnapshot(`
      "
      Settings
                              palo-1                              palo-2
        device-priority       100                                 110
        interfaces            ethernet1/1 untrust 203.0.113.2/24  none
                              ethernet1/2 trust 10.0.0.1/24
        pair        PA-3400 · active-passive · group-id 1 · preemptive no · passive-link-state auto
        HA links    ha1 management · ha1-backup none · heartbeat-backup no · ha2 ethernet1/3 · ha2-backup none ·
                    state-synchronization yes
        timers      heartbeat-interval 1s · hello-interval 8s · promotion-hold-time 2s · preemption-hold-time 1min ·
                    monitor-fail-hold-up-time 0s · additional-master-hold-up-time 500ms ·
                    monitor-fail-hold-down-time 1min · flap-max 3
        monitoring  links uplink: any of ethernet1/1 · paths none
      "
    `);
  });
});

describe('failoverLines', () => {
  it('a failover: its parts to scale, their sum, and its sessions', () => {
    expect(page(failoverLines(result(), PLAIN, 110))).toMatchInlineSnapshot(`
      "
      Failovers
        1  failover palo-1 → palo-2  at 20.551: Peer is non-functional (rule T14)
           from #3 interface-down palo-1:ethernet1/1 to #13 palo-2 active
           detection      50ms  ███                                            link-down-detection 50 ms
           hold          500ms    █████████████████████████████                additional-master-hold-up-time 500 ms
           promotion       1ms                                █                latency of link ha1 1 ms
           port          200ms                                ████████████     port-bring-up-auto 200 ms
           announcement     0s
           learning         0s
           restoration    49ms                                            ███  the next packet of a user
           total         800ms                                                 20.000 to 20.800
           sessions     42 carried over; lost: 3 in-flight; 2 made anew
      "
    `);
  });

  it('traffic that never passed again: no restoration and no total', () => {
    const [failover] = result().failovers;
    const parts = failover!.parts.map((part) =>
      part.part === 'restoration' ? { ...part, us: null, setBy: [] } : part,
    );
    const never = {
      ...failover!,
      restoredUs: null,
      restoredBy: null,
      restorationUs: null,
      totalUs: null,
      parts,
    };
    const lines = failoverLines(result({ failovers: [never] }), PLAIN, 110);
    expect(lines.find((line) => line.includes('restoration'))).toMatch(
      /restoration +never +traffic never passed again$/,
    );
    expect(lines.find((line) => line.includes('total'))).toMatch(/total +never whole$/);
  });

  it('more settings than fit beside the bar: they go on below', () => {
    const [failover] = result().failovers;
    const setBy = ['a', 'b', 'c', 'd'].map((name) => ({
      setting: `latency of link ${name.repeat(20)}`,
      value: '1 ms',
    }));
    const parts = failover!.parts.map((part) => (part.part === 'promotion' ? { ...part, setBy } : part));
    const lines = failoverLines(result({ failovers: [{ ...failover!, parts }] }), PLAIN, 110);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(110);
    const from = lines.findIndex((line) => line.includes('promotion'));
    const beside = lines.slice(from, from + 4).map((line) => line.slice(line.indexOf('latency')));
    expect(beside).toEqual(setBy.map(({ setting }, index) => `${setting} 1 ms${index < 3 ? ',' : ''}`));
  });

  it('a bar: its parts fill the line between them', () => {
    const bars = failoverLines(result(), PLAIN, 110).flatMap(
      (line) => /[█▏][█▏ ]*/.exec(line)?.[0].trim() ?? [],
    );
    const full = bars.join('').length;
    expect(full).toBeGreaterThan(45);
    expect(full).toBeLessThan(60);
  });

  it('two actives at once: when, and how long', () => {
    const dualActive = [{ fromUs: 25_000_000, toUs: 50_500_000 }];
    const lines = failoverLines(result({ dualActive }), PLAIN, 110);
    expect(lines.at(-1)).toBe('  ‼ both active from 25.000 to 50.500, 25.5s');
  });

  it('hundreds of failovers: the first ones, and how many more', () => {
    const [failover] = result().failovers;
    const lines = failoverLines(
      result({ failovers: Array.from({ length: 300 }, () => failover!) }),
      PLAIN,
      110,
    );
    expect(lines.at(-1)).toBe('  … and 250 more failovers');
  });

  it('no failover: says so', () => {
    expect(failoverLines(result({ failovers: [] }), PLAIN, 110)).toEqual(['Failovers', '  none']);
  });
});

describe('probeLines', () => {
  it('a ping: its counts and its outages, each with its failover', () => {
    expect(page(probeLines(result(), PLAIN, 110))).toMatchInlineSnapshot(`
      "
      What the pings saw
        probe              every  sent  received  lost  gap  loss÷rate
        ping   round trip  200ms   150       145     4   1s      800ms
        ping: first packet 802ms after the first lost one, 1 under way at the end
          20.000  to 20.800  800ms  4 lost  failover 1
      "
    `);
  });

  it('a DHCP probe among the pings: they are probes', () => {
    const [ping] = result().probes;
    const probes = [ping!, { ...ping!, name: 'dhcp', type: 'dhcp' as const }];
    expect(probeLines(result({ probes }), PLAIN, 110)[0]).toBe('What the probes saw');
  });

  it('an outage to the end of the run: says so', () => {
    const [ping] = result().probes;
    const probes = [{ ...ping!, outages: [{ fromUs: 25_000_000, toUs: 30_000_000, lost: 25 }] }];
    expect(probeLines(result({ probes }), PLAIN, 110).at(-1)).toBe('    25.000  to the end  5s  25 lost');
  });
});

describe('sessionLines', () => {
  it('workloads: every box, every cause of loss, and the balance', () => {
    expect(page(sessionLines(result(), PLAIN, 110))).toMatchInlineSnapshot(`
      "
      Sessions
        workload  protocol  started  completed  failed  lost  open
        web       tcp         1,050      1,000       1     3    46
        dns       udp            20         20       0     0     0
        all                   1,070      1,020       1     3    46
        The books balance: 1,070 started = 1,020 completed + 1 failed + 3 lost + 46 open
        lost as    sessions  first  last  of
        in-flight         3               web 3
      "
    `);
  });

  it('sessions decrypted, undecrypted, made anew: columns of their own, where there are any', () => {
    const [web, dns] = result().workloads;
    const workloads = [
      { ...web!, decrypted: 40, undecrypted: 7 },
      { ...dns!, recreated: 2 },
    ];
    const titles = (lines: readonly string[]): string => lines[1]!.replaceAll(/ +/g, ' ');
    expect(titles(sessionLines(result(), PLAIN, 110))).toMatch(/lost open$/);
    expect(titles(sessionLines(result({ workloads }), PLAIN, 110))).toMatch(
      /lost open with decryption undecrypted recreated$/,
    );
  });

  it('a session that is in no box: the books do not balance', () => {
    const [web] = result().workloads;
    const lines = sessionLines(result({ workloads: [{ ...web!, open: 45 }] }), PLAIN, 110);
    expect(lines.join('\n')).toContain('The books do not balance: 1,050 started, but');
  });
});

describe('verdictLines', () => {
  it('met and not met: expected, measured, when, and the chain of causes', () => {
    expect(page(verdictLines(result({ verdicts: [HELD, BROKEN] }), PLAIN, 110))).toMatchInlineSnapshot(`
      "
      Expectations
        ✓ palo-2 takes over
            eventually from 20s to 21s palo-2 active; at 20.551
        ✗ failover 1: total < 700ms
            expected  total < 700ms
            measured  total 800ms, at 20.551
            because    #3  20.000          fault   interface-down palo-1:ethernet1/1
                       #4  20.050   +50ms  palo-1  ethernet1/1 loses carrier
                       #5  20.050     +0s  palo-1  link monitoring: failed
                       #6  20.050     +0s  palo-1  waits monitor-fail-hold-up-time 0s +
                                                   additional-master-hold-up-time 500ms
                       #8  20.550  +500ms  palo-1  monitor-fail-hold-up-time has passed
                      #10  20.550     +0s  palo-1  active → non-functional  Link down
                      #12  20.551    +1ms  palo-2  hears that palo-1 is non-functional
                      #13  20.551     +0s  palo-2  passive → active  Peer is non-functional
      "
    `);
  });

  it('the same chain a second time: told once', () => {
    const lines = verdictLines(result({ verdicts: [BROKEN, BROKEN] }), PLAIN, 110);
    expect(lines.at(-1)).toBe('      because   the same as above led to #13');
  });

  it('a trace that was off: the numbers of the causes', () => {
    const lines = verdictLines(result({ verdicts: [BROKEN], records: [], traceLevel: 'off' }), PLAIN, 110);
    expect(lines.find((line) => line.includes('because'))).toContain('#13 ← #12 ← #10 ← #8');
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(110);
  });
});
