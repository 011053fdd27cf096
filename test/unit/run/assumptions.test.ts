/** What a result rests on: told by the model where it uses a parameter, complete, and true to the run. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PARAMETERS } from '../../../src/scenario/parameters.ts';
import { unpublishedSchema } from '../../../src/scenario/schema/unpublished.ts';
import { NO_PATH_MONITORING, runPair, type PairPart } from '../../helpers/pair.ts';

const KEYS = Object.keys(unpublishedSchema.shape);

const SOURCES = new URL('../../../src/', import.meta.url);

/** Every literal that the model hands to `assume`; the API of a cloud puts the name of its provider before its own. */
function assumedInSource(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(new URL(file, SOURCES), 'utf8').matchAll(/\bassume\(([^)]*)\)/g)])
    .flatMap(([, argument = '']) => [
      ...[...argument.matchAll(/'([a-z0-9-]+)'/g)].map(([, key = '']) => key),
      ...[...argument.matchAll(/^`\$\{[^}]*\}(-[a-z-]+)`$/g)].map(([, key = '']) => `aws${key}`),
    ]);
}

const restsOn = (part: PairPart): string[] => runPair(part).result.assumptions.map(({ name }) => name);

describe('the list', () => {
  test('unpublished: every key: the model says where it takes effect', () => {
    const assumed = new Set(assumedInSource());

    expect(KEYS.filter((key) => !assumed.has(key))).toEqual([]);
    expect([...assumed].filter((key) => !KEYS.includes(key))).toEqual([]);
  });

  test('unpublished: every key: has a default, a range that holds it, and a note', () => {
    for (const { name, default: standard, range, note } of PARAMETERS) {
      expect(note, name).toMatch(/^[A-Z].*\.$/);
      const words = / or /.test(range) ? range.split(' or ') : [];
      if (words.length > 0) expect(words, name).toContain(standard);
      else expect(range, name).toMatch(/^\d[\d.]*[a-z%]* to \d[\d.]*[a-z%]*$/);
      expect(standard, name).not.toMatch(/undefined|NaN/);
    }
  });
});

