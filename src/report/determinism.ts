/** What `hasim check-determinism` found, as text: that two runs are one and the same, or the first thing that only one of them did. */

import { formatClock, formatDuration } from '../kernel/time.ts';
import { canonicalJson, type TraceRecord } from '../kernel/trace.ts';
import type { DeviceSettings } from '../run/result.ts';
import type { Agreement, Deed, Difference } from '../suite/determinism.ts';
import { chainLines } from './explain.ts';
import { describeRecord } from './records.ts';
import type { Styler } from './style.ts';
import { counted, labelled, printable } from './table.ts';

/** A digest that the same run had when it was carried out in another way. */
export interface OtherWay {
  /** `with the trace off`, `in a worker`. */
  readonly way: string;
  readonly protocol: string;
}

export interface DeterminismReport {
  readonly file: string;
  readonly seed: string;
  readonly agreement: Agreement;
  readonly others: readonly OtherWay[];
  readonly deterministic: boolean;
  readonly replay: string;
}

/** Both runs did the same, in whatever way. */
export function isDeterministic(agreement: Agreement, others: readonly OtherWay[]): boolean {
  const [first] = agreement.digests;
  return agreement.difference === null && others.every(({ protocol }) => protocol === first.protocol);
}

/** One report: a line when all is well. */
export function renderDeterminism(
  report: DeterminismReport,
  { style, width }: { readonly style: Styler; readonly width: number },
): string {
  const { file, seed, agreement, others, deterministic, replay } = report;
  const head = `${printable(file)}, seed ${printable(seed)}`;
  const { difference, digests, devices } = agreement;
  const [first] = digests;
  if (deterministic) {
    const full = first.full === null ? '' : `, full ${first.full}`;
    const ways = ['run twice', ...others.map(({ way }) => way)].join(', ');
    const same = `${counted(agreement.events, 'event')} and ${counted(agreement.records, 'record')} agree (${ways})`;
    const end =
      agreement.error === null ? [] : labelled('  ', `Both broke off: ${printable(agreement.error)}.`, width);
    const lines = [
      `${style.green('✓')} ${style.bold(head)}: ${same}`,
      ...end,
      style.dim(`  digest: protocol ${first.protocol}${full}`),
      '',
    ];
    return lines.join('\n');
  }
  const body =
    difference === null
      ? others
          .filter(({ protocol }) => protocol !== first.protocol)
          .map(({ way, protocol }) => `  protocol digest ${first.protocol}, but ${protocol} ${way}`)
      : differenceLines(difference, devices, style, width);
  return [
    style.bold(style.red(`✗ ${head}: two runs differ`)),
    ...body,
    `Again: ${style.cyan(replay)}`,
    '',
  ].join('\n');
}

function differenceLines(
  { after, first, second, fields, chains }: Difference,
  devices: readonly DeviceSettings[],
  style: Styler,
  width: number,
): string[] {
  const what = fields.length === 0 ? '' : `, in ${fields.join(' and ')}`;
  return [
    `  They agree in ${counted(after, 'event or record', 'events and records')}, and differ in the next${what}:`,
    ...labelled('    first   ', describeDeed(first, devices), width),
    ...labelled('    second  ', describeDeed(second, devices), width),
    ...chainBlock('What led to the first', chains[0], devices, style, width),
    ...(sameChain(chains) ? [] : chainBlock('What led to the second', chains[1], devices, style, width)),
  ];
}

function sameChain([first, second]: Difference['chains']): boolean {
  return canonicalJson(first) === canonicalJson(second);
}

function chainBlock(
  title: string,
  chain: readonly TraceRecord[],
  devices: readonly DeviceSettings[],
  style: Styler,
  width: number,
): string[] {
  return chain.length === 0
    ? []
    : [`  ${title}:`, ...chainLines(chain, devices, style, width - 2).map((line) => `  ${line}`)];
}

/** With every field that is compared. */
function describeDeed(deed: Deed, devices: readonly DeviceSettings[]): string {
  switch (deed.kind) {
    case 'event': {
      const { ordinal, timeUs, kind, target, a, b, cause } = deed.event;
      return `event ${ordinal} at ${seconds(timeUs)}: ${kind}, target ${target}, operands ${a} and ${b}, ${causeOf(cause)}`;
    }
    case 'record': {
      const { id, timeUs, kind, subject, cause, data } = deed.record;
      const sentence = printable(describeRecord(deed.record, devices));
      return `record #${id} at ${seconds(timeUs)}: ${kind} of ${subject}: ${sentence}, ${causeOf(cause)}, ${printable(canonicalJson(data))}`;
    }
    case 'end':
      if (deed.error !== null)
        return `breaks off at ${formatClock(deed.timeUs, 0)}: ${printable(deed.error)}`;
      return `nothing more up to ${formatDuration(deed.timeUs)}`;
  }
}

/** To the microsecond: two runs may differ by one. */
function seconds(us: number): string {
  return (us / 1e6).toFixed(6);
}

function causeOf(cause: number): string {
  return cause === 0 ? 'cause none' : `cause #${cause}`;
}
