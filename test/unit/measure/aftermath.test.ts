import { describe, expect, test } from 'vitest';
import { Aftermath } from '../../../src/measure/aftermath.ts';
import type { Part } from '../../../src/measure/part.ts';
import { SwitchPorts } from '../../../src/measure/switch-ports.ts';
import { IN_FORCE, Notes } from '../../helpers/notes.ts';

const MS = 1_000;
const T = 20_000_000;

/** palo-2 takes over at 20 s; what follows is noted after so many milliseconds. */
class After {
  readonly #notes = new Notes();
  readonly #aftermath: Aftermath;
  readonly takeover: number;

  constructor(from: 'passive' | 'active-secondary' = 'passive', switches = SwitchPorts.none()) {
    this.takeover = this.#notes.role(T, 'palo-2', from, 'active', 'T14');
    this.#aftermath = new Aftermath(this.#notes.records[0]!, switches);
  }

  note(ms: number, ...[kind, subject, data, cause]: Tail<Parameters<Notes['note']>>): number {
    const id = this.#notes.note(T + ms * MS, kind, subject, data, cause);
    this.#aftermath.observe(this.#notes.records.at(-1)!, this.#notes.records);
    return id;
  }

  port(ms: number, name = 'ethernet1/1', device = 'palo-2'): number {
    return this.note(ms, 'port', device, { interface: name, forwarding: true }, this.takeover);
  }

  garp(ms: number, device = 'palo-2'): number {
    return this.note(ms, 'garp', device, { times: 1, sent: ['ethernet1/1'], lost: [] }, this.takeover);
  }

  learned(ms: number, garp: number, towards = 'palo-2:ethernet1/1'): number {
    return this.note(ms, 'learned', 'switch', { mac: 'm', towards, instead: 'palo-1:ethernet1/1' }, garp);
  }

  /** Each part that took time, in milliseconds, with what set it. */
  parts(restoredMs: number | null): readonly string[] {
    const restoredUs = restoredMs === null ? null : T + restoredMs * MS;
    const parts = this.#aftermath.parts(restoredUs, IN_FORCE);
    return parts.filter(({ us }) => us !== 0).map(told);
  }
}

type Tail<List extends readonly unknown[]> = List extends [unknown, ...infer Rest] ? Rest : never;

function told({ part, us, setBy }: Part): string {
  const by = setBy.map(({ setting, value }) => (setting === null ? value : `${setting} ${value}`)).join(', ');
  return us === null ? `${part} never` : `${part} ${us / MS}: ${by}`;
}

const NEXT = 'the next packet of a user';

describe('aftermath: ports', () => {
  test('aftermath: ports that have to come up: the last of them, by which wait it took', () => {
    const after = new After();
    after.port(200);
    after.port(3_000, 'ethernet1/2');
    expect(after.parts(3_050)).toEqual([
      'port 3000: port-bring-up-shutdown 3000 ms',
      `restoration 50: ${NEXT}`,
    ]);
  });

  test('aftermath: a port that comes when traffic passes: nobody waited for it', () => {
    const after = new After();
    after.port(200);
    after.port(3_000, 'ethernet1/2');
    expect(after.parts(250)).toEqual([`restoration 250: ${NEXT}`]);
  });

  test('aftermath: LACP: both waits; of another port: only that port’s own', () => {
    const after = new After();
    after.note(2_200, 'lacp', 'palo-2', { interface: 'ethernet1/1', negotiated: true }, after.takeover);
    after.port(2_200);
    expect(after.parts(2_200)).toEqual(['port 2200: port-bring-up-auto 200 ms, lacp-negotiation 2000 ms']);
    const other = new After();
    other.note(200, 'lacp', 'palo-2', { interface: 'ethernet1/2', negotiated: true });
    other.port(200);
    expect(other.parts(200)).toEqual(['port 200: port-bring-up-auto 200 ms']);
  });

  test('aftermath: a length that no wait has: the port came up', () => {
    const after = new After();
    after.port(777);
    expect(after.parts(777)).toEqual(['port 777: ethernet1/1 comes up']);
  });

  test('aftermath: spanning tree: until the switch port opens, of this firewall only, and only if it was waited for', () => {
    const after = new After();
    after.port(3_000);
    after.note(3_000, 'spanning-tree', 'hub', { towards: 'palo-2:ethernet1/1', forwardDelayUs: 4_000 * MS });
    after.note(4_000, 'spanning-tree', 'hub', { towards: 'palo-1:ethernet1/1', forwardDelayUs: 4_000 * MS });
    expect(after.parts(11_001)).toEqual([
      'port 11000: port-bring-up-shutdown 3000 ms, spanning-tree forward-delay of hub 4000 ms × 2',
      `restoration 1: ${NEXT}`,
    ]);
    expect(after.parts(10_999)).toEqual([
      'port 3000: port-bring-up-shutdown 3000 ms',
      `restoration 7999: ${NEXT}`,
    ]);
  });

  test('aftermath: spanning tree: a port that had carrier before the takeover; what it does later changes nothing', () => {
    const switches = SwitchPorts.none();
    const listens = (timeUs: number, device: string): void => {
      const data = { towards: `${device}:ethernet1/1`, forwardDelayUs: 4_000 * MS };
      switches.observe({ id: 1, timeUs, kind: 'spanning-tree', subject: 'hub', cause: 0, data });
    };
    listens(T - 5_000 * MS, 'palo-2');
    listens(T - 1_000 * MS, 'palo-1');
    const after = new After('active-secondary', switches);
    listens(T + 1_000 * MS, 'palo-2');
    expect(after.parts(60_000)[0]).toBe('port 3000: spanning-tree forward-delay of hub 4000 ms × 2');
  });

  test('aftermath: nobody served and no port ever forwards: the port and all after it never end', () => {
    const dark = ['port never', 'announcement never', 'learning never', 'restoration never'];
    expect(new After().parts(null)).toEqual(dark);
    expect(new After('active-secondary').parts(null)).toEqual(['restoration never']);
    const lit = new After();
    lit.port(200);
    expect(lit.parts(null)).toEqual(['port 200: port-bring-up-auto 200 ms', 'restoration never']);
  });
});

