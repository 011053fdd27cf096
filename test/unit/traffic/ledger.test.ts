import { describe, expect, test } from 'vitest';
import { FLOW, Flows, FLOW_EVENTS } from '../../../src/traffic/flows.ts';
import { FlowNumbers, slotOf } from '../../../src/traffic/flow-numbers.ts';
import {
  sessionMissing,
  takeOverSessions,
  type LedgerTraffic,
  type ServiceState,
} from '../../../src/traffic/ledger.ts';
import type { SessionSync } from '../../../src/traffic/session-sync.ts';
import { SessionTable, type SyncProgress } from '../../../src/traffic/session-table.ts';
import type { Workload } from '../../../src/traffic/workload.ts';
import { Wire } from '../../helpers/wire.ts';

/** The record of the takeover in every test. */
const RECORD = 33;

/** Flows of one workload, two firewalls that know some of them, and what the ledger makes of it. */
class Bench implements LedgerTraffic {
  readonly numbers = new FlowNumbers();
  readonly flows: Flows;
  readonly dropped: string[] = [];
  recreated = 0;
  readonly #workload: Workload;

  constructor(needsSession = true) {
    const { simulation, network } = new Wire(FLOW_EVENTS);
    this.flows = new Flows(simulation, network, this.numbers, [], 'packets');
    this.#workload = {
      needsSession,
      synced: true,
      fateOf: () => 'kept',
      recreates: () => (this.recreated += 1),
      dropped: (flow: number, blame: number) => {
        const { cause, record } = this.flows.blames.at(blame);
        this.dropped.push(`${flow} ${cause} ${record}`);
      },
    } as unknown as Workload;
  }

  readonly workload = (): Workload => this.#workload;

  open(count: number): number[] {
    return Array.from({ length: count }, () => this.numbers.numberOf(this.flows.open(0, FLOW.open, 1_000)));
  }

  /** A firewall that knows these sessions. */
  side(known: readonly number[], enabled = true): ServiceState {
    const table = new SessionTable(this.numbers);
    for (const flow of known) table.create(flow, 'tcp', 0);
    const sync = { enabled, shares: false, owns: () => false } as unknown as SessionSync;
    return { table, sync };
  }

  missing(flow: number): string | null {
    const index = this.flows.missing(slotOf(flow));
    return index === 0 ? null : this.flows.blames.at(index).cause;
  }
}

function setSync({ table }: ServiceState, flow: number, progress: SyncProgress): void {
  Object.assign(table.get(flow) ?? {}, { sync: progress });
}

describe('ledger: a takeover', () => {
  test('ledger: known to the survivor, to the former only, to nobody: carried, missing by cause, left out', () => {
    const bench = new Bench();
    const flows = bench.open(6) as [number, number, number, number, number, number];
    const [carried, sent, late, waiting, , opening] = flows;
    bench.flows.setState(slotOf(opening), FLOW.opening);
    const former = bench.side([carried, sent, late, waiting, opening]);
    setSync(former, sent, 'sent');
    setSync(former, late, 'in-flight');
    setSync(former, waiting, 'sync-backlog');
    const takeover = takeOverSessions(bench, bench.side([carried]), former, RECORD);
    const missing = { 'not-synced': 1, 'in-flight': 1, 'sync-backlog': 1 };
    expect(takeover).toEqual({ carried: 1, recreated: 0, missing });
    const causes = [null, 'not-synced', 'in-flight', 'sync-backlog', null, null];
    expect(flows.map((flow) => bench.missing(flow))).toEqual(causes);
  });

  test('ledger: UDP that the survivor does not know: made anew by its next packet', () => {
    const bench = new Bench(false);
    const former = bench.side(bench.open(2));
    const takeover = takeOverSessions(bench, bench.side([]), former, RECORD);
    expect([takeover, bench.recreated]).toEqual([{ carried: 0, recreated: 2, missing: {} }, 2]);
  });

  test('ledger: the former’s table lost with its power: its last contents are judged', () => {
    const bench = new Bench();
    const former = bench.side(bench.open(1));
    former.table.lose();
    expect(takeOverSessions(bench, bench.side([]), former, RECORD).missing).toEqual({ 'not-synced': 1 });
  });
});

describe('ledger: a packet dropped for want of a session', () => {
  test('ledger: the other firewall knew it: by how far it had told of it', () => {
    const bench = new Bench();
    const [known, unknown] = bench.open(2) as [number, number];
    const former = bench.side([known], false);
    for (const flow of [known, unknown, 9_999]) sessionMissing(bench, flow, bench.side([]), former, RECORD);
    expect(bench.dropped).toEqual([`${known} not-synced 33`, `${unknown} asymmetric 33`]);
  });

  test('ledger: only this firewall knew it, before it lost its table: flushed', () => {
    const bench = new Bench();
    const [flow] = bench.open(1) as [number];
    const dropping = bench.side([flow]);
    dropping.table.lose();
    sessionMissing(bench, flow, dropping, bench.side([]), RECORD);
    expect(bench.dropped).toEqual([`${flow} flushed 33`]);
  });
});
