/** What a suite of scenarios has exercised, as text: a share for each kind, then what was exercised and by whom, and what never was. */

import type { Covered, KindCoverage, ModeCoverage, SuiteCoverage } from '../suite/coverage.ts';
import type { Styler } from './style.ts';
import { counted, grouped, labelled, padEnd, padStart, printable, widthOf } from './table.ts';

export interface CoverageOptions {
  readonly style: Styler;
  readonly width: number;
  /** Only what was never exercised. */
  readonly missing: boolean;
}

const MODE_TITLES = { 'active-passive': 'Active/passive', 'active-active': 'Active/active' } as const;

/** The options, and the folder that all files are in. */
type Manner = CoverageOptions & { readonly folder: string };

/** The whole report. */
export function renderCoverage(coverage: SuiteCoverage, options: CoverageOptions): string {
  const { style, missing } = options;
  const { files, runs, modes, covered, total, percent } = coverage;
  const folder = missing ? '' : commonFolder(modes);
  const below = folder === '' ? '' : ` below ${printable(folder)}`;
  return [
    ...modes.flatMap((mode) => modeLines(mode, { ...options, folder })),
    ...(missing ? [] : [style.dim(`How often each was exercised, and the first file${below} that does.`)]),
    style.bold(
      `${counted(files, 'file')}, ${counted(runs, 'run')}: ${covered} of ${total} items, ${percent} %`,
    ),
    '',
  ].join('\n');
}

/** With a slash at its end; empty when there is none. */
function commonFolder(modes: readonly ModeCoverage[]): string {
  const items = modes.flatMap(({ kinds }) => kinds.flatMap((kind) => kind.items));
  const folders = items.flatMap(({ first }) =>
    first === null ? [] : [first.slice(0, first.lastIndexOf('/') + 1)],
  );
  return folders.reduce((common, folder) => {
    let shorter = common;
    while (!folder.startsWith(shorter))
      shorter = shorter.slice(0, shorter.lastIndexOf('/', shorter.length - 2) + 1);
    return shorter;
  }, folders[0] ?? '');
}

function modeLines(mode: ModeCoverage, manner: Manner): string[] {
  const { style } = manner;
  const { kinds, files, runs, percent } = mode;
  const widest = Math.max(...kinds.map(({ kind }) => kind.length));
  return [
    style.bold(
      `${MODE_TITLES[mode.mode]}: ${percent} % (${counted(files, 'file')}, ${counted(runs, 'run')})`,
    ),
    '',
    ...kinds.map((kind) => summaryLine(kind, widest, style)),
    '',
    ...kinds.flatMap((kind) => kindLines(kind, manner)),
  ];
}

function summaryLine({ kind, covered, total, percent }: KindCoverage, widest: number, style: Styler): string {
  const count = `${padStart(String(covered), 3)} of ${padStart(String(total), 2)}`;
  const paint = covered === total ? style.green : style.yellow;
  return `  ${padEnd(kind, widest)}  ${count}  ${paint(padStart(`${percent} %`, 7))}`;
}

function kindLines({ kind, items }: KindCoverage, manner: Manner): string[] {
  const told = manner.missing ? items.filter(({ count }) => count === 0) : items;
  if (told.length === 0) return [];
  const name = Math.max(...told.map((item) => widthOf(printable(item.name))));
  const count = Math.max(...told.map((item) => grouped(item.count).length + 1));
  return [
    manner.style.bold(`  ${kind}${manner.missing ? ' never exercised' : ''}`),
    ...told.flatMap((item) => itemLines(item, { name, count }, manner)),
    '',
  ];
}

interface Widths {
  readonly name: number;
  readonly count: number;
}

function itemLines(item: Covered, widths: Widths, { style, width, missing, folder }: Manner): string[] {
  const { first, describe } = item;
  const name = padEnd(printable(item.name), widths.name);
  if (first !== null) {
    const times = padStart(`${grouped(item.count)}×`, widths.count);
    return [`    ${style.green('✓')} ${name}  ${times}  ${printable(first.slice(folder.length))}`];
  }
  const before = `    ✗ ${name}${missing ? '' : `  ${' '.repeat(widths.count)}`}  `;
  const words = [missing ? '' : 'never', describe].filter((part) => part !== '').join(': ');
  const [line = '', ...rest] = labelled(before, words, width);
  return [line.replace('✗', () => style.red('✗')), ...rest].map((one) => one.trimEnd());
}
