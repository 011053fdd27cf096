/** The files that a report is written to when nobody names one. */

import { closeSync, openSync, readSync } from 'node:fs';
import { GENERATOR } from '../report/html/generator.ts';
import { TroubleError, UsageError } from './exit.ts';
import type { Sink } from './sink.ts';

/** Bytes in which a page of ours says that it is one. */
const HEAD_BYTES = 1024;
/** Pieces are written together up to this length. */
const CHUNK = 65_536;

/** A file that nobody named is only written over if it is a page of ours. @throws UsageError, TroubleError */
export function refuseForeign(name: string): void {
  const head = headOf(name);
  if (head === null || head.includes(GENERATOR)) return;
  throw new UsageError(
    '--output',
    `expected a name, for ${name} is there already and no page of hasim`,
    `With --output ${name} it is written over.`,
  );
}

/** Null when there is no such file. */
function headOf(name: string): string | null {
  let descriptor: number;
  try {
    descriptor = openSync(name, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new TroubleError(`cannot write ${name}`, error);
  }
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, HEAD_BYTES, 0));
  } catch (error) {
    throw new TroubleError(`cannot write ${name}`, error);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes pieces, small ones together; stops when nobody reads any more. */
export async function writePieces(pieces: Iterable<string | Uint8Array>, sink: Sink): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    if (sink.closed) return;
    if (typeof piece === 'string') text += piece;
    if (typeof piece === 'string' && text.length < CHUNK) continue;
    await sink.write(text);
    text = '';
    if (typeof piece !== 'string') await sink.write(piece);
  }
  await sink.write(text);
}
