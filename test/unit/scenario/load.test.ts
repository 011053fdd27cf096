/** Loading: a right scenario, and all mistakes of a wrong one at once. */

import { describe, expect, test } from 'vitest';
import { loaded, messagesOf, mistakesOf, PAIR, pairWith } from '../../helpers/scenario-text.ts';

describe('a right scenario', () => {
  test('load: the pair: plain data with every default', () => {
    const { scenario, files } = loaded(PAIR);

    expect(files).toEqual(['pair.yaml']);
    expect(scenario.until).toBe(180_000_000);
    expect(scenario.seed).toBe('7');
    expect(scenario.devices['palo-2']?.['high-availability']).toMatchObject({
      'group-id': 1,
      'passive-link-state': 'auto',
      'monitor-fail-hold-down-time': 60_000_000,
      'election-option': { 'device-priority': 110, preemptive: false, timers: 'recommended' },
      interface: {
        ha1: { port: 'management', 'monitor-hold-time': 3_000_000 },
        ha2: { port: 'ethernet1/3' },
      },
    });
    expect(scenario.unpublished['initial-timeout']).toBe(60_000_000);
    expect(scenario).not.toHaveProperty('extends');
    expect(scenario).not.toHaveProperty('high-availability');
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
  });

  test('load: anchors and aliases: stand for what they name', () => {
    const { scenario } = loaded(
      pairWith(
        ['client: { ip', 'client: &host { gateway: 10.0.0.1, ip'],
        [', gateway: 10.0.0.1 }', ' }\n    other: { ip: 10.0.0.11/24, gateway: &gateway 10.0.0.1 }'],
        ['ping: {', 'again: { type: ping, from: other, to: *gateway }\n  ping: {'],
      ),
    );

    expect(scenario.network.hosts['client']?.gateway).toBe('10.0.0.1');
    expect(scenario.probes['again']).toMatchObject({ from: 'other', to: '10.0.0.1', interval: 1_000_000 });
  });

  test('load: line breaks of Windows and a byte order mark: read as without', () => {
    expect(loaded(`\ufeff${PAIR.replaceAll('\n', '\r\n')}`).scenario).toEqual(loaded(PAIR).scenario);
  });
});

