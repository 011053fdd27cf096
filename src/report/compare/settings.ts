/** How two scenarios differ in what they set: every path whose value is not the same, both with all defaults filled in. */

import type { SettingDifference } from './comparison.ts';

/** A scenario as plain data, defaults filled in (`filledWithTimers`). */
export type PlainTree = Readonly<Record<string, unknown>>;

/** What a scenario says of itself, and what it is held against: no run follows from it. */
const BESIDE = new Set([
  'name',
  'description',
  'source',
  'extends',
  'expect',
  'tags',
  'skip',
  'only',
  'seeds',
  'matrix',
  'deliberate',
]);
/** Differences that are listed; two scenarios of different makes have thousands. */
const MOST = 200;

/** The settings that differ, in the order of the first scenario, then what only the second has. */
export function settingDifferences(a: PlainTree, b: PlainTree): SettingDifference[] {
  const found: SettingDifference[] = [];
  for (const key of keysOf(a, b)) if (!BESIDE.has(key)) walk(key, a[key], b[key], found);
  return found.slice(0, MOST);
}

function walk(path: string, a: unknown, b: unknown, found: SettingDifference[]): void {
  if (JSON.stringify(a) === JSON.stringify(b)) return;
  if (isTree(a) && isTree(b)) {
    for (const key of keysOf(a, b)) walk(`${path}.${key}`, a[key], b[key], found);
  } else found.push({ path, a: written(a), b: written(b) });
}

function keysOf(a: PlainTree, b: PlainTree): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function isTree(value: unknown): value is PlainTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONGEST = 120;

/** On one line; what is long is cut. */
function written(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
