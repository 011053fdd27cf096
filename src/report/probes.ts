/**
 * What each probe saw: packets lost by direction, the longest silence, loss ÷ rate, and every outage with the failover that it
 * belongs to. The terms are those of docs/measurement.md.
 */

import { formatClock, formatDuration } from '../kernel/time.ts';
import type { RunResult } from '../run/result.ts';
import type { Styler } from './style.ts';
import { counted, grouped, labelled, table, type Cell } from './table.ts';

type Probe = RunResult['probes'][number];
type Outage = Probe['outages'][number];
type Losses = Pick<Probe, 'sent' | 'received' | 'lost' | 'longestGapUs' | 'lossDerivedUs'>;

const MOST_OUTAGES = 50;
const HEADINGS = ['probe', '', 'every', 'sent', 'received', 'lost', 'gap', 'loss÷rate'];

/** All probes as lines; none when there is no probe. */
export function probeLines(result: RunResult, style: Styler, width: number): string[] {
  const { probes } = result;
  if (probes.length === 0) return [];
  const rows = probes.flatMap((probe) =>
    views(probe).map(([what, losses]) => row(probe, what, losses, style)),
  );
  const heading = HEADINGS.map((text): Cell => ({ text, style: style.dim }));
  const align = ['left', 'left', ...HEADINGS.slice(2).map(() => 'right' as const)] as const;
  return [
    style.bold(`What the ${probes.some(({ type }) => type !== undefined) ? 'probes' : 'pings'} saw`),
    ...table([heading, ...rows], { indent: 2, align }),
    ...probes.flatMap((probe) => details(probe, result, style, width)),
  ];
}

/** The rows of a probe: one for each direction that it can tell. */
function views(probe: Probe): [string, Losses][] {
  if (probe.type === 'tcp-transaction') return [[probe.mode, probe]];
  return probe.type === 'udp-stream' ? Object.entries(probe.directions) : [['round trip', probe]];
}

function row({ name, intervalUs }: Probe, what: string, losses: Losses, style: Styler): Cell[] {
  const { sent, received, lost, longestGapUs, lossDerivedUs } = losses;
  return [
    { text: name },
    { text: what },
    { text: formatDuration(intervalUs) },
    { text: grouped(sent) },
    { text: grouped(received) },
    { text: grouped(lost), style: lost === 0 ? style.green : style.red },
    { text: formatDuration(longestGapUs) },
    { text: lossDerivedUs === 0 ? '–' : formatDuration(lossDerivedUs) },
  ];
}

function details(probe: Probe, result: RunResult, style: Styler, width: number): string[] {
  const remarks = remarksOn(probe);
  const shown = probe.outages.slice(0, MOST_OUTAGES);
  const left = probe.outages.length - shown.length + probe.moreOutages;
  return [
    ...labelled(`  ${probe.name}: `, remarks.join(', '), width),
    ...table(
      shown.map((outage) => outageCells(outage, result, style)),
      { indent: 4, align: ['right', 'left', 'right'] },
    ),
    ...(left === 0 ? [] : [`    … and ${counted(left, 'more outage')}`]),
  ];
}

/** What does not fit into a column for all kinds. */
export function remarksOn(probe: Probe): string[] {
  const waiting = probe.sent - probe.received - probe.lost;
  const remarks = probe.outages.length === 0 ? ['no outage'] : [];
  if (probe.firstPacketUs !== null) {
    remarks.push(`first packet ${formatDuration(probe.firstPacketUs)} after the first lost one`);
  }
  if (waiting > 0) remarks.push(`${grouped(waiting)} under way at the end`);
  if (probe.type === 'udp-stream') {
    for (const [direction, { duplicates, reordered, late }] of Object.entries(probe.directions)) {
      if (duplicates > 0) remarks.push(`${grouped(duplicates)} duplicated ${direction}`);
      if (reordered > 0) remarks.push(`${grouped(reordered)} reordered ${direction}`);
      if (late > 0) remarks.push(`${grouped(late)} too late ${direction}`);
    }
  }
  if (probe.type !== 'tcp-transaction') return remarks;
  const { connections, transactionsPerSecond, longestTransactionUs, timeToFirstByte } = probe;
  remarks.push(counted(connections, 'connection'));
  remarks.push(`${transactionsPerSecond} transactions per second`);
  remarks.push(`longest transaction ${formatDuration(longestTransactionUs)}`);
  if (timeToFirstByte === null) return remarks;
  const { minUs, meanUs, maxUs } = timeToFirstByte;
  const times = [minUs, meanUs, maxUs].map((us) => formatDuration(us)).join(' / ');
  return [...remarks, `time to first byte ${times} (min / mean / max)`];
}

function outageCells(
  { fromUs, toUs, lost, direction }: Outage,
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
    { text: `${grouped(lost)} lost${direction === undefined ? '' : ` ${direction}`}` },
    { text: during === undefined ? '' : `${during.kind} ${during.ordinal}`, style: style.dim },
  ];
}
