/**
 * `hasim shrink FILE`: takes everything away from a failing scenario without which it fails the same way.
 */

import type { Command } from '../command.ts';
import { RUN_OPTIONS } from './options.ts';

export const shrink: Command = {
  name: 'shrink',
  operands: 'FILE',
  files: 'one',
  describe: 'Reduce a failing scenario to the smallest that still fails the same way',
  examples: [
    ['hasim shrink failing.yaml', 'The smallest scenario, as YAML'],
    ['hasim shrink failing.yaml -o small.yaml', 'Into a file'],
    ['hasim shrink failing.yaml --seed 17', 'As it fails with that seed'],
    ['hasim shrink failing.yaml --seeds 1..50', 'As what it expects over these seeds is not met'],
    ['hasim shrink failing.yaml --expectation 3', 'As its third expectation is not met'],
  ],
  options: {
    ...RUN_OPTIONS,
    seeds: {
      type: 'text',
      value: 'A..B',
      describe: 'Runs each with these seeds, and looks at what is expected over seeds',
    },
    expectation: {
      type: 'text',
      value: 'N',
      describe: 'The n-th of its list; the first that is not met unless told',
    },
    'max-runs': {
      type: 'text',
      value: 'N',
      describe: 'Most runs to spend on it; 2000 unless told, for each seed',
    },
    workers: { type: 'text', value: 'N', describe: 'As many worker threads; one for each core unless told' },
    quiet: { type: 'flag', alias: 'q', describe: 'Say nothing of how it goes' },
    output: {
      type: 'text',
      alias: 'o',
      value: 'FILE',
      describe: 'Write it there; - is standard output',
    },
  },

  async execute(given, context) {
    const { shrinkFile } = await import('../shrink-file.ts');
    return shrinkFile(given, context);
  },
};
