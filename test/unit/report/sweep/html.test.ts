/** The page of a sweep: one file that asks for nothing, holds no script whatever anything is called, and is the same every time. */

import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderSweepPage } from '../../../../src/report/sweep/html.ts';
import type { SweepResult } from '../../../../src/sweep/result.ts';
import { HEARTBEATS, LOSSES, sweepResult } from '../../../helpers/sweep-result.ts';

/** The page, and what a browser would see. */
async function page(result: SweepResult) {
  const text = await renderSweepPage(result);
  // How lines are broken is nothing that a reader sees.
  return { text: text.replace(/\s+/g, ' '), document: parseHTML(text).document };
}

const textOf = (nodes: Iterable<{ textContent: string | null }>): string[] =>
  Array.from(nodes, ({ textContent }) => textContent ?? '');

describe('a grid of two', () => {
  let one: Awaited<ReturnType<typeof page>>;
  beforeAll(async () => {
    one = await page(
      sweepResult({
        axes: [HEARTBEATS, LOSSES],
        runsPerSetting: 200,
        endless: (setting) => (setting === 4 ? 0.05 : 0),
        result: {
          failed: 2,
          failures: [{ kind: 'killed', message: 'died', replay: 'hasim run x --seed 7' }],
        },
      }),
    );
  });

  test('page: the head: what was run', () => {
    expect(one.document.querySelector('h1')?.textContent).toBe('Power loss of the active');
    expect(textOf(one.document.querySelectorAll('.facts dd'))).toEqual([
      'pair.yaml', '25', '1..200', '5,000', '0f1e2d3c4b5a6978', '0.1.0',
    ]); // prettier-ignore
    expect(one.text).toContain('devices.palo-1.high-availability.heartbeat-interval');
  });

  test('page: a metric: strips, curves, two maps and effects, each drawn and with words for who does not see it', () => {
    const panel = one.document.querySelector('#panel0');
    const pictures = [...(panel?.querySelectorAll('svg[role=img]') ?? [])];

    expect(textOf(panel?.querySelectorAll('h3') ?? [])).toEqual([
      'Under every setting',
      'Where the time goes',
      'Share of runs with at most so much',
      'heartbeat-interval and loss',
      'What each setting changes',
    ]);
    expect(pictures).toHaveLength(6);
    const words = pictures.map((picture) => picture.getAttribute('aria-label') ?? '');
    expect(words.filter((text) => text.includes('failover'))).toHaveLength(5);
    expect(words[1]).toMatch(/^heartbeat-interval \S+ · loss \S+: detection /);
  });

  test('page: a table behind the pictures: every setting with its intervals, and the endless', () => {
    const rows = [...one.document.querySelectorAll('#panel0 details:first-of-type tbody tr')];
    const fifth = textOf(rows[4]?.querySelectorAll('td') ?? []);

    expect(rows).toHaveLength(25);
    expect(fifth.slice(0, 3)).toEqual(['1s', '8%', '200']);
    expect(fifth).toContain('never');
    expect(fifth).toContain('10');
  });

  test('page: a map: a cell for each pair of values, with its figure written in it', () => {
    const cells = textOf(one.document.querySelectorAll('#panel0 .pair > div:first-of-type svg text'));

    expect(cells).toEqual(expect.arrayContaining(['1.48', '5.08', '8.68']));
  });

  test('page: a choice of metrics: one button for each panel, the first chosen', () => {
    const buttons = [...one.document.querySelectorAll('input[name=metric]')];

    // False failovers were never seen: there is nothing to draw.
    expect(textOf(one.document.querySelectorAll('nav label'))).toEqual([
      'failover',
      'detection',
      'availability',
    ]);
    expect(buttons.map((button) => button.hasAttribute('checked'))).toEqual(buttons.map((_, at) => at === 0));
    expect(one.document.querySelectorAll('section.panel')).toHaveLength(buttons.length);
  });

  test('page: failures: each with its replay line, and how many more', () => {
    expect(one.text).toContain('hasim run x --seed 7');
    expect(one.text).toContain('… and 1 more.');
  });

  test('page: nothing from elsewhere: no address, no script, and a policy that forbids both', () => {
    expect(one.text).not.toMatch(/(src|href)=|url\((?!#fill-)|@import|<script|<link/);
    expect(one.text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
});

describe('one axis', () => {
  /** The picture along it, in the panel of the first metric. */
  async function along(result: SweepResult) {
    const { document } = await page(result);
    const heads = [...document.querySelectorAll('#panel0 h3')];
    const head = heads.find(({ textContent }) => textContent?.startsWith('Along '));
    return head?.nextElementSibling?.querySelector('svg') ?? null;
  }

  test('page: of numbers: the median and the p99 along it, a mark for each value', async () => {
    const picture = await along(sweepResult({ axes: [HEARTBEATS] }));

    expect(picture?.getAttribute('aria-label')).toBe(
      'Median and p99 of failover along heartbeat-interval; the table below has the figures',
    );
    expect(picture?.querySelectorAll('circle, [aria-label=dot] path')).toHaveLength(10);
    expect(textOf(picture?.querySelectorAll('[aria-label="x-axis tick label"] text') ?? [])).toContain('1s');
    expect(picture?.textContent).not.toContain('never');
  });

  test('page: of numbers, and runs without end under one of its values: told there', async () => {
    const picture = await along(sweepResult({ axes: [HEARTBEATS], endless: (at) => (at === 2 ? 0.05 : 0) }));

    expect(picture?.textContent?.match(/never/g)).toHaveLength(1);
  });

  test.each([
    ['of words', [['timers', ['recommended', 'aggressive', 'advanced']]]],
    ['of two values', [['loss', ['0%', '1%']]]],
    ['beside another', [HEARTBEATS, LOSSES]],
  ] as const)('page: %s: no line', async (_, axes) => {
    expect(await along(sweepResult({ axes }))).toBeNull();
  });
});

test('page: the same sweep: the same bytes', async () => {
  const result = sweepResult({ axes: [HEARTBEATS, LOSSES], runsPerSetting: 50 });

  expect(await renderSweepPage(result)).toBe(await renderSweepPage(structuredClone(result)));
});

test('page: hostile names: text, and nothing but text', async () => {
  const evil =
    '</title></style><script>alert(1)</script><img src=x onerror=alert(1)>"\' onload="x" &amp;\u202e\u0000';
  const { document, text } = await page(
    sweepResult({
      axes: [[evil, [evil, '1s']], ['b', ['<svg/onload=alert(1)>', 'x']]],
      metrics: [[evil, 'us'], ['failover', 'us']],
      runsPerSetting: 20,
      result: {
        scenario: { name: evil, file: evil },
        seeds: evil,
        failed: 1,
        failures: [{ kind: 'mistake', message: evil, replay: evil }],
      },
    }),
  ); // prettier-ignore

  expect(document.querySelectorAll('script, img, iframe, link, a, foreignObject')).toHaveLength(0);
  const attributes = [...document.querySelectorAll('*')].flatMap((node) =>
    [...node.attributes].map(({ name }) => name),
  );
  expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
  expect(text).not.toMatch(/<script|<img|<svg\/|\u202e|(?!\s)\p{Cc}/u);
});

test.each([
  ['no setting but the seed', { axes: [], runsPerSetting: 100 }],
  ['no runs', { axes: [], runsPerSetting: 0 }],
  ['one run', { axes: [HEARTBEATS], runsPerSetting: 1 }],
  ['runs without end alone', { axes: [HEARTBEATS], runsPerSetting: 10, endless: () => 1 }],
  ['five axes', { axes: [HEARTBEATS, ['b', ['1', '2']], ['c', ['x', 'y']], ['d', ['x']], ['e', ['p', 'q']]] as const, runsPerSetting: 5 }],
  ['no metrics', { axes: [HEARTBEATS], metrics: [] }],
] as const)('page: %s: drawn without a figure that is none', async (_, parts) => {
  const { text, document } = await page(sweepResult(parts));

  expect(document.querySelector('h1')?.textContent).toBe('Power loss of the active');
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
}); // prettier-ignore

test('page: a thousand settings: below two megabytes, and it says what it leaves out', async () => {
  const values = Array.from({ length: 1_000 }, (_, index) => `${index + 1}ms`);
  const metrics = Array.from({ length: 20 }, (_, index) => [`metric ${index}`, 'us'] as const);
  const { text } = await page(sweepResult({ axes: [['delay', values]], metrics, runsPerSetting: 50 }));

  expect(text.length).toBeLessThan(2_000_000);
  expect(text).toContain('960 settings between them are not drawn');
  expect(text).toContain('800 settings between them are left out');
  expect(text).toContain('beyond the first 6 metrics');
});

test('page: a Latin hypercube: points where the settings lie', async () => {
  const base = sweepResult({ axes: [HEARTBEATS, LOSSES], runsPerSetting: 50 });
  const settings = base.settings.filter(({ index }) => index % 6 === 0);
  const { document } = await page({ ...base, sample: settings.length, settings });

  expect(document.querySelectorAll('#panel0 .pair svg circle')).toHaveLength(2 * settings.length);
});

test('page: another metric first: its panel is the one shown', async () => {
  const text = await renderSweepPage(sweepResult({ runsPerSetting: 20 }), { metric: 'availability' });

  expect(text).toMatch(/id="m0"[^>]*aria-label="availability"|id="m0" checked[^>]*availability/);
});
