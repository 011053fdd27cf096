/**
 * `hasim validate FILE…`: every mistake of every file, and nothing is run.
 */

import type { Command } from '../command.ts';

export const validate: Command = {
  name: 'validate',
  operands: 'FILE…',
  files: 'some',
  describe: 'Check scenarios without running them',
  examples: [
    ['hasim validate walkthrough.yaml', 'All mistakes at once, each with its place'],
    ['hasim validate scenarios/**/*.yaml --quiet', 'Silent unless there is a mistake'],
  ],
  options: {
    json: { type: 'flag', describe: 'One line of JSON for each file' },
    quiet: { type: 'flag', alias: 'q', describe: 'Say nothing of files that are right' },
  },

  async execute(given, context) {
    const { validateFiles } = await import('../validate-files.ts');
    return validateFiles(given, context);
  },
};
