/**
 * The command line from end to end: streams, arguments, the command, and the one place where an error becomes a sentence and
 * an exit code. It returns the code instead of leaving, so that nothing that was written is cut off.
 */

import { stylerFor } from './colour.ts';
import type { Context } from './command.ts';
import { COMMANDS } from './commands/all.ts';
import { EXIT, TroubleError, UsageError, worse, type ExitCode } from './exit.ts';
import { StreamSink } from './sink.ts';

/** Carries out a command line. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const refused = args.includes('--no-color');
  const out = new StreamSink(process.stdout, 'standard output', stylerFor(process.stdout, refused));
  const err = new StreamSink(process.stderr, 'standard error', stylerFor(process.stderr, refused));
  const context = { out, err };
  const code = await guarded(args, context, () => execute(args, context));
  return worse(code, await guarded([], context, async () => (await out.finish(), EXIT.ok)));
}

async function execute(args: readonly string[], context: Context): Promise<ExitCode> {
  const { readArguments } = await import('./arguments.ts');
  const request = readArguments(args, COMMANDS);
  if (request.kind === 'command') return request.command.execute(request.given, context);
  await context.out.write(request.text);
  return EXIT.ok;
}

/** Does something; what it throws becomes a sentence on standard error. */
async function guarded(
  args: readonly string[],
  { out, err }: Context,
  action: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    const { complain, errorJson } = await import('./complain.ts');
    const json = args.includes('--json');
    if (error instanceof UsageError) {
      await complain(err, error.sentence);
      if (json) await out.write(errorJson('option', { message: error.sentence }));
      return EXIT.mistake;
    }
    const { stackOf } = await import('./debug.ts');
    const trouble = error instanceof TroubleError;
    const message = trouble ? error.message : `internal error: ${firstLine(error)}`;
    await complain(err, `hasim: ${message}.`, stackOf(error, trouble));
    if (json) await out.write(errorJson(trouble ? 'trouble' : 'internal', { message }));
    return EXIT.trouble;
  }
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
