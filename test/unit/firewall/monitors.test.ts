import { describe, expect, test } from 'vitest';
import type { DataPort } from '../../../src/firewall/data-port.ts';
import { conditionMet, LinkMonitor } from '../../../src/firewall/link-monitor.ts';
import { PathMonitor } from '../../../src/firewall/path-monitor.ts';
import { FlowNumbers } from '../../../src/traffic/flow-numbers.ts';
import type { ProbeExit } from '../../../src/firewall/probe-exit.ts';
import { FIREWALL_EVENTS, FirewallRoutes } from '../../../src/firewall/routes.ts';
import type { FailureCondition, PathGroup } from '../../../src/firewall/settings.ts';
import { parseIp } from '../../../src/network/address.ts';
import { FRAME, makeFrame, type Frame } from '../../../src/network/frame.ts';
import { Wire } from '../../helpers/wire.ts';

describe('failure condition: any and all', () => {
  test.each<[FailureCondition, boolean[], boolean]>([
    ['any', [], false],
    ['all', [], false], // Of nothing, nothing can have failed.
    ['any', [false, false], false],
    ['any', [false, true], true],
    ['any', [true, true], true],
    ['all', [false, true], false],
    ['all', [true, true], true],
  ])('failure condition: %s of %j: %s', (condition, failed, met) => {
    expect(conditionMet(condition, failed)).toBe(met);
  });
});

const DETECTION_US = 50_000;

interface FakePort {
  readonly name: string;
  lit: boolean;
  flapping: boolean;
  readonly port: { carrier: boolean };
}

/** Four ports in two groups, each group and the whole with its condition; what the protocol gets to hear. */
function linkMonitor(whole: FailureCondition, group: FailureCondition, enabled = true) {
  const wire = new Wire(FIREWALL_EVENTS);
  const ports: FakePort[] = ['a', 'b', 'c', 'd'].map((name) => ({
    name,
    lit: true,
    flapping: false,
    port: { carrier: true },
  }));
  const verdicts: string[] = [];
  const told: string[] = [];
  const owner = {
    name: 'palo-1',
    monitorVerdict: (_monitor: string, failed: boolean) =>
      void verdicts.push(`${wire.simulation.nowUs} ${failed ? 'failed' : 'well'}`),
    interfacesDown: (down: readonly string[]) => void told.push(down.join(' ')),
  };
  const groups = [
    { name: 'one', failureCondition: group, interfaces: ['a', 'b'] },
    { name: 'two', failureCondition: group, interfaces: ['c', 'd'] },
  ];
  const settings = {
    linkMonitoring: { enabled, failureCondition: whole, groups },
    virtualAddresses: ['b', 'a'].map((name) => ({
      ip: 0,
      interface: name,
      rule: { kind: 'bound-to-active-primary' } as const,
    })),
    assumptions: { linkDownDetectionUs: DETECTION_US },
  };
  const data = ports as unknown as DataPort[];
  const routes = new FirewallRoutes(wire.simulation);
  const monitor = new LinkMonitor(owner, wire.simulation, routes, settings, data);
  const set = (name: string, change: { carrier?: boolean; lit?: boolean; flapping?: boolean }): void => {
    const port = ports.find((candidate) => candidate.name === name) as FakePort;
    if (change.carrier !== undefined) port.port.carrier = change.carrier;
    if (change.lit !== undefined) port.lit = change.lit;
    if (change.flapping !== undefined) port.flapping = change.flapping;
    monitor.portChanged(port as unknown as DataPort);
  };
  return { wire, monitor, verdicts, told, set };
}