describe('what a run rests on', () => {
  test('a pair to which nothing happens: the phase of its clocks alone', () => {
    expect(restsOn({ until: '60s' })).toEqual(['heartbeat-phase']);
  });

  test('the active loses its power: the reply timeout, not the hellos; then its ports, its boot and its sync', () => {
    const part = { timeline: [{ at: '20s', 'power-off': 'palo-1' }], until: '60s' };
    const detected = ['heartbeat-reply-timeout', 'port-bring-up-auto', 'heartbeat-phase'];
    const timeline = [
      { at: '20s', 'power-off': 'palo-1' },
      { at: '30s', 'power-on': 'palo-1' },
    ];

    expect(restsOn(part)).toEqual(detected);
    expect(new Set(restsOn({ timeline, until: '10min' }))).toEqual(
      new Set([
        ...detected,
        'boot-time',
        'ha2-recovery-sync',
        'port-bring-up-shutdown',
        'bulk-session-sync',
        'bulk-session-sync-retry',
      ]),
    );
  });

  test('a hung HA agent: the hellos, be it declared failed or only late', () => {
    const hang = { at: '20s', 'ha-agent-hang': 'palo-1' };
    const declared = restsOn({ timeline: [hang], until: '60s' });
    const late = restsOn({
      timeline: [{ at: '20s', 'ha-agent-restart': 'palo-1' }],
      unpublished: { 'ha-agent-restart-time': '15s' },
      until: '60s',
    });

    expect(declared).toContain('hello-losses');
    expect(declared).not.toContain('heartbeat-reply-timeout');
    expect(late).toContain('hello-losses');
    expect(late).toContain('ha-agent-restart-time');
  });

  test('a link fails on the active: detection, flap, and the announcement', () => {
    const names = restsOn({
      timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1' }],
      until: '30s',
    });

    expect(names).toEqual([
      'link-down-detection',
      'port-bring-up-auto',
      'port-flap',
      'port-flap-media',
      'announced-failure-hold',
      'heartbeat-phase',
    ]);
  });

  test('a link fails on both: what the last active does', () => {
    const timeline = [
      { at: '20s', 'interface-down': 'palo-2:ethernet1/1' },
      { at: '25s', 'interface-down': 'palo-1:ethernet1/1' },
    ];

    for (const behaviour of ['leaves', 'stays']) {
      const unpublished = { 'both-monitors-failed': behaviour };
      expect(restsOn({ timeline, unpublished, until: '30s' })).toContain('both-monitors-failed');
    }
    expect(restsOn({ timeline: timeline.slice(1), until: '30s' })).not.toContain('both-monitors-failed');
  });

  test('as many flaps as flap-max: the comparison, whatever it says', () => {
    const flaps = (times: number) => [
      { at: '20s', flap: { link: 'palo-1-uplink', times, down: '90s', up: '30s' } },
    ];
    const part = { deliberate: ['R-053', 'R-070'], until: '20min' } as const;
    const quick = {
      'monitor-fail-hold-down-time': '1s',
      'election-option': {
        preemptive: true,
        timers: { advanced: { 'flap-max': 2, 'preemption-hold-time': '5s' } },
      },
    };

    for (const comparison of ['reaches', 'exceeds']) {
      const unpublished = { 'flap-comparison': comparison };
      expect(restsOn({ ...part, ha: quick, timeline: flaps(3), unpublished })).toContain('flap-comparison');
    }
    expect(restsOn({ ...part, ha: quick, timeline: flaps(2) })).not.toContain('flap-comparison');
  });

  test('no peer at boot, and a split brain that heals: the timeout, and where the loser goes', () => {
    const cold = restsOn({
      start: 'cold-boot',
      timeline: [{ at: '1s', 'power-off': 'palo-2' }],
      until: '10min',
    });
    const split = restsOn({
      ha: NO_PATH_MONITORING,
      timeline: [{ at: '20s', blackhole: { link: 'palo-1-management' }, for: '20s' }],
      until: '60s',
    });

    expect(cold).toContain('initial-timeout');
    expect(split).toContain('split-brain-loser');
  });

  test('sessions: the lag; and the rate only where messages have to wait for it', () => {
    const workloads = (rate: string) => ({
      load: {
        from: 'client',
        to: 'server',
        protocol: 'udp',
        port: 53,
        arrivals: { constant: rate },
        'holding-time': { constant: '1s' },
      },
    });

    const few = restsOn({ workloads: workloads('5/s'), until: '10s' });
    const many = restsOn({
      workloads: workloads('100/s'),
      unpublished: { 'session-sync-rate': 10 },
      until: '10s',
    });

    expect(few).toContain('session-sync-lag');
    expect(few).not.toContain('session-sync-rate');
    expect(many).toContain('session-sync-rate');
  });

  test('a value that is not the default: marked, in the words of a scenario', () => {
    const part = { timeline: [{ at: '20s', 'interface-down': 'palo-1:ethernet1/1' }], until: '30s' };
    const { assumptions } = runPair({ ...part, unpublished: { 'port-flap': '1.5s' } }).result;

    expect(assumptions.find(({ name }) => name === 'port-flap')).toEqual({
      name: 'port-flap',
      value: '1500ms',
      default: '500ms',
      changed: true,
      range: '0s to 10s',
      note: 'Darkness of a data port that stops serving, with passive-link-state auto; 0 = it does not flap.',
      source: 'ours',
    });
    expect(assumptions.find(({ name }) => name === 'link-down-detection')).toMatchObject({ changed: false });
  });

  test('active/active: the parity of source addresses, the header of HA3, and whose sessions they are afterwards', () => {
    const load = { to: 'server', protocol: 'tcp', port: 443, 'holding-time': 'forever' };
    const workloads = {
      one: { ...load, from: 'client-1', arrivals: { concurrent: 5 } },
      other: { ...load, from: 'client-2', arrivals: { concurrent: 5 } },
    };
    const part = { mode: 'active-active', workloads, until: '150s' } as const;
    const fault = { at: '20s', 'interface-down': 'palo-1:ethernet1/1', for: '10s' };

    const quiet = restsOn({ ...part, until: '15s' });
    const failing = restsOn({ ...part, timeline: [fault] });

    expect(quiet).toEqual(expect.arrayContaining(['ip-modulo-parity', 'ha3-header']));
    expect(quiet).not.toContain('session-ownership-return');
    expect(failing).toContain('session-ownership-return');
  });

  test('HA2 with keep-alive: its interval and the recovery, where it falls silent and comes back', () => {
    const ha = { 'state-synchronization': { 'ha2-keep-alive': { enabled: true } } };
    const fault = { at: '20s', blackhole: { link: 'ha2' }, for: '20s' };
    const used = ['ha2-keep-alive-interval', 'ha2-recovery-sync'];

    expect(restsOn({ ha, timeline: [fault], until: '60s' })).toEqual(expect.arrayContaining(used));
    for (const name of used) expect(restsOn({ ha, until: '60s' })).not.toContain(name);
  });
});
