/** Carries out `hasim completion`. */

import type { Context, Given } from './command.ts';
import { COMMANDS } from './commands/all.ts';
import { completionFor } from './completion.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { settingPaths } from './setting-paths.ts';

export async function writeCompletion({ files }: Given, { out }: Context): Promise<ExitCode> {
  await out.write(completionFor(files[0] ?? '', { commands: COMMANDS, settings: settingPaths() }));
  return EXIT.ok;
}
