/**
 * `--out FILE` of sweeps, which may be given several times: the end of a name says what is written there.
 *
 *     .csv .parquet   a row for every run
 *     .html           the page with pictures
 *     .json           the summary
 *     anything else   the file of runs, from which a sweep goes on and which `merge` takes
 */

import { extname } from 'node:path';
import { UsageError } from './exit.ts';

export type TargetKind = 'csv' | 'parquet' | 'html' | 'json' | 'runs';

export interface Target {
  readonly kind: TargetKind;
  readonly file: string;
}

const KINDS: readonly TargetKind[] = ['csv', 'parquet', 'html', 'json'];

/** What is to be written where. @throws UsageError */
export function targetsOf(files: readonly string[], inputs: readonly string[]): readonly Target[] {
  const targets = files.map((file): Target => {
    const end = extname(file).slice(1).toLowerCase();
    return { file, kind: KINDS.find((kind) => kind === end) ?? 'runs' };
  });
  const twice = files.find((file, index) => files.indexOf(file) !== index || inputs.includes(file));
  if (twice !== undefined)
    throw new UsageError('--out', `expected another file for each, got ${twice} twice`);
  if (files.includes('-'))
    throw new UsageError(
      '--out',
      'expected the name of a file, got -',
      '--json writes the summary to standard output.',
    );
  if (targets.filter(({ kind }) => kind === 'runs').length > 1) {
    const runs = targets.filter(({ kind }) => kind === 'runs').map(({ file }) => file);
    throw new UsageError('--out', `expected one file of runs, got ${runs.join(' and ')}`);
  }
  return targets;
}
