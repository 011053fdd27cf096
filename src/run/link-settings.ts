/**
 * What a link of a scenario does to packets, in the model's words.
 */

import { DEFAULT_IMPAIRMENT, type Impairment } from '../network/impairment.ts';
import type { LinkSettings } from '../scenario/schema/network.ts';

type ImpairmentSettings = Omit<LinkSettings, 'between' | 'mtu'>;

/** The settings that are given, in the model's words; what is not given is left out. */
export function impairmentOf(given: ImpairmentSettings): Partial<Impairment> {
  const burst = given['burst-loss'];
  const over: Partial<Record<keyof Impairment, unknown>> = {
    latencyUs: given.latency,
    jitterUs: given.jitter,
    loss: given.loss,
    burst: burst === undefined ? undefined : { meanGap: burst['mean-gap'], meanLength: burst['mean-length'] },
    duplicate: given.duplicate,
    reorderShare: given.reorder?.share,
    reorderDelayUs: given.reorder?.delay,
    bandwidth: given.bandwidth,
    queueLimitUs: given['queue-limit'],
  };
  const entries = Object.entries(over).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Impairment>;
}

/** A link's own settings, complete. */
export function linkImpairment(link: LinkSettings): Impairment {
  return { ...DEFAULT_IMPAIRMENT, ...impairmentOf(link) };
}
