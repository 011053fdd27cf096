/**
 * `hasim test [PATH…]`: scenario files as tests, in parallel, in the manner of a test runner.
 */

import type { Command } from '../command.ts';

export const test: Command = {
  name: 'test',
  operands: '[PATH…]',
  files: 'any',
  describe: 'Run scenarios as tests, on all cores',
  examples: [
    ['hasim test', 'Every scenario with expectations below this folder'],
    ['hasim test scenarios --tag aws --tag "!slow"', 'Those with one tag and without another'],
    ['hasim test scenarios --name "HA1 cut" --seeds 1..100', 'One of them, under a hundred kinds of luck'],
    ['hasim test --failed --watch', 'What failed last time, again whenever a file changes'],
    ['hasim test --shard 2/5 --reporter junit -o report.xml', 'For a pipeline'],
  ],
  options: {
    name: {
      type: 'text',
      several: true,
      value: 'TEXT',
      describe: 'Only cases with this in their name; of several, any',
    },
    tag: {
      type: 'text',
      several: true,
      value: 'TAG',
      describe: 'Only cases with this tag, of several any; !TAG: only cases without',
    },
    failed: { type: 'flag', describe: 'Only cases that failed when they were run last' },
    bail: {
      type: 'text',
      optional: true,
      value: '[N]',
      describe: 'Stop when so many cases have failed; 1 unless told',
    },
    watch: { type: 'flag', alias: 'w', describe: 'Again whenever a file changes that a case is made of' },
    seeds: { type: 'text', value: 'A..B', describe: "Each of these seeds, instead of the scenario's own" },
    shard: { type: 'text', value: 'I/N', describe: 'The i-th of n parts of the cases' },
    workers: { type: 'text', value: 'N', describe: 'As many worker threads; one for each core unless told' },
    reporter: {
      type: 'text',
      value: 'NAME',
      describe: 'How it is told',
      choices: ['default', 'dot', 'tap', 'junit', 'github', 'json'],
    },
    output: { type: 'text', alias: 'o', value: 'FILE', describe: 'Write it there; - is standard output' },
    quiet: { type: 'flag', alias: 'q', describe: 'Only what is not as expected, and one line' },
  },

  async execute(given, context) {
    const { testFiles } = await import('../test-suite.ts');
    return testFiles(given, context);
  },
};
