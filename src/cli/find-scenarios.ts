/**
 * The scenario files of a suite: those that are named, and of a folder every YAML file below it, sorted. A file of a folder that has no
 * name of its own is a part of others (they name it in `extends:`), and no scenario.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TroubleError, UsageError } from './exit.ts';

/** Folders that are no part of a suite. */
const SKIPPED = /^(\.|node_modules$)/;

/**
 * @param paths files and folders; none = the folder where the user is
 * @throws TroubleError for a path that cannot be read, UsageError when nothing is found
 */
export function findScenarios(command: string, paths: readonly string[]): readonly string[] {
  const found = (paths.length === 0 ? ['.'] : paths).flatMap((path) =>
    isFolder(path) ? filesBelow(path) : [path],
  );
  if (found.length === 0)
    throw new UsageError(
      command,
      `expected a folder with scenario files, got ${paths.join(', ') || 'one without'}`,
    );
  return [...new Set(found)];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    throw new TroubleError(`cannot read ${path}`, error);
  }
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !SKIPPED.test(name));
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return /\.ya?ml$/.test(entry.name) && hasName(path) ? [path] : [];
    });
}

function hasName(path: string): boolean {
  try {
    return /^(name|"name"|'name')\s*:/m.test(readFileSync(path, 'utf8'));
  } catch {
    return true; // Whoever loads it says what is wrong with it.
  }
}
