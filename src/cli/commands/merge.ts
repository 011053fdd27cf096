/**
 * `hasim merge PART…`: the parts of a sweep as if it had been run at once.
 */

import type { Command } from '../command.ts';

export const merge: Command = {
  name: 'merge',
  operands: 'PART…',
  files: 'some',
  describe: 'Put the parts of a sweep together, and sum them up',
  examples: [
    ['hasim merge part-1 part-2 part-3', 'The table of the whole'],
    ['hasim merge part-* --out runs.jsonl --out page.html', 'Its file of runs, and the page'],
    ['hasim merge runs.jsonl --out runs.parquet', 'Another format of a sweep that is done'],
  ],
  options: {
    out: {
      type: 'text',
      several: true,
      alias: 'o',
      value: 'FILE',
      describe: 'Write .csv, .parquet, .html or .json; any other name is the file of runs',
    },
    metric: { type: 'text', value: 'NAME', describe: 'What the table is about; failover unless told' },
    json: { type: 'flag', describe: 'The summary as JSON' },
    quiet: { type: 'flag', alias: 'q', describe: 'No progress' },
  },

  async execute(given, context) {
    const { mergeFiles } = await import('../merge-files.ts');
    return mergeFiles(given, context);
  },
};
