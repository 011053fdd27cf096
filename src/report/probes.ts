/**
 * What each probe saw: replies lost, the longest silence, and every outage with the failover that it belongs to.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { counted, grouped, labelled, table, type Cell } from './table.ts';

type Ping = RunResult['probes'][number];
type Outage = Ping['outages'][number];

const MOST_OUTAGES = 50;

/** All probes as lines; none when there is no probe. */
export function probeLines(result: RunResult, style: Styler, width: number): string[] {
  if (result.probes.length === 0) return [];
  const blocks = result.probes.flatMap((ping) => {
    const shown = ping.outages.slice(0, MOST_OUTAGES);
    const left = ping.outages.length - shown.length;
    return [
      ...summary(ping, style, width),
      ...table(
        shown.map((outage) => outageCells(outage, result, style)),
        { indent: 4, align: ['right', 'left', 'right'] },
      ),
      ...(left === 0 ? [] : [`    … and ${counted(left, 'more outage')}`]),
    ];
  });
  const others = result.probes.some(({ type }) => type !== undefined);
  return [style.bold(`What the ${others ? 'probes' : 'pings'} saw`), ...blocks];
}

function summary(ping: Ping, style: Styler, width: number): string[] {
  const { name, intervalUs, sent, received, lost, longestGapUs } = ping;
  const waiting = sent - received - lost;
  const open = waiting === 0 ? '' : `, ${grouped(waiting)} under way at the end`;
  const losses = lost === 0 ? 'none lost' : `${grouped(lost)} lost`;
  const counts = `${grouped(sent)} sent, ${grouped(received)} answered, ${losses}${open}`;
  const text = `every ${formatDuration(intervalUs)}: ${counts}; longest gap ${formatDuration(longestGapUs)}`;
  const tone = lost === 0 ? style.green : style.red;
  return labelled(`  ${name} `, text, width).map((line) => line.replace(losses, () => tone(losses)));
}

function outageCells(
  { fromUs, toUs, lost }: Outage,
  { failovers, endedAtUs }: RunResult,
  style: Styler,
): Cell[] {
  // An outage belongs to the failover that was under way in it.
  const during = failovers.find(
    (failover) => failover.startUs <= toUs && fromUs <= (failover.restoredUs ?? endedAtUs),
  );
  const end = toUs >= endedAtUs ? 'the end' : formatClock(toUs, 0);
  return [
    { text: formatClock(fromUs, 0) },
    { text: `to ${end}` },
    { text: formatDuration(toUs - fromUs) },
    { text: `${grouped(lost)} lost` },
    { text: during === undefined ? '' : `${during.kind} ${during.ordinal}`, style: style.dim },
  ];
}
