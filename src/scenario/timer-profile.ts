/**
 * Profiles of election timers as the single timers that they are.
 *
 * A single timer set where a scenario names a profile: the other timers stay as the profile has them, for whoever sets one means one. PAN-OS's
 * configuration has either a profile or `advanced:`, so the profile is written out first. A file that lays `advanced:` over a profile is
 * another matter: what it does not name is recommended there, as PAN-OS has it.
 */

import { PLATFORMS, profileTimers, type HaTimers, type Platform } from '../ha/timers.ts';
import type { Edit } from './edit.ts';
import { nodeAt, type Located, type LocatedMap, type Path } from './located.ts';
import { writeDuration } from './schema/units.ts';
import type { Span } from './source.ts';

const TIMERS = ['election-option', 'timers'] as const;

/** What a profile has to be written out as before this path is set; nothing where it does not lead past a profile. */
export function profileWrittenOut(tree: LocatedMap, path: Path, span: Span): Edit[] {
  const at = path.indexOf(TIMERS[0]) + TIMERS.length;
  if (path[at - 1] !== TIMERS[1] || path.length === at) return [];
  const place = path.slice(0, at);
  const profile = wordAt(tree, place);
  if (profile !== 'recommended' && profile !== 'aggressive') return [];
  const platform = wordAt(tree, [...path.slice(0, 2), 'platform']);
  const timers = profileTimers(profile, isPlatform(platform) ? platform : 'PA-3400');
  // What all devices share has no platform: recommended is then what each has anyway.
  if (profile === 'recommended' && path[0] !== 'devices') return [];
  return [{ path: place, set: { advanced: written(timers) }, span }];
}

/** The election timers of a device as `advanced:` with a value for each, whatever they are written as. */
export function timersInFull(timers: unknown, platform: Platform): unknown {
  if (timers === 'recommended' || timers === 'aggressive') {
    return { advanced: written(profileTimers(timers, platform)) };
  }
  const { advanced } = timers as { readonly advanced: Readonly<Record<string, unknown>> };
  return { advanced: { ...written(profileTimers('recommended', platform)), ...advanced } };
}

function written(timers: HaTimers): Readonly<Record<string, string | number>> {
  return {
    'heartbeat-interval': writeDuration(timers.heartbeatIntervalUs),
    'hello-interval': writeDuration(timers.helloIntervalUs),
    'promotion-hold-time': writeDuration(timers.promotionHoldUs),
    'preemption-hold-time': writeDuration(timers.preemptionHoldUs),
    'monitor-fail-hold-up-time': writeDuration(timers.monitorFailHoldUpUs),
    'additional-master-hold-up-time': writeDuration(timers.additionalMasterHoldUpUs),
    'flap-max': timers.flapMax,
  };
}

function wordAt(tree: Located, path: Path): unknown {
  const node = nodeAt(tree, path);
  return node?.kind === 'scalar' ? node.value : undefined;
}

function isPlatform(word: unknown): word is Platform {
  return typeof word === 'string' && Object.hasOwn(PLATFORMS, word);
}
