/** Words that stand in the picture and beside it. Pure. */

import { formatDuration } from '../kernel/time.ts';
import type { Lane, MessageClass, Span } from '../report/lanes/model.ts';

/** Of classes of messages, as the switches call them. */
export const CLASS_NAMES: Readonly<Record<MessageClass, string>> = {
  heartbeat: 'heartbeats',
  hello: 'hellos',
  'session-sync': 'session sync',
  'keep-alive': 'HA2 keep-alives',
  configuration: 'configuration sync',
  ha3: 'HA3',
};

/** Whether a bar is a timer's that somebody stopped before its deadline. */
export function isCancelled({ deadlineUs, toUs, endRecord }: Span): boolean {
  return deadlineUs !== undefined && toUs < deadlineUs && endRecord !== 0;
}

/** In a bar. A timer's name stands on its lane already: its bar says how long it runs, or what became of it. */
export function barText({ kind }: Pick<Lane, 'kind'>, span: Span): string {
  const { fromUs, toUs, deadlineUs, text } = span;
  if (kind !== 'timer' || deadlineUs === undefined) return text;
  const whole = formatDuration(deadlineUs - fromUs);
  return isCancelled(span) ? `cancelled after ${formatDuration(toUs - fromUs)} of ${whole}` : whole;
}

/** A count for the eye: `12,400`. */
export function countText(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
