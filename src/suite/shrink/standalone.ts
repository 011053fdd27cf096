/**
 * A scenario in one piece: its bases merged into it, with `--set`, `--seed` and `--until` in their places. What it still names are CSV
 * files, from where the result will be.
 */

import { edited, type Edit } from '../../scenario/edit.ts';
import { loadLayers, resolveBeside } from '../../scenario/extends.ts';
import { entriesAt, nodeAt, toPlain, type LocatedMap } from '../../scenario/located.ts';
import { keysAt } from '../../scenario/schema-walk.ts';
import { scenarioSchema } from '../../scenario/schema/scenario.ts';
import { readSource, type ReadText } from '../../scenario/read.ts';
import { withSettings, type Setting } from '../../scenario/settings.ts';
import { isMap, valueAt, without, type Plain, type PlainMap } from './plain.ts';
import type { Symptom } from './symptom.ts';

export interface Changes {
  readonly settings: readonly Setting[];
  readonly seed?: string;
  /** Such as `1..20`, of a scenario that fails over seeds. */
  readonly seeds?: string;
  readonly until?: string;
}

export interface Place {
  /** Where the result will be. */
  readonly file: string;
  /** A file, as the result has to name it. */
  readonly nameOf: (file: string) => string;
}

export interface Standalone {
  readonly tree: PlainMap;
  /** The files that it names, under the names by which it finds them. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What says something of the file, and nothing of a run of it. */
const PROSE = ['description', 'source', 'tags', 'skip', 'only', 'seeds', 'matrix'];

/** @param file of a scenario without mistakes */
export function standalone(file: string, readText: ReadText, changes: Changes, place: Place): Standalone {
  const read = readSource(file, readText);
  const tree = read.ok ? loadLayers(read.source, readText).tree : null;
  if (tree === null) throw new Error(`expected a scenario without mistakes, got ${file}`);
  const whole = withSettings(tree, changes.settings);
  const csv = csvEdits(whole, readText, place);
  const edits = [...csv.edits, ...given('seed', changes.seed), ...given('until', changes.until)];
  const plain = without(toPlain(edited(whole, edits)) as PlainMap, [], PROSE);
  const seeded = changes.seeds === undefined ? plain : { ...plain, seeds: changes.seeds };
  return { tree: inOrder(seeded), texts: csv.texts };
}

/** As the schema has its keys; what inherits has those of its base first. */
function inOrder(tree: PlainMap): PlainMap {
  const keys = keysAt(scenarioSchema, []).filter((key) => key in tree);
  return { ...Object.fromEntries(keys.map((key) => [key, tree[key] ?? null])), ...tree };
}

function given(key: string, value: string | undefined): Edit[] {
  if (value === undefined) return [];
  return [{ path: [key], set: /^[1-9]\d{0,14}$/.test(value) ? Number(value) : value }];
}

function csvEdits(
  tree: LocatedMap,
  readText: ReadText,
  { file, nameOf }: Place,
): { edits: Edit[]; texts: Record<string, string> } {
  const texts: Record<string, string> = {};
  const edits = [...entriesAt(tree, ['workloads']).keys()].flatMap((workload): Edit[] => {
    const path = ['workloads', workload, 'arrivals', 'csv'];
    const node = nodeAt(tree, path);
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') return [];
    const named = resolveBeside(node.span.source.file, node.value.trim());
    const name = nameOf(named);
    texts[resolveBeside(file, name)] = readText(named);
    return [{ path, set: name }];
  });
  return { edits, texts };
}

/** A tree that expects what fails and nothing else: one expectation, and of its measures those that are not met. */
export function expectingOnly(tree: PlainMap, symptom: Symptom): PlainMap {
  if (symptom.kind === 'broke') return without(tree, [], ['expect']);
  const expectation = valueAt(tree, ['expect', symptom.index]) ?? null;
  const met = Object.entries(symptom.sides).flatMap(([name, side]) => (side === 'met' ? [name] : []));
  return { ...tree, expect: [withoutMeasures(expectation, met)] };
}

function withoutMeasures(expectation: Plain, names: readonly string[]): Plain {
  if (!isMap(expectation)) return expectation;
  const left = without(expectation, [], names);
  return 'sessions' in left ? without(left, ['sessions'], names) : left;
}
