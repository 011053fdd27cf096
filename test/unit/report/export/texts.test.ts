import { describe, expect, it, test } from 'vitest';
import { calendarTime, EPOCH_S, panOsTime, rfc3339 } from '../../../../src/report/export/clock.ts';
import { csv } from '../../../../src/report/export/csv.ts';
import { escaped, mermaid, MOST_LINES } from '../../../../src/report/export/mermaid.ts';
import { ndjson } from '../../../../src/report/export/ndjson.ts';
import { syslog } from '../../../../src/report/export/syslog.ts';
import { run } from '../../../../src/run/run.ts';
import { captured } from '../../../helpers/captured.ts';
import { exported } from '../../../helpers/exported.ts';
import { libraryScenario, scenarioNames } from '../../../helpers/library.ts';

const walkthrough = captured('active-passive/walkthrough.yaml');
const DAY_US = 86_400_000_000;

describe('clock', () => {
  it('a run begins at midnight on 1 January 2000', () => {
    expect(rfc3339(0)).toBe('2000-01-01T00:00:00.000000Z');
    expect(EPOCH_S).toBe(Date.UTC(2000, 0, 1) / 1000);
  });

  it.each([0, 58, 59, 60, 365, 366, 367, 1000, 1460, 1461, 3649])(
    'day %i: as the calendar has it',
    (days) => {
      const date = new Date(Date.UTC(2000, 0, 1) + days * 86_400_000);
      const { year, month, day } = calendarTime(days * DAY_US);
      expect([year, month, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
    },
  );

  it('to the microsecond, and as PAN-OS writes it', () => {
    expect(rfc3339(20_550_001)).toBe('2000-01-01T00:00:20.550001Z');
    expect(panOsTime(DAY_US + 3_661_000_000)).toBe('2000/01/02 01:01:01');
  });
});

/** Cells of CSV by the grammar of RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  for (let at = 0; at < text.length;) {
    const row: string[] = [];
    for (;;) {
      const [whole = '', quoted, bare = '', end = ''] =
        /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(text.slice(at, at + 20_000)) ?? [];
      if (whole === '') throw new Error(`no cell at ${at}: ${text.slice(at, at + 40)}`);
      row.push(quoted?.replaceAll('""', '"') ?? bare);
      at += whole.length;
      if (end === '\r\n') break;
    }
    rows.push(row);
  }
  return rows;
}

describe('csv', () => {
  it('a line for every record, which holds what the record holds', () => {
    const [heads, ...rows] = parseCsv(exported(csv, walkthrough));
    expect(heads).toEqual(['id', 'time_s', 'time_us', 'subject', 'kind', 'text', 'cause', 'data']);
    expect(rows).toHaveLength(walkthrough.records.length);
    for (const [index, [id, seconds, us, subject, kind, , cause, data]] of rows.entries()) {
      const record = walkthrough.records[index]!;
      expect([Number(id), Number(us), subject, kind]).toEqual([
        record.id,
        record.timeUs,
        record.subject,
        record.kind,
      ]);
      expect(Math.round(Number(seconds) * 1e6)).toBe(record.timeUs);
      expect(Number(cause)).toBe(record.cause);
      expect(JSON.parse(data ?? '')).toEqual(record.data);
    }
  });

  it('what a spreadsheet would take for a formula is text', () => {
    const records = [{ ...walkthrough.records[0]!, subject: '=HYPERLINK("x")' }];
    expect(exported(csv, { ...walkthrough, records })).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

describe('ndjson', () => {
  it('the run, then every record', () => {
    const [head, ...lines] = exported(ndjson, walkthrough)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(head).toMatchObject({
      type: 'run',
      seed: walkthrough.seed,
      digests: walkthrough.digests,
      replay: 'hasim run x.yaml --seed 1',
    });
    expect(lines.map(({ id, timeUs, data }) => ({ id, timeUs, data }))).toEqual(
      walkthrough.records.map(({ id, timeUs, data }) => ({ id, timeUs, data })),
    );
  });

  it('at trace level full: every executed event too, all in order of time', () => {
    const full = run(libraryScenario('active-passive/walkthrough.yaml'), { traceLevel: 'full' });
    const lines = exported(ndjson, full).trimEnd().split('\n').slice(1);
    const parsed = lines.map((line) => JSON.parse(line) as { type: string; timeUs: number });
    expect(parsed.filter(({ type }) => type === 'event')).toHaveLength(full.events);
    const times = parsed.map(({ timeUs }) => timeUs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('syslog', () => {
  const lines = exported(syslog, walkthrough).trimEnd().split('\n');

  it('every line: RFC 5424 around the 26 fields of a SYSTEM log of subtype ha', () => {
    for (const line of lines) {
      const [, priority, message = ''] =
        /^<(\d+)>1 2000-01-01T00:0\d:\d\d\.\d{6}Z palo-[12] - - - - (.*)$/.exec(line) ?? [];
      const [fields = []] = parseCsv(`${message}\r\n`);
      expect(fields).toHaveLength(26);
      expect(fields.slice(3, 5)).toEqual(['SYSTEM', 'ha']);
      expect(priority).toBe(fields[13] === 'critical' ? '10' : '14');
    }
  });

  it('texts that are public stand as they are, all others are marked', () => {
    const texts = lines.map((line) => /"(.*)"/.exec(line)?.[1] ?? '');
    expect(texts).toContain('HA Group 1: Moved from state Active to state Non-Functional');
    const others = texts.filter((text) => !text.startsWith('HA Group 1: Moved from state'));
    expect(others.length).toBeGreaterThan(3);
    for (const text of others) expect(text.startsWith('[hasim: text not published] ')).toBe(true);
  });

  it('carrier of data interfaces is not subtype ha; what link monitoring makes of it is', () => {
    expect(lines.join('\n')).not.toContain('loses carrier');
    expect(lines.join('\n')).toContain('link monitoring: failed');
  });

  it.each([
    ['two\nlines\u2028of\ttext', 'two lines of text'],
    ['say "ha"', 'say ""ha""'],
    ['€'.repeat(400), '€'.repeat(Math.floor((512 - '[hasim: text not published] '.length) / 3))],
  ])('the description is one line of at most 512 bytes: %#', (text, written) => {
    const record = walkthrough.records.find(({ kind }) => kind === 'log')!;
    const records = [{ ...record, data: { severity: 'critical', text } }];
    const line = exported(syslog, { ...walkthrough, records });
    expect(/general,critical,"(.*)",1,0x0/.exec(line)?.[1]).toBe(`[hasim: text not published] ${written}`);
  });

  it('the numbers of each firewall count up', () => {
    for (const name of ['palo-1', 'palo-2']) {
      const numbers = lines
        .filter((line) => line.includes(`Z ${name} `))
        .map((line) => Number(/",(\d+),0x0/.exec(line)?.[1]));
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
  });
});

/** Lines of a sequence diagram, as Mermaid's documentation has them. */
const GRAMMAR = [
  /^%% .*$/,
  /^sequenceDiagram$/,
  /^ {2}participant [ABNUC] as [^\n;#]*(#\w+;[^\n;#]*)*$/,
  /^ {2}Note over [ABN](,B)?: ([^;#%]|#\w+;)+$/,
  /^ {2}[AB](->>|-x)[ABNUC]: ([^;#%]|#\w+;)+$/,
];

describe('mermaid', () => {
  test.each(scenarioNames())(
    '%s: every line is one of a sequence diagram, and there are no more than fit',
    (name) => {
      const lines = exported(mermaid, captured(name)).trimEnd().split('\n');
      for (const line of lines)
        expect(
          GRAMMAR.some((form) => form.test(line)),
          line,
        ).toBe(true);
      const told = lines.filter((line) => /^ {2}(Note|[AB])/.test(line) && !line.includes('not shown'));
      expect(told.length).toBeLessThanOrEqual(MOST_LINES);
      expect(lines.slice(0, 2).map((line) => line.slice(0, 8))).toEqual([
        '%% ' + lines[0]!.slice(3, 8),
        'sequence',
      ]);
    },
  );

  it('of a run with more than fits: faults and changes of role are there, and what is not is told', () => {
    const long = captured('active-active/tentative-loop.yaml');
    const text = exported(mermaid, long);
    const acts = long.records.filter(({ kind }) => kind === 'fault' || kind === 'operator').length;
    expect(text.match(/Note over A,B: [\d.]+s (fault|repair|operator)/g) ?? []).toHaveLength(
      Math.min(acts, MOST_LINES),
    );
    expect(text).toMatch(/not shown: /);
  });

  it('a name that is a directive of Mermaid, or more than one line: a comment all the same', () => {
    const name = '%%{init: {"theme":"dark"}}%%\nsequenceDiagram';
    const text = exported(mermaid, { ...walkthrough, scenario: { ...walkthrough.scenario, name } });
    expect(text.match(/%%/g)).toHaveLength(1);
    expect(text.split('\n')[1]).toBe('sequenceDiagram');
  });

  it('what one firewall asks of the other is an arrow, and what goes by is counted', () => {
    const text = exported(mermaid, walkthrough);
    expect(text).toContain('A->>B: 5.000s sends its configuration (version 1) to palo-2');
    expect(text).toContain('B->>A: 120.000s asks palo-1 for a bulk session sync');
    expect(text).toContain('A->>B: 150.000s bulk session sync complete: ');
    expect(text).toMatch(/not shown: \d+ heartbeats answered, \d+ messages of session sync/);
  });

  it('a reason is set off from the role', () => {
    expect(exported(mermaid, walkthrough)).toContain('active → non-functional: Link down');
  });

  it('hellos that say something new, and lost heartbeats as one line', () => {
    const text = exported(mermaid, captured('aws/interface-move.yaml'));
    expect(text).toMatch(/B-xA: 31\.\d+s 105 heartbeats lost on HA1 in 3min 28s/);
    expect(text).toContain('B->>C: ');
  });

  it.each([
    ['a;b', 'a#59;b'],
    ['#1', '#35;1'],
    ['the end', 'the (end)'],
    ['two\nlines', 'two lines'],
    ['<b>&"', '#lt;b#gt;#amp;#quot;'],
    ['%%{init}', '#37;#37;#123;init#125;'],
    ['$$x$$', '#36;#36;x#36;#36;'],
    ['\u202e', '–'],
  ])('escaped: %j', (text, safe) => {
    expect(escaped(text)).toBe(safe);
  });
});
