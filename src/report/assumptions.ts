/**
 * What a result rests on beside the documents: the parameters of `unpublished:` that the run used, each with its value, its
 * default, the range in which it may be varied, and what it is.
 */

import type { Assumption, RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { labelled, padEnd } from './table.ts';

/** The assumptions as lines; what differs from its default is marked. */
export function assumptionLines({ assumptions }: RunResult, style: Styler, width: number): string[] {
  const title = style.bold('Assumptions that this result rests on');
  if (assumptions.length === 0) return [title, '  none: nothing that PAN-OS does not publish took effect'];
  const names = Math.max(...assumptions.map(({ name }) => name.length));
  return [
    title,
    ...labelled('  ', 'PAN-OS does not publish these; a scenario sets them under unpublished:', width),
    ...assumptions.flatMap((assumption) => parameterLines(assumption, names, style, width)),
  ];
}

function parameterLines(assumption: Assumption, names: number, style: Styler, width: number): string[] {
  const { name, value, changed, range, note, source } = assumption;
  const standing = changed
    ? style.yellow(`${value} (changed; default ${assumption.default})`)
    : `${value} (default)`;
  const origin = source === 'ours' ? 'ours' : `section ${source} of the reference`;
  return [
    `  ${padEnd(name, names)}  ${standing}, range ${range}`,
    ...labelled('    ', `${note} Source: ${origin}.`, width).map(style.dim),
  ];
}
