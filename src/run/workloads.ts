/**
 * `workloads:` → the settings of the model: plain data, all times in microseconds.
 */

import type { Distribution } from '../kernel/distribution.ts';
import type { DistributionEntry } from '../scenario/schema/distribution.ts';
import type { ResolvedWorkload } from '../scenario/schema/traffic.ts';
import type { ArrivalProcess } from '../traffic/arrivals.ts';
import { LINUX_TCP } from '../traffic/tcp.ts';
import type { WorkloadSettings } from '../traffic/workload-settings.ts';
import { tcpSettings } from './tcp-settings.ts';

/** The settings of one workload. */
export function workloadSettings(name: string, entry: ResolvedWorkload): WorkloadSettings {
  const { 'holding-time': holding, 'packet-interval': packetInterval } = entry;
  return {
    name,
    application: entry.application ?? name,
    protocol: entry.protocol,
    decryption: entry.decryption,
    concurrent: entry.arrivals.concurrent ?? 0,
    arrivals: arrivalsOf(entry.arrivals),
    holding: holding === 'forever' ? null : distributionOf(holding),
    packetInterval:
      typeof packetInterval === 'number'
        ? { kind: 'constant', valueUs: packetInterval }
        : distributionOf(packetInterval),
    packetBytes: entry['packet-size'],
    port: entry.port ?? 0,
    tcp: entry.tcp === undefined ? LINUX_TCP : tcpSettings(entry.tcp),
  };
}

function arrivalsOf(entry: ResolvedWorkload['arrivals']): ArrivalProcess | null {
  const { poisson, constant, 'on-off': onOff, diurnal, timesUs } = entry;
  if (poisson !== undefined) return { kind: 'poisson', meanGapUs: poisson };
  if (constant !== undefined) return { kind: 'constant', meanGapUs: constant };
  if (onOff !== undefined) {
    return { kind: 'on-off', meanGapUs: onOff.rate, meanOnUs: onOff.on, meanOffUs: onOff.off };
  }
  if (diurnal !== undefined) {
    const { mean: meanGapUs, peak: peakGapUs, period: periodUs, 'peak-at': peakAtUs } = diurnal;
    return { kind: 'diurnal', meanGapUs, peakGapUs, periodUs, peakAtUs };
  }
  return timesUs === undefined ? null : { kind: 'timestamps', timesUs };
}

function distributionOf(entry: DistributionEntry): Distribution {
  const { exponential, lognormal, pareto, uniform, constant, empirical = [] } = entry;
  if (exponential !== undefined) return { kind: 'exponential', meanUs: exponential };
  if (lognormal !== undefined)
    return { kind: 'lognormal', medianUs: lognormal.median, sigma: lognormal.sigma };
  if (pareto !== undefined) return { kind: 'pareto', minUs: pareto.min, alpha: pareto.alpha };
  if (uniform !== undefined) return { kind: 'uniform', minUs: uniform.min, maxUs: uniform.max };
  if (constant !== undefined) return { kind: 'constant', valueUs: constant };
  const values = empirical.map((item) => (typeof item === 'number' ? { value: item, weight: 1 } : item));
  return {
    kind: 'empirical',
    valuesUs: values.map(({ value }) => value),
    weights: values.map(({ weight }) => weight),
  };
}
