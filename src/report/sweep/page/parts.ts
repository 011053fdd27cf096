/** Where the time goes under each setting of a sweep: failovers as bars of the mean of each part. */

import { PARTS } from '../../../measure/part.ts';
import type { SettingSummary, SweepResult } from '../../../sweep/result.ts';
import { html, type Markup } from '../../html/markup.ts';
import { partsPicture, type DrawnPart } from '../../html/part-bars.ts';
import { right, tableOf } from '../../html/table.ts';
import { estimate, scaleOf } from '../figure.ts';
import { settingName } from '../metric.ts';

/** Bars of one picture. */
const BARS_MOST = 20;

/** A section; null of a sweep without failovers. */
export function partsSection(result: SweepResult): Markup | null {
  const { settings, axes } = result;
  const shown = settings.slice(0, BARS_MOST);
  const picture = partsPicture(
    shown.map((setting) => ({
      label: setting.values.join(' · ') || 'all runs',
      title: settingName(result, setting.values),
      parts: partsOf(result, setting),
    })),
  );
  if (picture === null) return null;
  const left = settings.length - shown.length;
  const order =
    axes.length === 0 ? '' : ` Values in the order of ${axes.map(({ label }) => label).join(' · ')}.`;
  const cut = left > 0 ? ` The first ${BARS_MOST} settings; ${left} more are not drawn.` : '';
  return html`<h3>Where the time goes</h3>
    <figure>
      <figcaption>
        Mean of each part of the first failover, over the runs in which the part came to its
        end.${order}${cut}
      </figcaption>
      ${picture}
    </figure>
    <details>
      <summary>The figures</summary>
      ${partsTable(result, shown)}
    </details>`;
}

/** The means of the parts that failovers have under a setting. */
function partsOf({ metrics }: SweepResult, setting: SettingSummary): DrawnPart[] {
  return PARTS.flatMap((part) => {
    const us = setting.metrics[metrics.findIndex(({ name }) => name === part)]?.mean.value;
    return us === undefined || us === null ? [] : [{ part, us }];
  });
}

function partsTable(result: SweepResult, shown: readonly SettingSummary[]): Markup {
  const { axes, metrics } = result;
  const columns = PARTS.flatMap((part) => {
    const index = metrics.findIndex(({ name }) => name === part);
    const took = shown.some((setting) => (setting.metrics[index]?.mean.value ?? 0) > 0);
    return took ? [{ part, index }] : [];
  });
  const longest = columns.flatMap(({ index }) =>
    shown.map((setting) => setting.metrics[index]?.mean.value ?? null),
  );
  const scale = scaleOf('us', longest);
  return tableOf(
    [...axes.map(({ label }) => ({ text: label })), ...columns.map(({ part }) => right(part))],
    shown.map((setting) => [
      ...axes.map((_, axis) => setting.values[axis] ?? ''),
      ...columns.map(({ index }) => {
        const mean = setting.metrics[index]?.mean;
        return mean === undefined ? '–' : estimate(mean, scale);
      }),
    ]),
  );
}
