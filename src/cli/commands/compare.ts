/**
 * `hasim compare A B`: two runs side by side, aligned at the fault.
 */

import type { Command } from '../command.ts';

export const compare: Command = {
  name: 'compare',
  operands: 'A [B]',
  files: 'some',
  describe: 'Run two scenarios, or one with other settings, and show what that moves',
  examples: [
    ['hasim compare pair.yaml --set timers=aggressive', 'A as it is, B with the setting'],
    [
      'hasim compare pair.yaml --set heartbeat-interval=2s -o moved.html',
      'As a page, with both runs as lanes',
    ],
    ['hasim compare active-passive.yaml active-active.yaml', 'Two scenarios'],
    ['hasim compare old.yaml new.yaml --exit-code', 'Exit 1 when they differ, as diff does'],
  ],
  options: {
    set: {
      type: 'text',
      several: true,
      value: 'PATH=VALUE',
      describe: 'A setting of B; with two files, of both',
    },
    seed: { type: 'text', value: 'TEXT', describe: 'Seed of both, instead of their own' },
    until: { type: 'text', value: 'DURATION', describe: 'Length of both, instead of their own' },
    'exit-code': { type: 'flag', describe: 'Exit 1 when the runs differ' },
    json: { type: 'flag', describe: 'The comparison as JSON' },
    quiet: { type: 'flag', alias: 'q', describe: 'One sentence' },
    output: {
      type: 'text',
      alias: 'o',
      value: 'FILE',
      describe: 'Write there, a name that ends in .html as a page; - is standard output',
    },
  },

  async execute(given, context) {
    const { compareFiles } = await import('../compare-files.ts');
    return compareFiles(given, context);
  },
};
