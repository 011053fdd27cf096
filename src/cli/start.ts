/**
 * `npm start`: the walk-through, unless a command is given (`npm start -- run FILE`).
 */

import { main } from './program.ts';

const WALKTHROUGH = 'scenarios/active-passive/walkthrough.yaml';

const args = process.argv.slice(2);
process.exitCode = await main(args.length === 0 ? ['run', WALKTHROUGH] : args);
