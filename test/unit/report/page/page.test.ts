import { describe, expect, it, test } from 'vitest';
import { html } from '../../../../src/report/html/markup.ts';
import type { RunResult } from '../../../../src/run/result.ts';
import { captured } from '../../../helpers/captured.ts';
import { reportPage, textsOf, unbalanced } from '../../../helpers/report-page.ts';
import { BROKEN, HELD, record, result } from '../../../helpers/result.ts';

const WALKTHROUGHS = [
  'active-passive/walkthrough.yaml',
  'active-active/walkthrough.yaml',
  'aws/interface-move.yaml',
] as const;

const NOTHING: Partial<RunResult> = {
  records: [],
  failovers: [],
  probes: [],
  workloads: [],
  verdicts: [],
  assumptions: [],
};

describe('the page as a whole', () => {
  test.each(WALKTHROUGHS)('%s: well-formed, and the same again', (name) => {
    const { text } = reportPage([captured(name)]);
    expect(unbalanced(text)).toEqual([]);
    expect(reportPage([captured(name)]).text).toBe(text);
  });

  it('asks for nothing: the policy forbids it, and nothing has an address elsewhere or a handler of its own', () => {
    const { text, document } = reportPage([captured(WALKTHROUGHS[0])]);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
    expect(policy?.getAttribute('content')).toContain("default-src 'none'");
    expect(document.querySelectorAll('[src], link, iframe, img, object, embed')).toHaveLength(0);
    const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
    expect(links.filter((href) => !href.startsWith('#'))).toEqual([]);
    expect(text).not.toMatch(/\son[a-z]+="/);
  });

  test.each(WALKTHROUGHS)(
    '%s: for who hears it: landmarks, levels, names of pictures, heads of tables',
    (name) => {
      const { document } = reportPage([captured(name)]);
      const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) =>
        Number(tagName[1]),
      );
      const leaps = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(leaps).toEqual([]);
      for (const landmark of ['main', 'header', 'nav[aria-label]', 'footer', 'a.skip']) {
        expect(document.querySelectorAll(landmark), landmark).toHaveLength(1);
      }
      const pictures = [...document.querySelectorAll('svg:not([aria-hidden])')];
      expect(pictures.length).toBeGreaterThan(2);
      for (const picture of pictures) {
        expect(picture.getAttribute('role')).toBe('img');
        expect(picture.getAttribute('aria-label')).not.toBe('');
      }
      for (const heading of document.querySelectorAll('th')) {
        expect(['col', 'row']).toContain(heading.getAttribute('scope'));
      }
    },
  );

  it('the contents lead to every section, and every place on the page is there once', () => {
    const { document } = reportPage([captured('aws/interface-move.yaml')]);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const entries = [...document.querySelectorAll('nav.contents a')];
    expect(textsOf(entries)).toEqual([
      'Lanes',
      'Where the time went',
      'What was lost',
      'Availability',
      'Data path and API',
      'Expectations',
      'Settings',
      'Assumptions',
    ]);
    for (const entry of entries) expect(ids).toContain(entry.getAttribute('href')?.slice(1));
  });

  it('a row of the timeline leads to its record', () => {
    const run = captured('active-passive/walkthrough.yaml');
    const { document } = reportPage([run]);
    const rows = [...document.querySelectorAll('#lanes tr[data-record]')];
    const ids = rows.map((row) => Number(row.getAttribute('data-record')));
    expect(ids.every((id) => run.records.some((one) => one.id === id))).toBe(true);
    expect(rows.every((row) => row.getAttribute('tabindex') === '0')).toBe(true);
    expect(textsOf(document.querySelectorAll('#lanes summary'))).toEqual([
      `The timeline as a table, ${rows.length} rows`,
    ]);
  });

  it('a timeline of thousands of rows: the first 2,000, and how many more there are', () => {
    const records = Array.from({ length: 2_500 }, (_, index) =>
      record(index + 1, index, 'palo-1', 'fault', { action: 'link-down', text: `link-down ${index}` }),
    );
    const { document } = reportPage([result({ records })]);
    expect(document.querySelectorAll('#lanes tbody tr')).toHaveLength(2_000);
    expect(textsOf(document.querySelectorAll('#lanes .soft')).join(' ')).toContain('500 more rows');
  });

  it('a run in which nothing was: every section says so in a line', () => {
    const { document, text } = reportPage([result(NOTHING)]);
    const told = textsOf(document.querySelectorAll('section p.soft'));
    expect(told).toContain('There was no failover.');
    expect(told).toContain('Nothing was expected of this run.');
    expect(told).toContain(
      'The scenario has neither workloads nor probes, so nobody was there to lose anything.',
    );
    expect(document.querySelector('#cloud')).toBeNull();
    expect(unbalanced(text)).toEqual([]);
  });
});