describe('aftermath: announcing and learning', () => {
  const ANNOUNCEMENT = 'gratuitous ARP is repeated every 1000 ms';

  test('aftermath: stale until an announcement after the ports forward: announced, then learned', () => {
    const after = new After();
    after.port(200);
    after.learned(1_001, after.garp(1_000));
    expect(after.parts(1_100)).toEqual([
      'port 200: port-bring-up-auto 200 ms',
      `announcement 800: ${ANNOUNCEMENT}`,
      'learning 1: latency of link downlink 0.01 ms',
      `restoration 99: ${NEXT}`,
    ]);
  });

  test('aftermath: announced and learned before the ports forward: takes no time', () => {
    const after = new After();
    after.learned(1, after.garp(0));
    after.port(200);
    expect(after.parts(200)).toEqual(['port 200: port-bring-up-auto 200 ms']);
  });

  test('aftermath: announced before, learned after the ports forward: learning only', () => {
    const after = new After();
    const garp = after.garp(0);
    after.port(200);
    after.learned(201, garp);
    expect(after.parts(202)).toEqual([
      'port 200: port-bring-up-auto 200 ms',
      'learning 1: latency of link downlink 0.01 ms',
      `restoration 1: ${NEXT}`,
    ]);
  });

  test('aftermath: announced, and nobody had believed otherwise: nobody waited for it', () => {
    const after = new After();
    after.garp(1_000);
    expect(after.parts(2_000)).toEqual([`restoration 2000: ${NEXT}`]);
  });

  test('aftermath: learned from a frame that announces nothing: learning, by the first frame', () => {
    const after = new After();
    after.learned(700, after.takeover);
    expect(after.parts(701)).toEqual([
      'learning 700: the next frame of palo-2:ethernet1/1',
      `restoration 1: ${NEXT}`,
    ]);
  });

  test('aftermath: a neighbour’s ARP cache: learned from the announcement of this firewall', () => {
    const after = new After();
    after.note(1, 'learned', 'host', { address: '10.0.0.1', mac: 'b', instead: 'a' }, after.garp(0));
    expect(after.parts(1)).toEqual(['learning 1: the way of the announcement']);
  });

  test('aftermath: what is learned of the other firewall, or when traffic passes: none of it', () => {
    const after = new After();
    after.learned(10, after.garp(10, 'palo-1'), 'palo-1:ethernet1/1');
    after.learned(20, after.takeover, 'palo-1:ethernet1/1');
    after.learned(99, after.garp(99));
    expect(after.parts(50)).toEqual([`restoration 50: ${NEXT}`]);
  });
});

describe('aftermath: restoration', () => {
  test('aftermath: routes that became usable on the way: their convergence', () => {
    const after = new After();
    after.note(1_000, 'routes', 'palo-2', { neighbor: 'isp', state: 'usable' });
    expect(after.parts(1_001)).toEqual([
      `restoration 1001: convergence-time of neighbor isp 1000 ms, ${NEXT}`,
    ]);
    expect(after.parts(999)).toEqual([`restoration 999: ${NEXT}`]);
  });

  test('aftermath: routes that were lost, or usable before the ports forwarded: not waited for', () => {
    const after = new After();
    after.note(100, 'routes', 'palo-2', { neighbor: 'isp', state: 'usable' });
    after.port(200);
    after.note(300, 'routes', 'isp', { neighbor: 'pair', state: 'withdrawn' });
    expect(after.parts(400)[1]).toBe(`restoration 200: ${NEXT}`);
  });
});
