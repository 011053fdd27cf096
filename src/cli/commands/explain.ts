/**
 * `hasim explain FILE`: runs a scenario again and tells why: what led to one record of its timeline or to a failover, why sessions
 * were lost, and why it did not fail over.
 */

import { parseDurationUs } from '../../scenario/schema/units.ts';
import type { Question } from '../answer.ts';
import type { Command, Given } from '../command.ts';
import { RUN_OPTIONS } from './options.ts';
import { UsageError } from '../exit.ts';

/** The options of which at most one is given. */
const QUESTIONS = ['event', 'failover', 'loss', 'why-not'] as const;

export const explain: Command = {
  name: 'explain',
  operands: 'FILE',
  files: 'one',
  describe: 'Tell why: what led to a failover, a lost session or any event, or why it did not fail over',
  examples: [
    ['hasim explain walkthrough.yaml', 'Its failovers, each shortly'],
    ['hasim explain walkthrough.yaml --failover 1', 'One failover, step by step'],
    ['hasim explain walkthrough.yaml --loss', 'Which sessions were lost, and how to ask why'],
    ['hasim explain walkthrough.yaml --loss web/in-flight', 'Why those were, and what would have saved them'],
    ['hasim explain ha1-cut.yaml --why-not', 'What led to a takeover, and what did not and why'],
    ['hasim explain ha1-cut.yaml --why-not 24s', 'Why it had not failed over at that time'],
    ['hasim explain walkthrough.yaml --event 18', 'Number 18 of its timeline, cause by cause'],
    ['hasim explain walkthrough.yaml --event 18 --seed 7', 'Of the run with that seed'],
  ],
  options: {
    failover: {
      type: 'text',
      value: 'N',
      describe: 'The failover with this number, from its beginning to traffic',
    },
    loss: {
      type: 'text',
      value: '[[WORKLOAD/]CAUSE]',
      optional: true,
      describe: 'Why sessions were lost; without a value, which',
    },
    'why-not': {
      type: 'text',
      value: '[TIME]',
      optional: true,
      describe: 'Why no takeover followed from what was done; with a time, from what was in force then',
    },
    event: { type: 'text', value: 'N', describe: 'A number of the timeline that hasim run prints' },
    ...RUN_OPTIONS,
    json: { type: 'flag', describe: 'The answer as JSON' },
  },

  async execute(given, context) {
    const question = questionOf(given);
    const { explainFile } = await import('../explain-file.ts');
    return explainFile(given, question, context);
  },
};

function questionOf({ texts }: Given): Question {
  const [asked, other] = QUESTIONS.filter((name) => texts[name] !== undefined);
  if (other !== undefined) {
    throw new UsageError('explain', `expected one question, got --${asked} and --${other}`);
  }
  if (asked === undefined) return { kind: 'failovers' };
  const text = texts[asked] ?? '';
  switch (asked) {
    case 'event':
      return { kind: 'event', id: numberOf('--event', 'a number of the timeline, such as 18', text) };
    case 'failover':
      return {
        kind: 'failover',
        ordinal: numberOf('--failover', 'the number of a failover, such as 1', text),
      };
    case 'loss':
      return text === '' ? { kind: 'losses' } : lossOf(text);
    case 'why-not':
      return { kind: 'why-not', atUs: text === '' ? null : timeOf(text) };
  }
}

function numberOf(option: string, expected: string, text: string): number {
  const digits = text.replace(/^#/, '');
  if (/^[1-9]\d{0,14}$/.test(digits)) return Number(digits);
  throw new UsageError(option, `expected ${expected}, got ${text}`);
}

/** `CAUSE`, or `WORKLOAD/CAUSE`; the name of a workload has no slash. */
function lossOf(text: string): Question {
  const slash = text.indexOf('/');
  const cause = text.slice(slash + 1);
  return { kind: 'loss', of: { workload: slash === -1 ? null : text.slice(0, slash), cause }, text };
}

function timeOf(text: string): number {
  const atUs = parseDurationUs(text);
  if (atUs !== null) return atUs;
  throw new UsageError('--why-not', `expected a time such as 200ms, 3s or 1min, got ${text}`);
}
