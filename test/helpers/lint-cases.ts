/**
 * For each rule of `hasim lint` a pair that has exactly its mistake, as a part laid over a pair in which lint finds nothing.
 */

import type { LoadResult } from '../../src/scenario/load.ts';
import { lint, type Finding } from '../../src/lint/lint.ts';
import { renderDiagnostics } from '../../src/scenario/diagnostics.ts';
import { loadAws, type AwsPart } from './aws-pair.ts';
import type { Part } from './pair.ts';
import { lay } from './pair.ts';

type Loaded = Extract<LoadResult, { ok: true }>;

const PLACED = { 'placement-group': 'spread' };

/** What the pair of aws-pair.ts lacks for lint to be silent: the note on placement groups. */
const SOUND: Part = { aws: { instances: { 'palo-1': PLACED, 'palo-2': PLACED } } };

export function loadedAws(part: AwsPart): Loaded {
  const { mode, ...rest } = part;
  const whole = { ...(lay(SOUND, rest as Part) as AwsPart), ...(mode && { mode }) };
  const result = loadAws(whole);
  if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics));
  return result;
}

export function findings({ scenario, tree }: Loaded): readonly Finding[] {
  return lint(scenario, tree).findings;
}
