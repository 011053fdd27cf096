/**
 * `hasim explain FILE --event N`: runs a scenario again and tells what led to one record of its timeline.
 */

import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';

export const explain: Command = {
  name: 'explain',
  operands: 'FILE --event N',
  files: 'one',
  describe: 'Tell what led to one event of a run, cause by cause',
  examples: [
    ['hasim explain walkthrough.yaml --event 18', 'Number 18 of its timeline'],
    ['hasim explain walkthrough.yaml --event 18 --seed 7', 'Of the run with that seed'],
  ],
  options: {
    event: { type: 'text', value: 'N', describe: 'A number of the timeline that hasim run prints' },
    seed: { type: 'text', value: 'TEXT', describe: "Seed of the random streams, instead of the scenario's" },
    until: { type: 'text', value: 'DURATION', describe: "Length of the run, instead of the scenario's" },
  },

  async execute(given, context) {
    const event = eventNumber(given.texts['event']);
    const { explainFile } = await import('../explain-file.ts');
    return explainFile(given, event, context);
  },
};

function eventNumber(text: string | undefined): number {
  const expected = 'expected a number of the timeline, such as 18';
  if (text === undefined)
    throw new UsageError('--event', `${expected}, got nothing`, 'hasim run FILE shows the timeline.');
  const digits = text.replace(/^#/, '');
  if (/^[1-9]\d{0,14}$/.test(digits)) return Number(digits);
  throw new UsageError('--event', `${expected}, got ${text}`);
}
