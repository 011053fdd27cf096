/**
 * The result of a search as text for a person: what was searched and what was left as it is, what each step costs, which setting is
 * advised, on what evidence, and what to paste into the firewalls.
 */

import { formatDuration } from '../kernel/time.ts';
import type { Estimate } from '../statistics/interval.ts';
import type { FalseFailoverRate } from '../sweep/tune/false-failovers.ts';
import type { TunedObjective, TunedPoint, TunedTimer, TuneResult } from '../sweep/tune/result.ts';
import { PLAIN, type Styler } from './style.ts';
import { counted, grouped, labelled, printable, table, type Cell } from './table.ts';

export interface TuneTextOptions {
  readonly style?: Styler;
  readonly width?: number;
}

/** More points of a front than these are counted only. */
const SHOWN = 14;
const INDENT = 2;

/** Renders a result. The text ends with a newline. */
export function renderTune(result: TuneResult, options: TuneTextOptions = {}): string {
  const { style = PLAIN, width = 110 } = options;
  const sections = [
    headLines(result, style, width),
    timerLines(result, style, width),
    pointLines(result, style),
    adviceLines(result, style, width),
    commandLines(result, style, width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(result: TuneResult, style: Styler, width: number): string[] {
  const { scenario, objectives, constraints, end } = result;
  const facts = [
    `${counted(result.runs, 'run')} of ${grouped(result.budget)}`,
    `seeds ${result.seeds}`,
    `${counted(result.tried, 'setting')}${result.refused === 0 ? '' : `, ${grouped(result.refused)} of them refused`}`,
  ];
  return [
    style.bold(printable(scenario.name)),
    style.dim(`${printable(scenario.file)} · ${facts.join(' · ')} · hasim ${result.version}`),
    ...(end === 'interrupted' ? [style.yellow('Interrupted: this is the best so far.')] : []),
    ...objectives.flatMap(({ text, better }) =>
      labelled(
        'objective   ',
        `${text}, ${better === 'smaller' ? 'the less' : 'the more'} the better`,
        width,
      ),
    ),
    ...constraints.flatMap(({ text }) => labelled('subject to  ', text, width)),
  ];
}

function timerLines({ timers }: TuneResult, style: Styler, width: number): string[] {
  const rows = timers.filter(({ treatment }) => treatment === 'searched');
  const cells = rows.map(({ name, range, rule, present }): Cell[] => [
    { text: name },
    { text: range },
    { text: `now ${present}` },
    { text: rule, style: style.dim },
  ]);
  return [
    style.bold('Searched'),
    ...(rows.length === 0 ? ['  nothing: no timer makes a difference'] : table(cells, { indent: INDENT })),
    ...others(timers, 'no effect', 'no difference in any run, kept: ', width),
    ...others(timers, 'no gain', 'only worse when changed alone, kept: ', width),
  ];
}

function others(
  timers: readonly TunedTimer[],
  treatment: TunedTimer['treatment'],
  label: string,
  width: number,
): string[] {
  const names = timers.filter((timer) => timer.treatment === treatment);
  if (names.length === 0) return [];
  return labelled(`  ${label}`, names.map(({ name, present }) => `${name} ${present}`).join(', '), width);
}

// --- points ------------------------------------------------------------------------------------------------------------

function pointLines(result: TuneResult, style: Styler): string[] {
  const { points, front, objectives, constraints, timers } = result;
  const named = besideFront(result);
  const shown = thinned(front, result);
  const searched = timers.filter(({ treatment }) => treatment === 'searched').map(({ name }) => name);
  const limited = constraints.flatMap(({ about }) => (about === null ? [] : [about.statistic]));
  const measured = [...objectives.map(({ text }) => text), ...limited];
  const methods = new Set([...shown, ...named].map((index) => points[index]?.falseFailovers.method));
  // All found in one way: the head says it once.
  const [method] = methods.size === 1 ? methods : [];
  const found = method === undefined ? ['false failovers', 'found by'] : [`false failovers (${method})`];
  const head = [...searched, ...measured, ...found, ''];
  const rows = [...shown, ...named].map((index): Cell[] => rowOf(result, index, method === undefined, style));
  const lines = table([head.map((text): Cell => ({ text, style: style.dim })), ...rows], { indent: INDENT });
  const left = front.length - shown.length;
  const [first = '', ...others] = lines;
  return [
    style.bold('Pareto front: nothing is better in one without being worse in the other'),
    first,
    ...others.slice(0, shown.length),
    ...(left > 0 ? [style.dim(`  … and ${counted(left, 'more point')} between them (--json has all)`)] : []),
    ...(named.length === 0 ? [] : ['', style.bold('For comparison'), first, ...others.slice(shown.length)]),
    ...legend(result, [...shown, ...named]).map((line) => style.dim(line)),
  ];
}

/** What is shown for comparison: the points with a name, and what is advised, where they are not on the front. */
export function besideFront({ points, front, recommendation }: TuneResult): readonly number[] {
  return points.flatMap(({ name }, index) => {
    const shown = name !== '' || index === recommendation?.point;
    return shown && !front.includes(index) ? [index] : [];
  });
}

/** Of a long front its ends, what is marked, and others evenly between. */
function thinned(front: readonly number[], { points, knee, recommendation }: TuneResult): readonly number[] {
  if (front.length <= SHOWN) return front;
  const step = (front.length - 1) / (SHOWN - 3);
  const even = Array.from({ length: SHOWN - 2 }, (_, index) => front[Math.round(index * step)]);
  return front.filter((index) => {
    const marked = index === knee || index === recommendation?.point || points[index]?.name !== '';
    return marked || even.includes(index);
  });
}

/** What the marks mean, where there are any. */
function legend({ points }: TuneResult, shown: readonly number[]): string[] {
  const statuses = shown.flatMap((index) => points[index]?.constraints.map(({ status }) => status) ?? []);
  const words = [
    ...(statuses.includes('unmet') ? ['✗ misses a constraint'] : []),
    ...(statuses.includes('undecided') ? ['? too few runs to be sure of one'] : []),
  ];
  return words.length === 0 ? [] : [`  ${words.join(', ')}`];
}

function rowOf(result: TuneResult, index: number, withMethod: boolean, style: Styler): Cell[] {
  const { points, objectives, constraints, knee, recommendation } = result;
  const point = points[index] as TunedPoint;
  const { falseFailovers } = point;
  const advised = recommendation?.point === index;
  const marks = [
    ...(advised ? ['◀ recommended'] : []),
    ...(index === knee ? ['knee'] : []),
    ...(point.name === '' ? [] : [point.name]),
    ...(point.constraints.some(({ status }) => status === 'unmet') ? ['✗'] : []),
    ...(point.constraints.some(({ status }) => status === 'undecided') ? ['?'] : []),
    ...point.findings,
  ];
  return [
    ...point.values.map((text): Cell => ({ text })),
    ...point.objectives.map((value, at): Cell => ({
      text: estimated(value, objectives[at] as TunedObjective),
    })),
    ...point.constraints.flatMap(({ estimate }, at): Cell[] => {
      const about = constraints[at]?.about ?? null;
      return estimate === null || about === null ? [] : [{ text: estimated(estimate, about) }];
    }),
    { text: rateOf(falseFailovers) },
    ...(withMethod ? [{ text: falseFailovers.method, style: style.dim }] : []),
    { text: marks.join(' · '), style: advised ? style.green : style.yellow },
  ];
}

/** A figure with its interval. */
export function estimated({ value, low, high }: Estimate, { unit }: Pick<TunedObjective, 'unit'>): string {
  const write = (number: number | null): string => (number === null ? '…' : quantity(number, unit));
  if (value === null) return 'none';
  if (unit === 'share' && value === 0) return `none seen (at most ${write(high)})`;
  if (unit === 'share' && value === 1) return `all (at least ${write(low)})`;
  return low === null && high === null ? write(value) : `${write(value)} (${write(low)} to ${write(high)})`;
}

function quantity(value: number, unit: TunedObjective['unit']): string {
  if (!Number.isFinite(value)) return 'endless';
  if (unit === 'share') return `${Number((100 * value).toPrecision(3))} %`;
  if (unit === 'us') return formatDuration(Math.round(value / 1000) * 1000);
  return unit === 'percent' ? `${Number(value.toPrecision(6))} %` : String(Number(value.toPrecision(4)));
}

/** A rate in the unit in which it is a number that one can picture. */
export function rateOf({ perYear, high, method }: FalseFailoverRate): string {
  if (method === 'bound') return `at most ${rate(high)}`;
  if (perYear === 0) return 'none (nothing is lost)';
  return rate(perYear ?? 0);
}

function rate(perYear: number): string {
  if (perYear >= 365 * 24) return `${digits(perYear / 365 / 24)} per hour`;
  if (perYear >= 365) return `${digits(perYear / 365)} per day`;
  if (perYear >= 0.1) return `${digits(perYear)} per year`;
  const years = 1 / perYear;
  return years >= 1e6 ? 'under 1 in a million years' : `1 in ${grouped(Number(years.toPrecision(2)))} years`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

// --- advice ------------------------------------------------------------------------------------------------------------

const STATUS = {
  meets: 'meets every constraint',
  'probably meets': 'meets every constraint by what was measured; the sample is too small to be sure of all',
  nearest: 'no setting that was tried meets every constraint; this is the nearest',
} as const;

function adviceLines(result: TuneResult, style: Styler, width: number): string[] {
  return [style.bold('Recommendation'), ...advice(result).flatMap((text) => labelled('  ', text, width))];
}

/** What is advised and on what evidence, a sentence each. */
export function advice(result: TuneResult): string[] {
  const { recommendation, points, objectives, constraints } = result;
  if (recommendation === null) return ['none: too little was measured'];
  const { changes, differences, status, hopeless } = recommendation;
  const point = points[recommendation.point] as TunedPoint;
  return [
    ...(constraints.length === 0 ? [] : [STATUS[status]]),
    ...recommendation.unmet.map((text) => `not certain or not met: ${text}`),
    ...hopeless.map((text) => `no setting that was tried meets: ${text}`),
    changes.length === 0
      ? 'change nothing: the present settings are the best that was found'
      : `change ${changes.map(({ timer, from, to }) => `${timer} from ${from} to ${to}`).join(', ')}`,
    ...objectives.map((objective, at) => {
      const measured = `${objective.text} ${estimated(point.objectives[at] as Estimate, objective)} over ${counted(point.runs, 'run')}`;
      const difference = differences[at] ?? null;
      return changes.length === 0 || difference === null
        ? measured
        : `${measured}; ${compared(difference, objective)}`;
    }),
    `false failovers: ${rateOf(point.falseFailovers)}; ${grounds(point.falseFailovers)}`,
  ];
}

/** What the difference of every run to the present settings comes down to. */
function compared({ value, low, high, confidence }: Estimate, { unit }: TunedObjective): string {
  if (value === null) return '';
  const way = value < 0 ? 'less' : 'more';
  const [from, to] = value < 0 ? [high, low] : [low, high];
  const size = (number: number | null): string =>
    number === null ? '…' : quantity(value < 0 ? -number : number, unit);
  const interval =
    low === null ? '' : ` (${size(from)} to ${size(to)}, ${Math.round(confidence * 100)} % confidence)`;
  return `run by run ${quantity(Math.abs(value), unit)} ${way} than now${interval}`;
}

function grounds({ method, counted: seen, low, high, note }: FalseFailoverRate): string {
  if (method === 'closed form')
    return note === '' ? 'by the closed form of runs of lost heartbeats and pings' : note;
  const years = seen?.years ?? 0;
  const days = `${digits(years * 365)} days without faults`;
  if (method === 'bound') return `none seen in ${days}${note === '' ? '' : `; no closed form: ${note}`}`;
  return `${grouped(seen?.events ?? 0)} seen by simulation in ${days} (${rate(low)} to ${rate(high)})`;
}

function commandLines({ recommendation }: TuneResult, style: Styler, width: number): string[] {
  if (recommendation === null || recommendation.commands.length === 0) return [];
  return [
    style.bold('To paste in configuration mode, then commit; HA settings are not synchronized'),
    ...recommendation.commands.flatMap(({ device, lines }) => [
      style.dim(`  ${printable(device)}`),
      ...lines,
    ]),
    '',
    ...labelled(
      '',
      `Try it: hasim run … ${recommendation.settings.map((setting) => `--set ${setting}`).join(' ')}`,
      width,
    ),
  ];
}
