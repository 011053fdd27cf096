/**
 * One candidate of `hasim shrink`: checked and resolved as a file with it would be, and run.
 *
 * A candidate that names what it no longer has is mended first: whatever a mistake points at is taken away too, so that a host goes
 * together with its cable, and a cable with the port that it was plugged into.
 */

import { edited } from '../../scenario/edit.ts';
import { inheritHighAvailability } from '../../scenario/inherit.ts';
import { resolveTree, type LoadResult } from '../../scenario/load.ts';
import { writePath, type LocatedMap, type Path } from '../../scenario/located.ts';
import { makeSource } from '../../scenario/source.ts';
import { startRun } from '../../run/run.ts';
import { readerOf } from '../../sweep/source.ts';
import { pathsOf, without, type PlainMap } from './plain.ts';
import { symptomOfError, symptomsOf, type Symptom } from './symptom.ts';

/** What does not change from candidate to candidate. */
export interface TrialSetting {
  /** The name of the candidate; the files that it names are beside it. */
  readonly file: string;
  /** Those files, by their names. */
  readonly texts: Readonly<Record<string, string>>;
  /** A run of more events than this is none that anybody wants to look at: refused. */
  readonly mostEvents: number;
}

export interface TrialTask extends TrialSetting {
  readonly tree: PlainMap;
}

/** What came of a candidate. */
export type Trial =
  /** It is no scenario, or a run without end. */
  | { readonly kind: 'refused'; readonly ran: boolean }
  | {
      readonly kind: 'ran';
      /** As it was run: mended. */
      readonly tree: PlainMap;
      readonly symptoms: readonly Symptom[];
      readonly events: number;
    };

/** Mistakes that are mended one after the other; what needs more is given up. */
const MOST_MENDINGS = 8;

export function trialTask({ tree, ...setting }: TrialTask): Trial {
  const mended = mend(tree, setting);
  if (mended === null) return { kind: 'refused', ran: false };
  const run = startRun(mended.scenario, { traceLevel: 'protocol' });
  try {
    if (run.advance(setting.mostEvents) === 'paused') return { kind: 'refused', ran: true };
  } catch (error) {
    return { kind: 'ran', tree: mended.tree, symptoms: [symptomOfError(error)], events: run.result().events };
  }
  const result = run.result();
  return { kind: 'ran', tree: mended.tree, symptoms: symptomsOf(result), events: result.events };
}

type Loaded = Extract<LoadResult, { ok: true }>;

function mend(
  tree: PlainMap,
  setting: TrialSetting,
): { tree: PlainMap; scenario: Loaded['scenario'] } | null {
  let mended = tree;
  for (let times = 0; times <= MOST_MENDINGS; times++) {
    const loaded = load(mended, setting);
    if (loaded.ok) return { tree: mended, scenario: loaded.scenario };
    for (const { path } of loaded.diagnostics) {
      const wrong = pathWritten(mended, path);
      // What is expected stays as it is, and so does what the mistake is about as a whole.
      if (wrong.length < 2 || wrong[0] === 'expect') return null;
      mended = without(mended, wrong.slice(0, -1), [wrong.at(-1) ?? '']);
    }
  }
  return null;
}

function load(tree: PlainMap, { file, texts }: TrialSetting): LoadResult {
  const nowhere = { source: makeSource(file, ''), start: 0, end: 0 };
  const empty: LocatedMap = { kind: 'map', span: nowhere, entries: new Map() };
  const located = edited(
    empty,
    Object.entries(tree).map(([key, value]) => ({ path: [key], set: value })),
  );
  return resolveTree(inheritHighAvailability(located), readerOf({ file, texts }));
}

/** The place that a mistake names, or the nearest around it that is there. */
function pathWritten(tree: PlainMap, text: string): Path {
  const around = pathsOf(tree).filter((path) => {
    const written = writePath(path);
    return text === written || (text.startsWith(written) && ['.', '['].includes(text.charAt(written.length)));
  });
  return around.toSorted((a, b) => b.length - a.length)[0] ?? [];
}
