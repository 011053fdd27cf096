/** Formats of other tools: each writes one run as a file that they open. */

import type { RunResult } from '../../run/result.ts';

export interface Exporter {
  /** Of the file, without its dot. */
  readonly extension: string;
  /** It is no text, so a terminal is not shown it. */
  readonly binary: boolean;
  /** It needs the packets of the links (`RunOptions.packets`). */
  readonly packets: boolean;
  /** Pieces of the file, in order: a long run does not fit into one string. Bytes for a binary format. */
  render(result: RunResult, context: ExportContext): Iterable<string | Uint8Array>;
}

/** What only the caller knows. */
export interface ExportContext {
  /** The command that repeats the run. */
  readonly replay: string;
}
