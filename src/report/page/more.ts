/** What is told in words: availability, a cloud's data path, session sync, HA3, incidents; as the terminal tells it. */

import type { RunResult } from '../../run/result.ts';
import { availabilityLines } from '../availability.ts';
import { dataPathLines } from '../data-path.ts';
import { ha3Lines } from '../ha3.ts';
import { html, type Markup } from '../html/markup.ts';
import { incidentLines } from '../incidents.ts';
import { sessionSyncLines } from '../session-sync.ts';
import { PLAIN } from '../style.ts';
import type { Placed } from './about.ts';

const WIDTH = 110;

/** The parts that have something to say, each with its own heading. */
export function moreSection({ result }: Placed): readonly Markup[] {
  const parts: readonly ((run: RunResult) => string[])[] = [
    (run) => incidentLines(run, PLAIN),
    (run) => availabilityLines(run, PLAIN, WIDTH),
    (run) => dataPathLines(run, PLAIN),
    (run) => sessionSyncLines(run, PLAIN),
    (run) => ha3Lines(run, PLAIN, WIDTH),
  ];
  return parts.flatMap((lines) => {
    const [heading, ...rest] = lines(result);
    return heading === undefined
      ? []
      : [
          html`<h3>${heading}</h3>
            <pre class="plain">${unindented(rest)}</pre>`,
        ];
  });
}

/** A page indents by itself. */
function unindented(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/^ {2}/, '')).join('\n');
}
