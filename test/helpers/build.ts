/**
 * Builds `dist` once before the tests, so that the end-to-end tests run the command as users have it.
 *
 * A type error does not stop them: the compiler writes its output all the same, and the type check is a step of its own.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Called by vitest. */
export default function build(): void {
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0)
    console.warn(`The build failed; the end-to-end tests may be beside the point.\n${stdout}${stderr}`);
}
