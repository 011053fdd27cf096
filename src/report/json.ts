/**
 * A run as JSON: the result as it is, its keys always in the same order, each record on a line of its own so that two runs
 * can be compared with diff.
 *
 * It comes in chunks: a full trace of a long run is longer than the longest string.
 */

import type { RunResult } from '../run/result.ts';

export interface JsonOptions {
  /** All on one line, for several documents in one stream. */
  readonly oneLine?: boolean;
}

/** Every key, in the order in which it is written; complete by its type. */
const KEYS: Readonly<Record<keyof RunResult, true>> = {
  schemaVersion: true,
  version: true,
  scenario: true,
  seed: true,
  untilUs: true,
  endedAtUs: true,
  end: true,
  passed: true,
  events: true,
  digests: true,
  traceLevel: true,
  topology: true,
  devices: true,
  verdicts: true,
  unjudged: true,
  assumptions: true,
  failovers: true,
  dualActive: true,
  availability: true,
  incidents: true,
  probes: true,
  workloads: true,
  sync: true,
  ha3: true,
  cloud: true,
  final: true,
  records: true,
  trace: true,
  capture: true,
};

/** Renders a result as one JSON document with a newline at its end. */
export function renderJson(result: RunResult, options: JsonOptions = {}): string {
  return [...jsonChunks(result, options)].join('');
}

/** The same document in pieces. */
export function* jsonChunks(result: RunResult, options: JsonOptions = {}): Generator<string> {
  const { oneLine = false } = options;
  const [line, indent, colon] = oneLine ? ['', '', ':'] : ['\n', '  ', ': '];
  let separator = `{${line}`;
  for (const key of Object.keys(KEYS) as (keyof RunResult)[]) {
    yield `${separator}${indent}${JSON.stringify(key)}${colon}`;
    separator = `,${line}`;
    const value: unknown = result[key];
    if (Array.isArray(value) && value.length > 0) yield* list(value, line, indent);
    else yield JSON.stringify(value);
  }
  yield `${line}}\n`;
}

function* list(items: readonly unknown[], line: string, indent: string): Generator<string> {
  let separator = `[${line}`;
  for (const item of items) {
    yield `${separator}${indent}${indent}${JSON.stringify(item)}`;
    separator = `,${line}`;
  }
  yield `${line}${indent}]`;
}
