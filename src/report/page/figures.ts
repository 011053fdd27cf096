/** The few figures of a run that everybody asks for first, large. */

import { formatDuration } from '../../kernel/time.ts';
import { writePercent } from '../../measure/percent.ts';
import type { RunResult } from '../../run/result.ts';
import { html, type Markup } from '../html/markup.ts';
import { counted, grouped } from '../table.ts';

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly beside: string;
  readonly bad?: boolean;
}

/** Interruption, sessions, probes, availability, dual-active: those that the run has. */
export function figures(result: RunResult): Markup | null {
  const list = [
    ...longest(result),
    ...sessions(result),
    ...probes(result),
    ...available(result),
    ...bothActive(result),
  ];
  if (list.length === 0) return null;
  return html`<dl class="figures">
    ${list.map(
      ({ name, value, beside, bad = false }) =>
        html`<div${bad ? html` class="bad"` : null}>
          <dt>${name}</dt>
          <dd><strong>${value}</strong> <span>${beside}</span></dd>
        </div>`,
    )}
  </dl>`;
}

function longest({ failovers }: RunResult): Figure[] {
  const [first] = failovers;
  if (first === undefined) return [];
  const never = failovers.filter(({ totalUs }) => totalUs === null).length;
  const most = failovers.reduce(
    (one, other) => ((other.totalUs ?? 0) > (one.totalUs ?? 0) ? other : one),
    first,
  );
  const beside =
    failovers.length === 1
      ? `${most.kind}, ${most.from ?? 'nobody'} → ${most.to}`
      : `${most.kind} ${most.ordinal} of ${failovers.length}`;
  if (never > 0) {
    const of = failovers.length === 1 ? beside : `after ${never} of ${failovers.length} failovers`;
    return [{ name: 'interruption', value: 'not ended', beside: of, bad: true }];
  }
  const name = failovers.length === 1 ? 'interruption' : 'longest interruption';
  return [{ name, value: formatDuration(most.totalUs ?? 0), beside }];
}

function sessions({ workloads }: RunResult): Figure[] {
  if (workloads.length === 0) return [];
  const started = workloads.reduce((sum, books) => sum + books.started, 0);
  const lost = workloads.flatMap((books) => Object.values(books.lost)).reduce((sum, count) => sum + count, 0);
  return [{ name: 'sessions lost', value: grouped(lost), beside: `of ${grouped(started)} started` }];
}

function probes({ probes: list }: RunResult): Figure[] {
  if (list.length === 0) return [];
  const sum = (key: 'sent' | 'lost'): number => list.reduce((all, probe) => all + probe[key], 0);
  const gapUs = Math.max(...list.map(({ longestGapUs }) => longestGapUs));
  const beside = `of ${grouped(sum('sent'))}; longest gap ${formatDuration(gapUs)}`;
  return [{ name: 'probes lost', value: grouped(sum('lost')), beside }];
}

function available({ availability: { percent, lengthUs } }: RunResult): Figure[] {
  if (percent === null) return [];
  return [{ name: 'pair available', value: writePercent(percent), beside: `of ${formatDuration(lengthUs)}` }];
}

function bothActive({ dualActive }: RunResult): Figure[] {
  if (dualActive.length === 0) return [];
  const us = dualActive.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0);
  return [
    {
      name: 'both active',
      value: formatDuration(us),
      beside: `in ${counted(dualActive.length, 'stretch', 'stretches')}`,
      bad: true,
    },
  ];
}
