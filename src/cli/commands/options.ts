/** Options that change a run, of every command that carries one out. */

import type { OptionSpec } from '../command.ts';

export const RUN_OPTIONS = {
  seed: { type: 'text', value: 'TEXT', describe: "Seed of the random streams, instead of the scenario's" },
  until: { type: 'text', value: 'DURATION', describe: "Length of the run, instead of the scenario's" },
  set: {
    type: 'text',
    several: true,
    value: 'PATH=VALUE',
    describe: 'A setting in place of the one in the file; may be given several times',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
