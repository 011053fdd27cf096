/**
 * `hasim check-determinism FILE…`: carries out each run several times, each time in another way, and names the first thing that is not
 * the same.
 */

import type { Command } from '../command.ts';
import { RUN_OPTIONS } from './options.ts';

export const checkDeterminism: Command = {
  name: 'check-determinism',
  operands: 'FILE…',
  files: 'some',
  describe: 'Run twice and name the first event that differs',
  examples: [
    ['hasim check-determinism walkthrough.yaml', 'Twice, with the trace off, and in a worker'],
    ['hasim check-determinism *.yaml --seeds 1..10', 'Each of them with ten seeds'],
  ],
  options: {
    seed: RUN_OPTIONS.seed,
    seeds: { type: 'text', value: 'A..B', describe: 'Each of these seeds' },
    until: RUN_OPTIONS.until,
    set: RUN_OPTIONS.set,
    json: { type: 'flag', describe: 'One line of JSON for each run' },
    quiet: { type: 'flag', alias: 'q', describe: 'Say nothing of runs that are the same' },
  },

  async execute(given, context) {
    const { checkFiles } = await import('../check-determinism-files.ts');
    return checkFiles(given, context);
  },
};
