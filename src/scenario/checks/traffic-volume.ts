/**
 * How much traffic a scenario asks for: estimated before it runs, so that a rate with a zero too many is a mistake at its place,
 * and not a run that fills the machine.
 *
 * By Little's law as many sessions are open as arrive in one mean holding time, and no session lasts longer than the run.
 */

import { MOST_OPEN_SESSIONS, MOST_PACKETS } from '../limits.ts';
import type { ArrivalsEntry } from '../schema/arrivals.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Workload } from '../schema/traffic.ts';
import { writeDuration } from '../schema/units.ts';
import { meanUs } from './mean-duration.ts';
import type { Reporter } from './report.ts';

type TimesUs = readonly number[];

/** What a workload comes to. */
interface Volume {
  readonly workload: string;
  /** Sessions open at once, at most. */
  readonly open: number;
  /** Packets of its clients in the whole run. */
  readonly packets: number;
}

/** Reports workloads that need more memory or time than there is, and timestamps of which none is within the run. */
export function checkTrafficVolume(
  reporter: Reporter,
  scenario: Scenario,
  timesUs: ReadonlyMap<string, TimesUs>,
): void {
  const { workloads, flows, until: lengthUs } = scenario;
  const volumes = Object.entries(workloads).map(([workload, entry]): Volume => {
    const withinUs = (timesUs.get(workload) ?? []).filter((atUs) => atUs <= lengthUs);
    checkWithin(reporter, workload, timesUs.get(workload), lengthUs);
    return volumeOf(workload, entry, withinUs, lengthUs);
  });
  const complain = (what: string, key: 'open' | 'packets', most: number): boolean => {
    const total = volumes.reduce((sum, volume) => sum + volume[key], 0);
    const largest = volumes.toSorted((a, b) => b[key] - a[key])[0];
    if (largest === undefined || total <= most) return false;
    const share = volumes.length === 1 ? '' : ` in all workloads, ${about(largest[key], 0)} of them here`;
    reporter.at(
      ['workloads', largest.workload, 'arrivals'],
      `expected at most ${most} ${what} with flows: ${flows}, got ${about(total, most)}${share}`,
      flows === 'packets'
        ? 'Use flows: intervals, a lower rate or a shorter holding-time.'
        : 'Use a lower rate or a shorter holding-time.',
    );
    return true;
  };
  const tooMany = complain('sessions open at once', 'open', MOST_OPEN_SESSIONS[flows]);
  if (!tooMany && flows === 'packets') complain('packets in the run', 'packets', MOST_PACKETS);
}

function volumeOf(workload: string, entry: Workload, withinUs: TimesUs, lengthUs: number): Volume {
  const { arrivals, 'holding-time': holding, 'packet-interval': interval } = entry;
  const holdingUs = Math.min(holding === 'forever' ? Infinity : meanUs(holding), lengthUs);
  const intervalUs = Math.min(typeof interval === 'number' ? interval : meanUs(interval), lengthUs);
  const concurrent = arrivals.concurrent ?? 0;
  const [atOnce, arrived] = arriving(arrivals, holdingUs, lengthUs, withinUs.length);
  const perSession = holdingUs / intervalUs + 1;
  return { workload, open: concurrent + atOnce, packets: (concurrent + arrived) * perSession };
}

/** Sessions that arrive within one holding time, where most do; and in the whole run. */
function arriving(
  { poisson, constant, 'on-off': onOff, diurnal }: ArrivalsEntry,
  holdingUs: number,
  lengthUs: number,
  timestamps: number,
): readonly [atOnce: number, arrived: number] {
  const gapUs = poisson ?? constant;
  if (gapUs !== undefined) return [holdingUs / gapUs, lengthUs / gapUs];
  if (onOff !== undefined) {
    const share = onOff.on / (onOff.on + onOff.off);
    const inBurst = Math.min(holdingUs, onOff.on) / onOff.rate;
    return [Math.max(inBurst, (share * holdingUs) / onOff.rate), (share * lengthUs) / onOff.rate];
  }
  if (diurnal !== undefined) {
    const { mean, peak, period } = diurnal;
    return [holdingUs / (holdingUs < period ? peak : mean), lengthUs / (lengthUs < period ? peak : mean)];
  }
  return [timestamps, timestamps];
}

function checkWithin(
  reporter: Reporter,
  workload: string,
  timesUs: TimesUs | undefined,
  lengthUs: number,
): void {
  const firstUs = timesUs?.[0];
  if (firstUs === undefined || firstUs <= lengthUs) return;
  reporter.at(
    ['workloads', workload, 'arrivals', 'csv'],
    `expected timestamps within the run (until: ${writeDuration(lengthUs)}), got ${firstUs / 1e6}s as the first`,
    'They count from the start of the run.',
  );
}

/** Three digits are all that an estimate has, unless it is just over the most. */
function about(count: number, most: number): string {
  const rounded = Number(count.toPrecision(3));
  return rounded > most ? `about ${rounded}` : String(Math.ceil(count));
}
