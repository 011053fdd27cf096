/**
 * `hasim lint FILE…`: what will not work in pairs that can be simulated, as linters tell it. Nothing is run unless asked for.
 */

import type { Command } from '../command.ts';

export const lint: Command = {
  name: 'lint',
  operands: 'FILE…',
  files: 'some',
  withoutFiles: 'rules',
  describe: 'Say what will not work in scenarios, and what will happen',
  examples: [
    ['hasim lint pair.yaml', 'Every finding with its place, consequence and source'],
    ['hasim lint scenarios/**/*.yaml --quiet --max-warnings 0', 'For a pipeline'],
    ['hasim lint pair.yaml --simulate', 'What each mistake does to the outage'],
    ['hasim lint pair.yaml --format sarif -o lint.sarif', 'For code scanning'],
    ['hasim lint --rules', 'The table of rules'],
  ],
  options: {
    format: {
      type: 'text',
      value: 'FORMAT',
      describe: 'Of the findings',
      choices: ['text', 'json', 'sarif'],
    },
    output: { type: 'text', alias: 'o', value: 'FILE', describe: 'Write them there; - is standard output' },
    'max-warnings': { type: 'text', value: 'N', describe: 'Exit 1 when there are more warnings than this' },
    rule: { type: 'text', value: 'IDS', describe: 'Only these rules, such as X03,H01' },
    ignore: { type: 'text', value: 'IDS', describe: 'Not these rules' },
    simulate: { type: 'flag', describe: 'Run with and without each mistake that can be repaired' },
    rules: { type: 'flag', describe: 'Print the table of rules' },
    quiet: { type: 'flag', alias: 'q', describe: 'Errors only, and no summary' },
  },

  async execute(given, context) {
    const { lintFiles } = await import('../lint-files.ts');
    return lintFiles(given, context);
  },
};
