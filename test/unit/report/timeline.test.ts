import { describe, expect, it } from 'vitest';
import { PLAIN, type Styler } from '../../../src/report/style.ts';
import { widthOf } from '../../../src/report/table.ts';
import { timelineLines } from '../../../src/report/timeline.ts';
import { page, record, result } from '../../helpers/result.ts';

describe('timelineLines', () => {
  it('a failover: a column for each firewall, faults across, numbers, causes and roles', () => {
    expect(page(timelineLines(result(), PLAIN, 110))).toMatchInlineSnapshot(`
      "
      Timeline   ┃ active   │ passive   ╳ non-functional

           time/s  palo-1                                        palo-2                                        cause
       #1   0.000  ┃ starts as active  Won the election
       #2          ┃                                             │ starts as passive  Peer is active
                   ┃                                             │
       #3  20.000  ▼ fault     interface-down palo-1:ethernet1/1 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
       #4  20.050  ┃ ethernet1/1 loses carrier                   │                                             ←  #3
       #5          ┃ link monitoring: failed                     │                                             ←  #4
       #6          ┃ waits monitor-fail-hold-up-time 0s +        │                                             ←  #5
                   ┃   additional-master-hold-up-time 500ms      │
      #10  20.550  ╳ active → non-functional  Link down          │                                             ←  #6
      #12  20.551  ╳                                             │ hears that palo-1 is non-functional         ← #10
      #13          ╳                                             ┃ passive → active  Peer is non-functional    ← #12
      #14          ╳                                             ┃ sessions: 42 carried over; lost: 3          ← #13
                   ╳                                             ┃   in-flight; 2 made anew
      #15          ╳                                             ┃ gratuitous ARP: 2 now, 2 more at 1s         ← #13
                   ╳                                             ┃   (ethernet1/1, ethernet1/2)
      #16  20.751  ╳                                             ┃ forwards on ethernet1/1, ethernet1/2        ← #13
      #18  20.800  ╳                                             ┃ the first answer passes: traffic is back    ← #13
      "
    `);
  });

  it.each([72, 80, 100, 110])('%d columns: no line is wider', (width) => {
    expect(Math.max(...timelineLines(result(), PLAIN, width).map(widthOf))).toBeLessThanOrEqual(width);
  });

  it('the trace was off: says so', () => {
    const lines = timelineLines(result({ traceLevel: 'off', records: [] }), PLAIN, 110);
    expect(lines).toEqual(['Timeline', '  not kept: the trace is off']);
  });

  it('more rows than the limit: the rest is counted', () => {
    const lines = timelineLines(result(), PLAIN, 110, 3);
    expect(lines.at(-1)).toBe('  … and 10 more rows; --json holds them all');
  });

  it('a firewall without power: has no line in its column', () => {
    const records = [
      record(1, 0, 'palo-1', 'role', { from: null, to: 'active', reason: 'Won', rule: 'converged' }),
      record(2, 0, 'palo-2', 'role', { from: null, to: 'passive', reason: 'Peer', rule: 'converged' }),
      record(3, 1_000, 'palo-1', 'power', { state: 'off' }),
    ];
    const last = timelineLines(result({ records }), PLAIN, 110).at(-1);
    expect(last).toMatch(/^#3 {3}1\.000 {4}power is off +│$/);
  });

  it('repair, fault, operator: told apart', () => {
    const act = (id: number, kind: 'fault' | 'operator', action: string) =>
      record(id, id, 'palo-1', kind, { action, text: action });
    const records = [
      act(1, 'fault', 'target-unreachable'),
      act(2, 'fault', 'target-reachable'),
      act(3, 'fault', 'impair-end'),
      act(4, 'operator', 'suspend'),
    ];
    const words = timelineLines(result({ records }), PLAIN, 110).filter((line) => line.startsWith('#'));
    expect(words.map((line) => line.split(/ +/)[3])).toEqual(['fault', 'repair', 'repair', 'operator']);
  });

  it('styles: change nothing but the look', () => {
    const mark = (text: string): string => `«${text}»`;
    const marked = Object.fromEntries(Object.keys(PLAIN).map((name) => [name, mark])) as unknown as Styler;
    const strip = (line: string): string => line.replace(/[«»]/g, '').trimEnd();
    expect(timelineLines(result(), marked, 110).map(strip)).toEqual(timelineLines(result(), PLAIN, 110));
  });
});
