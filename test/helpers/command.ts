/**
 * Runs the built command as users run it, in a process of its own.
 */

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const WALKTHROUGH = 'scenarios/active-passive/walkthrough.yaml';
export const MAIN = join(ROOT, 'dist/cli/main.js');

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Where it is run; the root of the project unless told. */
  readonly cwd?: string;
}

/** `hasim ARGS…` in the root of the project. */
export function hasim(
  args: readonly string[],
  { input = '', env = {}, cwd = ROOT }: CommandOptions = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  return { code: status, out: stdout, err: stderr };
}

/** A line of shell, in which `hasim` is the command; `code` is the one of the last part of a pipe. */
export function shell(line: string): Outcome {
  const script = `set -o pipefail; hasim() { "${process.execPath}" "${MAIN}" "$@"; }; ${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Begins `hasim ARGS…`, sends a signal after a while, and waits for its end. */
export async function interrupted(args: readonly string[], afterMs: number): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: ROOT });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGINT'), afterMs);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  return { code, out, err };
}

/** A directory for one test; give it back with `remove`. */
export class Workshop {
  readonly path = mkdtempSync(join(tmpdir(), 'hasim-'));

  /** Writes a file and gives its name. */
  file(name: string, content: string | Buffer): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  /** A scenario on the shared topology. */
  scenario(name: string, text: string): string {
    return this.file(name, `extends: ${join(ROOT, 'scenarios/topology/active-passive-pair.yaml')}\n${text}`);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
