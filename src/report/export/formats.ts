/** Names of the formats of `hasim report --export`. Apart from what writes them, so that help needs none of it. */

export const FORMATS = ['perfetto', 'mermaid', 'pcapng', 'csv', 'ndjson', 'syslog'] as const;

export type Format = (typeof FORMATS)[number];
