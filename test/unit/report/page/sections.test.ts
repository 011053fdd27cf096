import { describe, expect, it, test } from 'vitest';
import type { RunResult } from '../../../../src/run/result.ts';
import { perCell, strips } from '../../../../src/report/page/strip.ts';
import { captured } from '../../../helpers/captured.ts';
import { reportPage, textsOf } from '../../../helpers/report-page.ts';
import { BROKEN, HELD, result } from '../../../helpers/result.ts';

const S = 1_000_000;
const failover = result().failovers[0]!;

/** Rows of the tables of a section, each as its cells. */
function rowsOf(run: RunResult, section: string): string[][] {
  const { document } = reportPage([run]);
  return [...document.querySelectorAll(`#${section} tbody tr, #${section} tfoot tr`)].map((row) =>
    textsOf(row.querySelectorAll('th, td')),
  );
}

describe('the head', () => {
  const head = (run: RunResult) => reportPage([run]).document.querySelector('header')!;
  const told = (run: RunResult, selector: string): string[] => textsOf(head(run).querySelectorAll(selector));

  it('the figures that everybody asks for first', () => {
    expect(told(result(), '.figures div')).toEqual([
      'interruption 800ms failover, palo-1 → palo-2',
      'sessions lost 3 of 1,070 started',
      'probes lost 4 of 150; longest gap 1s',
      'pair available 97.500 % of 30s',
    ]);
  });

  it('traffic that never passed again and two actives: marked, and in words', () => {
    const run = result({
      failovers: [{ ...failover, totalUs: null, restoredUs: null }],
      dualActive: [{ fromUs: 20 * S, toUs: 25 * S }],
    });
    expect(told(run, '.figures .bad')).toEqual([
      'interruption not ended failover, palo-1 → palo-2',
      'both active 5s in 1 stretch',
    ]);
    expect(told(run, '.story')[0]).toContain('traffic never passed again');
  });

  it('all met; or which are not, with what was measured', () => {
    expect(told(result(), '.verdict')).toEqual(['✓ the expectation is met']);
    const broken = result({ verdicts: [HELD, BROKEN], passed: false });
    expect(told(broken, '.verdict')).toEqual(['✗ 1 of 2 expectations not met']);
    expect(told(broken, 'ul.unmet li')).toEqual([
      'failover 1: total < 700ms: expected total < 700ms, measured total 800ms, #13',
    ]);
    expect(told(result({ verdicts: [], passed: true }), '.verdict')).toEqual([
      'nothing was expected of this run',
    ]);
    expect(told(result({ end: 'interrupted' }), '.verdict')).toEqual(['1 of 1 expectation met so far']);
  });

  it('what repeats it', () => {
    expect(told(result(), '.replay')).toEqual(['hasim run uplink.yaml --seed 7']);
    expect(told(result({ digests: { protocol: 'aa', full: 'bb' } }), '.facts dd')).toEqual([
      'uplink.yaml', '7', '30s', '12,345', 'aa', 'bb', '0.1.0',
    ]); // prettier-ignore
  });
});

