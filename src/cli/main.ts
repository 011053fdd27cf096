#!/usr/bin/env node
/**
 * The command `hasim`. It answers `--version` by itself and imports all the rest only when it is needed, so that it starts
 * as fast as node does.
 */

import { VERSION } from '../version.ts';

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    process.exitCode = code === 'EPIPE' ? 0 : 4;
  });
  process.stdout.write(`${VERSION}\n`);
} else process.exitCode = await (await import('./program.ts')).main(args);
