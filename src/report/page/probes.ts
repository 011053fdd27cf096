/** What probes missed: each with its losses, and every outage. */

import { formatClock, formatDuration } from '../../kernel/time.ts';
import { html, type Markup } from '../html/markup.ts';
import { behind, right, tableOf } from '../html/table.ts';
import { remarksOn } from '../probes.ts';
import { counted, grouped } from '../table.ts';
import { bad, cut, type Placed } from './about.ts';

const MOST_OUTAGES = 100;

/** Probes and their outages. */
export function probesPart({ result }: Placed): Markup {
  const { probes, endedAtUs } = result;
  const outages = probes.flatMap(({ name, outages: of }) => of.map((outage) => ({ ...outage, name })));
  const { shown, note } = cut(outages, MOST_OUTAGES, 'outage');
  return html`<h3>Probes</h3>
    ${tableOf(
      [
        { text: 'probe' },
        ...['sent', 'received', 'lost', 'longest gap', 'loss ÷ rate'].map(right),
        { text: 'besides', wrap: true },
      ],
      probes.map((probe) => [
        probe.name,
        grouped(probe.sent),
        grouped(probe.received),
        bad(probe.lost),
        formatDuration(probe.longestGapUs),
        formatDuration(probe.lossDerivedUs),
        remarksOn(probe).join(', '),
      ]),
      { named: true },
    )}
    ${
      outages.length === 0
        ? null
        : behind(
            counted(outages.length, 'outage'),
            html`${tableOf(
              [
                { text: 'probe' },
                right('from'),
                right('to'),
                right('lasted'),
                right('lost'),
                { text: 'direction' },
              ],
              shown.map(({ name, fromUs, toUs, lost, direction }) => [
                name,
                `${formatClock(fromUs, 0)} s`,
                toUs >= endedAtUs ? 'the end' : `${formatClock(toUs, 0)} s`,
                formatDuration(toUs - fromUs),
                grouped(lost),
                direction ?? '',
              ]),
              { named: true },
            )}${note}`,
          )
    }`;
}