describe('mistakes', () => {
  test('load: many mistakes of many kinds: all are told at once, in the order of the file', () => {
    const text = pairWith(
      ['until: 3min', 'untl: 3min'],
      ['passive-link-state: auto', 'passive-link-state: aut'],
      ['device-priority: 100', 'device-priority: 300'],
      ['device-priority: 110', 'device-prioriy: 110'],
      ['latency: 50us', 'latency: 50'],
      ['[isp:inside, untrust]', '[isp:insid, untrust]'],
      ['from: client, to', 'from: clint, to'],
      ['exponential: 10s', 'exponentail: 10s'],
      ['suspend: palo-2', 'supend: palo-2'],
      ['total: < 1s', 'total: fast'],
      ['lost: <= 10', 'loss: <= 10'],
    );

    expect(mistakesOf(text)).toMatchInlineSnapshot(`
      "pair.yaml:2:1: expected a key of a scenario, got "untl". Did you mean until?
         2 | untl: 3min
           | ^^^^

      pair.yaml:5:23: expected shutdown or auto, got "aut". Did you mean auto?
         5 |   passive-link-state: aut
           |                       ^^^

      pair.yaml:20:43: expected a device-priority from 0 to 255, got 300 (R-074, D04). List R-074 under deliberate: to simulate it all the same.
        20 |       election-option: { device-priority: 300 }
           |                                           ^^^

      pair.yaml:28:26: expected a key of election-option, got "device-prioriy". Did you mean device-priority?
        28 |       election-option: { device-prioriy: 110 }
           |                          ^^^^^^^^^^^^^^

      pair.yaml:45:71: expected a duration such as 200ms, 3s or 1min, got 50. Write the unit with the number.
        45 |     palo-1-uplink: { between: [palo-1:ethernet1/1, untrust], latency: 50 }
           |                                                                       ^^

      pair.yaml:52:29: expected an interface of isp (isp:inside or isp:outside), got "isp:insid". Did you mean isp:inside?
        52 |     isp-inside: { between: [isp:insid, untrust] }
           |                             ^^^^^^^^^

      pair.yaml:56:29: expected the name of a host (client or server), got "clint". Did you mean client?
        56 |   ping: { type: ping, from: clint, to: server, interval: 200ms }
           |                             ^^^^^

      pair.yaml:64:21: expected a key of holding-time, got "exponentail". Did you mean exponential?
        64 |     holding-time: { exponentail: 10s }
           |                     ^^^^^^^^^^^

      pair.yaml:67:17: expected a key of timeline[1], got "supend". Did you mean suspend?
        67 |   - { at: 100s, supend: palo-2 }
           |                 ^^^^^^

      pair.yaml:70:27: expected a comparison with a duration, such as "< 1s", "= 500ms" or "1s to 2s", got "fast".
        70 |   - { failover: 1, total: fast }
           |                           ^^^^

      pair.yaml:71:20: expected a key of expect[2], got "loss". Did you mean lost?
        71 |   - { probe: ping, loss: <= 10 }
           |                    ^^^^
      "
    `);
  });

  test('load: a scenario of one key: every missing key is told', () => {
    expect(messagesOf('name: x\n')).toMatchInlineSnapshot(`
      [
        "pair.yaml:1:1: expected the key devices, got none.",
        "pair.yaml:1:1: expected the key network, got none.",
        "pair.yaml:1:1: expected the key until, got none.",
      ]
    `);
  });

  test('load: words of YAML 1.1: true and false are offered', () => {
    expect(messagesOf(pairWith(['device-priority: 110', 'device-priority: 110, preemptive: yes']))).toEqual([
      'pair.yaml:28:60: expected true or false, got "yes". Did you mean true?',
    ]);
  });

  test('load: values outside the ranges of PAN-OS: the range and its name', () => {
    const timers = 'timers: { advanced: { hello-interval: 1s, flap-max: 17, promotion-hold-time: 2min } }';
    expect(messagesOf(pairWith(['device-priority: 110', timers]))).toMatchInlineSnapshot(`
      [
        "pair.yaml:28:64: expected a hello-interval from 8s to 1min, got "1s" (R-012, D04). List R-012 under deliberate: to simulate it all the same.",
        "pair.yaml:28:78: expected a flap-max from 0 to 16, got 17 (R-084, D04). List R-084 under deliberate: to simulate it all the same.",
        "pair.yaml:28:103: expected a promotion-hold-time from 0s to 1min, got "2min" (R-029, D26). List R-029 under deliberate: to simulate it all the same.",
      ]
    `);
  });

  test('load: a mistake in what both devices share: told once, where it stands', () => {
    expect(messagesOf(pairWith(['passive-link-state: auto', 'group-id: 64']))).toEqual([
      'pair.yaml:5:13: expected a group-id from 1 to 63, got 64 (R-140, C19). List R-140 under deliberate: to simulate it all the same.',
    ]);
  });

  test('load: a shared mistake that both devices override: told all the same', () => {
    const text = pairWith(
      ['passive-link-state: auto', 'passive-link-state: automatic'],
      ['election-option: { device-priority: 100 }', 'passive-link-state: auto'],
      ['election-option: { device-priority: 110 }', 'passive-link-state: auto'],
    );
    expect(messagesOf(text)).toEqual(['pair.yaml:5:23: expected shutdown or auto, got "automatic".']);
  });

  test('load: a shared block that the devices complete: is right', () => {
    const text = pairWith(
      ['ha2: { port: ethernet1/3 }', 'ha1: { monitor-hold-time: 5s }\n    ha2: { port: ethernet1/3 }'],
      ['election-option: { device-priority: 100 }', 'interface: { ha1: { port: management } }'],
      ['election-option: { device-priority: 110 }', 'interface: { ha1: { port: management } }'],
    );
    const { scenario } = loaded(text);
    expect(scenario.devices['palo-1']?.['high-availability'].interface.ha1).toEqual({
      port: 'management',
      'monitor-hold-time': 5_000_000,
    });
  });

  test('load: null in a device: takes away what is shared', () => {
    const text = pairWith(
      ['until: 3min', 'until: 3min\n'],
      ['election-option: { device-priority: 110 }', 'monitoring: null'],
    );
    const { scenario } = loaded(text);
    const monitoring = scenario.devices['palo-2']?.['high-availability'].monitoring;
    expect(monitoring?.['link-monitoring']['link-group']).toEqual({});
  });

  test('load: null where nothing is inherited: a mistake with a hint', () => {
    expect(messagesOf(pairWith(['seed: 7', 'seed: null']))).toEqual([
      'pair.yaml:3:7: expected a whole number or a text, got nothing. null takes away only what is inherited.',
    ]);
  });

  test('load: several devices: two are expected', () => {
    const text = pairWith(['  palo-2:\n    high', '  palo-3: {}\n  palo-2:\n    high']);
    expect(messagesOf(text)).toEqual(['pair.yaml:17:1: expected exactly two devices, got 3.']);
  });
});
