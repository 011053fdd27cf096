import { describe, expect, it, test } from 'vitest';
import type { Place } from '../../../../src/report/topology/layout.ts';
import { shapesAt } from '../../../../src/report/topology/shapes.ts';
import { widthOf } from '../../../../src/report/topology/sizes.ts';
import { topologyModel } from '../../../../src/report/topology/topology.ts';
import { captured } from '../../../helpers/captured.ts';
import { scenarioNames } from '../../../helpers/library.ts';

const SECOND = 1_000_000;

test.each(scenarioNames())('topology of %s: nothing lies on anything else, states are in order', (name) => {
  const model = topologyModel(captured(name));
  const { nodes, links, assets, left, top, width, height } = model;
  const boxes = nodes.map((node) => ({ name: node.name, box: boxOf(node) }));
  for (const { box } of boxes) {
    expect(box.left).toBeGreaterThan(left);
    expect(box.right).toBeLessThan(left + width);
    expect(box.top).toBeGreaterThan(top);
    expect(box.bottom).toBeLessThan(top + height);
  }
  const labels = links
    .filter(({ duty }) => duty !== '')
    .map(({ name: link, duty, labelAt: [x, y] }) => ({
      name: link,
      box: boxOf({ x, y, halfWidth: widthOf(duty) / 2, halfHeight: 7 }),
    }));
  const things = [...boxes, ...labels];
  for (const [index, one] of things.entries()) {
    for (const other of things.slice(index + 1)) {
      expect(overlap(one.box, other.box), `${one.name} and ${other.name}`).toBe(false);
    }
  }
  for (const { name: link, ends, path } of links) {
    const own = new Set(ends.map((end) => end.split(' ')[0]));
    expect(own.size).toBe(2);
    const points = along(path);
    for (const { name: node, box } of boxes) {
      const crossed = points.some(([x, y]) => x > box.left && x < box.right && y > box.top && y < box.bottom);
      if (!own.has(node)) expect(crossed, `${link} over ${node}`).toBe(false);
    }
  }
  const states = [
    ...nodes.flatMap(({ role, conditions }) => [role, ...conditions]),
    ...[...links, ...assets].map((one) => one.states),
  ];
  for (const one of states) {
    const times = one.map(({ atUs }) => atUs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
});

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxOf({ x, y, halfWidth, halfHeight }: Place): Box {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Points of a straight line, `M1 2H3` or `M1 2L3 4`; of a bow its ends and its top. */
function along(path: string): (readonly [number, number])[] {
  const numbers = path
    .split(/[A-Z ]/)
    .slice(1)
    .map(Number);
  const [x1 = 0, y1 = 0] = numbers;
  if (path.includes('Q')) return [[(x1 + (numbers[4] ?? 0)) / 2, (y1 + (numbers[3] ?? 0)) / 2]];
  const [x2 = 0, y2 = y1] = numbers.slice(2);
  return Array.from({ length: 101 }, (_, step) => [
    x1 + ((x2 - x1) * step) / 100,
    y1 + ((y2 - y1) * step) / 100,
  ]);
}

describe('the walk-through over time', () => {
  const model = topologyModel(captured('active-passive/walkthrough.yaml'));
  const at = (seconds: number) => shapesAt(model, seconds * SECOND);
  const words = (seconds: number, node: string) =>
    at(seconds).nodes.find(({ name }) => name === node)?.words[0];
  const look = (seconds: number, link: string) => at(seconds).links.find(({ name }) => name === link)?.look;

  it('roles are those of the time', () => {
    expect([words(10, 'palo-1'), words(10, 'palo-2')]).toEqual(['active', 'passive']);
    expect([words(30, 'palo-1'), words(30, 'palo-2')]).toEqual(['non-functional', 'active']);
  });

  it('an unplugged cable is broken while it is', () => {
    expect([look(19, 'palo-1-uplink'), look(21, 'palo-1-uplink'), look(61, 'palo-1-uplink')]).toEqual([
      'solid',
      'broken',
      'solid',
    ]);
  });

  it('HA links say which they are', () => {
    expect(
      at(0)
        .links.filter(({ label }) => label !== '')
        .map(({ label }) => label),
    ).toEqual(['HA1', 'HA1', 'HA2']);
  });

  it('the inside lies above the pair, what is upstream below', () => {
    const y = (node: string) => model.nodes.find(({ name }) => name === node)?.y ?? 0;
    expect(y('client')).toBeLessThan(y('trust-switch'));
    expect(y('trust-switch')).toBeLessThan(y('palo-1'));
    expect(y('palo-1')).toBeLessThan(y('isp'));
    expect(y('isp')).toBeLessThan(y('server'));
  });
});

test('a blackhole: the link has carrier and is drawn as harmed until it is over', () => {
  const model = topologyModel(captured('active-passive/ha2-blackhole.yaml'));
  const looks = [9, 11].map(
    (seconds) => shapesAt(model, seconds * SECOND).links.find(({ name }) => name === 'ha2')?.look,
  );
  expect(looks).toEqual(['solid', 'harmed']);
});

test('what is the matter with a node beside its role', () => {
  const words = (name: string, seconds: number, node: string) =>
    shapesAt(topologyModel(captured(name)), seconds * SECOND).nodes.find((one) => one.name === node)?.words;
  const crash = 'active-passive/ha1-b-dataplane-restart.yaml';
  expect(words(crash, 19, 'palo-1')).toEqual(['active']);
  expect(words(crash, 30, 'palo-1')).toEqual(['non-functional', 'dataplane down']);
  expect(words('tuning/busy-management-plane.yaml', 31, 'palo-1')).toEqual(['active', 'management stalled']);
  expect(words('tuning/busy-management-plane.yaml', 40, 'palo-1')).toEqual(['active']);
  const silent = 'active-passive/path-failure-both.yaml';
  expect(words(silent, 30, 'isp')).toContain('does not answer');
  expect(words(silent, 70, 'isp')).not.toContain('does not answer');
});

test('a floating address stands in the firewall that has it', () => {
  const model = topologyModel(captured('active-active/walkthrough.yaml'));
  const words = (seconds: number, node: string) =>
    shapesAt(model, seconds * SECOND).nodes.find((one) => one.name === node)?.words;
  expect(words(10, 'palo-1')).toEqual(['active-primary', '203.0.113.10', '10.0.0.1']);
  expect(words(30, 'palo-2')).toEqual([
    'active-primary',
    '203.0.113.10',
    '10.0.0.1',
    '203.0.113.11',
    '10.0.0.254',
  ]);
});

test('in AWS: who has which network interface', () => {
  const model = topologyModel(captured('aws/interface-move.yaml'));
  const owner = (seconds: number) =>
    shapesAt(model, seconds * SECOND).assets.find(({ name }) => name === 'palo-inside-eni')?.owner;
  expect([owner(0), owner(52), owner(200)]).toEqual(['palo-1', 'detaching', 'palo-2']);
});

test('many hosts at one switch: those to which something happens, some of the others, and how many more', () => {
  const hosts = Array.from({ length: 40 }, (_, index) => `client-${index + 1}`);
  const base = captured('active-passive/walkthrough.yaml');
  const { topology, records } = base;
  const fault = {
    id: 0,
    timeUs: 0,
    kind: 'fault',
    subject: '10.0.0.37',
    cause: 0,
    data: { action: 'target-unreachable', text: '' },
  };
  const model = topologyModel({
    ...base,
    records: [fault, ...records],
    topology: {
      nodes: [
        ...topology.nodes,
        ...hosts.map((name, index) => ({
          name,
          kind: 'host' as const,
          addresses: [`10.0.0.${index + 1}/24`],
        })),
      ],
      links: [
        ...topology.links,
        ...hosts.map((name) => ({ name, between: [name, 'trust-switch'] as const, duties: [] })),
      ],
    },
  });
  const drawn = model.nodes.filter(({ kind }) => kind === 'host').map(({ name }) => name);
  expect(drawn).toEqual([
    'client',
    'server',
    'client-1',
    'client-2',
    'client-3',
    'client-37',
    '36 more of trust-switch',
  ]);
  expect(model.links.filter(({ ends }) => ends.includes('36 more of trust-switch'))).toHaveLength(1);
});
