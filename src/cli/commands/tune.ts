/**
 * `hasim tune FILE --objective 'p99 failover' --subject-to 'false failovers < 1 per 10 years'`: finds timer values on evidence.
 */

import type { Command } from '../command.ts';

export const tune: Command = {
  name: 'tune',
  operands: 'FILE',
  files: 'one',
  describe: 'Search the timers, and recommend values with their evidence and as set commands',
  examples: [
    ['hasim tune pair.yaml', 'The quickest failover with less than one for nothing in ten years'],
    ["hasim tune pair.yaml --subject-to 'false failovers < 1 per year'", 'Quicker, and less calm'],
    [
      "hasim tune pair.yaml --objective 'p99 outage of ping' --timers ping-interval,ping-count",
      'Some timers',
    ],
    ["hasim tune pair.yaml --objective 'median failover' --objective 'mean sessions lost'", 'Two objectives'],
    ["hasim tune pair.yaml --subject-to 'maximum failovers <= 1' --seeds 1..400", 'A limit on every run'],
  ],
  options: {
    objective: {
      type: 'text',
      several: true,
      value: 'STATISTIC METRIC',
      describe: 'What is to be small; p99 failover unless told',
    },
    'subject-to': {
      type: 'text',
      several: true,
      value: 'STATEMENT',
      describe: 'What has to hold; false failovers < 1 per 10 years unless told',
    },
    timers: { type: 'text', value: 'NAMES', describe: 'Only these; every one that matters unless told' },
    set: {
      type: 'text',
      several: true,
      value: 'PATH=VALUE',
      describe: 'A setting of every run, in place of the one in the file',
    },
    seeds: { type: 'text', value: 'A..B', describe: 'Seeds of every setting that lasts; 1..50 unless told' },
    budget: { type: 'text', value: 'N', describe: 'Runs in all; 3000 unless told' },
    seed: { type: 'text', value: 'TEXT', describe: 'Seed of the search itself; 1 unless told' },
    workers: { type: 'text', value: 'N', describe: 'Worker threads; as many as there are cores unless told' },
    json: { type: 'flag', describe: 'The result as JSON' },
    quiet: { type: 'flag', alias: 'q', describe: 'No progress' },
    output: {
      type: 'text',
      alias: 'o',
      value: 'FILE',
      describe: 'Write the report there, a name that ends in .html as a page; - is standard output',
    },
  },

  async execute(given, context) {
    const { tuneFile } = await import('../tune-file.ts');
    return tuneFile(given, context);
  },
};
