/**
 * Tells of changed files. Folders are watched instead of files, because editors put a new file in the place of the old one, and a file may
 * not be there yet.
 */

import { watch, type FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TroubleError } from './exit.ts';

/** Changes that come so close together are one: an editor writes, renames and sets times. */
const TOGETHER_MS = 100;

export class FileWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #wake: (() => void) | null = null;

  /** Watches these files and folders, and no others any more. @throws TroubleError when the system has no more room for it */
  watch(files: readonly string[], folders: readonly string[]): void {
    const wanted = new Set([
      ...files.map((file) => dirname(resolve(file))),
      ...folders.map((one) => resolve(one)),
    ]);
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#open(folder);
  }

  #open(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => this.#tell(name === null ? folder : resolve(folder, name)));
      // A folder that goes away takes its watcher with it.
      watcher.on('error', () => watcher.close());
      this.#watchers.set(folder, watcher);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') throw new TroubleError(`cannot watch ${folder}`, error);
    }
  }

  #tell(path: string): void {
    this.#changed.add(path);
    this.#wake?.();
  }

  /** The files that have changed since it was asked last, as whole paths; waits for the first. Empty when the signal came first. */
  async changes(signal: AbortSignal): Promise<ReadonlySet<string>> {
    if (this.#changed.size === 0 && !signal.aborted) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
        signal.addEventListener('abort', () => wake(), { once: true });
      });
      this.#wake = null;
    }
    if (signal.aborted) return new Set();
    await delay(TOGETHER_MS);
    const changed = new Set(this.#changed);
    this.#changed.clear();
    return changed;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }
}
