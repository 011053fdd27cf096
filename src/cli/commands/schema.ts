/**
 * `hasim schema`: the JSON Schema of scenario files, for editors.
 */

import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';

export const schema: Command = {
  name: 'schema',
  operands: '',
  files: 'none',
  describe: 'Print the JSON Schema of scenario files, for editors',
  examples: [
    ['hasim schema > hasim.schema.json', 'Then begin a scenario with'],
    ['', '# yaml-language-server: $schema=hasim.schema.json'],
  ],
  options: {},

  async execute(_given, { out }) {
    const { scenarioJsonSchema } = await import('../../scenario/json-schema.ts');
    await out.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
    return EXIT.ok;
  },
};
