/** A page made of results, with a viewer that does nothing, and what a browser would see of it. */

import { parseHTML } from 'linkedom';
import { lanesOf } from '../../src/report/lanes/lanes.ts';
import { renderPage, type PageExtras } from '../../src/report/page/page.ts';
import type { PageRun } from '../../src/report/page/run.ts';
import { topologyModel } from '../../src/report/topology/topology.ts';
import type { RunResult } from '../../src/run/result.ts';

/** What only the caller of a page knows. */
export interface Besides extends PageExtras {
  readonly run?: Partial<PageRun>;
  readonly script?: string;
}

/** One run, or two as A and B. */
export function reportPage(results: readonly RunResult[], { run = {}, script = '0', extra }: Besides = {}) {
  const label = (index: number): string => (results.length === 1 ? '' : (['A', 'B'][index] ?? ''));
  const runs = results.map((result, index): PageRun => ({
    label: label(index),
    result,
    replay: `hasim run ${result.scenario.file} --seed ${result.seed}`,
    sources: [{ file: result.scenario.file, text: 'name: x\nuntil: 1min\n' }],
    settings: 'until: 1min\n',
    ...run,
  }));
  const views = results.map((result, index) => ({
    label: label(index),
    name: result.scenario.name,
    lanes: lanesOf(result),
    topology: topologyModel(result),
  }));
  const text = renderPage(runs, { script, style: '' }, { runs: views }, extra === undefined ? {} : { extra });
  return { text, document: parseHTML(text).document, views };
}

/** What elements say, without how their lines are broken. */
export function textsOf(nodes: Iterable<{ readonly textContent: string | null }>): string[] {
  return Array.from(nodes, ({ textContent }) => (textContent ?? '').replace(/\s+/g, ' ').trim());
}

const VOID = new Set(['meta', 'input', 'br', 'hr', 'img', 'link']);

/** With its attributes, whose values are all quoted. */
const TAG = /<(\/?)([a-z][a-z0-9]*)(?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*\s*\/?>/g;

/** Elements that are not closed, or not in their order; empty for a well-formed page. */
export function unbalanced(page: string): string[] {
  const text = page.replace(/<(script|style)\b([^>]*)>[^]*?<\/\1>/g, '<$1$2></$1>');
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, closes, name = ''] of text.matchAll(TAG)) {
    if (closes === '/') {
      if (open.pop() !== name) wrong.push(tag);
    } else if (!VOID.has(name) && !tag.endsWith('/>')) open.push(name);
  }
  return [...wrong, ...open];
}
