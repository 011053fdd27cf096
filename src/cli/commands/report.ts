/**
 * `hasim report FILE`: one run as a page to look at, or as a file of another tool.
 */

import { FORMATS } from '../../report/export/formats.ts';
import type { Command } from '../command.ts';
import { RUN_OPTIONS } from './options.ts';

export const report: Command = {
  name: 'report',
  operands: 'FILE',
  files: 'one',
  describe: 'Run a scenario and make a page of it to look at, or a file for another tool',
  examples: [
    ['hasim report walkthrough.yaml', 'Writes walkthrough.html, which opens in any browser, offline'],
    ['hasim report walkthrough.yaml --set heartbeat-interval=2s -o slow.html', 'With one setting changed'],
    ['hasim report walkthrough.yaml --export mermaid', 'A sequence diagram for a ticket'],
    ['hasim report walkthrough.yaml --export pcapng -o ha.pcapng', 'Packets for Wireshark'],
    ['hasim report walkthrough.yaml --export perfetto -o ha.json', 'For ui.perfetto.dev'],
  ],
  options: {
    export: {
      type: 'text',
      value: 'FORMAT',
      describe: 'Instead of the page',
      choices: FORMATS,
    },
    ...RUN_OPTIONS,
    trace: {
      type: 'text',
      value: 'LEVEL',
      describe: 'full: also every executed event, for ndjson',
      choices: ['protocol', 'full'],
    },
    output: {
      type: 'text',
      alias: 'o',
      value: 'FILE',
      describe: 'Write there; - is standard output',
    },
    quiet: { type: 'flag', alias: 'q', describe: 'Do not say how the run went' },
  },

  async execute(given, context) {
    const { reportFile } = await import('../report-file.ts');
    return reportFile(given, context);
  },
};