describe('hostile names', () => {
  const evil = `</title></script><script>alert(1)</script><img src=x onerror=alert(1)>"'&\u202e`;
  const hostile = result({
    scenario: { name: evil, file: evil, description: evil, source: evil, deliberate: [evil] },
    seed: evil,
    verdicts: [{ ...BROKEN, name: evil, expected: evil, measured: evil }],
    unjudged: [{ index: 3, name: evil }],
    probes: [{ ...result().probes[0]!, name: evil }],
    workloads: [{ ...result().workloads[0]!, name: evil, application: evil }],
    incidents: [{ title: 'HA link issue', device: evil, link: evil, raisedUs: 1, clearedUs: null }],
    failovers: [{ ...result().failovers[0]!, from: evil, to: evil, trigger: evil, reason: evil }],
  });
  const { text, document, views } = reportPage([hostile], {
    run: { replay: evil, settings: evil, sources: [{ file: evil, text: evil }] },
    script: 'const own = "</script><!-- <script>";',
  });

  it('stay text: no element and no script of theirs, and no mark that turns reading around', () => {
    expect(unbalanced(text)).toEqual([]);
    expect(document.querySelectorAll('img')).toHaveLength(0);
    expect(document.querySelectorAll('script')).toHaveLength(2);
    expect(document.querySelector('h1')?.textContent).toContain('<script>alert(1)</script>');
    const outside = text.slice(0, text.indexOf('<script type="application/json"'));
    expect(outside).not.toContain('\u202e');
    expect(outside).not.toContain('<script');
  });

  it('reach the viewer as they are', () => {
    const data = document.querySelector('#hasim-view')?.textContent ?? '';
    expect(data).not.toContain('<');
    expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify({ runs: views })));
  });

  it('the viewer cannot end its own element', () => {
    expect(text.match(/<\/script>/g)).toHaveLength(2);
    expect(text).not.toContain('<!--');
  });
});

describe('two runs', () => {
  const other = result({ scenario: { ...result().scenario, name: 'Another' }, verdicts: [HELD] });
  const extra = html`<section id="compared" aria-label="What moved"><h1>What moved</h1></section>`;
  const { text, document } = reportPage([result(), other], { extra });

  it('what moved comes first, then each run under its letter', () => {
    expect(unbalanced(text)).toEqual([]);
    expect(document.querySelectorAll('h1')).toHaveLength(1);
    expect(document.querySelector('header h1')?.textContent).toBe('What moved');
    expect(textsOf(document.querySelectorAll('nav.contents a'))[0]).toBe('What moved');
    expect(textsOf(document.querySelectorAll('.panel-run h2'))).toEqual(['A: An uplink fails', 'B: Another']);
  });

  it('rows of the second lead to its own records', () => {
    const rows = [...document.querySelectorAll('#time tr[data-record]')];
    expect(new Set(rows.map((row) => row.getAttribute('data-run')))).toEqual(new Set(['0', '1']));
    expect(document.querySelectorAll('a[href^="#b-r"]').length).toBeGreaterThan(0);
  });
});
