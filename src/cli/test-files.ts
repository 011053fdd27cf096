/**
 * Which files `hasim test` takes for tests: every file that is named, and below every folder that is named those YAML files that are
 * scenarios with expectations. What has no name of its own, or expects nothing, is a part of others (they name it in `extends:`).
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { readCases, type TestFile } from '../suite/cases.ts';
import { TroubleError, UsageError } from './exit.ts';
import { readTextFile } from './read.ts';

/** What was found below the paths that a user gave. */
export interface FoundTests {
  /** Each once, in the order of the paths, and below a folder in the order of names. */
  readonly files: readonly TestFile[];
  /** YAML files below the folders that are no tests. */
  readonly leftOut: number;
  /** Every folder that was looked into. */
  readonly folders: readonly string[];
}

/** Folders and files that are nobody's tests. */
const HIDDEN = /^(\.|node_modules$)/;
const YAML = /\.ya?ml$/;
/** Far more than any folder of scenarios has. */
const MOST_ENTRIES = 100_000;

/**
 * Reads every test below some paths; a path that cannot be read is a file with that mistake.
 *
 * @param seeds what every case is run with, instead of what its file says
 * @throws UsageError for what cannot be a path, TroubleError for a folder that cannot be read
 */
export function findTests(
  paths: readonly string[],
  seeds: readonly string[] | null,
  command = 'test',
): FoundTests {
  const walk = new Walk();
  for (const path of paths.length === 0 ? ['.'] : paths) {
    if (path === '-') throw new UsageError(command, 'expected files and folders, got - (standard input)');
    walk.take(path);
  }
  const files: TestFile[] = [];
  let { leftOut } = walk;
  for (const [name, named] of walk.found) {
    const file = readCases(name, readTextFile, seeds);
    if (named || file.loaded === null || file.loaded.scenario.expect.length > 0) files.push(file);
    else leftOut++;
  }
  return { files, leftOut, folders: walk.folders };
}

class Walk {
  /** By the name that people read, and whether somebody named it. */
  readonly found = new Map<string, boolean>();
  readonly folders: string[] = [];
  leftOut = 0;
  #entries = 0;

  take(path: string): void {
    if (!isFolder(path)) this.found.set(shortName(path), true);
    else this.#below(path);
  }

  #below(folder: string): void {
    this.folders.push(folder);
    const entries = attempt(folder, () => readdirSync(folder, { withFileTypes: true }));
    this.#entries += entries.length;
    if (this.#entries > MOST_ENTRIES) {
      throw new UsageError(
        'test',
        `expected a folder of scenarios, got more than ${MOST_ENTRIES} files below`,
      );
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (HIDDEN.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) this.#below(path);
      else if (YAML.test(entry.name) && !isFolder(path)) this.#file(path);
    }
  }

  #file(path: string): void {
    const name = shortName(path);
    if (!looksLikeTest(path)) this.leftOut++;
    else if (!this.found.has(name)) this.found.set(name, false);
  }
}

/** As seen from where the user is, so that a case is called the same however its file was named. */
function shortName(path: string): string {
  return relative('.', resolve(path)).split(sep).join('/');
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false; // Whoever reads it says what is wrong with it.
  }
}

function looksLikeTest(path: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    return hasKey(text, 'name') && (hasKey(text, 'expect') || hasKey(text, 'extends'));
  } catch {
    return true;
  }
}

function hasKey(text: string, key: string): boolean {
  return new RegExp(`^(${key}|"${key}"|'${key}')\\s*:`, 'm').test(text);
}

function attempt<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new TroubleError(`cannot read ${what}`, error);
  }
}