describe('where the time went', () => {
  it('each part that took time, with what it is set by, and the sum', () => {
    expect(rowsOf(result(), 'time')).toEqual([
      ['detection', '50ms', 'link-down-detection 50 ms'],
      ['hold', '500ms', 'additional-master-hold-up-time 500 ms of palo-1'],
      ['promotion', '1ms', 'latency of link ha1 1 ms'],
      ['port', '200ms', 'port-bring-up-auto 200 ms'],
      ['restoration', '49ms', 'the next packet of a user'],
      ['total', '800ms', '20.000 to 20.800 s'],
    ]);
  });

  it('the picture: the parts end where the sum says, the probe beside them', () => {
    const { document } = reportPage([result()]);
    const picture = document.querySelector('#time .bars')!;
    expect(picture.getAttribute('aria-label')).toContain('hold 500ms');
    expect(textsOf(picture.querySelectorAll('.piece title'))).toEqual([
      'detection 50ms (link-down-detection 50 ms)',
      'hold 500ms (additional-master-hold-up-time 500 ms of palo-1)',
      'promotion 1ms (latency of link ha1 1 ms)',
      'port 200ms (port-bring-up-auto 200 ms)',
      'restoration 49ms (the next packet of a user)',
      'ping: answered; a cell is one probe (200ms)',
      '4 lost from 20.000 to 20.800 s',
    ]);
    const boxes = [...picture.querySelectorAll('.piece rect')].map((box) => ({
      width: Number(box.getAttribute('width')),
      end: Number(box.getAttribute('x')) + Number(box.getAttribute('width')),
    }));
    expect(boxes[1]!.width / boxes[3]!.width).toBeCloseTo(500 / 200, 1);
    expect(boxes[4]!.end).toBeCloseTo(boxes[6]!.end, 0); // 800 ms of either
  });

  it('what never ended: so in the picture, the table and the key', () => {
    const endless = new Set(['port', 'announcement', 'learning', 'restoration']);
    const parts = failover.parts.map((part) =>
      endless.has(part.part) ? { ...part, us: null, setBy: [] } : part,
    );
    const run = result({ failovers: [{ ...failover, parts, totalUs: null, restoredUs: null }] });
    const { document } = reportPage([run]);
    expect(textsOf(document.querySelectorAll('#time .piece.never title'))).toContain(
      'traffic never passed again',
    );
    expect(textsOf(document.querySelectorAll('#time .key li'))).toContain('never ended');
    expect(rowsOf(run, 'time').slice(-3)).toEqual([
      ['port', 'never', 'traffic never passed again'],
      ['announcement, learning, restoration', 'never', 'traffic never passed again'],
      ['total', 'never whole', ''],
    ]);
  });

  it('outages without a failover: the strip of the whole run', () => {
    const { document } = reportPage([result({ failovers: [] })]);
    expect(textsOf(document.querySelectorAll('#time .piece.lost title'))).toEqual([
      '4 lost from 20.000 to 20.800 s',
    ]);
  });

  it('hundreds of failovers: the first twenty are drawn, and the others counted', () => {
    const { document } = reportPage([result({ failovers: Array.from({ length: 300 }, () => failover) })]);
    expect(document.querySelectorAll('#time .bars')).toHaveLength(20);
    expect(textsOf(document.querySelectorAll('#time .soft')).join()).toContain('280 more failovers');
  });
});

describe('the strip of a probe', () => {
  test.each([
    [200_000, 1 * S, 1],
    [10_000, 1 * S, 1],
    [1_000, 1 * S, 10],
    [1_000, 60 * S, 1_000],
  ])('one every %i us, over %i us: a cell is %i probes', (intervalUs, lengthUs, probes) => {
    expect(perCell(intervalUs, lengthUs)).toBe(probes);
  });

  it('is cut where probes were sent, and leaves out what is elsewhere', () => {
    const probe = {
      ...result().probes[0]!,
      outages: [
        { fromUs: 5 * S, toUs: 6 * S, lost: 5 },
        { fromUs: 20_100_000, toUs: 20_500_000, lost: 2 },
      ],
    };
    const [bar] = strips(probe, { zeroUs: 20 * S, fromUs: -S, toUs: S });
    expect(bar?.pieces.map(({ fill, fromUs, toUs }) => [fill, fromUs, toUs])).toEqual([
      ['well', -S, S],
      ['lost', 100_000, 500_000],
    ]);
    expect(bar?.cells).toEqual({ atUs: 100_000, everyUs: 200_000 });
  });

  it('a stream both ways has a strip for each', () => {
    const run = captured('active-passive/three-probes.yaml');
    const span = { zeroUs: 20 * S, fromUs: -S, toUs: 6 * S };
    const bars = run.probes.flatMap((probe) => strips(probe, span));
    expect(bars.map(({ label }) => label)).toEqual([
      'ping',
      'udp (forward)',
      'udp (reverse)',
      'curl',
      'keep',
    ]);
    expect(bars.map(({ pieces }) => pieces.length - 1)).toEqual([1, 1, 1, 1, 0]);
  });
});

