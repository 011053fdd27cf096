/** What adds up: packets that probes lost, sessions that users lost, and messages of session sync that wait. */

import type { RunResult } from '../../../run/result.ts';
import { recordsOf } from '../../lanes/data.ts';
import type { TraceEvent } from './event.ts';

/** @param pid the process under which they are drawn */
export function* counterEvents(result: RunResult, pid: number): Generator<TraceEvent> {
  const { probes, workloads, devices, records } = result;
  for (const { name, outages } of probes) {
    const counted = outages
      .map(({ toUs, lost }) => ({ atUs: toUs, count: lost }))
      .toSorted((a, b) => a.atUs - b.atUs);
    yield* sums(`probe ${name}: lost`, pid, counted);
  }
  for (const { name, losses } of workloads) {
    // The books know of each cause when it first cost a session, and how many it cost.
    const counted = losses
      .map(({ firstUs, count }) => ({ atUs: firstUs, count }))
      .toSorted((a, b) => a.atUs - b.atUs);
    yield* sums(`workload ${name}: sessions lost`, pid, counted);
  }
  for (const { name: device } of devices) {
    const name = `${device}: session sync messages waiting`;
    for (const { timeUs, data } of recordsOf(records, 'session-sync', device)) {
      if (data.step === 'requested' || data.step === 'complete') continue;
      const messages = data.step === 'behind' ? data.messages : 0;
      yield { ph: 'C', name, pid, ts: timeUs, args: { messages } };
    }
  }
}

function* sums(
  name: string,
  pid: number,
  counted: readonly { readonly atUs: number; readonly count: number }[],
): Generator<TraceEvent> {
  let lost = 0;
  yield { ph: 'C', name, pid, ts: 0, args: { lost } };
  for (const { atUs, count } of counted) {
    lost += count;
    yield { ph: 'C', name, pid, ts: atUs, args: { lost } };
  }
}