describe('link monitoring: groups', () => {
  test.each<[FailureCondition, FailureCondition, string[], boolean]>([
    ['any', 'any', ['a'], true],
    ['any', 'all', ['a', 'c'], false],
    ['any', 'all', ['a', 'b'], true],
    ['all', 'any', ['a', 'b'], false],
    ['all', 'any', ['a', 'c'], true],
    ['all', 'all', ['a', 'b', 'c'], false],
    ['all', 'all', ['a', 'b', 'c', 'd'], true],
  ])('link monitoring: %s of groups with %s of ports: %j down: failed %s', (whole, group, down, failed) => {
    const { wire, verdicts, set } = linkMonitor(whole, group);
    for (const name of down) set(name, { carrier: false });
    wire.run(1_000_000);
    expect(verdicts).toEqual(failed ? [`${DETECTION_US} failed`] : []);
    for (const name of down) set(name, { carrier: true });
    wire.run(2_000_000);
    expect(verdicts.slice(1)).toEqual(failed ? [`${1_000_000 + DETECTION_US} well`] : []);
  });

  test('link monitoring: carrier back before the agent looks: it never knows', () => {
    const { wire, verdicts, set } = linkMonitor('any', 'any');
    set('a', { carrier: false });
    wire.run(DETECTION_US - 1);
    set('a', { carrier: true });
    wire.run(1_000_000);
    expect(verdicts).toEqual([]);
  });

  test('link monitoring: interfaces that carry virtual addresses go down and come back: told, without a verdict', () => {
    const { wire, monitor, set, verdicts, told } = linkMonitor('any', 'all', false);
    set('b', { carrier: false });
    set('c', { carrier: false }); // Carries none.
    wire.run(DETECTION_US);
    set('a', { carrier: false });
    wire.run(2 * DETECTION_US);
    set('b', { carrier: true });
    wire.run(3 * DETECTION_US);
    expect(told).toEqual(['b', 'b', 'b a', 'a']);
    expect(verdicts).toEqual([]);
    monitor.restate();
    expect(told.at(-1)).toBe('a');
  });

  test('link monitoring: a port that the firewall keeps dark: tells nothing, and clears what it told', () => {
    const { wire, verdicts, set } = linkMonitor('any', 'any');
    set('a', { carrier: false });
    wire.run(1_000_000);
    set('a', { lit: false });
    wire.run(2_000_000);
    expect(verdicts).toEqual([`${DETECTION_US} failed`, `${1_000_000 + DETECTION_US} well`]);
  });

  test('link monitoring: a port that flaps by the firewall’s own doing: what was known stays known', () => {
    const { wire, verdicts, set } = linkMonitor('any', 'any');
    set('a', { carrier: false });
    wire.run(1_000_000);
    set('a', { lit: false, flapping: true });
    wire.run(2_000_000);
    expect(verdicts).toHaveLength(1);
  });

  test('link monitoring: disabled: no verdict', () => {
    const { wire, verdicts, set } = linkMonitor('any', 'any', false);
    set('a', { carrier: false });
    wire.run(1_000_000);
    expect(verdicts).toEqual([]);
  });

  test('link monitoring: an agent that starts anew: is told again what is failed, and only that', () => {
    const { wire, monitor, verdicts, set } = linkMonitor('any', 'any');
    monitor.restate();
    set('a', { carrier: false });
    wire.run(1_000_000);
    monitor.restate();
    expect(verdicts).toEqual([`${DETECTION_US} failed`, '1000000 failed']);
    monitor.reset();
    monitor.restate();
    expect(verdicts).toHaveLength(2);
  });
});

const [A, B, C, D] = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'].map(parseIp) as [
  number,
  number,
  number,
  number,
];
const INTERVAL_US = 200_000;

interface Conditions {
  readonly whole: FailureCondition;
  readonly group: FailureCondition;
  readonly destinations: FailureCondition;
}

/** One path group with the destination groups {A, B} and {C, D}; whoever is not `silent` answers at once. */
function pathMonitor({ whole, group, destinations }: Conditions, pingCount = 3) {
  const wire = new Wire(FIREWALL_EVENTS);
  const silent = new Set<number>();
  const pings: Frame[] = [];
  const state: { exit: 'open' | 'flapping' | 'closed' } = { exit: 'open' };
  const verdicts: string[] = [];
  const way: ProbeExit = {
    sourceIp: parseIp('192.0.2.254'),
    send: (frame: Frame) => {
      pings.push(frame);
      if (silent.has(frame.destinationIp)) return;
      const { flow, sequence } = frame;
      monitor.receive(makeFrame(FRAME.echoReply, 0, 0, frame.destinationIp, 0, { flow, sequence }));
    },
  };
  const owner = {
    name: 'palo-1',
    monitorVerdict: (_monitor: string, failed: boolean) =>
      void verdicts.push(`${wire.simulation.nowUs} ${failed ? 'failed' : 'well'}`),
    probeExit: (): ProbeExit | 'flapping' | null =>
      state.exit === 'open' ? way : state.exit === 'flapping' ? 'flapping' : null,
  };
  const paths: PathGroup = {
    kind: 'virtual-router',
    sourceIp: null,
    name: 'default',
    failureCondition: group,
    pingIntervalUs: INTERVAL_US,
    pingCount,
    destinationGroups: [
      { name: 'one', failureCondition: destinations, destinations: [A, B] },
      { name: 'two', failureCondition: destinations, destinations: [C, D] },
    ],
  };
  const monitoring = { enabled: true, failureCondition: whole, groups: [paths] };
  const monitor: PathMonitor = new PathMonitor(
    owner,
    wire.network,
    new FirewallRoutes(wire.simulation),
    new FlowNumbers(),
    monitoring,
  );
  monitor.start(() => 0);
  return { wire, monitor, silent, pings, state, verdicts };
}

