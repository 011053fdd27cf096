/**
 * The lines of a scenario file in which an expectation stands, with their numbers, for whoever reads that it is not met:
 *
 *     scenarios/active-passive/ha1-cut.yaml:20
 *       20 |   - name: both firewalls are active
 *       21 |     eventually: { dual-active: true }
 */

import { nodeAt, type Located, type Path } from '../scenario/located.ts';
import { safeText } from '../scenario/safe-text.ts';
import { lineText, positionAt } from '../scenario/source.ts';

const MOST_LINES = 12;
const WIDTH = 100;

/** The excerpt for a path; empty where nothing is written there. */
export function excerptOf(tree: Located, path: Path): string {
  const node = nodeAt(tree, path);
  if (node === undefined) return '';
  const { source, start, end } = node.span;
  const written = source.text.slice(start, end).trimEnd();
  const first = positionAt(source, start).line;
  const last = positionAt(source, start + written.length).line;
  const shown = Math.min(last, first + MOST_LINES - 1);
  const lines = Array.from({ length: shown - first + 1 }, (_, index) => {
    const text = safeText(lineText(source, first + index)).trimEnd();
    const cut = text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
    return `${String(first + index).padStart(4)} | ${cut}`.trimEnd();
  });
  const more = last > shown ? ['     | …'] : [];
  return [`${safeText(source.file)}:${first}`, ...lines, ...more].join('\n');
}
