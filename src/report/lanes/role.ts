/** The band of a firewall's role, the first thing that a reader looks for; dark while the firewall is off. */

import type { TraceRecord } from '../../kernel/trace.ts';
import { Band, type State } from './band.ts';
import { recordsOf } from './data.ts';
import type { Span, Tone } from './model.ts';

const TONES: Readonly<Record<string, Tone>> = {
  active: 'good',
  'active-primary': 'good',
  'active-secondary': 'good',
  passive: 'idle',
  tentative: 'busy',
  initial: 'busy',
  'non-functional': 'bad',
  suspended: 'warn',
};

/** How a role looks. */
export function roleTone(role: string): Tone {
  return TONES[role] ?? 'idle';
}

const OFF: State = { text: 'off', tone: 'off' };
const BOOTING: State = { text: 'booting', tone: 'busy' };

/** The spans of a firewall's role. */
export function roleSpans(records: readonly TraceRecord[], device: string, endUs: number): readonly Span[] {
  const band = new Band();
  for (const record of records) {
    if (record.subject !== device) continue;
    const { data, id, timeUs } = record;
    if (record.kind === 'role') {
      const role = String(data['to']);
      band.set(timeUs, { text: role, tone: roleTone(role) }, id);
    } else if (record.kind === 'power') band.set(timeUs, data['state'] === 'off' ? OFF : BOOTING, id);
  }
  return band.spans(endUs);
}

/** Whether the pair had long been up when the run began. */
export function beganConverged(records: readonly TraceRecord[]): boolean {
  return recordsOf(records, 'role').some(({ data }) => data.rule === 'converged');
}
