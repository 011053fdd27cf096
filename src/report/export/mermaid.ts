/**
 * A run as a Mermaid sequence diagram, for a ticket or a pull request: what happened around the failovers, in at most 60 lines between
 * the two firewalls, the network, users and a cloud's API.
 *
 * Of a run with more to tell, what matters most is kept: what was done to the pair and changes of role, then what led to them, then
 * announcements, then the rest (`RANKS`); of equals those nearest to the first fault. What is left out is told in a note.
 *
 * Syntax: https://mermaid.js.org/syntax/sequenceDiagram.html. A directive (`%%{…}%%`) is one wherever it stands, also in a comment.
 */

import { formatDuration } from '../../kernel/time.ts';
import type { RecordKind } from '../../run/record.ts';
import type { RunResult } from '../../run/result.ts';
import { lanesOf } from '../lanes/lanes.ts';
import type { LaneModel } from '../lanes/model.ts';
import { timelineRows, type Row } from '../rows.ts';
import { counted } from '../table.ts';
import { heals } from '../tones.ts';
import type { Exporter } from './exporter.ts';

/** Lines of the diagram between its participants. */
export const MOST_LINES = 60;

export const mermaid: Exporter = { extension: 'mmd', binary: false, packets: true, render };

/** A line of the diagram. */
interface Entry {
  readonly atUs: number;
  /** 0 is kept first. */
  readonly rank: number;
  readonly line: string;
}

/** Participants by the letter that stands for them. */
const AROUND = { N: 'network', U: 'users', C: 'cloud API' } as const;

function* render(result: RunResult): Generator<string> {
  const [first = 'first', second = 'second'] = result.devices.map(({ name }) => name);
  const lanes = lanesOf(result);
  // Stable: what happened in one instant stays in the order in which it did.
  const all = [...rowEntries(result), ...helloEntries(lanes), ...lostEntries(lanes)].toSorted(
    (a, b) => a.atUs - b.atUs,
  );
  const kept = keep(all, lanes.focusUs);
  const used = Object.entries(AROUND).filter(([letter]) =>
    kept.some(({ line }) => new RegExp(`\\b${letter}\\b`).test(endsOf(line))),
  );
  const of = `seed ${result.seed}, digest ${result.digests.protocol}; simulated by hasim ${result.version}`;
  yield `%% ${escaped(result.scenario.name)}, ${of}\n`;
  yield 'sequenceDiagram\n';
  yield `  participant A as ${escaped(first)}\n`;
  yield `  participant B as ${escaped(second)}\n`;
  for (const [letter, name] of used) yield `  participant ${letter} as ${name}\n`;
  for (const { line } of kept) yield `  ${line}\n`;
  const left = leftOut(all.length - kept.length, lanes);
  if (left !== null) yield `  Note over A,B: ${escaped(left)}\n`;
}

/** What stands in front of a line's text: its participants. */
function endsOf(line: string): string {
  return line.slice(0, line.indexOf(':'));
}

/** The lines that matter most, in order of time. */
function keep(entries: readonly Entry[], focusUs: number): readonly Entry[] {
  if (entries.length <= MOST_LINES) return entries;
  const ranked = entries
    .map((entry, index) => ({ entry, index }))
    .toSorted(
      (a, b) =>
        a.entry.rank - b.entry.rank ||
        Math.abs(a.entry.atUs - focusUs) - Math.abs(b.entry.atUs - focusUs) ||
        a.index - b.index,
    );
  const chosen = new Set(ranked.slice(0, MOST_LINES).map(({ index }) => index));
  return entries.filter((_, index) => chosen.has(index));
}

/** Heartbeats and session sync go by without a line of their own. */
function leftOut(lines: number, { messages }: LaneModel): string | null {
  const arrived = (is: (kind: LaneModel['messages']['kinds'][number]) => boolean): number =>
    messages.kind.filter((kind, at) => is(messages.kinds[kind]!) && messages.arrivedUs[at]! >= 0).length;
  const answered = arrived(({ name }) => name === 'heartbeat-reply');
  const synchronized = arrived((kind) => kind.class === 'session-sync');
  const parts = [
    ...(answered > 0 ? [counted(answered, 'heartbeat') + ' answered'] : []),
    ...(synchronized > 0 ? [counted(synchronized, 'message') + ' of session sync'] : []),
    ...(lines > 0 ? [counted(lines, 'line') + ' that matter less'] : []),
  ];
  return parts.length === 0 ? null : `not shown: ${parts.join(', ')}`;
}

// --- records -----------------------------------------------------------------------------------------------------------------

const RANKS: Readonly<Partial<Record<RecordKind, number>>> = {
  fault: 0,
  operator: 0,
  role: 0,
  power: 1,
  dataplane: 1,
  restored: 1,
  'control-path': 1,
  monitor: 1,
  takeover: 1,
  timer: 2,
  peer: 2,
  garp: 2,
  'api-call': 2,
  address: 2,
  asset: 3,
  sessions: 3,
  link: 3,
  path: 3,
  ha2: 2,
  ha3: 2,
  'session-sync': 3,
  'configuration-sync': 3,
};

function rowEntries(result: RunResult): Entry[] {
  const names = result.devices.map(({ name }) => name);
  return timelineRows(result.records, result.devices).map((row) => ({
    atUs: row.timeUs,
    rank: RANKS[row.kind] ?? 4,
    line: rowLine(row, names),
  }));
}

