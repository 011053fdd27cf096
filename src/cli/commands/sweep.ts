/**
 * `hasim sweep FILE --vary PATH=VALUES`: a scenario under many settings, each with the same seeds, and what that changes.
 */

import type { Command } from '../command.ts';

export const sweep: Command = {
  name: 'sweep',
  operands: 'FILE',
  files: 'one',
  describe: 'Run a scenario under many settings and seeds, and sum up with intervals',
  examples: [
    ['hasim sweep power-loss.yaml --seeds 1..1000', 'How much it depends on luck'],
    ['hasim sweep power-loss.yaml --vary heartbeat-interval=1s..5s/1s', 'Five values, 100 seeds each'],
    ['hasim sweep pair.yaml --vary timers=recommended,aggressive --vary loss=1%..8%:log:4', 'A grid'],
    ['hasim sweep pair.yaml --vary heartbeat-interval=1s..10s --sample 50', 'Latin hypercube'],
    ["hasim sweep pair.yaml --seeds 1..100000 --stop-at 'p99 failover ± 50ms'", 'As many as it takes'],
    ['hasim sweep pair.yaml --vary … --out runs.jsonl --out runs.csv --out page.html', 'Files'],
    ['hasim sweep pair.yaml --vary … --out runs.jsonl --resume', 'Go on after Ctrl-C'],
    ['hasim sweep pair.yaml --vary … --shard 2/5 --out part-2', 'A part of it, for hasim merge'],
  ],
  options: {
    vary: {
      type: 'text',
      several: true,
      value: 'PATH=VALUES',
      describe: 'A setting and its values: 1s,2s or 1s..5s/500ms or 1%..8%:4 or 1s..60s:log:5',
    },
    set: {
      type: 'text',
      several: true,
      value: 'PATH=VALUE',
      describe: 'A setting of every run, in place of the one in the file',
    },
    seeds: { type: 'text', value: 'A..B', describe: 'Seeds of every combination; 1..100 unless told' },
    sample: { type: 'text', value: 'N', describe: 'So many points of a Latin hypercube instead of the grid' },
    'stop-at': {
      type: 'text',
      value: 'STATISTIC ± WIDTH',
      describe: 'A combination has runs enough when the interval reaches no farther',
    },
    until: { type: 'text', value: 'DURATION', describe: "Length of each run, instead of the scenario's" },
    out: {
      type: 'text',
      several: true,
      alias: 'o',
      value: 'FILE',
      describe: 'Write .csv, .parquet, .html or .json; any other name is the file of runs',
    },
    resume: { type: 'flag', describe: 'Go on from the file of runs' },
    shard: { type: 'text', value: 'I/N', describe: 'Only the I-th of N parts, for hasim merge' },
    metric: { type: 'text', value: 'NAME', describe: 'What the table is about; failover unless told' },
    workers: { type: 'text', value: 'N', describe: 'Worker threads; as many as there are cores unless told' },
    json: { type: 'flag', describe: 'The summary as JSON' },
    quiet: { type: 'flag', alias: 'q', describe: 'No progress' },
    yes: { type: 'flag', describe: 'Carry out more than 100,000 runs' },
  },

  async execute(given, context) {
    const { sweepFile } = await import('../sweep-file.ts');
    return sweepFile(given, context);
  },
};
