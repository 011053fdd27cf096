import { describe, expect, test } from 'vitest';
import { readTextFile } from '../../../src/cli/read.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { readAxis, type Axis } from '../../../src/sweep/axis.ts';

const loaded = loadScenario('scenarios/active-passive/power-loss.yaml', readTextFile);
if (!loaded.ok) throw new Error('expected a right scenario');
const { tree } = loaded;

function axis(text: string): Axis {
  const read = readAxis(tree, text);
  if ('message' in read) throw new Error(read.message);
  return read;
}

describe('readAxis: values', () => {
  test.each([
    ['heartbeat-interval=1s,2s,5s', ['1s', '2s', '5s']],
    ['timers=recommended,aggressive', ['recommended', 'aggressive']],
    ['timers=[a,b],{ c: d, e: f }', [['a', 'b'], { c: 'd', e: 'f' }]],
    ['preemptive=true,false', [true, false]],
    ['heartbeat-interval=1s..3s/500ms', ['1s', '1500ms', '2s', '2500ms', '3s']],
    ['heartbeat-interval=1..3s/500ms', ['1s', '1500ms', '2s', '2500ms', '3s']],
    ['heartbeat-interval=1s..3s/700ms', ['1s', '1700ms', '2400ms']],
    ['flap-max=0..4:5', [0, 1, 2, 3, 4]],
    ['flap-max=0..1:4', [0, 1]],
    ['unpublished.heartbeat-losses=1..3/1', [1, 2, 3]],
    ['hello-interval=8s..60s:log:3', ['8s', '21900ms', '1min']],
    ['hello-interval=1ms..1s:log:4', ['1ms', '10ms', '100ms', '1s']],
    ['heartbeat-interval=2s', ['2s']],
    ['palo-1-uplink.latency=0.1s..0.3s/0.1s', ['100ms', '200ms', '300ms']],
  ])('%s: %j', (text, values) => {
    expect(axis(text).values).toEqual(values);
  });

  test('a range without a step: anything between its ends', () => {
    const { values, at } = axis('heartbeat-interval=1s..3s');
    expect(values).toBeNull();
    expect([0, 0.25, 0.5, 0.9999].map(at)).toEqual(['1s', '1500ms', '2s', '3s']);
  });

  test('a range of logarithms without a count: each order of magnitude as likely', () => {
    const { at } = axis('hello-interval=10ms..1000s:log');
    expect([0, 0.2, 0.4, 0.6, 0.8].map(at)).toEqual(['10ms', '100ms', '1s', '10s', '100s']);
  });

  test('a list in a sample: each value for as long a stretch', () => {
    const { at } = axis('timers=recommended,aggressive');
    expect([0, 0.49, 0.5, 0.99].map(at)).toEqual(['recommended', 'recommended', 'aggressive', 'aggressive']);
  });
});

describe('readAxis: mistakes', () => {
  test.each([
    ['heartbeat-interval', 'expected PATH=VALUES, got heartbeat-interval'],
    ['=1s', 'expected PATH=VALUES, got =1s'],
    ['heart=1s', 'expected a path of this scenario, got heart'],
    ['heartbeat-interval=', 'expected values, such as 1s,2s or 1s..5s/1s, got nothing'],
    ['heartbeat-interval=1s,,2s', 'expected values, such as 1s,2s or 1s..5s/1s, got 1s,,2s'],
    ['heartbeat-interval=1s,2s,1s', 'expected each value once, got 1s twice'],
    ['heartbeat-interval=5s..1s/1s', 'expected a range from less to more, got 5s..1s/1s'],
    ['heartbeat-interval=1s..1s/1s', 'expected a range from less to more, got 1s..1s/1s'],
    ['heartbeat-interval=1s..5/1s', 'expected both ends of a range in one unit, got 1s..5/1s'],
    ['heartbeat-interval=1s..5%:3', 'expected both ends of a range in one unit, got 1s..5%:3'],
    ['heartbeat-interval=1s..5s/0s', 'expected a step in the unit of its range, got 1s..5s/0s'],
    ['heartbeat-interval=1s..5s/1', 'expected a step in the unit of its range, got 1s..5s/1'],
    ['heartbeat-interval=1s..5s:1', 'expected from 2 to 100000 values of a range, got 1'],
    ['heartbeat-interval=1s..5s:999999', 'expected from 2 to 100000 values of a range, got 999999'],
    ['heartbeat-interval=1s..10d/1us', 'expected at most 100000 values of a range, got 863999000001'],
    ['hello-interval=0s..5s:log:3', 'expected a range of logarithms to begin above 0, got 0s..5s:log:3'],
    ['heartbeat-interval=a..b', 'expected a range such as 1s..5s/500ms, got a..b'],
  ])('%s: %s', (text, message) => {
    expect(readAxis(tree, text)).toMatchObject({ message });
  });
});