describe('what was lost', () => {
  it('the books: by workload, by protocol, and all; and the sum that is checked', () => {
    expect(rowsOf(result(), 'lost').slice(0, 5)).toEqual([
      ['web', 'web', 'tcp', '1,050', '1,000', '1', '3', '46'],
      ['dns', 'dns', 'udp', '20', '20', '0', '0', '0'],
      ['all', '', 'tcp', '1,050', '1,000', '1', '3', '46'],
      ['all', '', 'udp', '20', '20', '0', '0', '0'],
      ['all', '', '', '1,070', '1,020', '1', '3', '46'],
    ]);
    const { document } = reportPage([result()]);
    expect(document.querySelector('#lost')?.textContent).toContain('The books balance');
  });

  it('books that do not balance are told as such', () => {
    const [web] = result().workloads;
    const { document } = reportPage([result({ workloads: [{ ...web!, open: 45 }] })]);
    expect(textsOf(document.querySelectorAll('#lost .notice'))).toEqual([
      'The books do not balance: 1,050 started, but 1,000 completed + 1 failed + 3 lost + 45 open = 1,049.',
    ]);
  });

  test.each(['active-passive/application-mix.yaml', 'active-active/walkthrough.yaml'])(
    '%s: each lost session is told with its cause',
    (name) => {
      const run = captured(name);
      const lost = run.workloads.flatMap((books) => Object.values(books.lost)).reduce((a, b) => a + b, 0);
      const { document } = reportPage([run]);
      const table = [...document.querySelectorAll('#lost table')].find(
        (one) => one.querySelector('th')?.textContent === 'cause',
      );
      const counts = [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) =>
        Number(row.querySelectorAll('td')[1]?.textContent),
      );
      expect(counts.reduce((a, b) => a + b, 0)).toBe(lost);
      expect(lost).toBeGreaterThan(0);
    },
  );

  it('active/active: what crossed HA3', () => {
    const { document } = reportPage([captured('active-active/walkthrough.yaml')]);
    expect(textsOf(document.querySelectorAll('#lost h3'))).toContain('HA3 packet forwarding');
    expect(textsOf(document.querySelectorAll('#lost p')).join()).toMatch(/\d crossed it once/);
  });
});

describe('availability and the data path', () => {
  it('of the pair and of each direction', () => {
    expect(rowsOf(result(), 'availability').slice(0, 3)).toEqual([
      ['pair', '97.500 %', '29.25s', '750ms'],
      ['trust → untrust', '97.500 %', '29.25s', '750ms'],
      ['untrust → trust', '100.000 %', '30s', '0s'],
    ]);
  });

  it('in AWS: who was active beside who had the interfaces, and the calls', () => {
    const run = captured('aws/interface-move.yaml');
    const rows = rowsOf(run, 'cloud');
    const calls = rows.filter(([name]) => run.cloud?.calls.some(({ action }) => action === name));
    expect(calls).toHaveLength(run.cloud!.calls.length);
    expect(rows[0]?.slice(3)).toEqual(['palo-1', 'palo-1']);
    const { document } = reportPage([run]);
    expect(document.querySelector('#cloud')?.textContent).toContain('Active without the whole data path');
  });
});

describe('expectations and settings', () => {
  it('each with what was expected and measured, and the records behind it; what one run cannot answer, too', () => {
    const run = result({ verdicts: [HELD, BROKEN], unjudged: [{ index: 2, name: 'share of runs' }] });
    expect(rowsOf(run, 'expected')).toEqual([
      ['✓ met', 'palo-2 takes over', HELD.expected, 'palo-2 active', '20.551 s', ''],
      [
        '✗ not met', 'failover 1: total < 700ms', 'total < 700ms', 'total 800ms', '20.551 s',
        '#13 ← #12 ← #10 ← #8 ← #6 ← #5 ← #4 ← #3',
      ],
      ['– not judged', 'share of runs', 'about runs with many seeds: hasim test --seeds 1..300', '', '', ''],
    ]); // prettier-ignore
  });

  it('assumptions with their defaults, and which were changed', () => {
    const assumptions: RunResult['assumptions'] = [
      { name: 'port-bring-up-auto', value: '300ms', default: '200ms', changed: true, range: '0s to 10s', note: 'From up to forwarding', source: '14.A' },
    ]; // prettier-ignore
    expect(rowsOf(result({ assumptions }), 'assumptions')).toEqual([
      [
        'port-bring-up-auto',
        '300ms (changed)',
        '200ms',
        '0s to 10s',
        'From up to forwarding',
        'section 14.A',
      ],
    ]);
  });

  it('the files as they were read, with the numbers of their lines', () => {
    const { document } = reportPage([result()]);
    const files = [...document.querySelectorAll('#settings pre.file')].map(({ textContent }) => textContent);
    expect(files).toEqual(['until: 1min\n', '1  name: x\n2  until: 1min']);
  });
});