function rowLine(row: Row, names: readonly string[]): string {
  const { kind, subject, timeUs, record } = row;
  const step = record.data['step'];
  const who = names.indexOf(subject) === 0 ? 'A' : names.indexOf(subject) === 1 ? 'B' : 'N';
  const peer = who === 'A' ? 'B' : 'A';
  // The timeline sets a reason off by two blanks, of which a diagram would show one.
  const said = row.text.replace('  ', ': ');
  const text = who === 'N' ? `${subject}: ${said}` : said;
  const told = `: ${clock(timeUs)} ${escaped(text)}`;
  switch (kind) {
    case 'fault': {
      const word = heals(String(record.data['action'])) ? 'repair' : 'fault';
      return `Note over A,B: ${clock(timeUs)} ${word}, ${escaped(row.text)}`;
    }
    case 'operator':
      return `Note over A,B: ${clock(timeUs)} operator, ${escaped(row.text)}`;
    case 'garp':
      return `${who}->>N${told}`;
    case 'restored':
      return who === 'N' ? `Note over N${told}` : `${who}->>U${told}`;
    case 'api-call':
      return `${who}${record.data['error'] === undefined ? '->>' : '-x'}C${told}`;
    case 'session-sync':
      if (who !== 'N' && step === 'requested') return `${who}->>${peer}${told}`;
      return who !== 'N' && step === 'complete' ? `${peer}->>${who}${told}` : `Note over ${who}${told}`;
    case 'configuration-sync':
      return who !== 'N' && step === 'started' ? `${who}->>${peer}${told}` : `Note over ${who}${told}`;
    default:
      return `Note over ${who}${told}`;
  }
}

// --- messages ----------------------------------------------------------------------------------------------------------------

const LETTERS = ['A', 'B'];

/** Hellos that say something else than the one before them from the same firewall. */
function helloEntries({ messages }: LaneModel): Entry[] {
  const said: (string | undefined)[] = [undefined, undefined];
  return messages.sentUs.flatMap((sentUs, at): Entry[] => {
    if (messages.kinds[messages.kind[at]!]?.name !== 'hello') return [];
    const from = messages.from[at]!;
    const text = messages.texts[messages.text[at]!] ?? '';
    if (said[from] === text) return [];
    const isFirst = said[from] === undefined;
    said[from] = text;
    const arrow = messages.arrivedUs[at]! >= 0 ? '->>' : '-x';
    const line = `${LETTERS[from]}${arrow}${LETTERS[1 - from]}: ${clock(sentUs)} hello, ${escaped(text)}`;
    return [{ atUs: sentUs, rank: isFirst ? 3 : 1, line }];
  });
}

const NAMES: Readonly<Record<string, string>> = {
  'heartbeat-reply': 'heartbeat reply',
  'ha2-keep-alive': 'HA2 keep-alive',
  'ha2-keep-alive-reply': 'HA2 keep-alive reply',
};

const PLURALS: Readonly<Record<string, string>> = {
  'heartbeat reply': 'heartbeat replies',
  'HA2 keep-alive reply': 'HA2 keep-alive replies',
};

/** Heartbeats and keep-alives that were lost one after another on a path, as one line. */
function lostEntries({ messages }: LaneModel): Entry[] {
  const entries: Entry[] = [];
  const running = new Map<
    string,
    { atUs: number; toUs: number; count: number; from: number; name: string; path: string }
  >();
  const end = (key: string): void => {
    const run = running.get(key);
    if (run === undefined) return;
    running.delete(key);
    const { atUs, toUs, count, from, name, path } = run;
    const more = `lost on ${path}${count === 1 ? '' : ` in ${formatDuration(toUs - atUs)}`}`;
    const line = `${LETTERS[from]}-x${LETTERS[1 - from]}: ${clock(atUs)} ${escaped(`${counted(count, name, PLURALS[name])} ${more}`)}`;
    entries.push({ atUs, rank: 2, line });
  };
  for (const [at, sentUs] of messages.sentUs.entries()) {
    const kind = messages.kinds[messages.kind[at]!];
    if (kind?.class !== 'heartbeat' && kind?.class !== 'keep-alive') continue;
    const from = messages.from[at]!;
    const path = messages.paths[messages.path[at]!] ?? '';
    const key = `${kind.name} ${from} ${path}`;
    const run = running.get(key);
    if (messages.arrivedUs[at]! >= 0) end(key);
    else if (run === undefined)
      running.set(key, {
        atUs: sentUs,
        toUs: sentUs,
        count: 1,
        from,
        name: NAMES[kind.name] ?? kind.name,
        path,
      });
    else Object.assign(run, { toUs: sentUs, count: run.count + 1 });
  }
  for (const key of running.keys()) end(key);
  return entries;
}

// --- text --------------------------------------------------------------------------------------------------------------------

/** `20.551s`. */
function clock(us: number): string {
  return `${(us / 1e6).toFixed(3)}s`;
}

/** What Mermaid reads as something else, as entity codes; and its word `end`, which is safe in brackets. */
const CODES: Readonly<Record<string, string>> = {
  '#': '#35;',
  ';': '#59;',
  '%': '#37;',
  '<': '#lt;',
  '>': '#gt;',
  '&': '#amp;',
  '"': '#quot;',
  $: '#36;',
  '`': '#96;',
  '{': '#123;',
  '}': '#125;',
};

/** A text that no diagram takes for anything but text. */
export function escaped(text: string): string {
  return plain(text)
    .replace(/[#;%<>&"`{}$]/g, (character) => CODES[character] ?? '')
    .replace(/\bend\b/gi, '($&)');
}

/** On one line, without what is not seen. */
function plain(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim() || '–';
}
