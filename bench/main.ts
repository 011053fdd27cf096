/**
 * Runs a bench by its name, compiled as what ships is: a loader that compiles on the fly makes what it loads slower, and workers more so
 * than the main thread.
 *
 *     npm run bench NAME [-- --smoke]
 */

import { main as kernel } from './kernel.ts';
import { main as memory } from './memory.ts';
import { main as pair } from './pair.ts';
import { main as sessions } from './sessions.ts';
import { main as sweep } from './sweep.ts';
import { main as walkthrough } from './walkthrough.ts';

const BENCHES = new Map<string, (smoke: boolean) => void | Promise<void>>([
  ['kernel', kernel],
  ['memory', memory],
  ['pair', pair],
  ['sessions', sessions],
  ['sweep', sweep],
  ['walkthrough', walkthrough],
]);

const [name = '', ...options] = process.argv.slice(2);
const bench = BENCHES.get(name);
if (bench === undefined) {
  console.error(
    `expected the name of a bench, got ${JSON.stringify(name)}: ${[...BENCHES.keys()].join(', ')}`,
  );
  process.exitCode = 2;
} else await bench(options.includes('--smoke'));
