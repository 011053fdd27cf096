/** The page of a run, or of two that are compared: everything that only the command knows, handed to what draws it. */

import { readFileSync } from 'node:fs';
import { lanesOf } from '../report/lanes/lanes.ts';
import type { Markup } from '../report/html/markup.ts';
import { renderPage } from '../report/page/page.ts';
import type { PageRun, ViewerAssets } from '../report/page/run.ts';
import type { RunView } from '../report/page/view.ts';
import { topologyModel } from '../report/topology/topology.ts';
import { filledScenario } from '../scenario/filled.ts';
import type { RunResult } from '../run/result.ts';
import type { PlainMap } from '../suite/shrink/plain.ts';
import { writeScenario } from '../suite/shrink/yaml.ts';
import { TroubleError } from './exit.ts';
import type { ReadScenario } from './read-scenario.ts';

/** A run for a page. */
export interface PageSubject {
  /** `A` or `B` where there are two. */
  readonly label: string;
  /** Of a run that kept its packets. */
  readonly result: RunResult;
  readonly scenario: ReadScenario;
}

/** Renders the page. @param extra a section of its own, behind the lanes @throws TroubleError when the viewer is not there */
export function pageOf(subjects: readonly PageSubject[], extra?: Markup): string {
  const runs = subjects.map(({ label, result, scenario: { replay, texts, tree } }): PageRun => ({
    label,
    result,
    replay,
    sources: Object.entries(texts).map(([file, text]) => ({ file, text })),
    settings: writeScenario(filledScenario(tree) as PlainMap),
  }));
  const views = subjects.map(({ label, result }): RunView => ({
    label,
    name: result.scenario.name,
    lanes: lanesOf(result),
    topology: topologyModel(result),
  }));
  return renderPage(runs, viewerAssets(), { runs: views }, extra === undefined ? {} : { extra });
}

/** The viewer that the build has made, beside the command. */
function viewerAssets(): ViewerAssets {
  return { script: readAsset('viewer.js'), style: readAsset('viewer.css') };
}

function readAsset(name: string): string {
  try {
    return readFileSync(new URL(`../viewer/${name}`, import.meta.url), 'utf8');
  } catch (error) {
    throw new TroubleError(`cannot read ${name} of the viewer, which npm run build makes`, error);
  }
}
