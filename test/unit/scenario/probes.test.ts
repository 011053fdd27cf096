import { describe, expect, test } from 'vitest';
import { mistakesIn, resolvePair, type Part } from '../../helpers/pair.ts';

const BASE = { from: 'client', to: 'server' };
const mistakes = (probe: Part): string[] => mistakesIn({ probes: { it: { ...BASE, ...probe } } });
const expecting = (probe: Part, expectation: Part): string[] =>
  mistakesIn({ probes: { it: { ...BASE, ...probe } }, expect: [{ probe: 'it', ...expectation }] });

describe('scenario: probes', () => {
  test('scenario: the least that each kind needs: right, with its defaults', () => {
    const probes = {
      udp: { ...BASE, type: 'udp-stream' },
      tcp: { ...BASE, type: 'tcp-transaction', tcp: { retries: 5 } },
    };
    expect(resolvePair({ probes }).probes).toMatchObject({
      udp: { rate: 10_000, direction: 'both', 'packet-size': 200 },
      tcp: {
        mode: 'connect',
        interval: 1_000_000,
        tcp: { retries: 5, 'syn-retries': 6, 'min-rto': 200_000 },
      },
    });
  });

  test('scenario: a rate of more than 100,000 per second, or of nothing: a mistake', () => {
    for (const rate of ['100001/s', '0/s', '-1/s']) {
      const [mistake, ...more] = mistakes({ type: 'udp-stream', rate });
      expect(mistake).toContain('expected a rate from 1/h to 100000/s, such as 5/s or 30/min');
      expect(more).toEqual([]);
    }
    expect(mistakes({ type: 'udp-stream', rate: '100000/s' })).toEqual([]);
  });

  test('scenario: a key of another kind, a kind that nobody knows: mistakes', () => {
    expect(mistakes({ type: 'ping', rate: '5/s' })).toHaveLength(1);
    expect(mistakes({ type: 'udp-stream', interval: '1s' })).toHaveLength(1);
    expect(mistakes({ type: 'traceroute' })).toHaveLength(1);
  });

  test('scenario: a first wait beyond the longest: a mistake', () => {
    expect(mistakes({ type: 'tcp-transaction', tcp: { 'min-rto': '3s', 'max-rto': '2s' } })).toEqual([
      'expected min-rto of at most max-rto, got more',
    ]);
  });

  test('scenario: a stream to an address of the firewalls: a mistake', () => {
    expect(mistakes({ type: 'udp-stream', to: '10.0.0.1' })).toEqual([
      'expected a host for udp-stream, got 10.0.0.1',
    ]);
    expect(mistakes({ type: 'tcp-transaction', to: '198.51.100.10' })).toEqual([]);
  });

  test('scenario: an expectation that another kind of probe would meet: a mistake', () => {
    expect(expecting({ type: 'ping' }, { lost: 0, direction: 'forward' })).toEqual([
      'expected direction only of a udp-stream, got a ping',
    ]);
    expect(expecting({ type: 'udp-stream' }, { failed: 0, 'longest-transaction': '< 1s' })).toEqual([
      'expected failed only of a tcp-transaction, got a udp-stream',
      'expected longest-transaction only of a tcp-transaction, got a udp-stream',
    ]);
    expect(
      expecting({ type: 'udp-stream', direction: 'reverse' }, { lost: 0, direction: 'forward' }),
    ).toEqual(['expected the direction of the probe, reverse, got forward']);
  });
});
