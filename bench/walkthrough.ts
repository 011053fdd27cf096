/**
 * What a newcomer waits for: the walk-through, the run alone in a fresh process and the whole process, and `hasim --version`, each
 * beside a bare `node -e 0` in turn. Needs a build (`npm ci` has made one).
 *
 *     npm run bench walkthrough
 */

import { spawnSync } from 'node:child_process';
import { measureInTurn, ROOT, summarize, writeTiming, type Timing } from './harness.ts';
import { WALKTHROUGH } from './scenarios.ts';

const CLI = `${ROOT}dist/cli/main.js`;
const ONE_RUN = `${ROOT}bench/one-run.mjs`;

function node(...args: string[]): string {
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')}: exit ${status}: ${stderr}`);
  return stdout;
}

export interface WalkthroughFigures {
  readonly bare: Timing;
  readonly version: Timing;
  readonly whole: Timing;
  /** The first run in a fresh process, without loading. */
  readonly runAlone: Timing;
  readonly events: number;
  readonly digest: string;
}

export function measureWalkthrough(runs: number): WalkthroughFigures {
  const alone: number[] = [];
  let events = 0;
  let digest = '';
  const [bare, version, whole] = measureInTurn(
    [
      () => node('-e', '0'),
      () => node(CLI, '--version'),
      () => node('--enable-source-maps', CLI, 'run', WALKTHROUGH),
      () => {
        const figure = JSON.parse(node(ONE_RUN, WALKTHROUGH)) as {
          ms: number;
          events: number;
          digest: string;
        };
        alone.push(figure.ms);
        ({ events, digest } = figure);
      },
    ],
    runs,
  ) as [Timing, Timing, Timing];
  return { bare, version, whole, runAlone: summarize(alone), events, digest };
}

export function main(smoke: boolean): void {
  const figures = measureWalkthrough(smoke ? 1 : 9);
  const { bare, version, whole } = figures;
  console.log(`walk-through: ${figures.events} events, digest ${figures.digest}`);
  console.log(`  bare node -e 0          ${writeTiming(bare)}`);
  console.log(
    `  hasim --version         ${writeTiming(version)}, ${(version.medianMs / bare.medianMs).toFixed(2)} x bare node`,
  );
  console.log(`  the run alone, cold     ${writeTiming(figures.runAlone)}`);
  console.log(
    `  hasim run, whole        ${writeTiming(whole)}, 2 x bare node + ${(whole.medianMs - 2 * bare.medianMs).toFixed(0)} ms`,
  );
}
