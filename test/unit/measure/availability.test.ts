import { describe, expect, test } from 'vitest';
import type { AvailabilityResult } from '../../../src/measure/availability.ts';
import { writePercent } from '../../../src/measure/percent.ts';
import { lacp, NO_PATH_MONITORING, runPair, us, type PairPart } from '../../helpers/pair.ts';

const HA2_BLACKHOLE = { at: '10s', blackhole: { link: 'ha2' } };

function availabilityOf(part: PairPart): AvailabilityResult {
  return runPair(part).result.availability;
}

/** As `state from-to: reasons`, in seconds. */
function told({ spans }: AvailabilityResult): string[] {
  return spans.map(({ state, fromUs, toUs, reasons }) => {
    const why = reasons.length === 0 ? '' : `: ${reasons.map(({ text }) => text).join(' | ')}`;
    return `${state} ${fromUs / 1e6}-${toUs / 1e6}${why}`;
  });
}

/** The time that each direction is down, in seconds. */
function downs({ directions }: AvailabilityResult): Record<string, number> {
  return Object.fromEntries(directions.map(({ from, to, downUs }) => [`${from} → ${to}`, downUs / 1e6]));
}

describe('availability: active/passive', () => {
  test('availability: a healthy pair: 100 % up, and so is each direction', () => {
    const availability = availabilityOf({});

    expect(availability.timesUs).toEqual({ up: us('60s'), degraded: 0, 'dual-active': 0, down: 0 });
    expect(availability.shares.up).toBe(1);
    expect(availability.percent).toBe(100);
    expect(downs(availability)).toEqual({ 'trust → untrust': 0, 'untrust → trust': 0 });
  });

  test('availability: a pair that boots: down until its first active serves, degraded until its peer is ready', () => {
    const availability = availabilityOf({ start: 'cold-boot', until: '6min' });

    expect(availability.spans.map(({ state }) => state)[0]).toBe('down');
    expect(availability.spans.at(-1)?.state).toBe('up');
    expect(availability.timesUs.down).toBeGreaterThan(us('3min'));
  });

  test('availability: an uplink goes dark: down from the fault, degraded from the new ports, by their records', () => {
    const { result } = runPair({ timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1' }] });

    expect(told(result.availability)).toEqual([
      'up 0-20',
      'down 20-20.751',
      'degraded 20.751-60: palo-1 non-functional (Link down)',
    ]);
    const kinds = result.availability.spans.map(({ record }) => result.records[record - 1]?.kind);
    expect(kinds).toEqual(['role', 'fault', 'port']);
    expect(downs(result.availability)).toEqual({ 'trust → untrust': 0.751, 'untrust → trust': 0.751 });
  });

  test('availability: an unmonitored link of the active blackholed one way: that direction alone is down', () => {
    const availability = availabilityOf({
      ha: NO_PATH_MONITORING,
      timeline: [
        {
          at: '20s',
          blackhole: { link: 'palo-1-uplink', direction: { from: 'palo-1:ethernet1/1' } },
          for: '5s',
        },
      ],
    });

    expect(downs(availability)).toEqual({ 'trust → untrust': 5, 'untrust → trust': 0 });
    expect(told(availability)).toEqual([
      'up 0-20',
      'degraded 20-25: palo-1:ethernet1/1 has a link that swallows packets',
      'up 25-60',
    ]);
  });

  test('availability: a link that loses half of its packets: still carries; all of them: does not', () => {
    const impair = (loss: string) => ({ at: '20s', impair: { link: 'palo-1-uplink', loss }, for: '5s' });

    expect(
      downs(availabilityOf({ ha: NO_PATH_MONITORING, timeline: [impair('50%')] }))['trust → untrust'],
    ).toBe(0);
    expect(
      downs(availabilityOf({ ha: NO_PATH_MONITORING, timeline: [impair('100%')] }))['trust → untrust'],
    ).toBe(5);
  });

  test('availability: the downlink of the passive cut, unmonitored: degraded, for a takeover would serve nobody', () => {
    const availability = availabilityOf({
      ha: { monitoring: { 'link-monitoring': { enabled: false } } },
      timeline: [{ at: '20s', 'link-down': 'palo-2-downlink', for: '5s' }],
    });

    expect(told(availability)).toContain('degraded 20-25: palo-2:ethernet1/2 without link');
    expect(availability.percent).toBe(100);
  });

  test('availability: HA2 blackholed without keep-alive: degraded, and nobody notices', () => {
    const availability = availabilityOf({ timeline: [{ ...HA2_BLACKHOLE, for: '5s' }] });

    expect(told(availability)).toEqual([
      'up 0-10',
      'degraded 10-15: HA2 carries no sessions from palo-1, unnoticed',
      'up 15-60',
    ]);
  });

  test('availability: HA2 cut where sessions are not synchronized: nothing to degrade', () => {
    const availability = availabilityOf({
      ha: { 'state-synchronization': { enabled: false } },
      timeline: [{ at: '10s', 'link-down': 'ha2' }],
    });

    expect(told(availability)).toEqual(['up 0-60']);
  });

  test('availability: HA1 cut: degraded once it is noticed, then dual-active as the history has it', () => {
    const { result } = runPair({
      ha: NO_PATH_MONITORING,
      timeline: [{ at: '10s', 'link-down': 'palo-1-management', for: '20s' }],
    });

    expect(result.dualActive).toHaveLength(1);
    const dual = result.availability.spans.filter(({ state }) => state === 'dual-active');
    expect(dual.map(({ fromUs, toUs }) => ({ fromUs, toUs }))).toEqual(result.dualActive);
    expect(result.availability.percent).toBeLessThan(100);
    expect(downs(result.availability)['trust → untrust']).toBe(0);
  });

  test('availability: a passive without interfaces: degraded until configuration sync has brought them', () => {
    const availability = availabilityOf({
      devices: { 'palo-2': { interfaces: { 'ethernet1/1': null, 'ethernet1/2': null }, 'static-route': [] } },
      timeline: [{ at: '10s', 'sync-to-remote': 'palo-1' }],
    });

    expect(told(availability)[0]).toMatch(
      /: palo-2 has no interface in trust \| palo-2 has no interface in untrust$/,
    );
    expect(told(availability).at(-1)).toMatch(/^up .*-60$/);
  });

  test('availability: a bundle whose link was away: down until LACP has agreed anew', () => {
    const availability = availabilityOf({
      ha: { monitoring: { 'link-monitoring': { enabled: false }, 'path-monitoring': { enabled: false } } },
      devices: lacp(false),
      unpublished: { 'lacp-negotiation': '2s' },
      timeline: [{ at: '10s', 'link-down': 'palo-1-uplink', for: '5s' }],
    });

    expect(downs(availability)['trust → untrust']).toBe(7);
  });

  test('availability: the dataplane crashes: down from that instant', () => {
    const { result } = runPair({ timeline: [{ at: '20s', 'dataplane-crash': 'palo-1' }] });

    const [down] = result.availability.spans.filter(({ state }) => state === 'down');
    expect(down?.fromUs).toBe(us('20s'));
    expect(down?.record).toBe(result.records.find(({ kind }) => kind === 'dataplane')?.id);
  });

  test('availability: an interface is committed into another zone: its old zone is down from then on', () => {
    const interfaces = {
      'ethernet1/1': { zone: 'untrust', ip: '203.0.113.2/24' },
      'ethernet1/2': { zone: 'lab', ip: '10.0.0.1/24' },
    };
    const availability = availabilityOf({
      timeline: [{ at: '20s', commit: { device: 'palo-1', interfaces } }],
    });

    expect(downs(availability)['trust → untrust']).toBe(40);
  });
});

describe('availability: active/active', () => {
  test('availability: a healthy active/active pair: 100 % up', () => {
    expect(told(availabilityOf({ mode: 'active-active' }))).toEqual(['up 0-60']);
  });

  test('availability: one of two fails: degraded, and the direction stays up by the other', () => {
    const availability = availabilityOf({
      mode: 'active-active',
      timeline: [{ at: '20s', 'power-off': 'palo-1' }],
    });

    expect(told(availability)).toEqual(['up 0-20', 'degraded 20-60: palo-1 off']);
    expect(downs(availability)['trust → untrust']).toBe(0);
  });

  test('availability: both fail: down', () => {
    const availability = availabilityOf({
      mode: 'active-active',
      timeline: [
        { at: '20s', 'power-off': 'palo-1' },
        { at: '30s', 'power-off': 'palo-2' },
      ],
    });

    expect(availability.timesUs.down).toBe(us('30s'));
    expect(downs(availability)['untrust → trust']).toBe(30);
  });
});

test.each([
  [100, '100.000 %'],
  [99.999_999_999_9, '99.999 %'],
  [99.9, '99.900 %'],
  [0, '0.000 %'],
])('percentage: %d: %s, never rounded up', (percent, text) => {
  expect(writePercent(percent)).toBe(text);
});
