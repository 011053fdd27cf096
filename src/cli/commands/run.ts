/**
 * `hasim run FILE…`: runs scenarios and reports what happened. A bad file does not keep the others from being run.
 */

import type { Command } from '../command.ts';
import { RUN_OPTIONS } from './options.ts';

export const run: Command = {
  name: 'run',
  operands: 'FILE…',
  files: 'some',
  describe: 'Run scenarios and report what happened, why, and what it cost',
  examples: [
    ['hasim run walkthrough.yaml', 'The whole report'],
    ['hasim run walkthrough.yaml --seed 7 --until 30s', 'Other luck, and only the beginning'],
    ['hasim run walkthrough.yaml --set heartbeat-interval=2s', 'With one setting changed'],
    ['hasim run *.yaml --quiet', 'Only what is not as expected'],
    ['hasim run walkthrough.yaml --json | jq .failovers', 'For programs'],
    ['cat walkthrough.yaml | hasim run -', 'From standard input'],
  ],
  options: {
    ...RUN_OPTIONS,
    trace: {
      type: 'text',
      value: 'LEVEL',
      describe: 'How much is kept',
      choices: ['off', 'protocol', 'full'],
    },
    json: { type: 'flag', describe: 'The result as JSON; of several files, one line each' },
    quiet: { type: 'flag', alias: 'q', describe: 'Only expectations that are not met, and one line' },
    'show-assumptions': {
      type: 'flag',
      describe: 'Also what the result rests on and PAN-OS does not publish',
    },
    output: {
      type: 'text',
      alias: 'o',
      value: 'FILE',
      describe: 'Write the report there; - is standard output',
    },
  },

  async execute(given, context) {
    const { runFiles } = await import('../run-files.ts');
    return runFiles(given, context);
  },
};
