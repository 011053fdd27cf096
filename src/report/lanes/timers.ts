/** The timers of a firewall, each as bars from its setting to its end, with the time at which it would run out. */

import type { TraceRecord } from '../../kernel/trace.ts';
import { recordsOf } from './data.ts';
import type { Lane, Span } from './model.ts';

interface Running {
  readonly fromUs: number;
  readonly deadlineUs: number;
  readonly record: number;
}

/** A lane for every timer that was ever set, in the order of their first setting. */
export function timerLanes(records: readonly TraceRecord[], device: string, endUs: number): readonly Lane[] {
  const spans = new Map<string, Span[]>();
  const running = new Map<string, Running>();
  const end = (name: string, toUs: number, endRecord: number, cancelled: boolean): void => {
    const timer = running.get(name);
    if (timer === undefined) return;
    running.delete(name);
    const text = cancelled ? 'cancelled' : name;
    const tone = cancelled ? 'idle' : 'busy';
    if (toUs > timer.fromUs) spans.get(name)?.push({ ...timer, toUs, endRecord, text, tone });
  };
  for (const { id, timeUs, data } of recordsOf(records, 'timer', device)) {
    const { timer, step, durationUs = 0 } = data;
    // Set again before its end: the old bar is over, and nobody cancelled it.
    end(timer, timeUs, id, step === 'cancelled');
    if (step !== 'set') continue;
    if (!spans.has(timer)) spans.set(timer, []);
    running.set(timer, { fromUs: timeUs, deadlineUs: timeUs + durationUs, record: id });
  }
  for (const name of spans.keys()) end(name, endUs, 0, false);
  return [...spans].map(([name, bars]) => ({
    id: `${device}/timer/${name}`,
    label: name,
    kind: 'timer',
    spans: bars,
    marks: [],
  }));
}
