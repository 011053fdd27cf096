/** Formats of other tools: each writes one run as a file that they open. */

import type { RunResult } from '../../run/result.ts';

export interface Exporter {
  /** One line for the help. */
  readonly describe: string;
  /** Of the file, without its dot. */
  readonly extension: string;
  /** It needs the packets of the links (`RunOptions.packets`). */
  readonly packets: boolean;
  /** It needs every executed event (trace level full). */
  readonly full: boolean;
  /** Pieces of the file, in order: a long run does not fit into one string. Bytes for a binary format. */
  render(result: RunResult): Iterable<string | Uint8Array>;
}
