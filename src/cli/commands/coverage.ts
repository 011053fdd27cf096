/**
 * `hasim coverage [PATH…]`: runs a suite of scenarios and says what of the protocol and of the model it has exercised, and what it never
 * has.
 */

import type { Command } from '../command.ts';

export const coverage: Command = {
  name: 'coverage',
  operands: '[PATH…]',
  files: 'any',
  describe: 'Say what a suite of scenarios exercises, and what it never does',
  examples: [
    ['hasim coverage scenarios', 'Transitions, reactions, timers, reasons, faults, losses'],
    ['hasim coverage scenarios --missing', 'Only what no scenario does'],
    ['hasim coverage scenarios --min 60', 'For a pipeline: exit 1 below 60 %'],
  ],
  options: {
    seeds: { type: 'text', value: 'A..B', describe: "Each of these seeds, instead of each file's own" },
    missing: { type: 'flag', describe: 'Only what was never exercised' },
    min: { type: 'text', value: 'PERCENT', describe: 'Exit 1 when less of all is exercised than this' },
    workers: { type: 'text', value: 'N', describe: 'As many worker threads; one for each core unless told' },
    json: { type: 'flag', describe: 'The whole as JSON' },
    output: { type: 'text', alias: 'o', value: 'FILE', describe: 'Write it there; - is standard output' },
  },

  async execute(given, context) {
    const { coverFiles } = await import('../cover-files.ts');
    return coverFiles(given, context);
  },
};
