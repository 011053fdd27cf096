/** Files of lines that may be larger than memory: read line by line, with the place where each ends. */

import { open } from 'node:fs/promises';
import { TroubleError } from './exit.ts';

export interface Line {
  readonly text: string;
  /** Offset in bytes behind its line break. */
  readonly end: number;
  /** False of a last line without a line break: whoever wrote it was cut short. */
  readonly whole: boolean;
}

/** No line of ours is longer; a file without line breaks must not fill the memory. */
const LONGEST = 256 * 1024 * 1024;

/** Reads a file line by line. @throws TroubleError */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  try {
    yield* read(file);
  } catch (error) {
    throw new TroubleError(`cannot read ${file}`, error);
  }
}

async function* read(file: string): AsyncGenerator<Line> {
  const handle = await open(file, 'r');
  try {
    let rest = Buffer.alloc(0);
    let start = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
      let bytes = Buffer.concat([rest, chunk as Buffer]);
      for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10)) {
        start += at + 1;
        yield { text: bytes.toString('utf8', 0, at), end: start, whole: true };
        bytes = bytes.subarray(at + 1);
      }
      if (bytes.length > LONGEST) throw new Error('a line of it is longer than any of hasim');
      rest = Buffer.from(bytes);
    }
    if (rest.length > 0) yield { text: rest.toString('utf8'), end: start + rest.length, whole: false };
  } finally {
    await handle.close();
  }
}
