/**
 * `hasim check-determinism FILE…`: carries out each run several times, each time in another way, and names the first thing that is not
 * the same.
 */

import type { Command } from '../command.ts';

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
    seed: { type: 'text', value: 'TEXT', describe: "Seed of the random streams, instead of the scenario's" },
    seeds: { type: 'text', value: 'A..B', describe: 'Each of these seeds' },
    until: { type: 'text', value: 'DURATION', describe: "Length of the run, instead of the scenario's" },
    set: {
      type: 'text',
      several: true,
      value: 'PATH=VALUE',
      describe: 'A setting in place of the one in the file; may be given several times',
    },
    json: { type: 'flag', describe: 'One line of JSON for each run' },
    quiet: { type: 'flag', alias: 'q', describe: 'Say nothing of runs that are the same' },
  },

  async execute(given, context) {
    const { checkFiles } = await import('../check-determinism-files.ts');
    return checkFiles(given, context);
  },
};
