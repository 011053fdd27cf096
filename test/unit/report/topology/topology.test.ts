import { describe, expect, it, test } from 'vitest';
import { shapesAt } from '../../../../src/report/topology/shapes.ts';
import { topologyModel } from '../../../../src/report/topology/topology.ts';
import { captured } from '../../../helpers/captured.ts';
import { scenarioNames } from '../../../helpers/library.ts';

const SECOND = 1_000_000;

test.each(scenarioNames())(
  'topology of %s: every node at its place, every link between two, states in order',
  (name) => {
    const { nodes, links, assets, width, height } = topologyModel(captured(name));
    for (const [index, { x, y, name: own }] of nodes.entries()) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
      for (const other of nodes.slice(index + 1)) {
        const apart = Math.abs(other.x - x) >= 140 || Math.abs(other.y - y) >= 40;
        expect(apart, `${own} and ${other.name}`).toBe(true);
      }
    }
    for (const { from, to } of links) expect(from).not.toBe(to);
    for (const { states } of [...nodes, ...links, ...assets]) {
      const times = states.map(({ atUs }) => atUs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  },
);

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
        .links.filter(({ ha }) => ha)
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

test('in AWS: who has which network interface', () => {
  const model = topologyModel(captured('aws/interface-move.yaml'));
  const owner = (seconds: number) =>
    shapesAt(model, seconds * SECOND).assets.find(({ name }) => name === 'palo-inside-eni')?.owner;
  expect([owner(0), owner(52), owner(200)]).toEqual(['palo-1', 'detaching', 'palo-2']);
});
