/**
 * `hasim completion bash|zsh`: a script that completes its command line at TAB.
 */

import type { Command } from '../command.ts';

export const completion: Command = {
  name: 'completion',
  operands: 'bash|zsh',
  files: 'one',
  describe: 'Print a script that completes commands, options, settings and scenarios at TAB',
  examples: [
    ['source <(hasim completion bash)', 'In ~/.bashrc'],
    [
      'hasim completion bash > ~/.local/share/bash-completion/completions/hasim',
      'Or once: read when it is first asked for',
    ],
    ['source <(hasim completion zsh)', 'In ~/.zshrc, behind compinit'],
    ['hasim completion zsh > "${fpath[1]}/_hasim"', 'Or once, into a folder of fpath'],
  ],
  options: {},

  async execute(given, context) {
    const { writeCompletion } = await import('../completion-file.ts');
    return writeCompletion(given, context);
  },
};
