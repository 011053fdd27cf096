/** `--output FILE` of every command that has it: the file appears when it is complete, and is never one that is read. */

import { realpathSync } from 'node:fs';
import type { Given } from './command.ts';
import { UsageError, type ExitCode } from './exit.ts';
import { FileSink, type Sink } from './sink.ts';

/** Does something that writes to standard output, or to the file that `--output` names. */
export async function withOutput(
  { files, texts }: Given,
  out: Sink,
  action: (out: Sink) => Promise<ExitCode>,
): Promise<ExitCode> {
  const name = texts['output'] ?? '-';
  if (name === '-') return action(out);
  refuseInput(name, files);
  const file = new FileSink(name);
  try {
    const code = await action(file);
    await file.finish();
    return code;
  } catch (error) {
    file.discard();
    throw error;
  }
}

/** A report must not replace the scenario that it is about. */
function refuseInput(output: string, files: readonly string[]): void {
  const target = realName(output);
  const same = files.find((file) => target !== null && realName(file) === target);
  if (same !== undefined)
    throw new UsageError('--output', `expected a file other than the scenario, got ${output}`);
}

function realName(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}
