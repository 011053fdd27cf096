/** The formats of `hasim report --export`, by their names. */

import { csv } from './csv.ts';
import type { Exporter } from './exporter.ts';
import type { Format } from './formats.ts';
import { mermaid } from './mermaid.ts';
import { ndjson } from './ndjson.ts';
import { pcapng } from './pcapng/pcapng.ts';
import { perfetto } from './perfetto.ts';
import { syslog } from './syslog.ts';

export const EXPORTERS: Readonly<Record<Format, Exporter>> = {
  perfetto,
  mermaid,
  pcapng,
  csv,
  ndjson,
  syslog,
};