const ANY: Conditions = { whole: 'any', group: 'any', destinations: 'any' };

describe('path monitoring: three levels', () => {
  test.each<[Conditions, number[], boolean]>([
    [ANY, [A], true],
    [{ ...ANY, destinations: 'all' }, [A, C], false],
    [{ ...ANY, destinations: 'all' }, [A, B], true],
    [{ ...ANY, group: 'all' }, [A, B], false],
    [{ ...ANY, group: 'all' }, [A, C], true],
    [{ whole: 'all', group: 'all', destinations: 'all' }, [A, B, C], false],
    [{ whole: 'all', group: 'all', destinations: 'all' }, [A, B, C, D], true],
  ])('path monitoring: %j, silent %j: failed %s', (conditions, unreachable, failed) => {
    const { wire, silent, verdicts } = pathMonitor(conditions);
    for (const ip of unreachable) silent.add(ip);
    wire.run(10_000_000);
    // The first ping leaves at 0; its reply is missed at each of the next three ticks.
    expect(verdicts).toEqual(failed ? [`${3 * INTERVAL_US} failed`] : []);
  });
});

describe('path monitoring: one destination', () => {
  test('path monitoring: one reply among the losses: the count starts again', () => {
    const { wire, silent, verdicts } = pathMonitor(ANY);
    silent.add(A);
    wire.run(INTERVAL_US);
    silent.delete(A); // Two pings are lost, the third is answered at once.
    wire.run(2 * INTERVAL_US);
    silent.add(A);
    wire.run(5 * INTERVAL_US);
    expect(verdicts).toEqual([]);
    wire.run(6 * INTERVAL_US);
    expect(verdicts).toEqual([`${6 * INTERVAL_US} failed`]);
  });

  test('path monitoring: a reply after the failure: reachable at once', () => {
    const { wire, silent, verdicts } = pathMonitor(ANY);
    silent.add(A);
    wire.run(5 * INTERVAL_US);
    silent.delete(A);
    wire.run(6 * INTERVAL_US);
    expect(verdicts).toEqual([`${3 * INTERVAL_US} failed`, `${6 * INTERVAL_US} well`]);
  });

  test('path monitoring: a reply that comes after the next ping: too late to count', () => {
    const { wire, monitor, silent, pings, verdicts } = pathMonitor(ANY);
    silent.add(A);
    for (let tick = 1; tick <= 3; tick += 1) {
      const old = pings.findLast(({ destinationIp }) => destinationIp === A);
      wire.run(tick * INTERVAL_US);
      if (old !== undefined) monitor.receive({ ...old, kind: FRAME.echoReply });
    }
    expect(verdicts).toEqual([`${3 * INTERVAL_US} failed`]);
  });

  test('path monitoring: no way out any more: what cannot be tested counts as reachable', () => {
    const { wire, silent, state, verdicts } = pathMonitor(ANY);
    silent.add(A);
    wire.run(5 * INTERVAL_US);
    state.exit = 'closed';
    wire.run(20 * INTERVAL_US);
    expect(verdicts).toEqual([`${3 * INTERVAL_US} failed`, `${6 * INTERVAL_US} well`]);
  });

  test('path monitoring: the port flaps by the firewall’s own doing: neither counted nor forgiven', () => {
    const { wire, silent, state, verdicts } = pathMonitor(ANY);
    silent.add(A);
    wire.run(2 * INTERVAL_US);
    state.exit = 'flapping';
    wire.run(9 * INTERVAL_US);
    state.exit = 'open';
    wire.run(10 * INTERVAL_US);
    expect(verdicts).toEqual([]);
    wire.run(11 * INTERVAL_US); // Two misses before the flap, the third after it.
    expect(verdicts).toEqual([`${11 * INTERVAL_US} failed`]);
  });

  test('path monitoring: stopped and started: everything is reachable until shown otherwise', () => {
    const { wire, monitor, silent, verdicts } = pathMonitor(ANY);
    silent.add(A);
    wire.run(5 * INTERVAL_US);
    monitor.stop();
    monitor.restate();
    wire.run(50 * INTERVAL_US);
    expect(verdicts).toHaveLength(1);
    monitor.start(() => 0);
    wire.run(53 * INTERVAL_US);
    expect(verdicts[1]).toBe(`${53 * INTERVAL_US} failed`);
  });
});
