/**
 * Reads scenario files. Nothing large, binary or endless gets past it: the size is asked before a byte is read, and a pipe
 * or device is read up to the limit only. What it throws, the loader turns into a diagnostic.
 */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { MAX_FILE_LENGTH } from '../scenario/limits.ts';
import type { ReadText } from '../scenario/read.ts';

/** The name of standard input in messages and results; no file is called so. */
export const STDIN_NAME = '<stdin>';

const MIB = 1024 * 1024;

/** Reads a file as UTF-8. @throws an Error, with a `code` where the system refused */
export function readTextFile(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw Object.assign(new Error('a directory'), { code: 'EISDIR' });
    if (stat.size > MAX_FILE_LENGTH) throw tooLarge(`it has ${(stat.size / MIB).toFixed(1)} MiB`);
    return decode(readUpTo(descriptor, MAX_FILE_LENGTH));
  } finally {
    closeSync(descriptor);
  }
}

/** Reads standard input to its end and gives a reader that knows it under `STDIN_NAME`. */
export async function stdinReader(): Promise<ReadText> {
  const chunks: Buffer[] = [];
  let length = 0;
  let failure: unknown = null;
  try {
    for await (const chunk of process.stdin) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > MAX_FILE_LENGTH) throw tooLarge('it goes on after 1 MiB');
    }
  } catch (error) {
    failure = error;
  }
  return (file) => {
    if (file !== STDIN_NAME) return readTextFile(file);
    if (failure !== null) throw failure;
    return decode(Buffer.concat(chunks));
  };
}

function readUpTo(descriptor: number, limit: number): Buffer {
  const buffer = Buffer.allocUnsafe(limit + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += read;
    if (read === 0) return buffer.subarray(0, length);
    if (length > limit) throw tooLarge('it goes on after 1 MiB');
  }
}

function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

function tooLarge(fact: string): Error {
  return new Error(`${fact}, and hasim reads at most 1 MiB`);
}
